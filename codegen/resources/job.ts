import { daysKept, type Job, RESTRICTED, sinkId } from '../../algebra/library.ts';
import type { CheckedJob, CheckedLibrary } from '../../check/index.ts';
import { InternalError } from '../../diagnostics/index.ts';
import { keyAliasArn, roleArn } from './arns.ts';
import { databaseOfTable, isIceberg, tableOf, zoneOf } from './catalog.ts';
import {
  connectionSecret,
  databaseName,
  deployedName,
  jobName,
  logGroupPrefix,
  ownerTags,
  securityConfigurationName,
  suppressionKey,
  suppressionSecret,
} from './names.ts';
import { bucket, script, support } from './parameters.ts';
import { pseudonymSecretOf } from './pseudonym-secret.ts';
import { describe, type JsonObject, LONGEST_DESCRIPTION } from './text.ts';
import { connectionOf, QUARANTINE, quarantines } from './zone-access.ts';

/**
 * CreateJob input of one job.
 * @param scriptArguments what the job's script reads beside `JOB_NAME`; each gets a default, so that a run needs none
 * @throws InternalError where the script asks for an argument that nobody can answer
 */
export function jobResource(
  checked: CheckedLibrary,
  checkedJob: CheckedJob,
  scriptArguments: readonly string[],
): JsonObject {
  const { job, reads } = checkedJob;
  const network = connectionOf(checked, checkedJob);
  const library = deployedName(checked.library.name);
  const doc = job.sink.doc ?? job.doc;
  const places = new Map(
    [...reads, sinkId(job.sink)].map((id) => [tableArgument(id), placeOf(checked, library, id)]),
  );
  const given = scriptArguments.map((name): [string, string] => [
    `--${name}`,
    places.get(name) ?? argumentDefault(library, job, name),
  ]);
  return {
    Name: jobName(library, job.name),
    ...(doc === undefined ? {} : { Description: describe(doc, LONGEST_DESCRIPTION) }),
    Role: roleArn(library, job.sink.zone, job.name),
    Command: { Name: 'glueetl', ScriptLocation: script, PythonVersion: '3' },
    ...(network === undefined ? {} : { Connections: { Connections: [network] } }),
    GlueVersion: job.glueVersion,
    WorkerType: job.workerType,
    NumberOfWorkers: job.workers,
    Timeout: job.timeout,
    ...(checked.library.security === undefined
      ? {}
      : { SecurityConfiguration: securityConfigurationName(library) }),
    MaxRetries: 0,
    ExecutionProperty: { MaxConcurrentRuns: 1 },
    ExecutionClass: 'STANDARD',
    DefaultArguments: Object.fromEntries(given.filter(([name]) => isOpen(name))),
    NonOverridableArguments: {
      ...glueArguments(library, job.name),
      ...([...reads, sinkId(job.sink)].some((id) => isIceberg(checked, id)) ? ICEBERG : {}),
      '--conf': conf({
        ...encryption(keyAliasArn(library, job.sink.zone)),
        ...quarantineSettings(checked, checkedJob),
        ...restrictedSettings(checked, checkedJob),
      }),
      ...Object.fromEntries(given.filter(([name]) => !isOpen(name))),
    },
    Tags: { ...job.tags, ...ownerTags(library) },
  };
}

/** The name of a script's argument that says where a table lies. */
export function tableArgument(id: string): string {
  return `${zoneOf(id)}_${tableOf(id)}`;
}

/**
 * Whether somebody who starts a run may say otherwise. Of consent only an earlier instant can be asked for, which leaves people
 * out; another table, key, list or module would be a way around everything that was compiled. Glue lets these prevail over the
 * arguments of a run and of a trigger (developer guide, "Using job parameters in AWS Glue jobs").
 */
function isOpen(argument: string): boolean {
  return argument === '--consent_as_of';
}

/**
 * Glue's own arguments: the developer guide, "Using job parameters in AWS Glue jobs" and, for log groups of Glue 5.0 and later,
 * "Logging for AWS Glue jobs".
 */
function glueArguments(library: string, job: string): Readonly<Record<string, string>> {
  return {
    '--job-language': 'python',
    // As an argument it would prevail over the command's.
    '--scriptLocation': script,
    '--extra-py-files': support,
    // Every run reads its inputs whole: a bookmark would keep rows of people who have withdrawn since.
    '--job-bookmark-option': 'job-bookmark-disable',
    '--enable-metrics': 'true',
    '--enable-observability-metrics': 'true',
    '--custom-logGroup-prefix': logGroupPrefix(library, job),
  };
}

/** Iceberg's classes (developer guide, "Using the Iceberg framework in AWS Glue"); scripts set what they need of its catalogs. */
const ICEBERG = { '--datalake-formats': 'iceberg' };

/**
 * S3A, which Glue writes with since 5.1, puts every object of the job under this key (Hadoop-AWS, "Working with Encrypted S3
 * Data"; Glue, "Migrating to AWS Glue version 5.1").
 */
function encryption(key: string): Readonly<Record<string, string>> {
  return {
    'spark.hadoop.fs.s3a.encryption.algorithm': 'SSE-KMS',
    'spark.hadoop.fs.s3a.encryption.key': key,
  };
}

/** Under which other key a job keeps lines that it cannot read, and for how long. */
function quarantineSettings(
  checked: CheckedLibrary,
  job: CheckedJob,
): Readonly<Record<string, string>> {
  if (quarantines(checked, job).length === 0) return {};
  const { library } = checked;
  return {
    'spark.lakewright.quarantine.key': keyAliasArn(deployedName(library.name), QUARANTINE),
    'spark.lakewright.quarantine.days': String(daysKept(library)),
  };
}

/** For how long a job keeps the version before of a restricted table. */
function restrictedSettings(
  { library }: CheckedLibrary,
  { job }: CheckedJob,
): Readonly<Record<string, string>> {
  if (job.sink.zone !== RESTRICTED) return {};
  return { 'spark.lakewright.restricted.days': String(daysKept(library)) };
}

/** Glue hands the argument on as it is, and so each setting but the first carries its own flag. */
function conf(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join(' --conf ');
}

/** Where a table is, as a script's argument says it. */
function placeOf(checked: CheckedLibrary, library: string, id: string): string {
  const database = databaseOfTable(checked, id);
  if (database) return `secretsmanager:${connectionSecret(library, database.connection)}`;
  return `catalog:${databaseName(library, zoneOf(id))}.${tableOf(id)}`;
}

function argumentDefault(library: string, job: Job, name: string): string {
  switch (name) {
    case 'quarantine':
      return `s3://${bucket}/quarantine`;
    case 'report':
      return `s3://${bucket}/lakewright/${library}/reports`;
    case 'consent_as_of':
      return 'now';
    case 'suppression':
      return `s3://${bucket}/${suppressionKey(library)}`;
    case 'suppression_key':
      return `secretsmanager:${suppressionSecret(library)}`;
    case 'pseudonym_key':
      return `secretsmanager:${pseudonymSecretOf(library, job)}`;
    default:
      throw new InternalError(
        `a script asks for the argument --${name}, which no table or rule answers`,
      );
  }
}
