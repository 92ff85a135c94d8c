import { readFileSync } from 'node:fs';
import type { Glue } from '@aws-sdk/client-glue';
import type { S3 } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { deploy } from '../../deploy/index.ts';
import prices from '../../deploy/prices.json' with { type: 'json' };
import {
  type Endpoint,
  type JobRunReport,
  reportJobRun,
  type TakenRun,
  takeJobRun,
} from '../../runtime/endpoint/index.ts';
import { localClients } from '../../runtime/local-clients.ts';
import { glueAt } from '../deploy/glue-calls.ts';
import { startTestEndpoint } from '../deploy/local-python.ts';
import { lakewright, type Ran } from './author-project.ts';

type End = Pick<JobRunReport, 'state' | 'error'> & {
  /** What the job says itself, besides its counts. */
  readonly says?: object;
};
const succeeds: End = { state: 'SUCCEEDED' };
const SCRIPT = 'generated/stedi/jobs/accelerometer_trusted.py';

describe('npm run run-jobs', function () {
  this.timeout(120_000);
  let endpoint: Endpoint;
  let glue: Glue;
  let s3: S3;

  before(async () => {
    endpoint = await startTestEndpoint('run-jobs');
    glue = glueAt(endpoint.url);
    ({ s3 } = await localClients(endpoint.url));
    const directory = 'generated/stedi';
    await deploy({ directory, bucket: 'lake', createBucket: true, endpoint: endpoint.url });
  });
  after(async () => {
    s3?.destroy();
    await endpoint?.stop();
  });

  const run = async (...args: readonly string[]): Promise<Ran> =>
    await lakewright(['run', ...args, '--library', 'stedi', '--endpoint', endpoint.url]);

  const reported = async ({ job, run }: TakenRun, more: object): Promise<void> => {
    const report = { job, run_id: run, inputs: {}, steps: [], ...more };
    const Key = `lakewright/stedi/reports/${job}/${run}.json`;
    await s3.putObject({ Bucket: 'lake', Key, Body: JSON.stringify(report) });
  };

  /** Ends what is started, one after another, as a runner would; all others succeed. */
  const ending = async (ends: Readonly<Record<string, End>>, command: Promise<Ran>) => {
    let isOver = false;
    const over = command.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      const taken = await takeJobRun(endpoint.url, 1);
      if (taken === undefined) continue;
      await reportJobRun(endpoint.url, { ...taken, state: 'RUNNING' });
      const { says, ...end } = ends[taken.job] ?? succeeds;
      if (says !== undefined) await reported(taken, says);
      await reportJobRun(endpoint.url, { ...taken, ...end });
    }
    return await over;
  };

  it('starts the workflow, and follows it to its end', async () => {
    const started = await run('--detach');
    expect(started.code).to.equal(0);
    const id = started.out.trim();
    expect(id).to.match(/^wr_[0-9a-f]+$/);
    const again = await run();
    expect(again.code).to.equal(1);
    expect(again.err).to.match(/^error\[run\/already-running\]/);
    const { code, out, err } = await ending({}, run('--follow', id));
    expect(err).to.equal('');
    expect(code).to.equal(0);
    expect(out).to.match(
      /^following workflow stedi, run wr_[0-9a-f]+, in account \d{12}, us-east-1\n/,
    );
    expect(out).to.match(/\] {2}stedi_customer_trusted {2}succeeded\n/);
    const table = out.slice(out.indexOf('\njob ')).trimEnd().split('\n').slice(1);
    expect(table.map((line) => line.split(/ {2,}/).slice(0, 2))).to.deep.equal([
      ['job', 'state'],
      ['stedi_customer_trusted', 'succeeded'],
      ['stedi_accelerometer_trusted', 'succeeded'],
      ['stedi_customer_curated', 'succeeded'],
      ['stedi_step_trainer_trusted', 'succeeded'],
      ['stedi_machine_learning_curated', 'succeeded'],
      ['stedi_step_features_curated', 'succeeded'],
      ['in all', '0.0 s'],
      [`list price of ${prices.readOn}: $${prices.dpuHour['us-east-1']} for a DPU hour`],
    ]);
    const { Run } = await glue.getWorkflowRun({ Name: 'stedi', RunId: id });
    expect(Run?.Status).to.equal('COMPLETED');
  });

  it('shows a failure at the line of the library that the script was doing', async () => {
    const lines = readFileSync(SCRIPT, 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes('.join(')) + 1;
    const said = `JobFailed: stedi_accelerometer_trusted failed while transforming: AnalysisException (line ${line})`;
    const error = `Error Category: UNCLASSIFIED_ERROR; Failed Line Number: 90; ${said}`;
    const ends = { stedi_accelerometer_trusted: { state: 'FAILED', error } } as const;
    const { code, out, err } = await ending(ends, run());
    expect(code).to.equal(1);
    expect(out).to.match(/^stedi_customer_curated +not run$/m);
    expect(err).to.match(
      /^error\[run\/job-failed\]: stedi_accelerometer_trusted failed: JobFailed: /,
    );
    expect(err).to.not.contain('UNCLASSIFIED');
    const [, file = '', row = '', , source, caret = ''] =
      /--> (\S+):(\d+):(\d+)\n\d+ \| (.*)\n *\| ( *\^+)\n/.exec(err) ?? [];
    expect(file).to.equal('examples/stedi/jobs/accelerometer-trusted.ts');
    expect(source).to.equal(readFileSync(file, 'utf8').split('\n')[Number(row) - 1]);
    expect(caret.trim()).to.match(/^\^+$/);
    expect(err).to.contain(`line ${line} of jobs/accelerometer_trusted.py`);
    expect(err).to.contain('aws logs tail /lakewright/stedi/accelerometer_trusted/output');
  });

  it('finds the log of a job with a security configuration where Glue puts it', async () => {
    const JobName = 'stedi_customer_trusted';
    const { Job } = await glue.getJob({ JobName });
    const { Name, CreatedOn, LastModifiedOn, AllocatedCapacity, MaxCapacity, ...live } = Job ?? {};
    const JobUpdate = { ...live, SecurityConfiguration: 'mine' };
    await glue.updateJob({ JobName, JobUpdate });
    const ends = { [JobName]: { state: 'FAILED', error: 'JobFailed: x' } } as const;
    const { err } = await ending(ends, run('customer_trusted'));
    await glue.updateJob({ JobName, JobUpdate: live });
    expect(err).to.contain(
      'aws logs tail /lakewright/stedi/customer_trusted/mine-role/lakewright-stedi-customer_trusted/output',
    );
  });

  it('tells in the words of the job why it failed, where Glue does not', async () => {
    const failed = 'stedi_customer_trusted failed while transforming: AnalysisException';
    const says = { failed, failed_line: 20 };
    const { code, err } = await ending(
      { stedi_customer_trusted: { state: 'FAILED', error: 'Command failed', says } },
      run('customer_trusted'),
    );
    expect(code).to.equal(1);
    expect(err).to.contain(`stedi_customer_trusted failed: JobFailed: ${failed}\n`);
    expect(err).to.contain('line 20 of jobs/customer_trusted.py');
    const other = await ending(
      { stedi_customer_trusted: { state: 'FAILED', says: { ...says, run_id: 'jr_of_another' } } },
      run('customer_trusted'),
    );
    expect(other.err).to.match(/^error\[run\/job-failed\]: stedi_customer_trusted failed\n/);
  });

  it('tells programs what happens, an object a line', async () => {
    const counts = { rows: 12, quarantined: { 'not JSON': 2 }, unreadable: {} };
    const says = {
      inputs: { landing_customer: counts },
      steps: [{ name: 'keep who consents', of: 'landing_customer', rows: 7 }],
      output: { table: 'trusted_customer', rows: 7, location: 's3://lake/x' },
    };
    const ends = {
      stedi_customer_trusted: { ...succeeds, says },
      stedi_accelerometer_trusted: { state: 'TIMEOUT' },
    } as const;
    const { code, out, err } = await ending(ends, run('--json'));
    expect([code, err]).to.deep.equal([4, '']);
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const { at } of events) expect(new Date(at).toISOString()).to.equal(at);
    expect(events[0]).to.include({ event: 'run', kind: 'workflow', name: 'stedi', started: true });
    const of = (event: string) => events.filter((one) => one.event === event);
    expect(of('state').map(({ job, state }) => `${job} ${state}`)).to.include.members([
      'stedi_customer_trusted succeeded',
      'stedi_accelerometer_trusted timed out',
    ]);
    expect(of('step').map(({ job, kind, name, rows }) => [job, kind, name, rows])).to.deep.equal([
      ['stedi_customer_trusted', 'read', 'landing.customer', 12],
      ['stedi_customer_trusted', 'transform', 'keep who consents', 7],
      ['stedi_customer_trusted', 'write', 'trusted.customer', 7],
    ]);
    expect(of('unreported').map(({ job }) => job)).to.deep.equal(['stedi_accelerometer_trusted']);
    expect(of('finding').map((one) => one.code)).to.deep.equal(['run/timed-out']);
    const outcome = events.at(-1);
    expect(outcome).to.include({ event: 'outcome', outcome: 'timed out', exitCode: 4 });
    expect(outcome).to.include.keys('seconds', 'dpuHours', 'dollars');
    expect(outcome.jobs.map((one: { outcome: string }) => one.outcome)).to.deep.equal([
      'succeeded',
      'timed out',
      ...Array.from({ length: 4 }, () => 'not run'),
    ]);
  });

  it('exits with 3 where the privacy gate refuses a table, whatever else fails', async () => {
    const error =
      'ProofFailed: stedi_customer_trusted: not published: 3 rows whose email is of nobody';
    const { code, err } = await ending(
      { stedi_customer_trusted: { state: 'FAILED', error } },
      run('customer_trusted'),
    );
    expect(code).to.equal(3);
    expect(err).to.match(
      /^error\[run\/refused\]: stedi_customer_trusted was refused: ProofFailed: /,
    );
  });

  it('exits with 4 where a job takes too long', async () => {
    const { code, err } = await ending(
      { stedi_customer_trusted: { state: 'TIMEOUT' } },
      run('stedi_customer_trusted'),
    );
    expect(code).to.equal(4);
    expect(err).to.match(/^error\[run\/timed-out\]: /);
  });

  it('shows and resets the bookmark of a job that keeps one, and says where none is kept', async () => {
    const without = await run('customer_trusted', '--bookmark');
    expect(without.code).to.equal(0);
    expect(without.out).to.match(/keeps no bookmark: .* \(job-bookmark-disable\)\n$/);
    const refused = await run('customer_trusted', '--reset-bookmark');
    expect(refused.code).to.equal(1);
    expect(refused.err).to.match(/^error\[run\/no-bookmarks\]/);
    const JobName = 'stedi_customer_curated';
    const { Command, Role, GlueVersion } = (await glue.getJob({ JobName })).Job ?? {};
    const DefaultArguments = { '--job-bookmark-option': 'job-bookmark-enable' };
    await glue.updateJob({ JobName, JobUpdate: { Command, Role, GlueVersion, DefaultArguments } });
    const { JobRunId = '' } = await glue.startJobRun({ JobName });
    const ran = { job: JobName, run: JobRunId };
    await reportJobRun(endpoint.url, { ...ran, state: 'RUNNING' });
    await reportJobRun(endpoint.url, { ...ran, ...succeeds, bookmark: '{"at":1}' });
    expect((await run('customer_curated', '--bookmark')).out).to.contain(`that of run ${JobRunId}`);
    expect((await run('customer_curated', '--reset-bookmark')).code).to.equal(0);
    const asked = await glue.getJobBookmark({ JobName }).catch(({ name }: Error) => name);
    expect(asked).to.equal('EntityNotFoundException');
  });

  it('proposes the nearest name of a job', async () => {
    const { code, err } = await run('customer_trustd');
    expect(code).to.equal(1);
    expect(err).to.contain('did you mean `customer_trusted`');
  });
});
