import { isIdentifying, type Label, uniteLabels } from '../algebra/labels.ts';
import { daysKept, isRestricted, type Job, RESTRICTED, sinkId } from '../algebra/library.ts';
import type { Column } from '../algebra/schema.ts';
import { typeName } from '../algebra/types.ts';
import type { CheckedLibrary, CheckedTable } from '../check/index.ts';
import { exceptionSentences, exceptionsBehind, isDeclassified } from './exceptions.ts';
import { layout } from './layout.ts';
import { loweredColumns } from './lowered.ts';
import { code, codes, markdown } from './markdown.ts';
import { columnLabels, consentSentences, labelWords, stateSentence } from './privacy-words.ts';
import { bucketLifecycleResource } from './resources/bucket-lifecycle.ts';
import { tableOf, zoneOf } from './resources/catalog.ts';
import { COLUMN_TAG, columnValue } from './resources/lake-formation.ts';
import { deployerTag } from './resources/names.ts';
import { quarantineAccess, zoneAccesses } from './resources/zone-access.ts';
import { streamLabels, streamViews } from './streams.ts';
import { zoneKeepers } from './zone-keepers.ts';

/** `privacy.md`: for each table whose rows it holds, on which consent, which labels its columns have and what lowered them. */
export function privacyPage(checked: CheckedLibrary): string {
  return layout('privacy.md', privacyView(checked));
}

/** What `templates/privacy.md.hbs` says names of. */
export function privacyView(checked: CheckedLibrary): object {
  const tables = tablesInOrder(checked);
  const used = uniteLabels(
    ...tables.flatMap((table) => table.schema.map((one) => one.labels)),
    ...streamLabels(checked),
  );
  const exceptions = exceptionSentences(checked);
  return {
    library: markdown(checked.library.name),
    tables: tables.map((table) => tableView(checked, table)),
    quarantineDays: quarantineDays(checked),
    bucketDeletes: bucketLifecycleResource(checked) !== undefined,
    restrictedDays: restrictedDays(checked),
    streams: streamViews(checked),
    zones: zoneKeepers(checked),
    deployerTag: code(`${deployerTag(checked.library.name)}=deployer`),
    exceptions: exceptions.length > 0 ? exceptions : ['None.'],
    columnTag: code(COLUMN_TAG),
    legend: used.map((label) => ({
      label: markdown(label),
      meaning: meaning(label),
      tag: columnValue([label]),
    })),
  };
}

/** For how many days lines that cannot be read are kept; nothing where no job parses lines. */
function quarantineDays(checked: CheckedLibrary): number | undefined {
  const isUsed = quarantineAccess(zoneAccesses(checked)).length > 0;
  return isUsed ? daysKept(checked.library) : undefined;
}

/** For how many days the version before of a restricted table is kept; nothing where there is none. */
function restrictedDays(checked: CheckedLibrary): number | undefined {
  const isUsed = checked.jobs.some(({ job }) => job.sink.zone === RESTRICTED);
  return isUsed ? daysKept(checked.library) : undefined;
}

/** What a label says of a column, in a sentence's end. */
function meaning(label: Label): string {
  const [kind, of = ''] = label.split(':');
  switch (kind) {
    case 'identifier':
      return 'names a person directly';
    case 'quasi-identifier':
      return 'singles a person out together with other facts (GDPR, Recital 26)';
    case 'sensitive':
      return 'tells about a person what the person would not want told';
    case 'biometric':
      return 'is measured off a body (GDPR, Article 9)';
    case 'subject':
      return `says whose row it is: the ${markdown(of)}`;
    case 'alias':
      return `is a ${markdown(of)}, which stands for a person`;
    case 'consent':
      return `says since when somebody consents to ${markdown(of)}, or no longer does`;
    case 'pseudonym':
      return `is a keyed pseudonym for ${markdown(of)} (GDPR, Article 4(5)): the same person, the same value, and no way back without the key`;
    default:
      return markdown(label);
  }
}

/** Tables by zone, then by name. */
export function tablesInOrder(checked: CheckedLibrary): readonly CheckedTable[] {
  const zones = ['landing', 'trusted', 'curated', RESTRICTED];
  const rank = ({ id }: CheckedTable) => zones.indexOf(zoneOf(id));
  return [...checked.tables.values()].toSorted(
    (a, b) => rank(a) - rank(b) || (tableOf(a.id) < tableOf(b.id) ? -1 : 1),
  );
}

/** Markdown, ready to be laid out. */
export interface TableView {
  readonly name: string;
  readonly doc: string;
  readonly rows: string;
  readonly purposes: string;
  readonly holds: string;
  readonly consents: readonly string[];
  readonly columns: readonly object[];
  readonly lowered: readonly object[];
  readonly exceptions: readonly string[];
  readonly leftOut: readonly string[];
}

