import type { Glue, JobRun, Predicate } from '@aws-sdk/client-glue';
import { expect } from 'chai';
import {
  type Endpoint,
  type ReportedState,
  reportJobRun,
  takeJobRun,
} from '../../runtime/endpoint/index.ts';
import { glueAt, JOB, refused } from './glue-calls.ts';
import { resetEndpoint, startTestEndpoint } from './local-python.ts';

const Name = 'lake';

describe("the embedded endpoint's Glue, of workflow runs", () => {
  let endpoint: Endpoint;
  let glue: Glue;

  before(async () => {
    endpoint = await startTestEndpoint('glue-workflows');
    glue = glueAt(endpoint.url);
  });
  after(() => endpoint?.stop());
  beforeEach(async () => {
    await resetEndpoint(endpoint.url);
    for (const job of ['a', 'b', 'c']) await glue.createJob({ ...JOB, Name: job });
    await glue.createWorkflow({ Name, MaxConcurrentRuns: 1 });
    const own = { WorkflowName: Name };
    await glue.createTrigger({
      ...own,
      Name: 'start',
      Type: 'ON_DEMAND',
      Actions: [{ JobName: 'a', Arguments: { '--x': '1' } }, { JobName: 'b' }],
    });
    await glue.createTrigger({
      ...own,
      Name: 'then',
      Type: 'CONDITIONAL',
      StartOnCreation: true,
      Predicate: when('AND', 'a', 'b'),
      Actions: [{ JobName: 'c' }],
    });
  });

  const begin = async () => (await glue.startWorkflowRun({ Name })).RunId ?? '';
  const run = async (RunId: string) =>
    (await glue.getWorkflowRun({ Name, RunId, IncludeGraph: true })).Run;
  const runsOf = async (RunId: string): Promise<readonly JobRun[]> =>
    (await run(RunId))?.Graph?.Nodes?.flatMap(({ JobDetails }) => JobDetails?.JobRuns ?? []) ?? [];
  const states = async (id: string) =>
    (await runsOf(id)).map(({ JobName, JobRunState }) => `${JobName} ${JobRunState}`);
  const end = async (state: ReportedState) => {
    const taken = await takeJobRun(endpoint.url, 0);
    if (taken === undefined) throw new Error('nothing waits');
    await reportJobRun(endpoint.url, { ...taken, state: 'RUNNING' });
    await reportJobRun(endpoint.url, { ...taken, state });
    return taken.job;
  };

  it('start the first jobs, with the arguments of the trigger and the names of the run', async () => {
    const id = await begin();
    expect(await states(id)).to.deep.equal(['a WAITING', 'b WAITING']);
    const [first] = await runsOf(id);
    expect(first?.TriggerName).to.equal('start');
    expect(first?.Arguments).to.deep.equal({
      '--x': '1',
      '--WORKFLOW_NAME': Name,
      '--WORKFLOW_RUN_ID': id,
    });
    expect((await run(id))?.Statistics).to.include({ TotalActions: 3, WaitingActions: 2 });
  });

  it('start what waits for all of them when the last has succeeded, and are then complete', async () => {
    const id = await begin();
    expect([await end('SUCCEEDED'), await end('SUCCEEDED')]).to.deep.equal(['a', 'b']);
    expect(await run(id)).to.include({ Status: 'RUNNING' });
    expect(await end('SUCCEEDED')).to.equal('c');
    const over = await run(id);
    expect(over?.Status).to.equal('COMPLETED');
    expect(over?.CompletedOn).to.be.instanceOf(Date);
    expect(over?.Statistics).to.include({ SucceededActions: 3, FailedActions: 0 });
  });

  it('complete without what waits for a job that failed', async () => {
    const id = await begin();
    await end('FAILED');
    await end('SUCCEEDED');
    expect(await states(id)).to.deep.equal(['a FAILED', 'b SUCCEEDED']);
    expect(await run(id)).to.include({ Status: 'COMPLETED' });
  });

  it('may watch for a failure, and for any of several', async () => {
    await glue.updateTrigger({
      Name: 'then',
      TriggerUpdate: { Predicate: when('ANY', 'a', 'b'), Actions: [{ JobName: 'c' }] },
    });
    const id = await begin();
    await end('SUCCEEDED');
    expect(await states(id)).to.deep.equal(['a SUCCEEDED', 'b WAITING', 'c WAITING']);
  });

  it('are one at a time where the workflow says so', async () => {
    const id = await begin();
    await refused(glue.startWorkflowRun({ Name }), 'ConcurrentRunsExceededException');
    await glue.stopWorkflowRun({ Name, RunId: id });
    expect(await states(id)).to.deep.equal(['a STOPPED', 'b STOPPED']);
    expect(await run(id)).to.include({ Status: 'STOPPED' });
    await begin();
  });

  it('do not start a job that runs already', async () => {
    await glue.startJobRun({ JobName: 'a' });
    const id = await begin();
    expect(await states(id)).to.deep.equal(['a FAILED', 'b WAITING']);
  });

  it('are refused of what is not there, or has nothing to begin with', async () => {
    await refused(glue.startWorkflowRun({ Name: 'nobody' }), 'EntityNotFoundException');
    await refused(glue.getWorkflowRun({ Name, RunId: 'wr_no' }), 'EntityNotFoundException');
    await glue.deleteTrigger({ Name: 'start' });
    await refused(begin(), 'InvalidInputException');
  });
});

function when(Logical: 'AND' | 'ANY', ...jobs: readonly string[]): Predicate {
  const State = 'SUCCEEDED';
  const Conditions = jobs.map(
    (JobName) => ({ LogicalOperator: 'EQUALS' as const, JobName, State }) as const,
  );
  return { Logical, Conditions };
}
