import { dayNumber, parseTimestamp } from '../algebra/instants.ts';
import { type JsonValue, parseJson } from '../algebra/json.ts';
import type { Row, Value } from '../algebra/row.ts';
import { type Column, columnNames, type Schema } from '../algebra/schema.ts';
import type { DataType } from '../algebra/types.ts';
import { hiveType } from '../codegen/resources/hive-type.ts';
import { exactDecimal, finiteNumber, wholeNumber, wholeText } from './text-values.ts';

/** The rows of JSON lines, and what became of the rest: counts, never values. */
export interface LandingRows {
  readonly rows: readonly Row[];
  /** Lines that are no rows, by reason. */
  readonly quarantined: ReadonlyMap<string, number>;
  /** Optional values that could not be read and are null, by column. */
  readonly unreadable: ReadonlyMap<string, number>;
  /** Rows that had columns besides those that are known, which were left out. */
  readonly undeclared: number;
}

/** One line or record: its row and what is odd about it, or the reason why there is no row. */
export type LandingRow =
  | {
      readonly row: Row;
      readonly unreadable: readonly string[];
      readonly hasUndeclared: boolean;
    }
  | string;

/** What became of lines or records, counted. */
export function landingRows(found: Iterable<LandingRow>): LandingRows {
  const rows: Row[] = [];
  const quarantined = new Map<string, number>();
  const unreadable = new Map<string, number>();
  let undeclared = 0;
  for (const one of found) {
    if (typeof one === 'string') {
      count(quarantined, one);
      continue;
    }
    rows.push(one.row);
    for (const column of one.unreadable) count(unreadable, column);
    if (one.hasUndeclared) undeclared += 1;
  }
  return { rows, quarantined, unreadable, undeclared };
}

/** A text's lines as Spark splits them, without those that are blank. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/).filter((line) => line !== '');
}

/**
 * Reads JSON lines as the generated scripts do: a line that is not exactly one object with the required columns is
 * quarantined, an optional value that cannot be read is null, as is that of an absent key; blank lines are skipped, keys that
 * the schema lacks are left out.
 */
export function parseLandingRows(text: string, schema: Schema): LandingRows {
  return landingRows(linesOf(text).flatMap((line) => parseJsonLine(line, schema) ?? []));
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The row of a line of JSON; undefined where the line is blank. */
export function parseJsonLine(
  line: string,
  schema: Schema,
  declared: readonly string[] = [],
): LandingRow | undefined {
  const content = line.replace(/^[ \t\r\ufeff]+|[ \t\r\ufeff]+$/g, '');
  if (content === '') return undefined;
  const value = parseJson(content);
  if (typeof value !== 'object' || value === null || value.kind !== 'object')
    return 'not one JSON object';
  const row: Record<string, Value> = {};
  const unreadable: string[] = [];
  for (const column of schema) {
    const found = columnValue(value.entries, column);
    if (!('fault' in found)) row[column.name] = found.value;
    else if (!column.nullable) return `${column.name} ${found.fault}`;
    else {
      unreadable.push(column.name);
      row[column.name] = null;
    }
  }
  const known = new Set([...declared, ...columnNames(schema)].map((name) => name.toLowerCase()));
  const hasUndeclared = value.entries.some(([key]) => !known.has(key.toLowerCase()));
  return { row, unreadable, hasUndeclared };
}

type Found = { readonly value: Value } | { readonly fault: string };

function columnValue(
  entries: readonly (readonly [string, JsonValue])[],
  { name, type, nullable }: Column,
): Found {
  const given = entries.filter(([key]) => key.toLowerCase() === name.toLowerCase());
  const [first, ...others] = given;
  if (!first) return nullable ? { value: null } : { fault: 'is missing' };
  if (others.length > 0 || first[0] !== name) return { fault: 'appears twice or in another case' };
  const value = typedValue(first[1], type);
  if (value === undefined) return { fault: `is not ${hiveType(type)}` };
  return value === null && !nullable ? { fault: 'is null' } : { value };
}

/** A JSON value as a value of a type; undefined where it is of another type. */
function typedValue(json: JsonValue, type: DataType): Value | undefined {
  if (json === null) return null;
  if (typeof json === 'boolean') return type.kind === 'boolean' ? json : undefined;
  switch (json.kind) {
    case 'string':
      return textValue(json.text, type);
    case 'number':
      return numberValue(json.digits, type);
    case 'array':
      return type.kind === 'array' ? listValue(json.items, type.element) : undefined;
    case 'object':
      return objectValue(json.entries, type);
  }
}

function textValue(text: string, type: DataType): Value | undefined {
  switch (type.kind) {
    case 'string':
      return wholeText(text);
    case 'date':
      return dayNumber(text) === undefined ? undefined : text;
    case 'timestamp':
      return parseTimestamp(text);
    default:
      return undefined;
  }
}

function numberValue(digits: string, type: DataType): Value | undefined {
  switch (type.kind) {
    case 'int':
    case 'long':
      return wholeNumber(digits, type.kind);
    case 'double':
      return finiteNumber(digits);
    case 'decimal':
      return exactDecimal(digits, type);
    default:
      return undefined;
  }
}

function listValue(items: readonly JsonValue[], element: DataType): Value | undefined {
  const values: Value[] = [];
  for (const item of items) {
    const value = typedValue(item, element);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function objectValue(
  entries: readonly (readonly [string, JsonValue])[],
  type: DataType,
): Value | undefined {
  if (type.kind === 'map') {
    const values = listValue(
      entries.map(([, value]) => value),
      type.value,
    );
    if (!Array.isArray(values)) return undefined;
    return entries.map(([key], index) => [key, (values as readonly Value[])[index] ?? null]);
  }
  if (type.kind !== 'struct') return undefined;
  const given = new Map(entries);
  const fields: Record<string, Value> = {};
  for (const field of type.fields) {
    const value = typedValue(given.get(field.name) ?? null, field.type);
    if (value === undefined) return undefined;
    fields[field.name] = value;
  }
  return fields;
}
