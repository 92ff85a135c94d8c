import { unscaled } from './decimals.ts';
import type { Value } from './row.ts';
import type { DataType } from './types.ts';

/**
 * Compares two values that are not null, as Spark orders them: strings by UTF-8 bytes, false before true, NaN equal to
 * itself and above every number, -0.0 equal to 0.0. Negative, zero or positive.
 * @param type the values' common type
 */
export function compareValues(left: Value, right: Value, type: DataType): number {
  if (type.kind === 'decimal') return compare(unscaled(String(left)), unscaled(String(right)));
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  if (typeof left === 'number' && typeof right === 'number') return compareNumbers(left, right);
  if (isPlain(left) && isPlain(right)) return compare(left, right);
  throw new TypeError('compared values without an order');
}

/** The same of values that may be null: null is less than every value. */
export function compareNullsFirst(left: Value, right: Value, type: DataType): number {
  if (left === null || right === null) return Number(right === null) - Number(left === null);
  return compareValues(left, right, type);
}

function isPlain(value: Value): value is boolean | number | bigint {
  return typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint';
}

function compare<T extends boolean | number | bigint>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareNumbers(left: number, right: number): number {
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : 1;
  return Number.isNaN(right) ? -1 : compare(left, right);
}

/** By code points, which is the order of the UTF-8 bytes; JavaScript's own order is by UTF-16 units. */
function compareText(left: string, right: string): number {
  let index = 0;
  while (index < left.length && left.charCodeAt(index) === right.charCodeAt(index)) index += 1;
  if (index === left.length || index === right.length) return compare(left.length, right.length);
  // Inside a surrogate pair the units before are equal, so the low units decide.
  return compare(left.codePointAt(index) ?? 0, right.codePointAt(index) ?? 0);
}
