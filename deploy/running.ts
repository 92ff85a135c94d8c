import type { JobRunState, WorkflowRunStatus } from '@aws-sdk/client-glue';
import type { Aws } from './clients.ts';
import { DeployError } from './errors.ts';
import { unlessAbsent } from './kinds/absent.ts';
import type { Action, Plan } from './plan.ts';
import { printable } from './printable.ts';
import type { Kind } from './resource.ts';

const JOB_RUNS: readonly JobRunState[] = ['RUNNING', 'STARTING', 'STOPPING', 'WAITING'];
const WORKFLOW_RUNS: readonly WorkflowRunStatus[] = ['RUNNING', 'STOPPING'];
const OF_RUNS: readonly Kind[] = ['role', 'script', 'support'];
/** Glue lists the newest runs first (web API reference, "GetJobRuns"); jobs of libraries run one at a time. */
const NEWEST = 5;
/** Glue allows about ten reads a second and account before it throttles. */
const READS_AT_ONCE = 6;

/**
 * Refuses to change a library under a run that is going on: a run of its workflow, or of a job that is changed or whose role is.
 * Reads only, and nothing where a plan only makes what was not there.
 *
 * @throws DeployError `deploy/job-running`, which names the runs
 */
export async function refuseRunning(aws: Aws, { actions }: Plan): Promise<void> {
  const changed = actions.filter(({ kind }) => kind !== 'create' && kind !== 'unchanged');
  if (changed.length === 0) return;
  const workflows = actions.filter(({ desired }) => desired.kind === 'workflow').map(liveName);
  const jobs = changedJobs(actions, changed);
  const found = (await Promise.all(workflows.map((name) => workflowRuns(aws, name)))).flat();
  for (let at = 0; at < jobs.length && found.length === 0; at += READS_AT_ONCE) {
    const asked = jobs.slice(at, at + READS_AT_ONCE).map((name) => jobRuns(aws, name));
    found.push(...(await Promise.all(asked)).flat());
  }
  if (found.length === 0) return;
  throw new DeployError(
    'deploy/job-running',
    `${found.map(printable).join('; ')}. It would end with other definitions or permissions than it began with.`,
    'Wait until it is over, stop it, or deploy with --while-running.',
  );
}

/**
 * Names in Glue of the jobs that exist and change, or whose roles do. What is read at the start of a run and goes may be that of any
 * job: its former role, its former script.
 */
function changedJobs(actions: readonly Action[], changed: readonly Action[]): readonly string[] {
  const goes = changed.some(
    ({ kind, desired }) => kind === 'delete' && OF_RUNS.includes(desired.kind),
  );
  const touched = new Set(
    changed.flatMap(({ desired: { id, kind } }) =>
      kind === 'job' || kind === 'role' ? [id.slice(id.indexOf('/') + 1)] : [],
    ),
  );
  return actions
    .filter(({ kind, desired, live }) => {
      if (desired.kind !== 'job' || live === undefined) return false;
      return goes || kind === 'delete' || touched.has(desired.id.slice('job/'.length));
    })
    .map(liveName);
}

function liveName({ desired }: Action): string {
  return desired.name;
}

async function workflowRuns({ glue }: Aws, name: string): Promise<readonly string[]> {
  const found = await unlessAbsent(glue.getWorkflowRuns({ Name: name, MaxResults: NEWEST }));
  const running = (found?.Runs ?? []).filter(
    ({ Status }) => Status !== undefined && WORKFLOW_RUNS.includes(Status),
  );
  return running.map(
    ({ WorkflowRunId, Status, StartedOn }) =>
      `the workflow ${name} is ${Status} (${WorkflowRunId}${since(StartedOn)})`,
  );
}

async function jobRuns({ glue }: Aws, name: string): Promise<readonly string[]> {
  const found = await unlessAbsent(glue.getJobRuns({ JobName: name, MaxResults: NEWEST }));
  const running = (found?.JobRuns ?? []).filter(
    ({ JobRunState: state }) => state !== undefined && JOB_RUNS.includes(state),
  );
  return running.map(
    ({ Id, JobRunState: state, StartedOn }) =>
      `the job ${name} is ${state} (${Id}${since(StartedOn)})`,
  );
}

function since(started: Date | undefined): string {
  return started === undefined ? '' : `, since ${started.toISOString()}`;
}