/** Whose rows a table holds, as a sentence in Markdown. */
export function rowsSentence(checked: CheckedLibrary, { id, state }: CheckedTable): string {
  if (!isDeclassified(checked, id)) return stateSentence(state);
  return 'depend on people some of whom perhaps do not consent, as an exception allows';
}

/** What `privacy.md` and a dataset's card say of one table. */
export function tableView(checked: CheckedLibrary, table: CheckedTable): TableView {
  const zone = checked.library.zones.find((one) => one.name === zoneOf(table.id));
  const { writer } = table;
  const doc = writer?.sink.doc ?? table.declared?.doc ?? writer?.doc;
  const holds = writer?.sink.holds ?? zone?.holds;
  const purposes = zone?.purposes ?? [];
  return {
    name: code(table.id),
    doc: doc === undefined ? '' : markdown(doc),
    rows: rowsSentence(checked, table),
    purposes: purposes.length > 0 ? purposes.map(markdown).join(', ') : purposeless(table.id),
    holds: holds === 'pseudonymous' ? 'no column that a person can be found by' : 'who people are',
    consents: writer
      ? consentsBehind(checked, writer)
      : consentSentences(table.declared?.consents ?? []),
    columns: table.schema.map((column) => columnView(table, column)),
    lowered: writer ? loweredViews(checked, writer) : [],
    exceptions: exceptionsBehind(checked, table.id),
    leftOut: writer ? leftOut(checked, writer, table) : [],
  };
}

function purposeless(id: string): string {
  return isRestricted(id)
    ? 'nothing: stewards look at it, and no job reads it'
    : 'nothing but the jobs that read it';
}

function columnView(table: CheckedTable, column: Column): object {
  return {
    name: code(column.name),
    type: code(typeName(column.type)),
    labels: columnLabels(column) + namesFolders(table, column),
    tag: columnValue(column.labels),
    madeOf: table.writer ? codes(table.lineage.get(column.name) ?? []) : 'from outside',
  };
}

/** Names of folders are read by more people than rows are: in logs, listings, the catalog. */
function namesFolders({ writer, declared }: CheckedTable, { name }: Column): string {
  const folders = (writer ?? declared)?.partitionedBy ?? [];
  return folders.includes(name) ? ' (its values name folders)' : '';
}

/** The consents that stand behind a job's rows: those of the landing tables it comes from, through any number of jobs. */
function consentsBehind(checked: CheckedLibrary, job: Job): readonly string[] {
  const state = checked.frames.get(job.rows)?.state;
  if (state?.kind !== 'clean') return [];
  const declared = sourcesOf(checked, sinkId(job.sink)).flatMap((table) =>
    (table.declared?.consents ?? [])
      .filter((consent) => state.purposes.includes(consent.purpose))
      .map(
        (consent) =>
          `to ${markdown(consent.purpose)}, given in ${code(`${table.id}.${consent.grantedAt}`)}`,
      ),
  );
  return [...new Set(declared)];
}

/** Every table that a table's rows come from. */
function sourcesOf(checked: CheckedLibrary, id: string): readonly CheckedTable[] {
  const seen = new Set<string>();
  const visit = (table: string): void => {
    const reads = checked.jobs.find(({ job }) => sinkId(job.sink) === table)?.reads ?? [];
    for (const read of reads) {
      if (seen.has(read)) continue;
      seen.add(read);
      visit(read);
    }
  };
  visit(id);
  return tablesInOrder(checked).filter((table) => seen.has(table.id));
}

function loweredViews(checked: CheckedLibrary, job: Job): readonly object[] {
  return loweredColumns(job.rows, checked.frames).map(({ column, by, removed }) => ({
    column: code(column),
    by: code(by),
    removed: labelWords(removed),
  }));
}

/** Declared identifying columns behind the tables that a job reads that no column of its output is made of, by table. */
function leftOut(checked: CheckedLibrary, job: Job, output: CheckedTable): readonly string[] {
  const reads = checked.jobs.find((one) => one.job === job)?.reads ?? [];
  const used = new Set([...output.lineage.values()].flat());
  const read = new Set(
    reads.flatMap((id) => checked.tables.get(id) ?? []).flatMap(identifyingOrigins),
  );
  return tablesInOrder(checked).flatMap(({ id, schema }) => {
    const names = schema
      .map((column) => column.name)
      .filter((name) => read.has(`${id}.${name}`) && !used.has(`${id}.${name}`));
    return names.length === 0 ? [] : [`of ${code(id)}: ${codes(names)}`];
  });
}

function identifyingOrigins(table: CheckedTable): readonly string[] {
  return table.schema
    .filter((column) => column.labels.some(isIdentifying))
    .flatMap(({ name }) =>
      table.writer ? (table.lineage.get(name) ?? []) : [`${table.id}.${name}`],
    );
}
