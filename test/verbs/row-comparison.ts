import { keyText } from '../../algebra/group-rows.ts';
import type { Row, Value } from '../../algebra/row.ts';

/**
 * Rows as sorted texts, so that two multisets of equal rows are equal lists: columns by name, doubles to nine digits, since
 * Spark adds them up in any order.
 */
export function comparable(rows: readonly Row[]): readonly string[] {
  return rows
    .map((row) => {
      const cells = Object.entries(row).map(
        ([name, value]) => `${name}: ${keyText(rounded(value))}`,
      );
      return cells.sort().join(', ');
    })
    .sort();
}

function rounded(value: Value): Value {
  if (typeof value === 'number') {
    const isInt = Number.isInteger(value) && Math.abs(value) <= 2 ** 31;
    return Number.isFinite(value) && !isInt ? Number(value.toPrecision(9)) : value;
  }
  if (Array.isArray(value)) return value.map(rounded);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, rounded(one)]));
}
