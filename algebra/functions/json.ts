import { firstJson, type JsonValue } from '../json.ts';
import { jsonText, valueJson } from '../json-text.ts';
import type { Value } from '../row.ts';
import { typeOfText } from '../type-text.ts';
import { type DataType, int, string } from '../types.ts';
import { wholeInRange } from './arithmetic.ts';
import type { FunctionDefinition } from './definition.ts';
import { constantText, type Parameter, plain, text } from './parameters.ts';
import { always, asString } from './rules.ts';

const path = constantText(
  "a constant path such as '$.customer.phones[0]' or '$[\"...\"]'",
  (value) => stepsOf(value) !== undefined,
);

const kind = constantText(
  'a struct, or a list, of string, int, long, double, boolean, structs and lists',
  (value) => ['struct', 'array'].includes(typeOfText(value)?.kind ?? ''),
);

const nestedValue: Parameter = {
  expected: 'a struct, list or map (with text for keys; no decimal of more than 6 places)',
  fits: ({ type }) => ['struct', 'array', 'map'].includes(type.kind) && isWritable(type),
};

/**
 * Values as JSON and back. What a text says after its first list or object is not looked at, and of a key that comes twice the
 * types take the last value, paths the first: so do Spark 3.5.6 and 4.1.1 (tried with some ten thousand broken texts).
 */
export const json: readonly FunctionDefinition[] = [
  plain({
    name: 'fromJson',
    family: 'json',
    doc: 'The struct or list that a text holds as JSON; null where it does not begin with exactly such a value. Absent keys are null, others are left out; what is declared as text takes any value as its JSON.',
    takes: [text, kind],
    gives: ([, type]) => typeOfText(String(type?.constant)) ?? string,
    nullable: always,
    spark: () => ({ form: 'support', name: 'from_json' }),
    evaluate: ([value, type]) => readRoot(asString(value), typeOfText(asString(type))),
  }),
  plain({
    name: 'toJson',
    family: 'json',
    doc: 'A struct, list or map as JSON text, with nulls, without spaces; instants in UTC with six digits of a second, NaN and infinities in quotes.',
    takes: [nestedValue],
    gives: string,
    spark: () => ({ form: 'support', name: 'to_json' }),
    evaluate: ([value = null], [operand]) => valueJson(value, operand?.type ?? string),
  }),
  plain({
    name: 'getJsonObject',
    family: 'json',
    doc: 'The value at a constant path (keys, and places of lists from 0 on) in a text that begins with JSON: texts bare, all else as JSON; null where there is none, or the value of a key is null. Fractions are read as doubles.',
    takes: [text, path],
    gives: string,
    nullable: always,
    spark: 'get_json_object',
    evaluate: ([value, steps]) => {
      const root = firstJson(asString(value), 'lenient');
      return root === undefined ? null : (found(root, stepsOf(asString(steps)) ?? []) ?? null);
    },
  }),
  plain({
    name: 'jsonArrayLength',
    family: 'json',
    doc: 'How many elements the list has that a text begins with as JSON; null where it begins with none.',
    takes: [text],
    gives: int,
    nullable: always,
    spark: 'json_array_length',
    evaluate: ([value]) => {
      const root = firstJson(asString(value), 'lenient');
      return isKind(root, 'array') ? root.items.length : null;
    },
  }),
  plain({
    name: 'jsonObjectKeys',
    family: 'json',
    doc: 'The keys, in their order, of the object that a text begins with as JSON; null where it begins with none.',
    takes: [text],
    gives: { kind: 'array', element: string, elementNullable: false },
    nullable: always,
    spark: 'json_object_keys',
    evaluate: ([value]) => {
      const root = firstJson(asString(value), 'lenient');
      return isKind(root, 'object') ? root.entries.map(([key]) => whole(key)) : null;
    },
  }),
];

function isWritable(type: DataType): boolean {
  switch (type.kind) {
    case 'array':
      return isWritable(type.element);
    case 'struct':
      return type.fields.every((field) => isWritable(field.type));
    case 'map':
      return type.key.kind === 'string' && isWritable(type.value);
    case 'decimal':
      // Java writes a zero of more places with an exponent.
      return type.scale <= 6;
    default:
      return true;
  }
}

