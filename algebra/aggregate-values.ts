import { boundedDecimal, fitDecimal, unscaled } from './decimals.ts';
import { wholeInRange } from './functions/arithmetic.ts';
import type { Operand } from './functions/definition.ts';
import { asBigint, asString } from './functions/rules.ts';
import type { Value } from './row.ts';
import { type DataType, double, long } from './types.ts';
import { compareNullsFirst, compareValues } from './value-order.ts';

/** The row that is extreme by its values, one after the other. */
export function extreme(
  rows: readonly (readonly Value[])[],
  operands: readonly Operand[],
  sign: 1 | -1,
): readonly Value[] | undefined {
  const order = (left: readonly Value[], right: readonly Value[]): number => {
    for (const [index, { type }] of operands.entries()) {
      const found = compareNullsFirst(left[index] ?? null, right[index] ?? null, type);
      if (found !== 0) return found;
    }
    return 0;
  };
  return rows.reduce<readonly Value[] | undefined>(
    (best, row) => (best === undefined || sign * order(row, best) > 0 ? row : best),
    undefined,
  );
}

/** The values of the first operand from the least to the greatest, nulls aside. */
export function sorted(rows: readonly (readonly Value[])[], [input]: readonly Operand[]): Value {
  const type = input?.type ?? long;
  return rows
    .map(([value = null]) => value)
    .filter((value) => value !== null)
    .sort((left, right) => compareValues(left, right, type));
}

/** The type of a sum: as Spark's, wide enough for a billion rows. */
export function sumType([input]: readonly Operand[]): DataType {
  const type = input?.type ?? long;
  if (type.kind === 'decimal') {
    return boundedDecimal(Math.min(type.precision + 10, 38), type.scale);
  }
  return type.kind === 'double' ? double : long;
}

/** The sum of the first operand, or null where it does not fit its type. */
export function sum(rows: readonly (readonly Value[])[], operands: readonly Operand[]): Value {
  const type = sumType(operands);
  if (type.kind === 'double') return numbers(rows).reduce((total, one) => total + one, 0);
  const digits = (value: Value | undefined) =>
    type.kind === 'decimal' ? unscaled(asString(value)) : asBigint(value);
  const total = rows.reduce((found, [value]) => found + digits(value), 0n);
  return type.kind === 'decimal'
    ? fitDecimal(total, type.scale, type)
    : wholeInRange(total, 'long');
}

/** The values of the first operand as doubles. */
export function numbers(rows: readonly (readonly Value[])[]): readonly number[] {
  return rows.map(([value = null]) => Number(value));
}
