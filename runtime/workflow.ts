import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Glue, Job } from '@aws-sdk/client-glue';
import type { S3 } from '@aws-sdk/client-s3';
import { reportJobRun } from './endpoint/index.ts';
import { RunError } from './errors.ts';
import type { JobOutcome, JobReport, RunListener } from './job-outcome.ts';
import type { ScriptOutcome, SparkSession } from './spark/session.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from './spark/settings.ts';
import { type StartedJob, workflowOrder } from './workflow-order.ts';

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

/** Clients of the embedded endpoint; the SDK is loaded when they are made. */
export interface LocalClients {
  readonly glue: Glue;
  readonly s3: S3;
}

/** Glue and S3 clients of the embedded endpoint, with its placeholder credentials. */
export async function localClients(endpoint: string): Promise<LocalClients> {
  const [glue, s3] = await Promise.all([
    import('@aws-sdk/client-glue'),
    import('@aws-sdk/client-s3'),
  ]);
  const settings = { endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS };
  return { glue: new glue.Glue(settings), s3: new s3.S3({ ...settings, forcePathStyle: true }) };
}

/**
 * Runs the jobs of a deployed library in the order of its workflow, as the endpoint's own Glue describes them:
 * script and support modules are downloaded from where the job says, checked against the hash in their key,
 * and run with the job's default arguments. The endpoint is told of each run. Stops at the first failure.
 *
 * @returns an outcome per job, in order, the jobs that were not reached included
 * @throws RunError when the workflow is not there, or a script is not what was deployed
 */
export async function runWorkflow(options: WorkflowOptions): Promise<readonly JobOutcome[]> {
  const clients = await localClients(options.endpoint);
  const order = workflowOrder(await libraryTriggers(clients.glue, options.library));
  if (order.length === 0) {
    throw new RunError(
      'runtime/workflow-missing',
      `The workflow ${options.library} starts no job at ${options.endpoint}.`,
      'Deploy the library first.',
    );
  }
  const consentAsOf = options.consentAsOf ?? new Date().toISOString();
  await mkdir(options.work, { recursive: true });
  const work = await mkdtemp(join(options.work, 'scripts-'));
  const outcomes: JobOutcome[] = [];
  try {
    for (const [index, started] of order.entries()) {
      const failed = outcomes.find(({ state }) => state !== 'succeeded');
      options.onEvent?.({
        kind: 'job starts',
        job: started.job,
        number: index + 1,
        total: order.length,
      });
      const outcome = failed
        ? notRun(started.job, failed)
        : await runJob({ ...options, consentAsOf, work }, clients, started);
      outcomes.push(outcome);
      options.onEvent?.({ kind: 'job ends', outcome });
    }
  } finally {
    await rm(work, { recursive: true, force: true });
    clients.glue.destroy();
    clients.s3.destroy();
  }
  return outcomes;
}

/** The outcome of a job that an earlier failure kept from starting. */
export function notRun(job: string, failed: JobOutcome): JobOutcome {
  const cause = failed.state === 'failed' ? `${failed.job} failed` : failed.reason;
  return { job, state: 'not run', seconds: 0, reason: cause };
}

/** The outcome of a script that ran, from what Spark and the job itself say of it. */
export function outcomeOf(
  job: string,
  ran: ScriptOutcome,
  report: JobReport | undefined,
): JobOutcome {
  const state = ran.succeeded ? 'succeeded' : 'failed';
  const reason = report?.failed ?? ran.error ?? '';
  return { job, state, seconds: ran.seconds, reason, ...(report ? { report } : {}) };
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

type JobOptions = WorkflowOptions & { readonly consentAsOf: string };

async function runJob(
  options: JobOptions,
  { glue, s3 }: LocalClients,
  started: StartedJob,
): Promise<JobOutcome> {
  const { Job: job } = await glue.getJob({ JobName: started.job });
  if (job === undefined) throw new Error(`Glue knows no job ${started.job}`);
  const folder = join(options.work, started.job);
  const script = await download(s3, folder, job.Command?.ScriptLocation ?? '');
  const given = givenArguments(job, started);
  const modules = (given['--extra-py-files'] ?? '').split(',').filter(Boolean);
  const support = join(folder, 'support');
  for (const uri of modules) await download(s3, support, uri);
  const { JobRunId: run = '' } = await glue.startJobRun({ JobName: started.job });
  await reportJobRun(options.endpoint, { job: started.job, run, state: 'RUNNING' });
  const args = scriptArguments(given, started, run, options.consentAsOf);
  const ran = await options.spark.run(script, args, [support]);
  const report = await readReport(s3, args, started.job, run);
  const outcome = outcomeOf(started.job, ran, report);
  await reportJobRun(options.endpoint, {
    job: started.job,
    run,
    state: ran.succeeded ? 'SUCCEEDED' : 'FAILED',
    ...(outcome.reason ? { error: outcome.reason } : {}),
  });
  return outcome;
}

/** Arguments that Glue itself consumes and does not hand to the script in a form that matters here. */
const CONSUMED =
  /^--(job-language|scriptLocation|extra-|enable-|custom-logGroup-|continuous-log-|conf$)/;

/** As Glue resolves them: what the job does not let anybody override comes last. */
function givenArguments(job: Job, started: StartedJob): Readonly<Record<string, string>> {
  return { ...job.DefaultArguments, ...started.arguments, ...job.NonOverridableArguments };
}

function scriptArguments(
  given: Readonly<Record<string, string>>,
  started: StartedJob,
  run: string,
  consentAsOf: string,
): readonly string[] {
  const asOf = given['--consent_as_of'] === 'now' ? { '--consent_as_of': consentAsOf } : {};
  const named = Object.entries({ ...given, ...asOf }).filter(([name]) => !CONSUMED.test(name));
  return ['--JOB_NAME', started.job, '--JOB_RUN_ID', run, ...named.flat()];
}

async function readReport(
  s3: S3,
  args: readonly string[],
  job: string,
  run: string,
): Promise<JobReport | undefined> {
  const folder = args[args.indexOf('--report') + 1];
  if (!args.includes('--report') || !folder?.startsWith('s3://')) return undefined;
  const { bucket, key } = splitUri(`${folder.replace(/\/$/, '')}/${job}/${run}.json`);
  try {
    const { Body } = await s3.getObject({ Bucket: bucket, Key: key });
    return Body === undefined
      ? undefined
      : (JSON.parse(await Body.transformToString()) as JobReport);
  } catch (error) {
    // A script that failed before its first line of work has written no report.
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

async function download(s3: S3, folder: string, uri: string): Promise<string> {
  const { bucket, key } = splitUri(uri);
  const { Body } = await s3.getObject({ Bucket: bucket, Key: key });
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const expected = basename(dirname(key));
  if (hash !== expected) {
    throw new RunError(
      'runtime/bytes-differ',
      `${uri} is not what was deployed: its SHA-256 begins with ${hash}.`,
      'Deploy again.',
    );
  }
  await mkdir(folder, { recursive: true });
  const path = join(folder, basename(key));
  await writeFile(path, bytes);
  return path;
}

function splitUri(uri: string): { readonly bucket: string; readonly key: string } {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  return { bucket, key };
}
