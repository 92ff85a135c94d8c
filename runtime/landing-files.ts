import { gunzipSync } from 'node:zlib';
import type { Csv, Table } from '../algebra/library.ts';
import type { Row, Value } from '../algebra/row.ts';
import { columnNames, type Schema } from '../algebra/schema.ts';
import { declaredSchema } from '../check/declared-frame.ts';
import { hiveType } from '../codegen/resources/hive-type.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';
import { RunError } from './errors.ts';
import {
  type LandingRow,
  type LandingRows,
  landingRows,
  linesOf,
  parseJsonLine,
} from './landing-rows.ts';
import { valueOfText } from './text-values.ts';

/**
 * Reads the files of a landing table as the generated scripts do: JSON lines and CSV, plain or as `.gz`. Names that begin with
 * a dot or an underscore are no data, as for Spark. Parquet, ORC and other compressions are read by Spark alone.
 *
 * @param files bytes by path below the table's folder, `day=2024-01-31/part-0.json`
 * @throws RunError `runtime/landing-missing` without a line, `runtime/landing-unreadable` where a script would stop
 */
export function readLandingFiles(
  files: ReadonlyMap<string, Uint8Array>,
  table: Table,
): LandingRows {
  const found: LandingRow[] = [];
  for (const [path, bytes] of files) {
    if (path.split('/').some((name) => /^[._]/.test(name))) continue;
    const folders = toldByFolders(path, table);
    for (const one of rowsOfFile(textOf(path, bytes, table), table))
      found.push(withTold(one, folders));
  }
  if (found.length === 0)
    throw new RunError(
      'runtime/landing-missing',
      `${table.zone}.${table.name} has no lines.`,
      'A job stops here too: no rows would look like success.',
    );
  const read = landingRows(found);
  if (read.rows.length > 0) return read;
  const reasons = [...read.quarantined].map(([reason, count]) => `${reason}: ${count}`).join(', ');
  throw unreadable(table, `none of its rows can be read (${reasons})`);
}

function unreadable(table: Table, what: string): RunError {
  return new RunError(
    'runtime/landing-unreadable',
    `${table.zone}.${table.name}: ${what}.`,
    'Deliver the files as they are declared, or declare them as they are.',
  );
}

function textOf(path: string, bytes: Uint8Array, table: Table): string {
  const compression = /\.(?:bz2|deflate|lz4|snappy|zst)$/.exec(path)?.[0];
  if (compression) throw unreadable(table, `only Spark reads ${compression}`);
  if (!path.endsWith('.gz')) return Buffer.from(bytes).toString('utf8');
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch {
    throw unreadable(table, 'a .gz file is cut off, or no gzip');
  }
}

function rowsOfFile(text: string, table: Table): readonly LandingRow[] {
  const { format } = table;
  const inFiles = declaredSchema(table).filter(({ name }) => !isTold(name, table));
  const names = table.columns.map(({ name }) => name);
  if (format === 'json') {
    return linesOf(text).flatMap((line) => parseJsonLine(line, inFiles, names) ?? []);
  }
  if (typeof format === 'string') throw unreadable(table, `only Spark reads ${format}`);
  if (format.kind === 'jdbc') throw unreadable(table, 'its rows are in a database, not in files');
  return csvRows(csvRecords(text, format), inFiles, table, format);
}

function csvRows(
  records: readonly CsvRecord[],
  schema: Schema,
  table: Table,
  { header }: Csv,
): readonly LandingRow[] {
  if (records.some(({ isUnclosed }) => isUnclosed))
    throw unreadable(table, 'a quote is not closed in its line, so where rows end cannot be told');
  const [head] = records;
  if (!head) return [];
  const names = header ? (head.values ?? []).map((name) => name ?? '') : columnNames(schema);
  const lowered = names.map((name) => name.toLowerCase());
  for (const { name } of schema) {
    const alike = lowered.filter((one) => one === name.toLowerCase()).length;
    if (alike > 1) throw unreadable(table, `a header has ${name} twice`);
    if (!names.includes(name)) throw unreadable(table, `a header lacks ${name}`);
  }
  const rest = header ? records.filter(({ line }) => line !== head.line) : records;
  return rest.map((record) => csvRow(record, names, schema));
}

function csvRow({ values }: CsvRecord, names: readonly string[], schema: Schema): LandingRow {
  if (!values) return 'not CSV';
  if (values.length !== names.length) return 'has more or fewer values than columns';
  const row: Record<string, Value> = {};
  const lost: string[] = [];
  for (const { name, type, nullable } of schema) {
    const text = values[names.indexOf(name)] ?? null;
    const value = text === null ? null : valueOfText(text, type);
    if (value === null && !nullable) return `${name} is null`;
    if (value === undefined && !nullable) return `${name} is not ${hiveType(type)}`;
    if (value === undefined) lost.push(name);
    row[name] = value ?? null;
  }
  return { row, unreadable: lost, hasUndeclared: names.length > schema.length };
}

function isTold(name: string, { partitionedBy }: Table): boolean {
  return partitionedBy?.includes(name) ?? false;
}

/** What the names of a file's folders tell, or why they do not. */
function toldByFolders(path: string, table: Table): Row | string {
  const row: Record<string, Value> = {};
  for (const { name, type } of table.columns.filter((column) => isTold(column.name, table))) {
    const found = path.split('/').findLast((folder) => folder.startsWith(`${name}=`));
    const text = decodeURIComponent(found?.slice(name.length + 1) ?? '');
    if (text === '' || text === '__HIVE_DEFAULT_PARTITION__')
      return `${name} is in no folder's name`;
    const value = valueOfText(text, type);
    if (value === undefined) return `${name} of the folder is not ${hiveType(type)}`;
    row[name] = value;
  }
  return row;
}

function withTold(found: LandingRow, told: Row | string): LandingRow {
  if (typeof told === 'string') return told;
  return typeof found === 'string' ? found : { ...found, row: { ...found.row, ...told } };
}
