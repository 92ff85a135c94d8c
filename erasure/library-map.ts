import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseOf, type Format, formatName, type Jdbc } from '../algebra/library.ts';
import { suppressionSecret, withSuffix } from '../codegen/resources/names.ts';
import { ErasureError } from './errors.ts';
import type { TableName } from './store.ts';

/** A table that comes from outside and holds lines about people. */
export interface LandingTable extends TableName {
  /** Columns that say whom a line is about. */
  readonly keys: readonly string[];
  /** Where its lines are about devices: the column that says when what they tell of happened. */
  readonly eventTime?: string;
  /** Where its lines are versions of people with their devices: how to tell who owns which. */
  readonly register?: Register;
}

/** Columns of a table that says which devices are whose. */
export interface Register {
  readonly subject: string;
  readonly devices: readonly string[];
  /** When a line was written; absent: all lines count alike. */
  readonly version?: string;
}

/** A table that a job writes. */
export interface DerivedTable extends TableName {
  /** Columns that say whose a row is: a subject's key, or else a device; and pseudonyms. */
  readonly keys: readonly string[];
}

/** Where people are in a generated library. */
export interface LibraryMap {
  /** Its name with that of its environment, which begins the names of all that is its own in AWS. */
  readonly library: string;
  /** Absolute folder of the generated files. */
  readonly generated: string;
  /** Kind of person. */
  readonly subject: string;
  readonly landing: readonly LandingTable[];
  /** In the order of their jobs. */
  readonly derived: readonly DerivedTable[];
  /** Zone that a job writes, by Glue's name of the job. */
  readonly zoneOfJob: ReadonlyMap<string, string>;
  /** Id of the secret that digests are made with. */
  readonly suppressionSecret: string;
  /** Ids of the secrets of pseudonyms. */
  readonly pseudonymSecrets: readonly string[];
}

interface Declared {
  readonly library: string;
  readonly tables: readonly DeclaredTable[];
  readonly jobs: readonly { readonly name: string; readonly writes: string }[];
}

interface DeclaredTable extends TableName {
  readonly format: Format;
  readonly columns: readonly LabelledColumn[];
  readonly owner?: { readonly kind: string; readonly name: string; readonly column: string };
  readonly eventTime?: string;
  readonly consents: readonly { readonly version: string }[];
}

interface LabelledColumn {
  readonly name: string;
  readonly labels: readonly string[];
}

interface Manifest {
  readonly privacy: readonly {
    readonly job: string;
    readonly table: string;
    readonly columns: readonly LabelledColumn[];
  }[];
}

/**
 * Reads where people are from `library.json`, `manifest.json` and the jobs of a generated library.
 * @param subject kind of person, `customer`
 * @param suffix what follows the library's name in an environment: nothing, or `_dev`
 * @throws ErasureError when the files are missing, or nobody of that kind is in them
 */
export async function readLibraryMap(
  generated: string,
  subject: string,
  suffix = '',
): Promise<LibraryMap> {
  const declared = await readJson<Declared>(generated, 'library.json', suffix);
  const manifest = await readJson<Manifest>(generated, 'manifest.json', suffix);
  const aliases = new Set(declared.tables.flatMap((table) => aliasesIn(table, subject)));
  const written = new Set(declared.jobs.map(({ writes }) => writes));
  const outside = declared.tables.filter(({ zone, name }) => !written.has(`${zone}.${name}`));
  const landing = outside.flatMap((table) => landingTable(table, subject, aliases));
  if (landing.length === 0) throw unknownKind(declared, subject);
  const library = `${declared.library}${suffix}`;
  return {
    library,
    generated,
    subject,
    landing,
    derived: manifest.privacy.map(({ table, columns }) => derivedTable(table, columns)),
    zoneOfJob: new Map(
      declared.jobs.map(({ name, writes }) => [`${library}_${name}`, named(writes).zone]),
    ),
    suppressionSecret: suppressionSecret(library),
    pseudonymSecrets: await pseudonymSecrets(generated, declared, suffix),
  };
}

/** Kinds of things that a table about people says the owners of. */
function aliasesIn({ owner, columns }: DeclaredTable, subject: string): readonly string[] {
  if (owner?.kind !== 'subject' || owner.name !== subject) return [];
  return columns.flatMap(({ labels }) => labels.filter((label) => label.startsWith('alias:')));
}

