import { readFileSync } from 'node:fs';
import type { CreateJobCommandInput, Glue, WorkerType } from '@aws-sdk/client-glue';
import { expect } from 'chai';
import { type Endpoint, reportJobRun, takeJobRun } from '../../runtime/endpoint/index.ts';
import { glueAt, JOB, refused } from './glue-calls.ts';
import { resetEndpoint, startTestEndpoint } from './local-python.ts';

describe("the embedded endpoint's Glue, of jobs", () => {
  let endpoint: Endpoint;
  let glue: Glue;

  before(async () => {
    endpoint = await startTestEndpoint('glue-jobs');
    glue = glueAt(endpoint.url);
  });
  after(() => endpoint?.stop());
  beforeEach(() => resetEndpoint(endpoint.url));

  describe('jobs', () => {
    it('are not created twice', async () => {
      await glue.createJob(JOB);
      await refused(glue.createJob({ ...JOB, Description: 'other' }), 'AlreadyExistsException');
      expect((await glue.getJob({ JobName: JOB.Name })).Job?.Description).to.equal(undefined);
    });

    it('are overwritten by an update, down to the defaults', async () => {
      await glue.createJob({
        ...JOB,
        Description: 'old',
        Timeout: 7,
        DefaultArguments: { '--a': '1' },
      });
      await glue.updateJob({ JobName: JOB.Name, JobUpdate: { ...update(), MaxRetries: 2 } });
      const { Job: job } = await glue.getJob({ JobName: JOB.Name });
      expect(job).to.include({
        MaxRetries: 2,
        Timeout: 480,
        MaxCapacity: 2,
        ExecutionClass: 'STANDARD',
      });
      expect(job?.Description).to.equal(undefined);
      expect(job?.DefaultArguments).to.deep.equal({});
    });

    it('are not updated before they exist', async () => {
      const call = glue.updateJob({ JobName: 'nobody', JobUpdate: update() });
      await refused(call, 'EntityNotFoundException');
    });

    it('lose their tags when they are deleted', async () => {
      const ResourceArn = `arn:aws:glue:us-east-1:123456789012:job/${JOB.Name}`;
      await glue.createJob({ ...JOB, Tags: { owner: 'first' } });
      await glue.deleteJob({ JobName: JOB.Name });
      await glue.createJob(JOB);
      expect((await glue.getTags({ ResourceArn })).Tags).to.deep.equal({});
    });

    const wrong: readonly (readonly [string, Partial<CreateJobCommandInput>, string])[] = [
      ['a name with a newline', { Name: 'a\nb' }, 'ValidationException'],
      ['a name of 256 characters', { Name: 'a'.repeat(256) }, 'ValidationException'],
      ['an unknown worker type', { WorkerType: 'G.3X' as WorkerType }, 'ValidationException'],
      ['a timeout of nothing', { Timeout: 0 }, 'ValidationException'],
      ['a timeout of more than 7 days', { Timeout: 10_081 }, 'InvalidInputException'],
      ['an unknown Glue version', { GlueVersion: '7.3' }, 'InvalidInputException'],
      ['a Glue version that is none', { GlueVersion: 'five' }, 'ValidationException'],
      ['a single worker', { NumberOfWorkers: 1 }, 'InvalidInputException'],
      ['workers and a capacity', { MaxCapacity: 4 }, 'InvalidInputException'],
      [
        'a worker its Glue version lacks',
        { GlueVersion: '3.0', WorkerType: 'R.1X' },
        'InvalidInputException',
      ],
      ['a streaming worker', { WorkerType: 'G.025X' }, 'InvalidInputException'],
      [
        'an unknown command',
        { Command: { ...JOB.Command, Name: 'spark' } },
        'InvalidInputException',
      ],
      ['no script', { Command: { Name: 'glueetl' } }, 'InvalidInputException'],
    ];
    for (const [what, changes, error] of wrong) {
      it(`are refused with ${what}`, async () => {
        await refused(glue.createJob({ ...JOB, ...changes }), error);
        expect((await glue.getJobs({})).Jobs).to.deep.equal([]);
      });
    }

    it('name every broken constraint at once', async () => {
      const call = glue.createJob({ ...JOB, Name: 'a\nb', Timeout: 0 });
      const error: unknown = await call.catch((thrown: unknown) => thrown);
      expect(String(error)).to.match(/2 validation errors detected: .*'name'.*'timeout'/s);
    });
  });

  describe('job runs', () => {
    const started = async (): Promise<string> => {
      await glue.createJob({ ...JOB, DefaultArguments: { '--a': '1', '--b': '1' } });
      const { JobRunId } = await glue.startJobRun({ JobName: JOB.Name, Arguments: { '--a': '2' } });
      return JobRunId ?? '';
    };
    const run = async (RunId: string) =>
      (await glue.getJobRun({ JobName: JOB.Name, RunId })).JobRun;

    it('wait until somebody runs them, however often one asks', async () => {
      const id = await started();
      for (let asked = 0; asked < 5; asked += 1) {
        expect(await run(id)).to.include({ JobRunState: 'WAITING', ExecutionTime: 0 });
      }
      expect((await run(id))?.Arguments).to.deep.equal({ '--a': '2', '--b': '1' });
      expect((await run(id))?.CompletedOn).to.equal(undefined);
    });

    it('work where the job was compiled to work, whatever they are started with', async () => {
      const file = 'generated/stedi/jobs/machine_learning_curated.json';
      const { Tags: _, ...job } = JSON.parse(readFileSync(file, 'utf8'));
      const fixed: Record<string, string> = job.NonOverridableArguments;
      await glue.createJob(job);
      const astray = Object.keys(fixed).map((name) => [name, 's3://elsewhere/x']);
      const { JobRunId: RunId } = await glue.startJobRun({
        JobName: job.Name,
        Arguments: Object.fromEntries(astray),
      });
      const run = await glue.getJobRun({ JobName: job.Name, RunId });
      expect(run.JobRun?.Arguments).to.deep.equal({ ...job.DefaultArguments, ...fixed });
      expect(fixed).to.include.all.keys('--scriptLocation', '--extra-py-files', '--pseudonym_key');
      expect(fixed['--job-bookmark-option']).to.equal('job-bookmark-disable');
    });

    it('end as their runner reports', async () => {
      const id = await started();
      await reportJobRun(endpoint.url, { job: JOB.Name, run: id, state: 'RUNNING' });
      expect((await run(id))?.JobRunState).to.equal('RUNNING');
      await reportJobRun(endpoint.url, { job: JOB.Name, run: id, state: 'FAILED', error: 'why' });
      expect(await run(id)).to.include({ JobRunState: 'FAILED', ErrorMessage: 'why' });
      expect((await run(id))?.CompletedOn).to.be.instanceOf(Date);
    });

    it('do not succeed without having run, nor change once they are over', async () => {
      const id = await started();
      const report = (state: 'RUNNING' | 'SUCCEEDED') =>
        reportJobRun(endpoint.url, { job: JOB.Name, run: id, state }).then(
          () => 'accepted',
          (error: unknown) => String(error),
        );
      expect(await report('SUCCEEDED')).to.include('WAITING cannot become SUCCEEDED');
      expect([await report('RUNNING'), await report('SUCCEEDED')]).to.deep.equal([
        'accepted',
        'accepted',
      ]);
      expect(await report('RUNNING')).to.include('SUCCEEDED cannot become RUNNING');
    });

    it('keep to the number that may run at once, and can be stopped', async () => {
      const id = await started();
      await refused(glue.startJobRun({ JobName: JOB.Name }), 'ConcurrentRunsExceededException');
      const stop = await glue.batchStopJobRun({ JobName: JOB.Name, JobRunIds: [id, 'jr_nobody'] });
      expect(stop.SuccessfulSubmissions).to.have.length(1);
      expect(stop.Errors?.[0]?.ErrorDetail?.ErrorCode).to.equal('EntityNotFoundException');
      expect((await run(id))?.JobRunState).to.equal('STOPPED');
      await glue.startJobRun({ JobName: JOB.Name });
    });

    it('leave bookmarks that can be reset', async () => {
      const id = await started();
      const job = JOB.Name;
      await refused(glue.getJobBookmark({ JobName: job }), 'EntityNotFoundException');
      await reportJobRun(endpoint.url, { job, run: id, state: 'RUNNING' });
      await refused(glue.resetJobBookmark({ JobName: job }), 'InvalidInputException');
      await reportJobRun(endpoint.url, { job, run: id, state: 'SUCCEEDED', bookmark: '{"at":1}' });
      const { JobBookmarkEntry: entry } = await glue.getJobBookmark({ JobName: job });
      expect(entry).to.include({ JobBookmark: '{"at":1}', RunId: id, Run: 1 });
      await glue.resetJobBookmark({ JobName: job });
      await refused(glue.getJobBookmark({ JobName: job }), 'EntityNotFoundException');
    });

    it('are taken once, the longest waiting first, and start on the way', async () => {
      const first = await started();
      await glue.createJob({ ...JOB, Name: 'other' });
      const { JobRunId: second } = await glue.startJobRun({ JobName: 'other' });
      expect(await takeJobRun(endpoint.url, 0)).to.deep.equal({ job: JOB.Name, run: first });
      expect((await run(first))?.JobRunState).to.equal('STARTING');
      expect(await takeJobRun(endpoint.url, 0)).to.deep.equal({ job: 'other', run: second });
      expect(await takeJobRun(endpoint.url, 0)).to.equal(undefined);
    });

    it('are waited for by who takes them', async () => {
      await glue.createJob(JOB);
      const taking = takeJobRun(endpoint.url, 20);
      const { JobRunId } = await glue.startJobRun({ JobName: JOB.Name });
      expect((await taking)?.run).to.equal(JobRunId);
    });
  });
});

function update(): Omit<typeof JOB, 'Name'> {
  const { Name: _, ...rest } = JOB;
  return rest;
}
