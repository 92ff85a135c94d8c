import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SparkSession } from '../runtime/spark/session.ts';
import type { DerivedTable, LibraryMap } from './library-map.ts';
import type { Person } from './person.ts';
import type { Store, Stored } from './store.ts';

/** One version of a table that a job wrote: what a run left below a key prefix. */
export interface TableVersion {
  readonly table: DerivedTable;
  /** Key prefix, ending in `/`. */
  readonly prefix: string;
  /** Whether readers see it now. */
  readonly current: boolean;
  readonly objects: readonly Stored[];
}

/** All versions of all derived tables that are still stored: the current, earlier runs' and earlier objects'. */
export async function tableVersions(
  store: Store,
  map: LibraryMap,
): Promise<readonly TableVersion[]> {
  const all = await Promise.all(map.derived.map((table) => versionsOf(store, table)));
  return all.flat();
}

async function versionsOf(store: Store, table: DerivedTable): Promise<readonly TableVersion[]> {
  const location = await store.location(table);
  const root = `${table.zone}/${table.name}/`;
  // Local runs keep the table before, and what they have not yet published, in hidden folders beside the table.
  const beside = new RegExp(`^${table.zone}/\\.${table.name}\\.(?:retired|jr_[0-9A-Za-z_-]+)/`);
  const objects = await store.list(`${table.zone}/`);
  const groups = new Map<string, Stored[]>();
  for (const stored of objects) {
    const hidden = beside.exec(stored.key)?.[0];
    if (hidden === undefined && !stored.key.startsWith(root)) continue;
    const prefix = hidden ?? prefixOf(stored.key, root, location);
    const isCurrent = prefix === location && stored.current && !stored.marker;
    const name = `${isCurrent ? 'current' : 'earlier'} ${prefix}`;
    groups.set(name, [...(groups.get(name) ?? []), stored]);
  }
  return [...groups].map(([name, stored]) => ({
    table,
    prefix: name.slice(name.indexOf(' ') + 1),
    current: name.startsWith('current '),
    objects: stored,
  }));
}

function prefixOf(key: string, root: string, location: string): string {
  if (key.startsWith(location)) return location;
  const rest = key.slice(root.length);
  return rest.includes('/') ? `${root}${rest.slice(0, rest.indexOf('/') + 1)}` : root;
}

/** Looks into Parquet files with Spark. Values are compared here, so that none of the person's reaches a query or a log. */
export interface TableReader {
  /** Rows that name the person in a key column. */
  rows(version: TableVersion, person: Person): Promise<number>;
  /** Columns, keys or not, with a text that is the person's key, device or pseudonym. */
  columns(version: TableVersion, person: Person): Promise<readonly string[]>;
}

/**
 * @param spark asked for when the first table is looked into
 * @param work folder for copies, which are deleted as soon as they were read
 */
export function tableReader(
  store: Store,
  spark: () => Promise<SparkSession>,
  work: string,
): TableReader {
  const withCopy = async <T>(
    version: TableVersion,
    nothing: T,
    look: (session: SparkSession, from: string, columns: readonly Column[]) => Promise<T>,
  ): Promise<T> => {
    const files = version.objects.filter(({ key, marker }) => !marker && isData(key));
    if (files.length === 0) return nothing;
    await mkdir(work, { recursive: true });
    const copy = await mkdtemp(join(work, 'table-'));
    try {
      for (const [number, file] of files.entries()) {
        const target = createWriteStream(join(copy, `${number}.parquet`));
        await pipeline(store.read(file), target);
      }
      const session = await spark();
      const from = `parquet.\`${copy}\``;
      return await look(session, from, await columnsOf(session, from));
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  };
  return {
    rows: (version, person) =>
      withCopy(version, 0, async (session, from, columns) => {
        const keys = columns.filter(({ name }) => version.table.keys.includes(name));
        const at = writtenAt(version);
        const matches = (value: string) => person.is(value, at);
        return keys.length === 0 ? 0 : await countRows(session, from, keys, matches);
      }),
    columns: (version, person) =>
      withCopy<readonly string[]>(version, [], async (session, from, columns) => {
        const found: string[] = [];
        for (const column of columns) {
          const isKey = version.table.keys.includes(column.name);
          if (!isKey && column.type !== 'string') continue;
          const at = writtenAt(version);
          const matches = isKey ? (value: string) => person.is(value, at) : person.isSelf;
          if ((await countRows(session, from, [column], matches)) > 0) found.push(column.name);
        }
        return found;
      }),
  };
}

/** When the last of a version's objects was written; marks of deletion come at any time after. */
export function writtenAt({ objects }: TableVersion): number {
  return Math.max(0, ...objects.filter(({ marker }) => !marker).map(({ modified }) => modified));
}

interface Column {
  readonly name: string;
  readonly type: string;
}

async function columnsOf(session: SparkSession, from: string): Promise<readonly Column[]> {
  const rows = await session.sql(`DESCRIBE QUERY SELECT * FROM ${from}`);
  return rows.map((row) => ({ name: String(row['col_name']), type: String(row['data_type']) }));
}

/** Spark groups, this process compares. */
async function countRows(
  session: SparkSession,
  from: string,
  columns: readonly Column[],
  matches: (value: string) => boolean,
): Promise<number> {
  const quoted = columns.map(({ name }) => `\`${name.replaceAll('`', '``')}\``);
  const texts = quoted.map((name, at) => `CAST(${name} AS STRING) AS k${at}`);
  const names = columns.map((_, at) => `k${at}`);
  const inner = `SELECT ${texts.join(', ')} FROM ${from}`;
  const groups = await session.sql(
    `SELECT ${names.join(', ')}, count(*) AS n FROM (${inner}) GROUP BY ${names.join(', ')}`,
  );
  return groups
    .filter((group) => names.some((name) => matches(String(group[name] ?? ''))))
    .reduce((sum, group) => sum + Number(group['n']), 0);
}

/** Hadoop leaves empty objects for folders too, and, in a bucket with versions, what it moved away from `_temporary/`. */
function isData(key: string): boolean {
  return /(?:^|\/)[^/._][^/]*\.parquet$/.test(key);
}
