import { isIdentifying, type Label } from '../../algebra/labels.ts';
import { isRestricted, RESTRICTED, type Sink, sinkId, type Zone } from '../../algebra/library.ts';
import type { CheckedLibrary, CheckedTable } from '../../check/index.ts';
import { roleArn } from './arns.ts';
import { tableOf, zoneOf } from './catalog.ts';
import { databaseName, deployedName } from './names.ts';
import type { JsonObject } from './text.ts';
import { tablesOf } from './zone-access.ts';

/** LF-tag of a column: the most private thing that it is. Lake Formation's keys are lower-case. */
export const COLUMN_TAG = 'lakewright_column';
/** LF-tag of a database or table: whether people are named in it, or pseudonyms; or that it is for stewards only. */
const HOLDS_TAG = 'lakewright_holds';

/** What a column may be, the most private first. */
const COLUMN_VALUES = ['identifying', 'sensitive', 'pseudonym', 'plain'] as const;
type ColumnValue = (typeof COLUMN_VALUES)[number];

/** An LF-tag and the values that a library gives it: CreateLFTag input. An account has it once, for all libraries. */
export type DataTag = {
  readonly TagKey: string;
  readonly TagValues: readonly string[];
};

/** The tags that a library's zones and columns carry. */
export function dataTags(checked: CheckedLibrary): readonly DataTag[] {
  const { zones } = checked.library;
  const purposes = new Set(zones.flatMap((zone) => zone.purposes));
  const restricted = zones.some(({ name }) => name === RESTRICTED) ? [RESTRICTED] : [];
  return [
    { TagKey: COLUMN_TAG, TagValues: COLUMN_VALUES },
    { TagKey: HOLDS_TAG, TagValues: ['identified', 'pseudonymous', ...restricted] },
    ...[...purposes].sort().map((purpose) => ({
      TagKey: purposeTag(purpose),
      TagValues: ['consented'],
    })),
  ];
}

/** A key for each purpose, since a resource has one value of a key but may serve two purposes. */
function purposeTag(purpose: string): string {
  return `lakewright_purpose_${purpose.toLowerCase()}`;
}

/** Tags and grants of a zone's database; its tables inherit the tags. */
export function databaseAccess(checked: CheckedLibrary, zone: string): JsonObject {
  const library = deployedName(checked.library.name);
  const declared = checked.library.zones.find((one) => one.name === zone);
  const users = checked.jobs.filter((job) =>
    tablesOf(checked, job).some((id) => zoneOf(id) === zone),
  );
  return {
    Library: library,
    Resource: { Database: { Name: databaseName(library, zone) } },
    LFTags: declared === undefined ? {} : zoneTags(declared),
    Permissions: permissions(
      users.map(({ job }) => [roleArn(library, job.sink.zone, job.name), ['DESCRIBE']]),
    ),
  };
}

/** What one job may do with a table. */
export interface TableGrant {
  readonly job: string;
  /** That the job writes. */
  readonly zone: string;
  /** In Lake Formation's words, sorted. */
  readonly permissions: readonly string[];
}

/** Who may do what with a table, in the order of the jobs. */
export function tableGrants(checked: CheckedLibrary, { id }: CheckedTable): readonly TableGrant[] {
  return checked.jobs.flatMap(({ job, reads }) => {
    const reading = reads.includes(id) ? ['DESCRIBE', 'SELECT'] : [];
    const writing = sinkId(job.sink) === id ? ['ALTER', 'DESCRIBE'] : [];
    const permissions = [...new Set([...writing, ...reading])].sort();
    return permissions.length === 0 ? [] : [{ job: job.name, zone: job.sink.zone, permissions }];
  });
}

/** All tags of a table, its own and those that it has of its database. */
export function tagsOfTable(
  { library }: CheckedLibrary,
  { id, writer }: CheckedTable,
): Readonly<Record<string, string>> {
  const zone = library.zones.find(({ name }) => name === zoneOf(id));
  const holds = writer === undefined ? {} : { [HOLDS_TAG]: holdsOf(writer.sink) };
  return { ...(zone === undefined ? {} : zoneTags(zone)), ...holds };
}

/**
 * Tags and grants of a table. Reading is SELECT; publishing is UpdateTable, which Lake Formation wants ALTER for (developer guide,
 * "Lake Formation permissions reference").
 */
export function tableAccess(checked: CheckedLibrary, table: CheckedTable): JsonObject {
  const library = deployedName(checked.library.name);
  const zone = zoneOf(table.id);
  const granted = tableGrants(checked, table).map(
    ({ job, zone: of, permissions: all }) => [roleArn(library, of, job), all] as const,
  );
  // Of whoever looks at the plain columns of all tables, nobody is to see the restricted ones.
  const told = isRestricted(table.id) ? [] : table.schema;
  const labelled = told
    .map((column) => [column.name.toLowerCase(), columnValue(column.labels)] as const)
    .filter(([, value]) => value !== 'identifying');
  return {
    Library: library,
    Resource: { Table: { DatabaseName: databaseName(library, zone), Name: tableOf(table.id) } },
    LFTags: {
      // Its columns inherit it, and with it whoever adds one by hand.
      [COLUMN_TAG]: 'identifying',
      ...(table.writer === undefined ? {} : { [HOLDS_TAG]: holdsOf(table.writer.sink) }),
    },
    ColumnLFTags: Object.fromEntries(
      labelled.map(([name, value]) => [name, { [COLUMN_TAG]: value }]),
    ),
    Permissions: permissions(granted),
  };
}

function zoneTags(zone: Zone): Readonly<Record<string, string>> {
  const purposes = zone.purposes.map((purpose) => [purposeTag(purpose), 'consented'] as const);
  const holds = holdsOf({ zone: zone.name, holds: zone.holds });
  return { [HOLDS_TAG]: holds, ...Object.fromEntries(purposes.toSorted()) };
}

function holdsOf({ zone, holds }: Pick<Sink, 'zone' | 'holds'>): string {
  return zone === RESTRICTED ? RESTRICTED : holds;
}

/** The value of the tag of a column with these labels. */
export function columnValue(labels: readonly Label[]): ColumnValue {
  if (labels.some(isIdentifying)) return 'identifying';
  if (labels.includes('sensitive') || labels.includes('biometric')) return 'sensitive';
  return labels.some((label) => label.startsWith('pseudonym:')) ? 'pseudonym' : 'plain';
}

/** A list, since the roles' ARNs hold parameters, which stand in values only. */
function permissions(
  granted: readonly (readonly [role: string, permissions: readonly string[]])[],
): readonly JsonObject[] {
  return granted
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([role, all]) => ({ Principal: role, Permissions: all }));
}
