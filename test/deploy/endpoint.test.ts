import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  type CreateJobCommandInput,
  type CreateTriggerCommandInput,
  Glue,
  type WorkerType,
} from '@aws-sdk/client-glue';
import { expect } from 'chai';
import {
  type Endpoint,
  EndpointError,
  reportJobRun,
  startEndpoint,
} from '../../runtime/endpoint/index.ts';
import { resetEndpoint, startTestEndpoint } from './local-python.ts';

const JOB = {
  Name: 'lake_job',
  Role: 'arn:aws:iam::123456789012:role/lake',
  Command: { Name: 'glueetl', ScriptLocation: 's3://lake/job.py' },
  GlueVersion: '5.1',
  WorkerType: 'G.1X',
  NumberOfWorkers: 2,
} satisfies CreateJobCommandInput;
const TRIGGER: CreateTriggerCommandInput = {
  Name: 'nightly',
  Type: 'ON_DEMAND',
  Actions: [{ JobName: JOB.Name }],
};
const CONDITION = { LogicalOperator: 'EQUALS', JobName: JOB.Name, State: 'SUCCEEDED' } as const;

describe('the embedded endpoint', () => {
  let endpoint: Endpoint;
  let glue: Glue;

  before(async () => {
    endpoint = await startTestEndpoint('endpoint');
    const credentials = { accessKeyId: 'tests', secretAccessKey: 'tests' };
    glue = new Glue({ endpoint: endpoint.url, region: 'us-east-1', credentials, maxAttempts: 1 });
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

    it('do not start with a workflow, which would be a lie', async () => {
      await glue.createWorkflow({ Name: 'lake' });
      await refused(glue.startWorkflowRun({ Name: 'lake' }), 'InvalidInputException');
      await refused(glue.startWorkflowRun({ Name: 'nobody' }), 'EntityNotFoundException');
    });
  });

  describe('triggers and workflows', () => {
    beforeEach(() => glue.createJob(JOB));

    it('are not created twice', async () => {
      await glue.createWorkflow({ Name: 'lake' });
      await refused(glue.createWorkflow({ Name: 'lake' }), 'AlreadyExistsException');
      await glue.createTrigger(TRIGGER);
      await refused(glue.createTrigger(TRIGGER), 'AlreadyExistsException');
    });

    it('are overwritten by an update, but keep type, workflow and state', async () => {
      await glue.createWorkflow({ Name: 'lake', Description: 'old' });
      const Schedule = 'cron(0 3 * * ? *)';
      const first = { ...TRIGGER, Type: 'SCHEDULED', Schedule, Description: 'old' } as const;
      await glue.createTrigger({ ...first, WorkflowName: 'lake', StartOnCreation: true });
      const TriggerUpdate = { Schedule: 'cron(0 4 * * ? *)', Actions: TRIGGER.Actions };
      const { Trigger: answer } = await glue.updateTrigger({ Name: TRIGGER.Name, TriggerUpdate });
      const { Trigger: trigger } = await glue.getTrigger({ Name: TRIGGER.Name });
      expect(trigger).to.deep.equal(answer);
      expect(trigger).to.include({ Type: 'SCHEDULED', WorkflowName: 'lake', State: 'ACTIVATED' });
      expect(trigger).to.include({ Schedule: 'cron(0 4 * * ? *)' });
      expect(trigger?.Description).to.equal(undefined);
      await glue.updateWorkflow({ Name: 'lake', MaxConcurrentRuns: 2 });
      expect((await glue.getWorkflow({ Name: 'lake' })).Workflow?.Description).to.equal(undefined);
    });

    it('may leave out the logic of a single condition only', async () => {
      const one = {
        ...TRIGGER,
        Type: 'CONDITIONAL',
        Predicate: { Conditions: [CONDITION] },
      } as const;
      await glue.createTrigger({ ...one, Predicate: { Conditions: [CONDITION] } });
      const Predicate = { Conditions: [CONDITION, CONDITION] };
      await refused(
        glue.createTrigger({ ...one, Name: 'two', Predicate }),
        'InvalidInputException',
      );
    });

    it('are refused where they could not work', async () => {
      const call = (changes: object) => glue.createTrigger({ ...TRIGGER, ...changes });
      await refused(call({ WorkflowName: 'nobody' }), 'EntityNotFoundException');
      await refused(call({ Actions: [{ JobName: 'nobody' }] }), 'EntityNotFoundException');
      await refused(call({ Type: 'SCHEDULED' }), 'InvalidInputException');
      await refused(call({ Type: 'CONDITIONAL' }), 'InvalidInputException');
      await refused(call({ StartOnCreation: true }), 'InvalidInputException');
      await refused(call({ Type: 'NIGHTLY' }), 'ValidationException');
      const update = { Name: 'nobody', TriggerUpdate: { Actions: TRIGGER.Actions } };
      await refused(glue.updateTrigger(update), 'EntityNotFoundException');
    });
  });

  describe('tables', () => {
    const address = { DatabaseName: 'lake', Name: 'customer' };
    const publish = (Location: string, VersionId?: string) =>
      glue.updateTable({
        DatabaseName: 'lake',
        TableInput: { Name: 'customer', StorageDescriptor: { Location } },
        ...(VersionId === undefined ? {} : { VersionId }),
      });

    beforeEach(async () => {
      await glue.createDatabase({ DatabaseInput: { Name: 'lake' } });
      await glue.createTable({ DatabaseName: 'lake', TableInput: { Name: 'customer' } });
    });

    it('are not updated on top of a version the writer has not seen', async () => {
      const { Table: table } = await glue.getTable(address);
      await publish('s3://lake/1/', table?.VersionId);
      await refused(publish('s3://lake/2/', table?.VersionId), 'ConcurrentModificationException');
      expect((await glue.getTable(address)).Table?.StorageDescriptor?.Location).to.equal(
        's3://lake/1/',
      );
    });

    it('have one winner of eight writers at once', async () => {
      const { Table: table } = await glue.getTable(address);
      const writers = Array.from({ length: 8 }, (_, n) =>
        publish(`s3://lake/${n}/`, table?.VersionId),
      );
      const outcomes = await Promise.allSettled(writers);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    });

    it('keep old versions, unless asked not to', async () => {
      await publish('s3://lake/1/');
      await glue.updateTable({
        DatabaseName: 'lake',
        TableInput: { Name: 'customer' },
        SkipArchive: true,
      });
      const { TableVersions: versions } = await glue.getTableVersions({
        DatabaseName: 'lake',
        TableName: 'customer',
      });
      expect(versions?.map(({ VersionId }) => VersionId)).to.deep.equal(['1', '3']);
    });
  });

  describe('data quality rulesets', () => {
    const RULES = {
      Name: 'checks',
      Ruleset: 'Rules = [ IsComplete "a,b", RowCount between 1 and 9 ]',
    };

    it('are created once, read, updated, listed and deleted', async () => {
      await glue.createDataQualityRuleset({
        ...RULES,
        Description: 'old',
        Tags: { owner: 'lake' },
      });
      await refused(glue.createDataQualityRuleset(RULES), 'AlreadyExistsException');
      const Ruleset = 'Rules = [ ColumnExists "a" ]';
      await glue.updateDataQualityRuleset({ Name: RULES.Name, Ruleset });
      const read = await glue.getDataQualityRuleset({ Name: RULES.Name });
      expect(read).to.include({ Name: RULES.Name, Ruleset, Description: 'old' });
      await glue.createDataQualityRuleset({ ...RULES, Name: 'more' });
      const { Rulesets: all } = await glue.listDataQualityRulesets({});
      expect(all?.map(({ Name, RuleCount }) => [Name, RuleCount])).to.deep.equal([
        ['checks', 1],
        ['more', 2],
      ]);
      const { Rulesets: tagged } = await glue.listDataQualityRulesets({ Tags: { owner: 'lake' } });
      expect(tagged?.map(({ Name }) => Name)).to.deep.equal(['checks']);
      const page = await glue.listDataQualityRulesets({ MaxResults: 1 });
      const rest = await glue.listDataQualityRulesets({ MaxResults: 1, NextToken: page.NextToken });
      expect([page.Rulesets?.[0]?.Name, rest.Rulesets?.[0]?.Name]).to.deep.equal([
        'checks',
        'more',
      ]);
      await glue.deleteDataQualityRuleset({ Name: RULES.Name });
      await refused(glue.getDataQualityRuleset({ Name: RULES.Name }), 'EntityNotFoundException');
    });

    it('are refused without rules or for a table that is not there', async () => {
      const call = (changes: object) => glue.createDataQualityRuleset({ ...RULES, ...changes });
      await refused(call({ Ruleset: 'all is well' }), 'InvalidInputException');
      await refused(call({ Ruleset: 'Rules = [ IsComplete "a"' }), 'InvalidInputException');
      const TargetTable = { DatabaseName: 'nobody', TableName: 'x' };
      await refused(call({ TargetTable }), 'EntityNotFoundException');
    });
  });

  it('answers calls it does not know as a service does, not with a web page', async () => {
    await refused(glue.listBlueprints({}), 'UnknownOperationException');
  });

  it('ends when it is stopped, as often as that is asked', async () => {
    const other = await startTestEndpoint('stopped');
    await other.stop();
    await other.stop();
    expect(await answers(other.url)).to.equal(false);
  });

  it('ends when the process that started it is killed', async () => {
    const module = fileURLToPath(new URL('./local-python.ts', import.meta.url));
    const code = `import { startTestEndpoint } from ${JSON.stringify(module)};
      console.log((await startTestEndpoint('orphan')).url);`;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const url = String(line).trim();
    expect(await answers(url)).to.equal(true);
    parent.kill('SIGKILL');
    for (let waited = 0; waited < 50 && (await answers(url)); waited += 1) await sleep(100);
    expect(await answers(url)).to.equal(false);
  });

  for (const [what, python] of [
    ['an interpreter that is missing', '/nowhere/python'],
    ['an interpreter that ends at once', '/bin/false'],
  ] as const) {
    it(`says what is wrong with ${what}`, async () => {
      const log = join(tmpdir(), `lakewright-broken-${process.pid}.log`);
      const error: unknown = await startEndpoint({ python, log }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(EndpointError);
      expect(String(error)).to.include(python);
    });
  }
});

function update(): Omit<typeof JOB, 'Name'> {
  const { Name: _, ...rest } = JOB;
  return rest;
}

async function refused(call: Promise<unknown>, name: string): Promise<void> {
  const outcome = await call.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
  expect(outcome).to.equal(name);
}

async function answers(url: string): Promise<boolean> {
  return await fetch(`${url}/_lakewright/health`).then(
    (answer) => answer.ok,
    () => false,
  );
}
