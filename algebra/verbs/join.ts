import { expressionFacts } from '../expression-facts.ts';
import { toldByLists } from '../lists.ts';
import { problem, type RelationProblem } from '../problem.ts';
import type { Relation } from '../relation.ts';
import { alike, type Column, columnNames, findColumn, type Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import { commonType, isOrderable, sameType, typeName } from '../types.ts';
import type { Verb } from '../verb.ts';
import { joinRows } from './join-rows.ts';
import { joinState } from './join-state.ts';

export type JoinKind = 'inner' | 'left' | 'semi' | 'anti';

/**
 * Pairs of rows that agree on columns; null agrees with nothing. The result has the left's columns, then (inner, left) the
 * right's without those joined on. `semi` and `anti` keep or drop left rows that have a partner.
 */
export interface Join {
  readonly kind: 'join';
  readonly span: Span;
  readonly how: JoinKind;
  readonly on: readonly JoinPair[];
  /** The author's reason why rows of two people may meet. */
  readonly crossSubject?: string;
  /** The side that the author promised is small. */
  readonly broadcast?: 'left' | 'right';
  readonly from: { readonly left: Relation; readonly right: Relation };
}

export interface JoinPair {
  readonly left: string;
  readonly right: string;
}

export const join: Verb<Join> = {
  kind: 'join',
  describe(node) {
    const pairs = node.on
      .map(({ left, right }) => (left === right ? left : `${left} = ${right}`))
      .join(' and ');
    switch (node.how) {
      case 'inner':
        return `join on ${pairs}`;
      case 'left':
        return `left join on ${pairs}`;
      case 'semi':
        return `keep rows with a partner on ${pairs}`;
      case 'anti':
        return `keep rows without a partner on ${pairs}`;
    }
  },
  schema(node, { left, right }) {
    const problems: RelationProblem[] = node.on.flatMap((pair) =>
      pairProblems(node, pair, left, right),
    );
    if (node.on.length === 0)
      problems.push(problem('schema/no-columns', node.span, { verb: 'join' }));
    const found = lookedUp(node, 'left', left, right);
    const kept = toldByLists(joinedColumns(node, left, right), found);
    if (node.how === 'semi' || node.how === 'anti') return { value: kept, problems };
    const foundRight = lookedUp(node, 'right', right, left);
    const brought = toldByLists(broughtColumns(node, right), foundRight);
    for (const column of brought) {
      if (findColumn(left, column.name)) {
        const hint = 'rename or drop it on one side before the join';
        problems.push(problem('schema/duplicate-column', node.span, { column: column.name, hint }));
      }
    }
    return { value: [...kept, ...brought], problems };
  },
  state: (node, { left, right }) => joinState(node, left, right),
  rows: (node, { left, right }, execution) =>
    joinRows(
      node,
      left,
      right,
      columnNames(broughtColumns(node, execution.schema(node.from.right))),
    ),
};

/**
 * The left's columns, labelled as those they are joined with too: a value that has found its partner tells what the partner
 * tells. The same object where that adds nothing.
 */
function joinedColumns(node: Join, left: Schema, right: Schema): Schema {
  if (node.how === 'anti') return left;
  // Two columns of the left that are joined with one of the right equal each other too.
  const partners = (column: Column) => {
    const found = node.on.filter((pair) => pair.left === column.name).map((pair) => pair.right);
    const equal = node.on.filter((pair) => found.includes(pair.right));
    return equal.flatMap((pair) =>
      [findColumn(right, pair.right), findColumn(left, pair.left)].filter(
        (one) => one !== undefined,
      ),
    );
  };
  const joined = left.map((column) => alike(column, partners(column)));
  return joined.every((column, index) => column === left[index]) ? left : joined;
}

/** Columns of lists on one side, with what they are joined with. */
function lookedUp(node: Join, side: 'left' | 'right', own: Schema, other: Schema) {
  const partner = side === 'left' ? 'right' : 'left';
  return node.on.flatMap((pair) => {
    const column = findColumn(own, pair[side]);
    return column?.fromList ? [[column, findColumn(other, pair[partner]) ?? column]] : [];
  });
}

/**
 * The right's columns that an inner or left join adds. After a left join they are no copies of a declared column, since the right
 * may lack what the left has: of its people some, or some of their versions, so that no consent can be read off them.
 */
export function broughtColumns(node: Join, right: Schema): readonly Column[] {
  const joined = new Set(node.on.map((pair) => pair.right));
  const columns = right.filter((column) => !joined.has(column.name));
  if (node.how !== 'left') return columns;
  return columns.map(({ origin: _, band: __, ...column }) => ({ ...column, nullable: true }));
}

function pairProblems(
  node: Join,
  pair: JoinPair,
  left: Schema,
  right: Schema,
): readonly RelationProblem[] {
  const first = expressionFacts({ kind: 'column', name: pair.left }, left, node.span);
  const second = expressionFacts({ kind: 'column', name: pair.right }, right, node.span);
  const problems = [...first.problems, ...second.problems];
  if (problems.length > 0) return problems;
  const common = commonType(first.value.type, second.value.type);
  const isSameDecimal = common?.kind !== 'decimal' || sameType(first.value.type, second.value.type);
  if (common && isOrderable(common) && isSameDecimal) return [];
  const parameters = {
    operation: 'join',
    left: pair.left,
    leftType: typeName(first.value.type),
    right: pair.right,
    rightType: typeName(second.value.type),
  };
  return [problem('schema/unlike-types', node.span, parameters)];
}
