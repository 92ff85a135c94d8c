import { keyText } from '../group-rows.ts';
import type { Row } from '../row.ts';
import type { Join } from './join.ts';

/**
 * The joined rows; null agrees with nothing, NaN with NaN.
 * @param brought names of the right's columns that the result has besides the left's
 */
export function joinRows(
  node: Join,
  left: readonly Row[],
  right: readonly Row[],
  brought: readonly string[],
): readonly Row[] {
  const leftKey = (row: Row) =>
    joinKey(
      row,
      node.on.map((pair) => pair.left),
    );
  const rightKey = (row: Row) =>
    joinKey(
      row,
      node.on.map((pair) => pair.right),
    );
  const partners = new Map<string, Row[]>();
  for (const row of right) {
    const key = rightKey(row);
    if (key === undefined) continue;
    const found = partners.get(key);
    if (found) found.push(row);
    else partners.set(key, [row]);
  }
  const partnersOf = (row: Row): readonly Row[] => {
    const key = leftKey(row);
    return key === undefined ? [] : (partners.get(key) ?? []);
  };
  switch (node.how) {
    case 'inner':
      return left.flatMap((row) => partnersOf(row).map((other) => joined(row, other, brought)));
    case 'left':
      return left.flatMap((row) => {
        const found = partnersOf(row);
        return (found.length > 0 ? found : [{}]).map((other) => joined(row, other, brought));
      });
    case 'semi':
      return left.filter((row) => partnersOf(row).length > 0);
    case 'anti':
      return left.filter((row) => partnersOf(row).length === 0);
  }
}

function joined(left: Row, right: Row, brought: readonly string[]): Row {
  const columns = brought.map((name) => [name, right[name] ?? null] as const);
  return { ...left, ...Object.fromEntries(columns) };
}

/** A text that rows agree on exactly where all columns do; undefined where a column is null. */
function joinKey(row: Row, columns: readonly string[]): string | undefined {
  const values = columns.map((name) => row[name] ?? null);
  return values.includes(null) ? undefined : keyText(values);
}