type Kind = Exclude<JsonValue, null | boolean>['kind'];

function isKind<K extends Kind>(
  value: JsonValue | undefined,
  kind: K,
): value is Extract<JsonValue, { readonly kind: K }> {
  return typeof value === 'object' && value !== null && value.kind === kind;
}

/** Java writes a question mark for half of a surrogate pair. */
function whole(value: string): string {
  return value.replace(/\p{Surrogate}/gu, '?');
}

function readRoot(value: string, type: DataType | undefined): Value {
  const root = firstJson(value, 'strict');
  if (root === undefined || !type) return null;
  if (type.kind !== 'array') return read(root, type) ?? null;
  if (!isKind(root, 'array')) return null;
  // As a field of a struct, since Spark 3.5 stops on some values of lists that are none.
  const fields = [{ name: 'value', type, nullable: true }];
  const wrapped = readRoot(`{"value":${jsonText(root)}}`, { kind: 'struct', fields });
  return (wrapped as Readonly<Record<string, Value>> | null)?.['value'] ?? null;
}

/** A value of a type; undefined where it is of another. */
function read(value: JsonValue, type: DataType): Value | undefined {
  if (value === null) return null;
  switch (type.kind) {
    case 'string':
      return bareText(value);
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'int':
    case 'long':
      if (!isKind(value, 'number') || /[.eE]/.test(value.digits)) return undefined;
      return wholeInRange(BigInt(value.digits), type.kind) ?? undefined;
    case 'double':
      // A whole zero has no sign.
      return isKind(value, 'number') ? Number(value.digits.replace(/^-0$/, '0')) : undefined;
    case 'array':
      return isKind(value, 'array') ? readAll(value.items, type.element) : undefined;
    case 'struct':
      return isKind(value, 'object') ? readFields(value.entries, type.fields) : undefined;
    default:
      throw new TypeError(`JSON has no ${type.kind}`);
  }
}

function readAll(items: readonly JsonValue[], type: DataType): readonly Value[] | undefined {
  const values: Value[] = [];
  for (const item of items) {
    const value = read(item, type);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function readFields(
  entries: readonly (readonly [string, JsonValue])[],
  fields: readonly { readonly name: string; readonly type: DataType }[],
): Value | undefined {
  const values = new Map<string, Value>(fields.map(({ name }) => [name, null]));
  const types = new Map(fields.map(({ name, type }) => [name, type]));
  for (const [key, entry] of entries) {
    const type = types.get(key);
    if (!type) continue;
    const value = read(entry, type);
    if (value === undefined) return undefined;
    values.set(key, value);
  }
  return Object.fromEntries(values);
}

/** A text as it is, all else as JSON. */
function bareText(value: JsonValue): string {
  return isKind(value, 'string') ? whole(value.text) : jsonText(value);
}

type Step = string | number;

/** The keys and places of a path; undefined where it is none. */
function stepsOf(value: string): readonly Step[] | undefined {
  if (!/^\$(?:\.[A-Za-z_][\w-]*|\['[^'?*\\]+'\]|\[\d{1,9}\])+$/.test(value)) return undefined;
  return [...value.matchAll(/\.([A-Za-z_][\w-]*)|\['([^']+)'\]|\[(\d+)\]/g)].map(
    ([, name, inQuotes, place]) => name ?? inQuotes ?? Number(place),
  );
}

/** What stands at a path, as text; of equal keys the first that leads to something. */
function found(value: JsonValue, [step, ...more]: readonly Step[]): string | undefined {
  if (value === null) return undefined;
  if (step === undefined) {
    if (!isKind(value, 'string')) return jsonText(value);
    return /\p{Surrogate}/u.test(value.text) ? undefined : value.text;
  }
  if (typeof step === 'number') {
    const item = isKind(value, 'array') ? value.items[step] : undefined;
    if (item === null && more.length === 0) return 'null';
    return item === undefined ? undefined : found(item, more);
  }
  if (!isKind(value, 'object')) return undefined;
  for (const [key, entry] of value.entries) {
    const text = key === step ? found(entry, more) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}
