import { evaluate } from '../evaluate.ts';
import { widen } from '../functions/rules.ts';
import { keyText } from '../group-rows.ts';
import type { Row, Value } from '../row.ts';
import { columnNames, findColumn } from '../schema.ts';
import type { Execution } from '../verb.ts';
import type { Join } from './join.ts';
import { broughtColumns, pairSchema, partnerOf, resultColumns } from './join-columns.ts';

/** The joined rows; null agrees with nothing, NaN with NaN. */
export function joinRows(
  node: Join,
  left: readonly Row[],
  right: readonly Row[],
  execution: Execution,
): readonly Row[] {
  const partnersOf = partnersAmong(node, right, execution);
  const brought = columnNames(broughtColumns(node, execution.schema(node.from.right)));
  const pairsOf = (row: Row) => partnersOf(row).map((other) => joined(row, other, brought));
  const pairsOrAlone = (row: Row) => {
    const pairs = pairsOf(row);
    return pairs.length > 0 ? pairs : [joined(row, {}, brought)];
  };
  switch (node.how) {
    case 'inner':
    case 'cross':
      return left.flatMap(pairsOf);
    case 'left':
      return left.flatMap(pairsOrAlone);
    case 'full': {
      const found = new Set(left.flatMap(partnersOf));
      const alone = right.filter((row) => !found.has(row));
      const sides = [...left.flatMap(pairsOrAlone), ...alone.map(ofRight(node, execution))];
      return widened(node, sides, execution);
    }
    case 'semi':
      return left.filter((row) => partnersOf(row).length > 0);
    case 'anti':
      return left.filter((row) => partnersOf(row).length === 0);
  }
}

/** What gives the right rows that a left row meets: those that agree on the columns and for which the condition is true. */
function partnersAmong(
  { on, where, from }: Join,
  right: readonly Row[],
  execution: Execution,
): (left: Row) => readonly Row[] {
  const leftColumns = on.map((pair) => pair.left);
  const rightColumns = on.map((pair) => pair.right);
  const byKey = new Map<string, Row[]>();
  for (const row of right) {
    const key = joinKey(row, rightColumns);
    if (key === undefined) continue;
    const found = byKey.get(key);
    if (found) found.push(row);
    else byKey.set(key, [row]);
  }
  const agreeing = (row: Row) => byKey.get(joinKey(row, leftColumns) ?? '') ?? [];
  if (!where) return agreeing;
  const schema = pairSchema(execution.schema(from.left), execution.schema(from.right));
  return (row) =>
    agreeing(row).filter(
      (other) => evaluate(where, { ...other, ...row }, schema, execution) === true,
    );
}

function joined(left: Row, right: Row, brought: readonly string[]): Row {
  const columns = brought.map((name) => [name, right[name] ?? null] as const);
  return { ...left, ...Object.fromEntries(columns) };
}

/** A row of the right alone as a full join gives it. */
function ofRight(node: Join, execution: Execution): (row: Row) => Row {
  const right = execution.schema(node.from.right);
  const own = columnNames(execution.schema(node.from.left)).map(
    (name) => [name, partnerOf(node, name)] as const,
  );
  const brought = columnNames(broughtColumns(node, right));
  return (row) => {
    const cell = (name: string | undefined): Value =>
      name === undefined ? null : (row[name] ?? null);
    const kept = own.map(([name, partner]) => [name, cell(partner)] as const);
    return joined(Object.fromEntries(kept), row, brought);
  };
}

/** Rows of both sides, whose columns joined on may be of two types, in the type in which these meet. */
function widened(node: Join, rows: readonly Row[], execution: Execution): readonly Row[] {
  const schema = resultColumns(
    node,
    execution.schema(node.from.left),
    execution.schema(node.from.right),
  );
  const types = node.on.flatMap(({ left }) => findColumn(schema, left) ?? []);
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(types.map(({ name, type }) => [name, widen(row[name] ?? null, type)])),
  }));
}

/** A text that rows agree on exactly where all columns do; undefined where a column is null. */
function joinKey(row: Row, columns: readonly string[]): string | undefined {
  const values = columns.map((name) => row[name] ?? null);
  return values.includes(null) ? undefined : keyText(values);
}
