import type { Ordering } from './expressions.ts';
import type { Row, Value } from './row.ts';
import { findColumn, type Schema } from './schema.ts';
import { compareValues } from './value-order.ts';

/**
 * Rows with equal values of the columns, in the order in which each group is first seen. As Spark groups: null is a value,
 * -0.0 equals 0.0, NaN equals NaN.
 */
export function groupRows(
  rows: readonly Row[],
  by: readonly string[],
): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyText(by.map((name) => row[name] ?? null));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** A text that equal values share, also an int and a long, and unlike values of types that meet do not. */
export function keyText(value: Value): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(keyText).join(',')}]`;
  const fields = Object.entries(value).map(
    ([name, one]) => `${JSON.stringify(name)}:${keyText(one)}`,
  );
  return `{${fields.join(',')}}`;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Compares two rows column by column; negative where the first comes before the second. */
export function compareRows(
  left: Row,
  right: Row,
  order: readonly Ordering[],
  schema: Schema,
): number {
  for (const { column, direction, nulls } of order) {
    const a = left[column] ?? null;
    const b = right[column] ?? null;
    if (a === null && b === null) continue;
    if (a === null) return nulls === 'first' ? -1 : 1;
    if (b === null) return nulls === 'first' ? 1 : -1;
    const type = findColumn(schema, column)?.type;
    if (!type) throw new TypeError(`rows are ordered by ${column}, which they lack`);
    const found = compareValues(a, b, type);
    if (found !== 0) return direction === 'asc' ? found : -found;
  }
  return 0;
}