function landingTable(
  table: DeclaredTable,
  subject: string,
  aliases: ReadonlySet<string>,
): readonly LandingTable[] {
  const { zone, name, owner } = table;
  const subjects = columnsWith(table.columns, (label) => label === `subject:${subject}`);
  const things = columnsWith(table.columns, (label) => aliases.has(label));
  const isAboutThing = owner?.kind === 'alias' && things.includes(owner.column);
  const keys = isAboutThing ? [...subjects, owner.column] : subjects;
  if (keys.length === 0) return [];
  const database = databaseOf(table);
  if (database) throw inDatabase(`${zone}.${name}`, database);
  if (table.format !== 'json') throw unknownFormat(`${zone}.${name}`, formatName(table.format));
  const isRegister = owner?.kind === 'subject' && owner.name === subject && things.length > 0;
  const { eventTime } = table;
  const timed = isAboutThing && eventTime !== undefined ? { eventTime } : {};
  if (!isRegister) return [{ zone, name, keys, ...timed }];
  const version = table.consents[0]?.version;
  const register = { subject: owner.column, devices: things };
  return [
    { zone, name, keys, register: version === undefined ? register : { ...register, version } },
  ];
}

function derivedTable(id: string, columns: readonly LabelledColumn[]): DerivedTable {
  const subjects = columnsWith(columns, (label) => label.startsWith('subject:'));
  const aliases = columnsWith(columns, (label) => label.startsWith('alias:'));
  const pseudonyms = columnsWith(columns, (label) => label.startsWith('pseudonym:'));
  // Where a row names its person, a device in it may have been another person's too.
  return { ...named(id), keys: [...(subjects.length > 0 ? subjects : aliases), ...pseudonyms] };
}

function columnsWith(
  columns: readonly LabelledColumn[],
  wanted: (label: string) => boolean,
): readonly string[] {
  return columns.filter(({ labels }) => labels.some(wanted)).map(({ name }) => name);
}

async function pseudonymSecrets(
  generated: string,
  { jobs }: Declared,
  suffix: string,
): Promise<readonly string[]> {
  const ids = await Promise.all(
    jobs.map(async ({ name }) => {
      const job = await readJson<{
        readonly NonOverridableArguments: Readonly<Record<string, string>>;
      }>(generated, `jobs/${name}.json`, suffix);
      const place = job.NonOverridableArguments['--pseudonym_key'] ?? '';
      return /^secretsmanager:(.+)$/.exec(place)?.[1] ?? [];
    }),
  );
  return [...new Set(ids.flat())].sort();
}

function named(id: string): TableName {
  const [zone = '', name = ''] = id.split('.');
  return { zone, name };
}

function unknownKind({ library, tables }: Declared, subject: string): ErasureError {
  const kinds = tables.flatMap(({ owner }) => (owner?.kind === 'subject' ? owner.name : []));
  const known = [...new Set(kinds)].sort().join(', ');
  return new ErasureError(
    'erasure/subject-kind-unknown',
    `No landing table of ${library} is about a ${subject}.`,
    known === '' ? 'Its tables are about nobody.' : `It knows ${known}: --subject NAME.`,
  );
}

function inDatabase(id: string, { connection, schema, table }: Jdbc): ErasureError {
  return new ErasureError(
    'erasure/database-outside',
    `${id} is ${schema}.${table} of the database ${connection}, which lakewright only reads: it can take nobody out of it.`,
    'Delete the rows there, and in the files of other landing tables; then run the workflow twice. The first run computes all tables without them, the second deletes the versions that still hold them.',
  );
}

function unknownFormat(table: string, format: string): ErasureError {
  return new ErasureError(
    'erasure/format-unknown',
    `${table} is ${format}, which lakewright cannot take single rows out of.`,
    'Take the rows out where the table comes from, and deliver it again.',
  );
}

async function readJson<T>(generated: string, file: string, suffix: string): Promise<T> {
  const path = join(generated, file);
  const hint = 'Generate the library again: npm run generate.';
  if (!existsSync(path))
    throw new ErasureError('erasure/library-invalid', `There is no ${path}.`, hint);
  try {
    return JSON.parse(withSuffix(await readFile(path, 'utf8'), suffix)) as T;
  } catch (cause) {
    throw new ErasureError('erasure/library-invalid', `${path} is not JSON.`, hint, { cause });
  }
}
