import { join } from 'node:path';
import type { JobOutcome, RunEvent } from '../runtime/job-outcome.ts';
import { tableText } from '../runtime/report.ts';
import type { SparkProgress, SparkSession } from '../runtime/spark/session.ts';
import { toolchain } from '../runtime/toolchain.ts';
import type { GeneratedLibrary } from './generate.ts';
import { withLake } from './lake-copy.ts';
import { BUCKET, keyFolder } from './local-lake.ts';
import type { ProgressLine } from './progress.ts';
import type { StartOptions } from './start-options.ts';

/** What a local run is about. */
export interface LocalRun {
  readonly options: StartOptions;
  readonly generated: GeneratedLibrary;
  /** Landing data. */
  readonly data: string;
  /** Names of the landing tables. */
  readonly landing: readonly string[];
  readonly progress: ProgressLine;
  /** Prints a line that stays. */
  readonly tell: (line: string) => void;
}

/** Landing data from here on are worth Java's thorough compiler, which costs some seconds first. */
const LONG_WORK_BYTES = 64 * 1024 * 1024;

/** Log files of a run; overwritten by the next one. */
export function logsOf({ state }: StartOptions): {
  readonly spark: string;
  readonly endpoint: string;
} {
  return { spark: join(state, 'logs', 'spark.log'), endpoint: join(state, 'logs', 'endpoint.log') };
}

/** Runs the generated scripts on plain folders. */
export async function runOnFolders(run: LocalRun): Promise<readonly JobOutcome[]> {
  const { runInFolders } = await import('../runtime/folders.ts');
  const spark = await startSpark(run);
  try {
    return await runInFolders({
      generated: run.generated.folder,
      data: run.data,
      out: run.options.out,
      spark,
      pseudonymKeys: keyFolder(run.options.state),
      onEvent: (event) => show(run.progress, event),
    });
  } finally {
    await spark.stop();
  }
}

/**
 * Deploys to the embedded endpoint over the APIs of S3, Glue and IAM, runs the workflow that is then there, and copies the
 * tables that it wrote to `out`, since the endpoint forgets all when it stops.
 */
export async function runOnEndpoint(run: LocalRun): Promise<readonly JobOutcome[]> {
  const { startEndpoint } = await import('../runtime/endpoint/index.ts');
  run.progress.show('starting the local S3 and Glue endpoint');
  const endpoint = await startEndpoint({
    python: toolchain(run.options.glue).python,
    log: logsOf(run.options).endpoint,
  });
  // Spark takes some seconds to start; the deployment needs none of it.
  const starting = startSpark(run, endpoint.url);
  try {
    const [spark] = await Promise.all([starting, deployAndUpload(run, endpoint.url)]);
    const { runWorkflow } = await import('../runtime/workflow.ts');
    const outcomes = await runWorkflow({
      endpoint: endpoint.url,
      library: run.generated.library,
      spark,
      work: join(run.options.state, 'work'),
      onEvent: (event) => show(run.progress, event),
    });
    return await keepOutputs(run, endpoint.url, outcomes);
  } finally {
    await starting.then(
      (spark) => spark.stop(),
      () => undefined,
    );
    await endpoint.stop();
  }
}

async function deployAndUpload(run: LocalRun, endpoint: string): Promise<void> {
  const { deploy } = await import('../deploy/index.ts');
  const { fillLake } = await import('./local-lake.ts');
  const { written } = await deploy({
    directory: run.generated.folder,
    bucket: BUCKET,
    endpoint,
    createBucket: true,
    onProgress: ({ step, done, total }) => {
      if (step === 'apply') run.progress.show(`deploying ${done}/${total}`);
    },
  });
  run.tell(
    `deployed to ${endpoint} (S3, Glue, IAM, KMS, Lake Formation): ${written.length} resources made`,
  );
  await fillLake({
    endpoint,
    bucket: BUCKET,
    generated: run.generated.folder,
    data: run.data,
    keys: keyFolder(run.options.state),
    onEvent: (event) => show(run.progress, event),
  });
  run.progress.show('starting Spark');
}

/** The outcomes, with the places of the copies for those in the endpoint, which is about to end. */
async function keepOutputs(
  run: LocalRun,
  endpoint: string,
  outcomes: readonly JobOutcome[],
): Promise<readonly JobOutcome[]> {
  run.progress.show('copying the tables');
  const { out } = run.options;
  return await withLake(endpoint, BUCKET, async (lake) => {
    await lake.copyBelow('quarantine/', join(out, 'quarantine'));
    const { library } = run.generated;
    await lake.copyBelow(`lakewright/${library}/reports/`, join(out, 'reports'));
    return await Promise.all(
      outcomes.map(async (outcome) => {
        const { state, report } = outcome;
        if (state !== 'succeeded' || !report?.output) return outcome;
        const [zone = '', table = ''] = tableText(report.output.table).split('.');
        const location = join(out, zone, table);
        await lake.replaceFolder(report.output.location, location);
        return { ...outcome, report: { ...report, output: { ...report.output, location } } };
      }),
    );
  });
}

async function startSpark(run: LocalRun, s3Endpoint?: string): Promise<SparkSession> {
  const { startSpark: start } = await import('../runtime/spark/session.ts');
  const { landingBytes } = await import('../runtime/landing.ts');
  const bytes = await landingBytes(run.data, run.landing);
  return await start({
    workload: bytes > LONG_WORK_BYTES ? 'long' : 'short',
    tools: toolchain(run.options.glue),
    log: logsOf(run.options).spark,
    warehouse: join(run.options.state, 'spark'),
    ...(s3Endpoint === undefined ? {} : { s3Endpoint }),
    onProgress: (progress) => run.progress.show(stages(progress)),
  });
}

function show(progress: ProgressLine, event: RunEvent): void {
  if (event.kind === 'job ends') progress.clear();
  else progress.show(inWords(event));
}

function inWords(event: Exclude<RunEvent, { readonly kind: 'job ends' }>): string {
  if (event.kind === 'job starts') {
    return `running ${event.job} (${event.number} of ${event.total})`;
  }
  return `uploading landing ${event.table} ${event.done}/${event.total}`;
}

function stages({ name, done, total }: SparkProgress): string {
  const job = `running ${name.replace(/\.py$/, '')}`;
  return total === 0 ? job : `${job}: ${done} of ${total} tasks`;
}
