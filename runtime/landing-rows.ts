import { fitDecimal, parseDecimal } from '../algebra/decimals.ts';
import { dayNumber, parseTimestamp } from '../algebra/instants.ts';
import type { Row, Value } from '../algebra/row.ts';
import type { Column, Schema } from '../algebra/schema.ts';
import type { DataType } from '../algebra/types.ts';
import { type JsonValue, parseJson } from './json-values.ts';

/** The rows of JSON lines, and what became of the rest: counts, never values. */
export interface LandingRows {
  readonly rows: readonly Row[];
  /** Lines that are no rows, by reason. */
  readonly quarantined: ReadonlyMap<string, number>;
  /** Optional values that could not be read and are null, by column. */
  readonly unreadable: ReadonlyMap<string, number>;
}

/**
 * Reads JSON lines as the generated scripts do: a line that is not exactly one object with the required columns is
 * quarantined, an optional value that cannot be read is null, as is that of an absent key; blank lines are skipped, keys that
 * the schema lacks are left out.
 */
export function parseLandingRows(text: string, schema: Schema): LandingRows {
  const rows: Row[] = [];
  const quarantined = new Map<string, number>();
  const unreadable = new Map<string, number>();
  for (const line of text.split('\n')) {
    const content = line.replace(/^[ \t\r\ufeff]+|[ \t\r\ufeff]+$/g, '');
    if (content === '') continue;
    const found = parseLine(content, schema);
    if (typeof found === 'string') count(quarantined, found);
    else {
      rows.push(found.row);
      for (const column of found.unreadable) count(unreadable, column);
    }
  }
  return { rows, quarantined, unreadable };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

interface ParsedLine {
  readonly row: Row;
  readonly unreadable: readonly string[];
}

/** The row, or the reason why there is none. */
function parseLine(line: string, schema: Schema): ParsedLine | string {
  const value = parseJson(line);
  if (typeof value !== 'object' || value === null || value.kind !== 'object') {
    return 'not a JSON object';
  }
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
  return { row, unreadable };
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
  if (value === undefined) return { fault: `is not ${type.kind}` };
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
      // Half a surrogate pair has no UTF-8; Java writes a question mark for it.
      return text.replace(/\p{Surrogate}/gu, '?');
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
    case 'long': {
      if (!/^-?\d+$/.test(digits)) return undefined;
      const whole = BigInt(digits);
      if (BigInt.asIntN(type.kind === 'int' ? 32 : 64, whole) !== whole) return undefined;
      return type.kind === 'int' ? Number(whole) : whole;
    }
    case 'double':
      return Number(digits);
    case 'decimal': {
      const parsed = parseDecimal(digits);
      if (!parsed || Math.abs(parsed.scale) > 100) return undefined;
      return fitDecimal(parsed.value, parsed.scale, type) ?? undefined;
    }
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
