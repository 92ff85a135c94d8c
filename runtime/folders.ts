import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { withoutEnvironment } from '../codegen/resources/names.ts';
import { RunError } from './errors.ts';
import { consentFunnel } from './funnel.ts';
import {
  type JobOutcome,
  type JobReport,
  notRun,
  outcomeOf,
  type RunListener,
} from './job-outcome.ts';
import { checkLanding, landingFolder } from './landing.ts';
import { localSecret, localSecretFile } from './local-secret.ts';
import type { SparkSession } from './spark/session.ts';

/** What {@link runInFolders} needs. */
export interface FoldersOptions {
  /** Folder of the generated library, `generated/stedi`. */
  readonly generated: string;
  /** Folder that holds `<table>/landing/` for each landing table. */
  readonly data: string;
  /** Folder for the outputs: `<zone>/<table>/`, `quarantine/`, `reports/`. */
  readonly out: string;
  readonly spark: SparkSession;
  /** Folder with a file for each secret: keys of pseudonyms, which are made where they are missing, and databases. */
  readonly pseudonymKeys: string;
  /** ISO-8601 instant at which consent is read by all jobs alike; the start of the run by default. */
  readonly consentAsOf?: string;
  readonly onEvent?: RunListener;
}

interface Manifest {
  readonly library: string;
  /** In an order in which they can run. */
  readonly jobs: readonly string[];
}

interface GeneratedJob {
  readonly Name: string;
  readonly DefaultArguments: Readonly<Record<string, string>>;
  readonly NonOverridableArguments: Readonly<Record<string, string>>;
}

/**
 * Runs the generated scripts of a library on plain folders: no S3, no catalog, each table as Parquet in
 * `<out>/<zone>/<table>/`. Reads only the generated files. Stops at the first failure; a table whose job
 * fails keeps its last good version.
 *
 * @throws RunError when the library or a landing folder is missing, before any table is written
 */
export async function runInFolders(options: FoldersOptions): Promise<readonly JobOutcome[]> {
  const manifest = await readJson<Manifest>(options.generated, 'manifest.json');
  const jobs = await readJobs(options.generated, manifest);
  await checkLanding(resolve(options.data), landingTables(manifest.library, jobs));
  for (const id of secretsIn(jobs)) await localSecret(options.pseudonymKeys, id);
  await mkdir(options.out, { recursive: true });
  const consentAsOf = options.consentAsOf ?? new Date().toISOString();
  const outcomes: JobOutcome[] = [];
  for (const [index, { name, job }] of jobs.entries()) {
    options.onEvent?.({
      kind: 'job starts',
      job: job.Name,
      number: index + 1,
      total: jobs.length,
    });
    const failed = outcomes.find(({ state }) => state !== 'succeeded');
    const outcome = failed
      ? notRun(job.Name, failed)
      : await runScript({ ...options, consentAsOf }, manifest.library, name, job);
    outcomes.push(outcome);
    options.onEvent?.({ kind: 'job ends', outcome });
  }
  await writeFunnel(options.out, consentAsOf, outcomes);
  return outcomes;
}

function argumentsOf(job: GeneratedJob): Readonly<Record<string, string>> {
  return { ...job.DefaultArguments, ...job.NonOverridableArguments };
}

/** Names of the landing tables that the jobs of a generated library read, in the order of the jobs. */
export async function landingTablesOf(generated: string): Promise<readonly string[]> {
  const manifest = await readJson<Manifest>(generated, 'manifest.json');
  return landingTables(manifest.library, await readJobs(generated, manifest));
}

/** Ids of the secrets that the jobs of a generated library read: one per purpose of pseudonyms, one per database. */
export async function secretsOf(generated: string): Promise<readonly string[]> {
  const manifest = await readJson<Manifest>(generated, 'manifest.json');
  return secretsIn(await readJobs(generated, manifest));
}

interface NamedJob {
  readonly name: string;
  readonly job: GeneratedJob;
}

async function readJobs(generated: string, manifest: Manifest): Promise<readonly NamedJob[]> {
  return await Promise.all(
    manifest.jobs.map(async (name) => {
      return { name, job: await readJson<GeneratedJob>(generated, join('jobs', `${name}.json`)) };
    }),
  );
}

