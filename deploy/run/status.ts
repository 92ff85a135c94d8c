import type { JobRun, JobRunState } from '@aws-sdk/client-glue';
import type { Aws } from '../clients.ts';
import { MINIMUM_MINUTES } from '../prices.ts';
import type { Target } from './target.ts';

/** What a job of a run is at. */
export type StepState =
  | 'waiting'
  | 'running'
  | 'stopping'
  | 'succeeded'
  | 'failed'
  | 'timed out'
  | 'stopped';

/** One job of a run, of several attempts the last. */
export interface JobStep {
  /** Glue's name of the job. */
  readonly job: string;
  /** Id of the job run, `jr_...`. */
  readonly run: string;
  readonly state: StepState;
  /** Seconds that it ran, without those that it waited; of all attempts. */
  readonly seconds: number;
  /** What AWS bills: DPUs times seconds, of all attempts. */
  readonly dpuSeconds: number;
  /** Why it failed, in Glue's words. */
  readonly error?: string;
  /** Name of the security configuration that it had. */
  readonly securityConfiguration?: string;
  /** The arguments that it was given. */
  readonly arguments: Readonly<Record<string, string>>;
}

/** What is known of a run at one time. */
export interface RunStatus {
  readonly isOver: boolean;
  /** Whether somebody stopped it, or Glue could not go on with it. */
  readonly isStopped: boolean;
  /** Glue's names of all its jobs, started or not. */
  readonly jobs: readonly string[];
  /** The jobs that were started. */
  readonly steps: readonly JobStep[];
}

// Facts: "AWS Glue job run statuses" of the developer guide. An ERROR is a run of a job that was deleted; what EXPIRED waited too long.
const STATES: { readonly [S in JobRunState]: StepState } = {
  WAITING: 'waiting',
  STARTING: 'waiting',
  RUNNING: 'running',
  STOPPING: 'stopping',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  ERROR: 'failed',
  EXPIRED: 'failed',
  TIMEOUT: 'timed out',
  STOPPED: 'stopped',
};

const UNFINISHED: readonly StepState[] = ['waiting', 'running', 'stopping'];

/** Whether a job is over. */
export function isOver({ state }: JobStep): boolean {
  return !UNFINISHED.includes(state);
}

/** Asks how a run is, in one call whatever the number of its jobs. */
export async function statusOf({ glue }: Aws, target: Target, run: string): Promise<RunStatus> {
  if (target.kind === 'job') {
    const { JobRun } = await glue.getJobRun({ JobName: target.name, RunId: run });
    const steps = stepsOf(JobRun === undefined ? [] : [JobRun]);
    return { isOver: steps.every(isOver), isStopped: false, jobs: [target.name], steps };
  }
  const { Run } = await glue.getWorkflowRun({
    Name: target.name,
    RunId: run,
    IncludeGraph: true,
  });
  const nodes = Run?.Graph?.Nodes ?? [];
  const status = Run?.Status ?? 'ERROR';
  return {
    isOver: status !== 'RUNNING' && status !== 'STOPPING',
    isStopped: status === 'STOPPED' || status === 'ERROR',
    jobs: nodes.flatMap(({ Type, Name }) => (Type === 'JOB' ? (Name ?? []) : [])),
    steps: stepsOf(nodes.flatMap(({ JobDetails }) => JobDetails?.JobRuns ?? [])),
  };
}

function stepsOf(runs: readonly JobRun[]): readonly JobStep[] {
  const byJob = new Map<string, readonly JobRun[]>();
  for (const run of runs) {
    const job = run.JobName ?? '';
    byJob.set(job, [...(byJob.get(job) ?? []), run]);
  }
  return [...byJob].flatMap(([job, attempts]) => {
    const last = [...attempts].sort(byStart).at(-1);
    return last === undefined ? [] : [stepOf(job, last, attempts)];
  });
}

function byStart(left: JobRun, right: JobRun): number {
  return (left.StartedOn?.getTime() ?? 0) - (right.StartedOn?.getTime() ?? 0);
}

function stepOf(job: string, last: JobRun, attempts: readonly JobRun[]): JobStep {
  return {
    job,
    run: last.Id ?? '',
    state: STATES[last.JobRunState ?? 'WAITING'],
    seconds: sum(attempts.map(({ ExecutionTime }) => ExecutionTime ?? 0)),
    dpuSeconds: sum(attempts.map(dpuSeconds)),
    ...(last.ErrorMessage ? { error: last.ErrorMessage } : {}),
    ...(last.SecurityConfiguration ? { securityConfiguration: last.SecurityConfiguration } : {}),
    arguments: last.Arguments ?? {},
  };
}

/** Glue tells DPU seconds only of what scales by itself or is FLEX; of others it is the capacity times the time (JobRun structure). */
function dpuSeconds({ DPUSeconds, ExecutionTime = 0, MaxCapacity = 0 }: JobRun): number {
  const billed = ExecutionTime === 0 ? 0 : Math.max(ExecutionTime, MINIMUM_MINUTES * 60);
  return DPUSeconds ?? billed * MaxCapacity;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
