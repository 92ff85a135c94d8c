import { join } from 'node:path';
import type { SparkSession } from '../runtime/spark/session.ts';
import { stateFolder, toolchain } from '../runtime/toolchain.ts';
import { type Command, parse, UsageError, userPath } from './command.ts';
import { landingData } from './landing-data.ts';
import { libraryFolder } from './library-folder.ts';
import { BUCKET } from './local-lake.ts';
import { wholeNumber } from './start-options.ts';

const DEFAULT_PORT = 4566;
const HIGHEST_PORT = 65_535;
const DEFAULT_CUSTOMERS = 200;

const help = `Usage: npm run endpoint -- [options]

Keeps an endpoint of S3, Glue, IAM, KMS, Lake Formation, STS and Secrets Manager on this machine, with a bucket that holds landing
data. What is deployed there can be run there: jobs that are started run on local Spark. Ctrl-C ends it, and all that is in it.

  --port N           port (default: ${DEFAULT_PORT}; 0 for a free one)
  --bucket BUCKET    bucket to make (default: ${BUCKET})
  --data DIR         landing data: <table>/landing/*.json for each landing table (default: synthetic data)
  --customers N      size of the synthetic data (default: ${DEFAULT_CUSTOMERS})
  --library NAME     library in the folder of generated files (default: the only one there)
  --generated DIR    folder of generated files (default: generated)
`;

const options = {
  port: { type: 'string' },
  bucket: { type: 'string', default: BUCKET },
  data: { type: 'string' },
  customers: { type: 'string' },
  library: { type: 'string' },
  generated: { type: 'string' },
} as const;

/** `endpoint`: an AWS on this machine, until it is told to end. */
export const endpoint: Command = {
  help,
  async run(args) {
    const { values } = parse(args, options);
    if (values.data !== undefined && values.customers !== undefined)
      throw new UsageError('--data and --customers exclude each other');
    const generated = libraryFolder(userPath(values.generated, 'generated'), values.library);
    const state = stateFolder();
    const { customers = String(DEFAULT_CUSTOMERS) } = values;
    const input =
      values.data === undefined
        ? { customers: wholeNumber('--customers', customers) }
        : { data: userPath(values.data) };
    const data = await landingData({ input, state }, tell);
    const { startEndpoint } = await import('../runtime/endpoint/index.ts');
    const server = await startEndpoint({
      python: toolchain('5.1').python,
      log: join(state, 'logs', 'endpoint.log'),
      port: portOf(values.port),
    });
    try {
      const lake = { endpoint: server.url, bucket: values.bucket, generated, data };
      await fill(lake, state);
      tell(welcome(lake));
      return await serve(server.url, state);
    } finally {
      await server.stop();
    }
  },
};

function portOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : HIGHEST_PORT + 1;
  if (port <= HIGHEST_PORT) return port;
  throw new UsageError(
    `--port is ${JSON.stringify(text)}; it is a number from 0 to ${HIGHEST_PORT}`,
  );
}

interface Lake {
  readonly endpoint: string;
  readonly bucket: string;
  readonly generated: string;
  readonly data: string;
}

async function fill(lake: Lake, state: string): Promise<void> {
  const { localClients } = await import('../runtime/local-clients.ts');
  const { fillLake, keyFolder } = await import('./local-lake.ts');
  const { s3, glue } = await localClients(lake.endpoint);
  try {
    await s3.createBucket({ Bucket: lake.bucket });
  } finally {
    s3.destroy();
    glue.destroy();
  }
  await fillLake({ ...lake, keys: keyFolder(state) });
}

function welcome({ endpoint: url, bucket }: Lake): string {
  return `${url} answers as AWS; Ctrl-C ends it.
  npm run deploy-jobs -- --bucket ${bucket} --endpoint ${url}
  npm run run-jobs -- --endpoint ${url}`;
}

/** Runs what is started at the endpoint, until a signal. */
async function serve(url: string, state: string): Promise<number> {
  const { serveJobRuns } = await import('../runtime/job-runner.ts');
  const { localClients } = await import('../runtime/local-clients.ts');
  const { secondsText } = await import('../runtime/report.ts');
  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end.abort());
  let spark: Promise<SparkSession> | undefined;
  const clients = await localClients(url);
  const runner = {
    ...clients,
    endpoint: url,
    spark: () => {
      spark ??= startSession(url, state);
      return spark;
    },
    work: join(state, 'work'),
  };
  try {
    await serveJobRuns(runner, {
      signal: end.signal,
      onOutcome: ({ job, state: how, seconds, reason }) =>
        tell(`${job} ${how} after ${secondsText(seconds)}${reason === '' ? '' : `: ${reason}`}`),
    });
    return 0;
  } finally {
    await spark?.then((session) => session.stop());
  }
}

async function startSession(s3Endpoint: string, state: string): Promise<SparkSession> {
  const { startSpark } = await import('../runtime/spark/session.ts');
  return await startSpark({
    tools: toolchain('5.1'),
    log: join(state, 'logs', 'spark.log'),
    warehouse: join(state, 'spark'),
    s3Endpoint,
  });
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
