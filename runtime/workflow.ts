import type { Glue, JobRun } from '@aws-sdk/client-glue';
import { takeJobRun } from './endpoint/index.ts';
import { RunError } from './errors.ts';
import { type JobOutcome, notRun, type RunListener } from './job-outcome.ts';
import { type Runner, readReport, runTaken } from './job-runner.ts';
import { localClients } from './local-clients.ts';
import type { SparkSession } from './spark/session.ts';
import { workflowOrder } from './workflow-order.ts';

/** What {@link runWorkflow} needs. */
export interface WorkflowOptions {
  /** URL of the embedded endpoint that the library was deployed to. */
  readonly endpoint: string;
  /** Name of the workflow, which is the library's. */
  readonly library: string;
  /** Session whose `s3://` paths go to the same endpoint. */
  readonly spark: SparkSession;
  /** Folder for the downloaded scripts; emptied afterwards. */
  readonly work: string;
  /** ISO-8601 instant at which consent is read by all jobs alike; the start of the run by default. */
  readonly consentAsOf?: string;
  readonly onEvent?: RunListener;
}

/**
 * Starts the workflow of a deployed library at the endpoint, and runs what its triggers start on Spark, as any other runner
 * of the endpoint would; then the jobs that have schedules of their own, in an order in which they read each other's tables.
 * What reads from a job that failed is not run.
 *
 * @returns an outcome per job, in order, the jobs that were not reached included
 * @throws RunError when the workflow is not there, or a script is not what was deployed
 */
export async function runWorkflow(options: WorkflowOptions): Promise<readonly JobOutcome[]> {
  const clients = await localClients(options.endpoint);
  const runner: Runner = {
    ...clients,
    endpoint: options.endpoint,
    spark: async () => options.spark,
    work: options.work,
    consentAsOf: options.consentAsOf ?? new Date().toISOString(),
  };
  try {
    const triggers = await libraryTriggers(clients.glue, options.library);
    const order = workflowOrder(triggers).map(({ job }) => job);
    if (order.length === 0) throw workflowMissing(options);
    const work: Work = { ...options, runner, order, outcomes: new Map() };
    const isOfWorkflow = triggers.some(({ WorkflowName }) => WorkflowName === options.library);
    if (isOfWorkflow) await followWorkflow(work);
    const scheduled = workflowOrder(triggers.filter(({ WorkflowName }) => !WorkflowName));
    for (const { job } of scheduled) await runJob(work, job);
    return order.map((job) => work.outcomes.get(job) ?? notRun(job, failedBefore(work)));
  } finally {
    clients.glue.destroy();
    clients.logs.destroy();
    clients.s3.destroy();
  }
}

interface Work extends WorkflowOptions {
  readonly runner: Runner;
  /** All jobs, in an order in which they could run. */
  readonly order: readonly string[];
  readonly outcomes: Map<string, JobOutcome>;
}

function failedBefore({ order, outcomes }: Work): JobOutcome | undefined {
  return order.map((job) => outcomes.get(job)).find((one) => one?.state === 'failed');
}

function workflowMissing({ library, endpoint }: WorkflowOptions): RunError {
  return new RunError(
    'runtime/workflow-missing',
    `The workflow ${library} starts no job at ${endpoint}.`,
    'Deploy the library first.',
  );
}

async function libraryTriggers(glue: Glue, library: string) {
  const { paginateGetTriggers } = await import('@aws-sdk/client-glue');
  const triggers = [];
  for await (const page of paginateGetTriggers({ client: glue }, {})) {
    triggers.push(...(page.Triggers ?? []));
  }
  // A job with a schedule of its own is outside the workflow, but belongs to the library.
  return triggers.filter(
    ({ WorkflowName, Name }) =>
      WorkflowName === library || (!WorkflowName && Name?.startsWith(`${library}_`)),
  );
}

async function followWorkflow(work: Work): Promise<void> {
  const { glue, endpoint } = work.runner;
  const { RunId = '' } = await glue.startWorkflowRun({ Name: work.library });
  for (let seconds = 0; ; ) {
    const taken = await takeJobRun(endpoint, seconds);
    if (taken !== undefined) {
      await runAndTell(work, taken);
      continue;
    }
    const run = await glue.getWorkflowRun({ Name: work.library, RunId, IncludeGraph: true });
    const nodes = run.Run?.Graph?.Nodes ?? [];
    if (run.Run?.Status !== 'RUNNING' && run.Run?.Status !== 'STOPPING') {
      return await addMissing(
        work,
        nodes.flatMap(({ JobDetails }) => JobDetails?.JobRuns ?? []),
      );
    }
    // Another runner of the endpoint has what goes on.
    seconds = 1;
  }
}

/** Runs a job that no workflow starts. */
async function runJob(work: Work, job: string): Promise<void> {
  const { glue, endpoint } = work.runner;
  if (failedBefore(work) !== undefined) return;
  const { JobRunId = '' } = await glue.startJobRun({ JobName: job });
  for (let seconds = 0; ; seconds = 1) {
    const taken = await takeJobRun(endpoint, seconds);
    if (taken !== undefined) await runAndTell(work, taken);
    const { JobRun } = await glue.getJobRun({ JobName: job, RunId: JobRunId });
    if (JobRun?.CompletedOn !== undefined) return await addMissing(work, [JobRun]);
  }
}

async function runAndTell(
  work: Work,
  taken: { readonly job: string; readonly run: string },
): Promise<void> {
  const { job } = taken;
  const number = work.order.indexOf(job) + 1;
  work.onEvent?.({ kind: 'job starts', job, number, total: work.order.length });
  const { outcome, refused } = await runTaken(work.runner, taken);
  if (refused !== undefined) throw refused;
  work.outcomes.set(job, outcome);
  work.onEvent?.({ kind: 'job ends', outcome });
}

/** The outcomes of runs that another runner of the endpoint took. */
async function addMissing(work: Work, runs: readonly JobRun[]): Promise<void> {
  const { s3 } = work.runner;
  for (const { JobName: job = '', Id = '', ...run } of runs) {
    if (work.outcomes.has(job)) continue;
    const report = await readReport(s3, run.Arguments?.['--report'], { job, run: Id });
    work.outcomes.set(job, {
      job,
      state: run.JobRunState === 'SUCCEEDED' ? 'succeeded' : 'failed',
      seconds: report?.seconds ?? run.ExecutionTime ?? 0,
      reason: report?.failed ?? run.ErrorMessage ?? '',
      ...(run.ErrorMessage ? { error: run.ErrorMessage } : {}),
      ...(report === undefined ? {} : { report }),
    });
  }
}
