import { castValue } from './cast-value.ts';
import { timestampText } from './instants.ts';
import type { JsonValue } from './json.ts';
import type { Value } from './row.ts';
import { type DataType, double, string } from './types.ts';

/** A JSON value as Spark writes it again: no spaces, fractions as doubles, what is beyond UTF-16's first plane in two escapes. */
export function jsonText(json: JsonValue): string {
  if (json === null || typeof json === 'boolean') return String(json);
  switch (json.kind) {
    case 'string':
      return quoted(json.text).replace(/\p{Surrogate}|[\u{10000}-\u{10ffff}]/gu, escapes);
    case 'number':
      return numberText(json.digits);
    case 'array':
      return `[${json.items.map(jsonText).join(',')}]`;
    case 'object':
      return `{${json.entries.map(([key, value]) => `${jsonText({ kind: 'string', text: key })}:${jsonText(value)}`).join(',')}}`;
  }
}

/** A value of the language as Spark's `to_json` writes it. */
export function valueJson(value: Value, type: DataType): string {
  if (value === null) return 'null';
  switch (type.kind) {
    case 'array':
      return `[${elementsOf(value)
        .map((one) => valueJson(one, type.element))
        .join(',')}]`;
    case 'map': {
      const entries = elementsOf(value).map((pair) => {
        const [key = null, one = null] = elementsOf(pair);
        return `${quoted(String(key))}:${valueJson(one, type.value)}`;
      });
      return `{${entries.join(',')}}`;
    }
    case 'struct': {
      const fields = value as Readonly<Record<string, Value>>;
      const texts = type.fields.map(
        (field) => `${quoted(field.name)}:${valueJson(fields[field.name] ?? null, field.type)}`,
      );
      return `{${texts.join(',')}}`;
    }
    case 'double':
      return numberOrName(value as number);
    case 'int':
    case 'long':
    case 'decimal':
    case 'boolean':
      return String(value);
    case 'timestamp':
      return quoted(instantText(value as bigint));
    default:
      return quoted(String(value));
  }
}

/** `2020-02-29T13:04:05.123456Z` */
function instantText(value: bigint): string {
  const [day = '', time = ''] = timestampText(value).split(' ');
  const [seconds = '', fraction = ''] = time.split('.');
  return `${day}T${seconds}.${fraction.padEnd(6, '0')}Z`;
}

function elementsOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[];
  throw new TypeError('expected a list');
}

function numberText(digits: string): string {
  return /[.eE]/.test(digits) ? numberOrName(Number(digits)) : String(BigInt(digits));
}

/** A double's text, in quotes where it is no number that JSON has. */
function numberOrName(value: number): string {
  const text = String(castValue(value, double, string));
  return Number.isFinite(value) ? text : quoted(text);
}

/** A text in double quotes; the escapes that JSON asks for, as Jackson has them. */
function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that JSON escapes
  return `"${text.replace(/["\\\u0000-\u001f]/g, (sign) => short[sign] ?? escapes(sign))}"`;
}

const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function escapes(sign: string): string {
  return [...Array(sign.length).keys()]
    .map((unit) => `\\u${sign.charCodeAt(unit).toString(16).toUpperCase().padStart(4, '0')}`)
    .join('');
}
