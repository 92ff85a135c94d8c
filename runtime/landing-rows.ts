import { fitDecimal, parseDecimal } from '../algebra/decimals.ts';
import { dayNumber, parseTimestamp } from '../algebra/instants.ts';
import type { Row, Value } from '../algebra/row.ts';
import type { Schema } from '../algebra/schema.ts';
import type { DataType } from '../algebra/types.ts';
import { type JsonValue, parseJson } from './json-values.ts';

/** The rows of JSON lines, and why other lines are none: reason to count, without their values. */
export interface LandingRows {
  readonly rows: readonly Row[];
  readonly quarantined: ReadonlyMap<string, number>;
}

/**
 * Reads JSON lines as the generated scripts do: a line that is not exactly one object of the columns is quarantined, an
 * absent key is null, blank lines are skipped, keys that the schema lacks are left out.
 */
export function parseLandingRows(text: string, schema: Schema): LandingRows {
  const rows: Row[] = [];
  const quarantined = new Map<string, number>();
  for (const line of text.split('\n')) {
    const content = line.replace(/^[ \t\r\ufeff]+|[ \t\r\ufeff]+$/g, '');
    if (content === '') continue;
    const found = parseLine(content, schema);
    if (typeof found === 'string') quarantined.set(found, (quarantined.get(found) ?? 0) + 1);
    else rows.push(found);
  }
  return { rows, quarantined };
}

/** The row, or the reason why there is none. */
function parseLine(line: string, schema: Schema): Row | string {
  const value = parseJson(line);
  if (typeof value !== 'object' || value === null || value.kind !== 'object') {
    return 'not a JSON object';
  }
  const given = new Map(value.entries);
  if (given.size < value.entries.length) return 'a key appears twice';
  const names = new Set(schema.map((column) => column.name));
  const lowered = new Set([...names].map((name) => name.toLowerCase()));
  const respelled = [...given.keys()].some(
    (key) => !names.has(key) && lowered.has(key.toLowerCase()),
  );
  if (respelled) return 'a key in another case';
  const row: Record<string, Value> = {};
  for (const { name, type, nullable } of schema) {
    const json = given.get(name);
    if (json === undefined && !nullable) return `${name} is missing`;
    const found = json === undefined ? null : typedValue(json, type);
    if (found === undefined) return `${name} is not ${type.kind}`;
    if (found === null && !nullable) return `${name} is null`;
    row[name] = found;
  }
  return row;
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
