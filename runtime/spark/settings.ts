import { mkdirSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const LOGGING = pathToFileURL(fileURLToPath(new URL('./log4j2.properties', import.meta.url))).href;
const GIBIBYTE = 1024 ** 3;

/** Credentials of the embedded endpoint, which takes any. They open nothing at AWS. */
export const LOCAL_CREDENTIALS = {
  accessKeyId: 'lakewright-local',
  secretAccessKey: 'lakewright-local',
} as const;

/** Region that the local runtime uses throughout. */
export const LOCAL_REGION = 'us-east-1';

/**
 * What a session is for. `short`: some tens of MB, as in tests and examples, where Java spends most of its
 * time on compiling itself; the quick compiler alone halves the run. `long`: worth the thorough one.
 */
export type Workload = 'short' | 'long';

// Measured on the STEDI data (2 cores, Spark 3.5.6, six jobs): 34 s of processor time as Java comes, 17 s so.
const JAVA_OPTIONS: { readonly [W in Workload]: string } = {
  short: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1',
  long: '-XX:+UseParallelGC',
};

/** What {@link sparkSettings} depends on. */
export interface SettingsOptions {
  /** Folder for Spark's temporary files and its warehouse; made when missing. */
  readonly warehouse: string;
  /** Folder of the jars that Glue has and plain Spark lacks; needed with `s3Endpoint`, and for Avro and Iceberg. */
  readonly jars?: string;
  /** URL of an S3 endpoint that answers for `s3://` paths. */
  readonly s3Endpoint?: string;
  /** `short` by default. */
  readonly workload?: Workload;
  /** More Spark settings, which win. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Spark settings of a local session; keys and values as in `spark-defaults.conf`. */
export function sparkSettings(options: SettingsOptions): Record<string, string> {
  mkdirSync(options.warehouse, { recursive: true });
  const cores = availableParallelism();
  const memory = Math.max(1, Math.min(4, Math.floor(totalmem() / GIBIBYTE / 4)));
  return {
    'spark.master': `local[${cores}]`,
    'spark.app.name': 'lakewright',
    'spark.ui.enabled': 'false',
    'spark.ui.showConsoleProgress': 'false',
    'spark.driver.memory': `${memory}g`,
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.driver.host': '127.0.0.1',
    'spark.driver.extraJavaOptions': [
      `-Dlog4j2.configurationFile=${LOGGING}`,
      '-Duser.timezone=UTC',
      JAVA_OPTIONS[options.workload ?? 'short'],
    ].join(' '),
    // A local run has little data: the usual 200 partitions would be 200 tiny tasks.
    'spark.sql.shuffle.partitions': String(Math.max(2, 2 * cores)),
    'spark.sql.session.timeZone': 'UTC',
    'spark.sql.warehouse.dir': join(options.warehouse, 'warehouse'),
    'spark.local.dir': join(options.warehouse, 'temporary'),
    // Each run writes to a folder of its own and is published after it is whole, so files can go
    // straight to their place: version 2 saves a copy of each on S3, which cannot rename.
    'spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version': '2',
    'spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs': 'false',
    ...(options.jars === undefined
      ? {}
      : { 'spark.driver.extraClassPath': join(options.jars, '*') }),
    ...(options.s3Endpoint === undefined ? {} : s3Settings(options.s3Endpoint, options.jars)),
    ...options.settings,
  };
}

function s3Settings(endpoint: string, jars: string | undefined): Record<string, string> {
  if (jars === undefined) throw new Error('An S3 endpoint was given without the S3 jars.');
  return {
    // Glue reads s3:// with its own file system; here Hadoop's S3A answers for it.
    'spark.hadoop.fs.s3.impl': 'org.apache.hadoop.fs.s3a.S3AFileSystem',
    'spark.hadoop.fs.s3a.endpoint': endpoint,
    'spark.hadoop.fs.s3a.endpoint.region': LOCAL_REGION,
    'spark.hadoop.fs.s3a.path.style.access': 'true',
    'spark.hadoop.fs.s3a.connection.ssl.enabled': 'false',
    'spark.hadoop.fs.s3a.access.key': LOCAL_CREDENTIALS.accessKeyId,
    'spark.hadoop.fs.s3a.secret.key': LOCAL_CREDENTIALS.secretAccessKey,
    'spark.hadoop.fs.s3a.aws.credentials.provider':
      'org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider',
    'spark.hadoop.fs.s3a.bucket.probe': '0',
    'spark.hadoop.fs.s3a.change.detection.mode': 'none',
    'spark.hadoop.fs.s3a.attempts.maximum': '3',
  };
}

/** Environment of a local Python that speaks to the embedded endpoint through boto3. */
export function endpointEnvironment(endpoint: string | undefined): Record<string, string> {
  if (endpoint === undefined) return {};
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_REGION: LOCAL_REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
