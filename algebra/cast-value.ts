import { fitDecimal, parseDecimal, unscaled } from './decimals.ts';
import { wholeInRange } from './functions/arithmetic.ts';
import { dayOf, parseDay, parseTimestamp, startOf, timestampText } from './instants.ts';
import type { Value } from './row.ts';
import { type DataType, type DecimalType, sameType } from './types.ts';

/**
 * A value in another type, or null where it does not fit: Spark's `try_cast`, which 3.5.6 and 4.1.1 do alike (tried with 80
 * texts and 30 doubles). Known differences: digits of other scripts, which Spark's decimals read, and hexadecimal doubles
 * are no numbers here; a double becomes text by its fewest digits, where Java 17 sometimes prints one more.
 */
export function castValue(value: Value, from: DataType, to: DataType): Value {
  if (value === null || sameType(from, to)) return value;
  switch (to.kind) {
    case 'string':
      return valueText(value, from);
    case 'int':
    case 'long':
      return toWhole(value, from, to.kind);
    case 'double':
      return toDouble(value, from);
    case 'decimal':
      return toDecimal(value, from, to);
    case 'boolean':
      return toBoolean(String(value));
    case 'date':
      return typeof value === 'bigint' ? dayOf(value) : toDate(String(value));
    case 'timestamp':
      return from.kind === 'date' ? startOf(String(value)) : toTimestamp(String(value));
    default:
      throw new TypeError(`there is no cast to ${to.kind}`);
  }
}

/** White space and control characters at both ends, which Spark strips before it parses. */
function stripped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that Spark strips
  return text.replace(/^[\u0000-\u0020\u007f]+|[\u0000-\u0020\u007f]+$/g, '');
}

function toWhole(value: Value, from: DataType, kind: 'int' | 'long'): Value {
  if (from.kind === 'string') {
    const digits = stripped(String(value));
    return /^[+-]?\d+$/.test(digits) ? wholeInRange(BigInt(digits.replace('+', '')), kind) : null;
  }
  if (from.kind === 'decimal') return wholeInRange(BigInt(String(value).split('.')[0] ?? 0), kind);
  if (typeof value === 'number') {
    // Spark compares with the greatest long as a double, which is one more than that long.
    if (kind === 'long' && value === 2 ** 63) return 2n ** 63n - 1n;
    return Number.isFinite(value) ? wholeInRange(BigInt(Math.trunc(value)), kind) : null;
  }
  return typeof value === 'bigint' ? wholeInRange(value, kind) : null;
}

const namedDoubles: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '+inf': Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  '+infinity': Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
};

function toDouble(value: Value, from: DataType): Value {
  if (from.kind !== 'string') return Number(value);
  const text = stripped(String(value)).toLowerCase();
  // Java's parser takes the type suffix of its own literals.
  const number = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)[df]?$/.exec(text)?.[1];
  return number === undefined ? (namedDoubles[text] ?? null) : Number(number);
}

function toDecimal(value: Value, from: DataType, to: DecimalType): Value {
  if (from.kind === 'decimal') return fitDecimal(unscaled(String(value)), from.scale, to);
  const parsed = parseDecimal(from.kind === 'string' ? stripped(String(value)) : String(value));
  // Far more digits than any decimal has: neither fits, nor is anything left of it.
  if (!parsed || parsed.scale < -400) return parsed?.value === 0n ? fitDecimal(0n, 0, to) : null;
  return fitDecimal(parsed.value, Math.min(parsed.scale, 2000), to);
}

function toBoolean(text: string): Value {
  const word = stripped(text).toLowerCase();
  if (['t', 'true', 'y', 'yes', '1'].includes(word)) return true;
  return ['f', 'false', 'n', 'no', '0'].includes(word) ? false : null;
}

/** Spark takes a plus before the year. */
function unsigned(text: string): string {
  return stripped(text).replace(/^\+(?=\d)/, '');
}

function toDate(text: string): Value {
  return parseDay(unsigned(text)) ?? null;
}

function toTimestamp(text: string): Value {
  return parseTimestamp(unsigned(text)) ?? null;
}

/** A scalar value as Spark casts it to text. */
function valueText(value: Value, from: DataType): string {
  if (from.kind === 'double' && typeof value === 'number') return doubleText(value);
  if (from.kind === 'timestamp' && typeof value === 'bigint') return timestampText(value);
  return String(value);
}

/** As Java prints doubles: always a point, an exponent from 10^7 on and below 10^-3. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e7) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
