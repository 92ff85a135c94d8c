import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { exitCode } from '../../cli/start.ts';
import { type JobOutcome, notRun, outcomeOf } from '../../runtime/job-outcome.ts';
import { lakewright, type Ran } from './author-project.ts';

describe('the command line', () => {
  it('tells what commands there are', async () => {
    const { code, out } = await lakewright(['--help']);
    expect(code).to.equal(0);
    for (const command of ['start', 'generate', 'plan', 'deploy', 'run', 'forget', 'explain'])
      expect(out).to.contain(command);
  });

  for (const command of ['start', 'generate', 'deploy', 'run', 'forget', 'explain']) {
    it(`tells what ${command} takes`, async () => {
      const { code, out } = await lakewright([command, '--help']);
      expect(code).to.equal(0);
      expect(out).to.match(/^Usage: npm (?:run )?\S+ -- /);
    });
  }

  const misuses: readonly (readonly [args: readonly string[], message: string])[] = [
    [['frobnicate'], 'there is no command "frobnicate"'],
    [['generate', '--frobnicate'], "Unknown option '--frobnicate'"],
    [['generate', 'a.ts', 'b.ts'], 'unexpected argument "b.ts"'],
    [['generate', '--out'], "'--out <value>' argument missing"],
    [['deploy'], '--env or --bucket is missing'],
    [['destroy', '--bucket', 'b', '--json'], '--json takes --yes or --dry-run'],
    [['run', '--detach', '--follow', 'wr_1'], 'exclude each other'],
    [['run', '--follow', 'jr_1'], 'name the job too'],
    [['run', '--bookmark'], 'a bookmark is of a job'],
    [['run', 'a', '--bookmark', '--json'], '--json is of runs'],
    [['plan', '--bucket', 'b', '--max-run-cost', '1e3'], '--max-run-cost is "1e3"'],
    [['forget'], 'the key of the person is missing'],
    [['forget', 'a@b', '--local', '--bucket', 'c'], 'exclude each other'],
    [['forget', 'a@b', '--local', '--env', 'c'], 'exclude each other'],
    [['forget', 'a@b'], '--env or --bucket is missing'],
    [['report', '--env', 'dev', '--out', 'x'], '--out is of a local run'],
    [['start', '--glue', '7.0'], '--glue is 7.0; it is 5.1 or 6.0'],
    [['start', '--customers', 'many'], '--customers is "many"'],
    [['start', '--customers', '10', '--data', 'x'], 'exclude each other'],
    [['explain', 'privacy/nothing-such'], 'there is no code "privacy/nothing-such"'],
  ];

  for (const [args, message] of misuses) {
    it(`refuses \`${args.join(' ')}\` and tells what it takes`, async () => {
      const { code, out, err } = await lakewright(args);
      expect(err).to.contain(`error: `).and.to.contain(message).and.to.contain('Usage:');
      expect(out).to.equal('');
      expect(code).to.equal(2);
    });
  }
});

describe('npm run explain', () => {
  it('tells what a code means, without loading a library', async () => {
    const { code, out } = await lakewright(['explain', 'generate/stale']);
    expect(code).to.equal(0);
    expect(out).to.match(/^generate\/stale\n\nThe committed generated files differ/);
  });

  it('tells what a job does', async () => {
    const { code, out, err } = await lakewright(['explain', 'customer_trusted']);
    expect(err).to.equal('');
    expect(code).to.equal(0);
    expect(out).to.contain('#1 read landing.customer');
    expect(out).to.match(/writes +trusted\.customer/);
  });

  it('tells what a table holds, and proposes the nearest name', async () => {
    const { out } = await lakewright(['explain', 'curated.machine_learning']);
    expect(out).to.match(/participant +string +pseudonym:research/);
    const wrong = await lakewright(['explain', 'curated.machin_learning']);
    expect(wrong.code).to.equal(2);
    expect(wrong.err).to.contain('did you mean curated.machine_learning?');
  });
});

