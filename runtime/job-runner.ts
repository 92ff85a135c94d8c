import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Job, JobRun } from '@aws-sdk/client-glue';
import type { S3 } from '@aws-sdk/client-s3';
import { reportJobRun, type TakenRun, takeJobRun } from './endpoint/index.ts';
import { RunError } from './errors.ts';
import { type JobOutcome, type JobReport, outcomeOf } from './job-outcome.ts';
import type { LocalClients } from './local-clients.ts';
import type { ScriptOutcome, SparkSession } from './spark/session.ts';

/** What runs the jobs that the embedded endpoint has started. */
export interface Runner extends LocalClients {
  /** URL of the endpoint. */
  readonly endpoint: string;
  /** The session whose `s3://` paths go to the same endpoint. */
  readonly spark: () => Promise<SparkSession>;
  /** Folder for the downloaded scripts, each of which is deleted after its run; made when missing. */
  readonly work: string;
  /** ISO-8601 instant at which consent is read where a run says `now`; the start of the run by default. */
  readonly consentAsOf?: string;
}

/**
 * Runs what has been started at the endpoint, one after another, until it is told to stop: the script and support modules
 * of each run are downloaded from where its job says, checked against the hash in their key, and run with its arguments.
 * The endpoint is told how it goes, in the states and words of Glue.
 */
export async function serveJobRuns(
  runner: Runner,
  { signal, onOutcome }: { signal: AbortSignal; onOutcome?: (outcome: JobOutcome) => void },
): Promise<void> {
  while (!signal.aborted) {
    const taken = await takeJobRun(runner.endpoint, SERVING_SECONDS).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return undefined;
    });
    if (taken === undefined) continue;
    const { outcome } = await runTaken(runner, taken);
    onOutcome?.(outcome);
  }
}

const SERVING_SECONDS = 2;

/** How a run ended, and what kept it from beginning if something did. */
export interface RanJob {
  readonly outcome: JobOutcome;
  /** The endpoint holds something else than what was deployed. */
  readonly refused?: RunError;
}

/** Runs one run that was taken. A failure is an outcome. */
export async function runTaken(runner: Runner, taken: TakenRun): Promise<RanJob> {
  await mkdir(runner.work, { recursive: true });
  const folder = await mkdtemp(join(runner.work, 'scripts-'));
  try {
    return { outcome: await runIn(folder, runner, taken) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await reportJobRun(runner.endpoint, { ...taken, state: 'FAILED', error: reason });
    if (!(error instanceof RunError)) throw error;
    const outcome = { job: taken.job, state: 'failed', seconds: 0, reason } as const;
    return { outcome, refused: error };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runIn(folder: string, runner: Runner, taken: TakenRun): Promise<JobOutcome> {
  const { glue, s3, endpoint } = runner;
  const [{ Job: job }, { JobRun: run }] = await Promise.all([
    glue.getJob({ JobName: taken.job }),
    glue.getJobRun({ JobName: taken.job, RunId: taken.run }),
  ]);
  const given = run?.Arguments ?? {};
  const script = await download(s3, folder, job?.Command?.ScriptLocation ?? '');
  const support = join(folder, 'support');
  const modules = (given['--extra-py-files'] ?? '').split(',').filter(Boolean);
  for (const uri of modules) await download(s3, support, uri);
  const spark = await runner.spark();
  await reportJobRun(endpoint, { ...taken, state: 'RUNNING' });
  const ran = await spark.run(script, scriptArguments(given, taken, runner.consentAsOf), [support]);
  await keepLog(runner.logs, outputGroup(job, run), taken.run, ran.log);
  const report = await readReport(s3, given['--report'], taken);
  await reportJobRun(endpoint, {
    ...taken,
    state: ran.succeeded ? 'SUCCEEDED' : 'FAILED',
    ...(ran.error === null ? {} : { error: errorMessage(ran) }),
  });
  return outcomeOf(taken.job, ran, report);
}

/** Where Glue keeps what a script prints ("Logging for AWS Glue jobs" of the developer guide). */
function outputGroup(job: Job | undefined, run: JobRun | undefined): string {
  const prefix = run?.Arguments?.['--custom-logGroup-prefix'] ?? '/aws-glue/jobs';
  const { SecurityConfiguration: security } = run ?? {};
  const role = basename(job?.Role ?? '');
  return `${security ? `${prefix}/${security}-role/${role}` : prefix}/output`;
}

/** PutLogEvents takes no more at once (API reference). */
const MOST_LOG_EVENTS = 10_000;

async function keepLog(
  logs: CloudWatchLogs,
  logGroupName: string,
  logStreamName: string,
  text: string,
): Promise<void> {
  await logs.createLogGroup({ logGroupName }).catch((error: unknown) => {
    if (!(error instanceof Error && error.name === 'ResourceAlreadyExistsException')) throw error;
  });
  await logs.createLogStream({ logGroupName, logStreamName });
  const timestamp = Date.now();
  const lines = text.split('\n').filter((line) => line !== '');
  for (let at = 0; at < lines.length; at += MOST_LOG_EVENTS) {
    const logEvents = lines
      .slice(at, at + MOST_LOG_EVENTS)
      .map((message) => ({ timestamp, message }));
    await logs.putLogEvents({ logGroupName, logStreamName, logEvents });
  }
}

/** As Glue words it: `Error Category: UNCLASSIFIED_ERROR; Failed Line Number: 20; JobFailed: ...`. */
function errorMessage({ error, line }: ScriptOutcome): string {
  const at = line === null ? '' : `Failed Line Number: ${line}; `;
  return `Error Category: UNCLASSIFIED_ERROR; ${at}${error}`;
}

/** Arguments that Glue itself consumes and does not hand to the script in a form that matters here. */
const CONSUMED =
  /^--(job-language|scriptLocation|extra-|enable-|custom-logGroup-|continuous-log-|conf$)/;

function scriptArguments(
  given: Readonly<Record<string, string>>,
  { job, run }: TakenRun,
  consentAsOf: string | undefined,
): readonly string[] {
  const isNow = given['--consent_as_of'] === 'now' && consentAsOf !== undefined;
  const asOf = isNow ? { '--consent_as_of': consentAsOf } : {};
  const named = Object.entries({ ...given, ...asOf }).filter(([name]) => !CONSUMED.test(name));
  return ['--JOB_NAME', job, '--JOB_RUN_ID', run, ...named.flat()];
}

/** What a job itself reported of a run; undefined where it failed before its first line of work. */
export async function readReport(
  s3: S3,
  folder: string | undefined,
  { job, run }: TakenRun,
): Promise<JobReport | undefined> {
  if (!folder?.startsWith('s3://')) return undefined;
  const { bucket, key } = splitUri(`${folder.replace(/\/$/, '')}/${job}/${run}.json`);
  try {
    const { Body } = await s3.getObject({ Bucket: bucket, Key: key });
    return Body === undefined
      ? undefined
      : (JSON.parse(await Body.transformToString()) as JobReport);
  } catch (error) {
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
