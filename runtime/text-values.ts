import { fitDecimal, parseDecimal } from '../algebra/decimals.ts';
import { dayNumber, parseTimestamp } from '../algebra/instants.ts';
import type { Value } from '../algebra/row.ts';
import type { DataType, DecimalType } from '../algebra/types.ts';

/** What decoding leaves of bytes that are no UTF-8, and of half a pair of surrogates. */
const UNDECODED = /[\ufffd\p{Surrogate}]/u;
const WHOLE = /^-?(?:0|[1-9]\d*)$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const EXACT = /^-?(?:0|[1-9]\d*)(?:\.(\d+))?$/;

/** Text that came whole; undefined for what is left of bytes that are none. */
export function wholeText(text: string): string | undefined {
  return UNDECODED.test(text) ? undefined : text;
}

/** A whole number of a type's range; undefined for any other text. */
export function wholeNumber(digits: string, kind: 'int' | 'long'): number | bigint | undefined {
  if (!WHOLE.test(digits)) return undefined;
  const whole = BigInt(digits);
  if (BigInt.asIntN(kind === 'int' ? 32 : 64, whole) !== whole) return undefined;
  return kind === 'int' ? Number(whole) : whole;
}

/** A number; undefined where it is too large for a double, which would be infinite. */
export function finiteNumber(digits: string): number | undefined {
  const value = NUMBER.test(digits) ? Number(digits) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** A decimal that a type holds to the last digit; undefined where it would be rounded. */
export function exactDecimal(digits: string, type: DecimalType): string | undefined {
  const [found, fraction = ''] = EXACT.exec(digits) ?? [];
  const parsed = found === undefined ? undefined : parseDecimal(digits);
  if (!parsed || fraction.replace(/0+$/, '').length > type.scale) return undefined;
  return fitDecimal(parsed.value, parsed.scale, type) ?? undefined;
}

/** The value of a plain type that a text stands for, as scripts read CSV and names of folders; undefined where it is none. */
export function valueOfText(text: string, type: DataType): Value | undefined {
  switch (type.kind) {
    case 'string':
      return wholeText(text);
    case 'int':
    case 'long':
      return wholeNumber(text, type.kind);
    case 'double':
      return finiteNumber(text);
    case 'decimal':
      return exactDecimal(text, type);
    case 'boolean':
      return text === 'true' || (text === 'false' ? false : undefined);
    case 'date':
      return dayNumber(text) === undefined ? undefined : text;
    case 'timestamp':
      return parseTimestamp(text);
    default:
      return undefined;
  }
}
