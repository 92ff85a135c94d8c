import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { SparkError, type SparkSession, startSpark } from '../../runtime/spark/session.ts';
import { toolchain } from '../../runtime/toolchain.ts';
import { gluesUnderTest, warmSpark } from './warm-spark.ts';

const FIXTURES = fileURLToPath(new URL('./fixtures/people', import.meta.url));
const SUPPORT = fileURLToPath(new URL('../../codegen/support', import.meta.url));
const VERSIONS = { '5.1': '3.5.6', '6.0': '4.1.1' };

for (const glue of gluesUnderTest()) {
  describe(`the resident session on Glue ${glue}`, () => {
    const work = mkdtempSync(join(tmpdir(), 'lakewright-session-'));
    let spark: SparkSession;
    before(async () => {
      spark = (await warmSpark(glue)).spark;
    });
    after(() => rmSync(work, { recursive: true, force: true }));

    const script = (text: string): string => {
      const path = join(work, 'script.py');
      writeFileSync(path, text);
      return path;
    };

    it('is the Spark of that version, and tells time in UTC', async () => {
      expect(spark.version).to.equal(VERSIONS[glue]);
      const rows = await spark.sql(
        "SELECT timestamp_millis(0) AS t, CAST(NULL AS INT) AS n, 'ü' AS u",
      );
      expect(rows).to.deep.equal([{ t: '1970-01-01T00:00:00.000Z', n: null, u: 'ü' }]);
    });

    it('runs a script as __main__ with its arguments', async () => {
      const path = script('import sys\nprint(__name__, sys.argv[1:])');
      const outcome = await spark.run(path, ['--a', 'b c']);
      expect(outcome).to.include({ succeeded: true, error: null });
      expect(outcome.log).to.equal("__main__ ['--a', 'b c']\n");
    });

    it('stays when a script fails or exits', async () => {
      const failed = await spark.run(script('raise ValueError("no")'), []);
      expect(failed).to.include({ succeeded: false, error: 'ValueError: no' });
      const exited = await spark.run(script('import sys; sys.exit(3)'), []);
      expect(exited).to.include({ succeeded: false, error: 'exit 3' });
      const fine = await spark.run(script('import sys; sys.exit(0)'), []);
      expect(fine.succeeded).to.equal(true);
      expect(await spark.sql('SELECT 1 AS one')).to.deep.equal([{ one: 1 }]);
    });

    it('imports the modules of each run anew', async () => {
      const path = script('import shared_module; print(shared_module.VERSION)');
      for (const version of ['1', '2']) {
        const folder = join(work, version);
        mkdirSync(folder);
        writeFileSync(join(folder, 'shared_module.py'), `VERSION = ${version}`);
        expect((await spark.run(path, [], [folder])).log).to.equal(`${version}\n`);
      }
    });

    it('answers a query that is wrong with its error', async () => {
      const failure = await spark.sql('SELECT nothing').catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(SparkError);
      expect(String(failure)).to.contain('UNRESOLVED_COLUMN');
    });

    it('gives the rows that a transform makes of given rows', async () => {
      const rows = await spark.transform(
        join(FIXTURES, 'jobs', 'person_trusted.py'),
        {
          landing_person: {
            schema: 'email string, town string, consentedAt bigint',
            rows: [{ email: 'a', town: 'b', consentedAt: 5 }, { email: 'c' }],
          },
        },
        { consent_as_of: 5 },
        [SUPPORT],
      );
      expect(rows).to.deep.equal([{ email: 'a', town: 'b', consentedAt: 5 }]);
    });
  });
}

describe('the end of a session', () => {
  const [glue = '5.1'] = gluesUnderTest();
  const work = mkdtempSync(join(tmpdir(), 'lakewright-end-'));
  after(() => rmSync(work, { recursive: true, force: true }));

  it('comes with the end of the process that started it, even in the middle of a script', async () => {
    const script = join(work, 'endless.py');
    writeFileSync(script, 'import time\ntime.sleep(600)');
    const starter = join(work, 'starter.mts');
    const runtime = (file: string) =>
      JSON.stringify(new URL(`../../runtime/${file}`, import.meta.url));
    writeFileSync(
      starter,
      `import { startSpark } from ${runtime('spark/session.ts')};
       import { toolchain } from ${runtime('toolchain.ts')};
       const warehouse = ${JSON.stringify(work)};
       const spark = await startSpark({ tools: toolchain('${glue}'), log: warehouse + '/log', warehouse });
       setTimeout(() => console.log('runs'), 500);
       await spark.run(${JSON.stringify(script)}, []);`,
    );
    const parent = spawn(process.execPath, ['--import', 'tsx', starter], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    const before = descendants(parent.pid ?? 0);
    expect(before.length, 'Python and Java run').to.be.greaterThan(1);
    parent.kill('SIGKILL');
    for (let wait = 0; wait < 100 && before.some(isAlive); wait++) await pause(100);
    expect(before.filter(isAlive)).to.deep.equal([]);
  });

  it('is an error for those who ask on, with the end of the log', async () => {
    const log = join(work, 'log-of-an-end');
    const tools = toolchain(glue);
    const spark = await startSpark({ tools, log, warehouse: join(work, 'warehouse') });
    const script = join(work, 'dies.py');
    writeFileSync(script, 'import os\nprint("last words", flush=True)\nos._exit(9)');
    const failure = await spark.run(script, []).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(SparkError);
    expect(String(failure)).to.contain('it ended with 9').and.contain('last words');
    expect(await spark.sql('SELECT 1').catch((error: unknown) => error)).to.be.instanceOf(
      SparkError,
    );
    await spark.stop();
  });

  it('says which Python could not start', async () => {
    const tools = { ...toolchain(glue), python: join(work, 'no-python') };
    const failure = await startSpark({ tools, log: join(work, 'log'), warehouse: work }).catch(
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(SparkError);
    expect(String(failure)).to.contain('no-python');
  });
});

/** Process ids of all below a process, from /proc; where there is none the test learns nothing and fails. */
function descendants(pid: number): number[] {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap(descendants)];
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number),
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