function landingTables(library: string, jobs: readonly NamedJob[]): readonly string[] {
  const places = jobs.flatMap(({ job }) => Object.values(argumentsOf(job)));
  const tables = places.flatMap((place) => {
    const table = catalogTable(library, place);
    return table?.zone === 'landing' ? [table.name] : [];
  });
  return [...new Set(tables)];
}

function secretsIn(jobs: readonly NamedJob[]): readonly string[] {
  const places = jobs.flatMap(({ job }) => Object.values(argumentsOf(job)));
  return [...new Set(places.flatMap((place) => secretAt(place) ?? []))].sort();
}

async function runScript(
  options: FoldersOptions & { readonly consentAsOf: string },
  library: string,
  name: string,
  job: GeneratedJob,
): Promise<JobOutcome> {
  // Glue gives run ids of this shape; the job's files of this run carry it.
  const run = `jr_${crypto.randomUUID().replaceAll('-', '')}`;
  const args = Object.entries(argumentsOf(job)).flatMap(([argument, value]) => {
    const local = localValue(options, library, argument, value);
    return local === undefined ? [] : [argument, local];
  });
  const script = resolve(options.generated, 'jobs', `${name}.py`);
  const support = resolve(options.generated, 'support');
  const ran = await options.spark.run(
    script,
    ['--JOB_NAME', job.Name, '--JOB_RUN_ID', run, ...args],
    [support],
  );
  const written = join(reports(options.out), job.Name, `${run}.json`);
  const text = await readFile(written, 'utf8').catch(() => undefined);
  return outcomeOf(job.Name, ran, text === undefined ? undefined : (JSON.parse(text) as JobReport));
}

/** What an argument of the deployed job is here; undefined for those that only Glue reads. */
function localValue(
  options: FoldersOptions & { readonly consentAsOf: string },
  library: string,
  argument: string,
  value: string,
): string | undefined {
  const out = resolve(options.out);
  const table = catalogTable(library, value);
  if (table?.zone === 'landing') return landingFolder(resolve(options.data), table.name);
  if (table !== undefined) return join(out, table.zone, table.name);
  const secret = secretAt(value);
  if (secret !== undefined)
    return `file:${localSecretFile(resolve(options.pseudonymKeys), secret)}`;
  switch (argument) {
    case '--quarantine':
      return join(out, 'quarantine');
    case '--suppression':
      return join(out, 'suppression.json');
    case '--report':
      return reports(out);
    case '--consent_as_of':
      return value === 'now' ? options.consentAsOf : value;
    default:
      return undefined;
  }
}

/** Leaves how many rows of each feed consent has left, for whoever looks later: `<out>/reports/consent-funnel.json`. */
async function writeFunnel(
  out: string,
  consentAsOf: string,
  outcomes: readonly JobOutcome[],
): Promise<void> {
  const funnel = { consentAsOf, feeds: consentFunnel(outcomes) };
  await mkdir(reports(out), { recursive: true });
  const text = `${JSON.stringify(funnel, null, 2)}\n`;
  await writeFile(join(reports(out), 'consent-funnel.json'), text);
}

function reports(out: string): string {
  return join(resolve(out), 'reports');
}

function secretAt(place: string): string | undefined {
  return /^secretsmanager:(.+)$/.exec(place)?.[1];
}

function catalogTable(library: string, place: string): { zone: string; name: string } | undefined {
  const [, database = '', name = ''] = /^catalog:([^.]+)\.(.+)$/.exec(place) ?? [];
  if (!database.startsWith(`${library}_`)) return undefined;
  return { zone: database.slice(library.length + 1), name };
}

async function readJson<T>(generated: string, file: string): Promise<T> {
  const path = join(generated, file);
  const text = await readFile(path, 'utf8').catch((cause) => {
    const hint = 'Run npm run generate.';
    throw new RunError('runtime/library-missing', `There is no ${path}.`, hint, { cause });
  });
  try {
    return JSON.parse(withoutEnvironment(text)) as T;
  } catch (cause) {
    const hint = 'Generate it again: npm run generate.';
    throw new RunError('runtime/manifest-invalid', `${path} is not JSON.`, hint, { cause });
  }
}
