import { problem, type RelationProblem } from '../problem.ts';
import { columnNames, findColumn, type Schema } from '../schema.ts';
import { isOrderable, typeName } from '../types.ts';
import { hasDistances, isDistance } from '../window-distances.ts';
import { windowFunctions } from '../window-functions.ts';
import type { Window, WindowColumn } from './window.ts';
import { orderOfRows } from './window-order.ts';

/** What is wrong with a window over rows of a schema, its functions' operands aside. */
export function windowProblems(node: Window, input: Schema): readonly RelationProblem[] {
  const known = columnNames(input);
  const unknown = [...node.by, ...node.order.map(({ column }) => column)]
    .filter((name) => !known.includes(name))
    .map((column) => problem('schema/unknown-column', node.span, { column, known }));
  if (unknown.length > 0) return unknown;
  const none =
    node.columns.length === 0
      ? [problem('schema/no-columns', node.span, { verb: node.sugar })]
      : [];
  return [
    ...none,
    ...takenNames(node, known),
    ...node.columns.flatMap((column) => callProblems(node, column)),
    ...frameProblems(node, input),
    ...orderProblems(node, input),
  ];
}

function takenNames({ columns, span }: Window, known: readonly string[]) {
  const names = [...known, ...columns.map(({ name }) => name)];
  return columns
    .filter(({ name }, index) => names.indexOf(name) < known.length + index)
    .map(({ name }) => {
      const hint = 'give it another name';
      return problem('schema/duplicate-column', span, { column: name, hint });
    });
}

/** Functions that have no value without an order, and what no engine computes over windows. */
function callProblems(node: Window, { call }: WindowColumn): readonly RelationProblem[] {
  const wrong = (found: string, expected: string) => [
    problem('schema/wrong-type', call.span ?? node.span, {
      operation: call.function,
      found,
      expected,
    }),
  ];
  if (call.kind === 'aggregate') {
    if (call.function !== 'countDistinct') return [];
    return wrong('a window', 'groups of rows; over a window, the size of collectDistinct');
  }
  if (node.order.length === 0) return wrong('a window without an order', 'order: [asc(column)]');
  const { isFramed } = windowFunctions[call.function];
  if (isFramed && node.frame?.unit === 'range')
    return wrong('a range, of which the first or last row is not told', 'rows: [from, to]');
  return [];
}

function frameProblems({ frame, order, span }: Window, input: Schema): readonly RelationProblem[] {
  if (!frame) return [];
  const { unit, from, to } = frame;
  const wrong = (found: string, expected: string) => [
    problem('schema/wrong-type', span, { operation: unit, found, expected }),
  ];
  if (order.length === 0) return wrong('a window without an order', 'order: [asc(column)]');
  if (from !== null && to !== null && from > to)
    return wrong(`from ${from} to ${to}`, 'the first number to be the smaller one');
  const distances = [from, to].flatMap((one) => (one === null || one === 0 ? [] : [one]));
  if (unit === 'rows') {
    const isCount = (one: number) => Number.isInteger(one) && Math.abs(one) < 2 ** 31;
    const bad = distances.find((one) => !isCount(one));
    return bad === undefined ? [] : wrong(String(bad), 'a whole number of rows');
  }
  if (distances.length === 0) return [];
  const [first, ...more] = order;
  const type = first && more.length === 0 ? findColumn(input, first.column)?.type : undefined;
  if (!type || !hasDistances(type)) {
    const found = type ? `${first?.column} (${typeName(type)})` : `${order.length} columns`;
    return wrong(found, 'order of one whole number, date or timestamp, for there to be distances');
  }
  const bad = distances.find((one) => !isDistance(one, type));
  const unitName = type.kind === 'timestamp' ? 'seconds, down to microseconds' : 'a whole number';
  return bad === undefined ? [] : wrong(String(bad), unitName);
}

function orderProblems(node: Window, input: Schema): readonly RelationProblem[] {
  const unordered = orderOfRows(node, input).find(({ column }) => {
    const found = findColumn(input, column);
    return found && !isOrderable(found.type);
  });
  if (!unordered) return [];
  const verb = `${node.sugar} (${unordered.column})`;
  return [problem('schema/order-without-total', node.span, { verb })];
}