describe('npm run deploy-jobs', () => {
  it('says that an endpoint does not answer', async () => {
    const { code, err } = await lakewright([
      'deploy',
      '--bucket',
      'lake',
      '--endpoint',
      'http://127.0.0.1:9',
      '--library',
      'stedi',
    ]);
    expect(err).to.match(/^error\[deploy\/[a-z-]+\]: .*127\.0\.0\.1:9/);
    expect(code).to.equal(1);
  });
});

describe('npm run export', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lakewright-export-'));
    const place = { account: '123456789012', region: 'eu-west-1' };
    const text = JSON.stringify({
      environments: { dev: { ...place, bucket: 'dev' }, test: { ...place, bucket: 'test' } },
    });
    await writeFile(join(folder, 'environments.json'), text);
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const exported = (env: string): Promise<Ran> =>
    lakewright([
      ...['export', 'airflow', '--library', 'stedi', '--out', join(folder, 'out'), '--env', env],
      ...['--environments', join(folder, 'environments.json')],
    ]);

  it('writes an environment’s names, and not into the folder of another', async () => {
    const { code, err } = await exported('dev');
    expect(code, err).to.equal(0);
    const written = await readFile(join(folder, 'out', 'stedi_dev.py'), 'utf8');
    expect(written).to.contain('job_name="stedi_dev_customer_trusted"');
    const other = await exported('test');
    expect(other.err).to.contain('error[export/folder-taken]');
    expect(other.code).to.equal(1);
  });
});

describe('npm run forget', () => {
  const nobody = 'nobody@lakewright.example';

  it('says that an endpoint does not answer', async () => {
    const endpoint = 'http://127.0.0.1:9';
    const { code, err } = await lakewright([
      ...['forget', nobody, '--library', 'stedi', '--bucket', 'lake', '--endpoint', endpoint],
    ]);
    expect(err).to.contain('error[deploy/endpoint-unreachable]').and.to.contain(endpoint);
    expect(err).to.not.contain(nobody);
    expect(code).to.equal(1);
  });

  it('looks for nobody in data that is not there', async () => {
    const { code, err } = await lakewright(['forget', nobody, '--local', '--data', '/nowhere']);
    expect(err).to.contain('error[runtime/landing-missing]');
    expect(code).to.equal(1);
  });
});

describe('npm start', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lakewright-start-'));
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('starts nothing on data that is not there', async () => {
    const out = join(folder, 'out');
    const data = join(folder, 'nowhere');
    const { code, err } = await lakewright(['start', '--local', '--data', data, '--out', out]);
    expect(err).to.contain('error[runtime/landing-missing]');
    expect(err).to.contain(join(data, 'customer/landing'));
    expect(code).to.equal(1);
    expect(existsSync(out)).to.equal(false);
  });

  it('exits as `run-jobs` does: 3 where the privacy gate refused a table, whatever else failed', async () => {
    const ended = (error: string | null): JobOutcome => {
      const ran = { succeeded: error === null, error, line: null, log: '', seconds: 1 };
      return outcomeOf('a', ran, undefined);
    };
    const failed = ended('JobFailed: a failed while reading: Gone');
    const refused = ended('lakewright_failures.ProofFailed: a: not published: 3 rows of nobody');
    expect(await exitCode([ended(null)])).to.equal(0);
    expect(await exitCode([ended(null), failed, notRun('b', failed)])).to.equal(1);
    expect(await exitCode([failed, refused])).to.equal(3);
  });

  it('goes the whole way: generates, deploys, runs, reports, leaves the tables', async function () {
    this.timeout(600_000);
    const out = join(folder, 'lake');
    const { code, out: said, err } = await lakewright(['start', '--customers', '40', '--out', out]);
    expect(err.split('\n').filter((line) => /^error/.test(line))).to.deep.equal([]);
    expect(code).to.equal(0);
    expect(said).to.contain('6 of 6 jobs succeeded');
    expect(said).to.match(/set aside: not one JSON object +\d+/);
    const tables = ['trusted/customer', 'trusted/accelerometer', 'trusted/step_trainer'];
    const curated = ['curated/customer', 'curated/machine_learning', 'curated/step_features'];
    for (const table of [...tables, ...curated, 'quarantine/customer']) {
      expect(existsSync(join(out, table)), table).to.equal(true);
    }
  });
});
