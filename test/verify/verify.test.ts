import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkedLibrary } from '../../cli/checked-library.ts';
import { generate } from '../../codegen/index.ts';
import { consentRule } from './tampering/consent-rule.ts';
import { data } from './tampering/data.ts';
import { flow } from './tampering/flow.ts';
import { proofs } from './tampering/proofs.ts';
import { surroundings } from './tampering/surroundings.ts';
import { type Tampering, tampered } from './tampering/tampering.ts';
import { windows } from './tampering/windows.ts';
import { type Files, runVerifier, type Verdict, verify } from './verifier.ts';

const root = join(import.meta.dirname, '..', '..');
const tamperings = [...consentRule, ...flow, ...windows, ...surroundings, ...proofs, ...data];

describe('the verifier', () => {
  for (const library of readdirSync(join(root, 'generated'))) {
    it(`finds that generated/${library} may publish what it publishes`, () => {
      const { status, stdout, stderr } = runVerifier(join(root, 'generated', library));
      expect(stderr).to.equal('');
      expect(status).to.equal(0);
      expect(stdout).to.match(/^ok {4}\w+ -> \w+\.\w+: \d+ columns, (clean for research|public)/);
    });
  }

  it('says how it is used', () => {
    const { status, stderr } = runVerifier();
    expect(status).to.equal(2);
    expect(stderr).to.equal('usage: verify.py generated/<library> ...\n');
  });

  it('says of a folder that it is none of a library', () => {
    const { status, stderr } = runVerifier(join(root, 'docs'));
    expect(status).to.equal(1);
    expect(stderr).to.match(/docs\/manifest\.json: cannot be read/);
  });
});

describe('the verifier, of scripts that somebody edited,', () => {
  let files: Files;
  let verdicts: ReadonlyMap<Tampering | string, Verdict>;

  before(async () => {
    const { checked, source } = await checkedLibrary(join(root, 'examples/stedi/index.ts'));
    files = generate(checked, source);
    const variants = [
      ...tamperings.map((one) => [one, tampered(files, one)] as const),
      ['uncounted', uncounted(files)] as const,
      ['commented', commented(files)] as const,
      ['renamed', renamed(files)] as const,
      ['an extra script', new Map([...files, ['jobs/more.py', 'print(1)\n']])] as const,
      ['an extra module', new Map([...files, ['support/pyspark.py', 'print(1)\n']])] as const,
    ];
    const found = verify(variants.map(([, variant]) => variant));
    verdicts = new Map(variants.map(([one], index) => [one, found[index] ?? { findings: [] }]));
  });

  const findings = (of: Tampering | string) => verdicts.get(of)?.findings ?? ['not verified'];

  for (const one of tamperings) {
    it(`refuses ${one.it}`, () => expect(findings(one)[0] ?? 'nothing').to.match(one.says));
  }

  it('also refuses the jobs that read what a refused job writes', () => {
    const [first] = tamperings;
    expect((first && findings(first)[1]) ?? 'nothing').to.match(
      /^jobs\/accelerometer_trusted\.py:\d+: reads trusted\.customer, which no declaration or verified job gives$/,
    );
  });

  it('refuses scripts and modules that no manifest lists', () => {
    expect(findings('an extra script')).to.deep.equal([
      ": the scripts and the manifest's jobs differ in more",
    ]);
    expect(findings('an extra module')).to.deep.equal([
      'support: the modules and those of lakewright differ in pyspark.py',
    ]);
  });

  it('accepts what changes no row: uncounted steps, other comments, other names', () => {
    expect(findings('uncounted')).to.deep.equal([]);
    expect(findings('commented')).to.deep.equal([]);
    expect(findings('renamed')).to.deep.equal([]);
  });
});

function inScripts(files: Files, change: (text: string) => string): Files {
  const scripts = [...files].filter(([path]) => /^jobs\/\w+\.py$/.test(path));
  const changed = scripts.map(([path, text]) => [path, change(text)] as const);
  for (const [index, [path, text]] of changed.entries()) {
    if (text === scripts[index]?.[1]) throw new Error(`${path} was not changed`);
  }
  return new Map([...files, ...changed]);
}

function uncounted(files: Files): Files {
  const counting = /^ {4}\w+ = counted\((?:\n {8}.*)+\n {4}\)\n/gm;
  return inScripts(files, (text) => text.replaceAll(counting, ''));
}

function commented(files: Files): Files {
  return inScripts(files, (text) => text.replaceAll(/^( *)# .*$/gm, '$1# Something else.'));
}

function renamed(files: Files): Files {
  return inScripts(files, (text) =>
    text.replaceAll(/\b(customer_consented|readings|customer_matched|features)\b(?!")/g, 'kept'),
  );
}
