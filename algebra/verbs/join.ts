import { conditionProblems, conjuncts } from '../conditions.ts';
import { expressionFacts } from '../expression-facts.ts';
import { printExpression } from '../expression-printer.ts';
import type { Expression } from '../expressions.ts';
import { problem, type RelationProblem } from '../problem.ts';
import type { Relation } from '../relation.ts';
import { findColumn, type Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import { commonType, isOrderable, sameType, typeName } from '../types.ts';
import type { Verb } from '../verb.ts';
import { broughtColumns, pairSchema, resultColumns } from './join-columns.ts';
import { joinRows } from './join-rows.ts';
import { joinState } from './join-state.ts';

export type JoinKind = 'inner' | 'left' | 'full' | 'cross' | 'semi' | 'anti';

/**
 * Pairs of rows that agree on columns and for which the condition, if there is one, is true; null agrees with nothing. The result
 * has the left's columns, then the right's without those joined on. `left` keeps left rows without a partner too, `full` those of
 * both sides, where a column joined on is that of the side that has a row. `cross` is `inner` on no columns. `semi` and `anti`
 * keep or drop left rows that have a partner, and add no column.
 */
export interface Join {
  readonly kind: 'join';
  readonly span: Span;
  /** The verb that the author wrote, where it is none of the kinds. */
  readonly sugar?: 'rightJoin' | 'asOfJoin';
  readonly how: JoinKind;
  readonly on: readonly JoinPair[];
  /** What else must be true of a pair, over the left's columns and those of the right that have other names, case aside. */
  readonly where?: Expression;
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
  describe: (node) => {
    const on = pairsText(node);
    switch (node.how) {
      case 'inner':
        return `join ${on}`;
      case 'left':
      case 'full':
        return `${node.how} join ${on}`;
      case 'cross':
        return 'pair each row with each';
      case 'semi':
        return `keep rows with a partner ${on}`;
      case 'anti':
        return `keep rows without a partner ${on}`;
    }
  },
  schema(node, { left, right }) {
    const problems: RelationProblem[] = node.on.flatMap((pair) =>
      pairProblems(node, pair, left, right),
    );
    if (node.on.length === 0 && !node.where && node.how !== 'cross')
      problems.push(problem('schema/no-columns', node.span, { verb: 'join' }));
    if (node.where) {
      const both = pairSchema(left, right);
      problems.push(...conditionProblems(node.where, both, 'join', node.span));
      problems.push(...equalProblems(node.where, left, both, node.span));
    }
    for (const column of broughtColumns(node, right)) {
      if (findColumn(left, column.name)) {
        const hint = 'rename or drop it on one side before the join';
        problems.push(problem('schema/duplicate-column', node.span, { column: column.name, hint }));
      }
    }
    return { value: resultColumns(node, left, right), problems };
  },
  state: (node, { left, right }) => joinState(node, left, right),
  rows: (node, { left, right }, execution) => joinRows(node, left, right, execution),
};

/** `on a and b = c where a > d` */
function pairsText({ on, where }: Join): string {
  const pairs = on.map(({ left, right }) => (left === right ? left : `${left} = ${right}`));
  return [
    ...(pairs.length > 0 ? [`on ${pairs.join(' and ')}`] : []),
    ...(where ? [`where ${printExpression(where)}`] : []),
  ].join(' ');
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

/** Columns of both sides that a condition says are equal, which is for `on` to say. */
function equalProblems(
  where: Expression,
  left: Schema,
  both: Schema,
  span: Span,
): readonly RelationProblem[] {
  const isLeft = (name: string) => findColumn(left, name) !== undefined;
  return conjuncts(where).flatMap((one) => {
    if (one.kind !== 'call' || one.function !== 'eq') return [];
    const names = one.arguments.flatMap((side) => (side.kind === 'column' ? [side.name] : []));
    const own = names.find(isLeft);
    const other = names.find((name) => !isLeft(name) && findColumn(both, name));
    if (own === undefined || other === undefined) return [];
    const at = one.span ?? span;
    return [problem('schema/equal-in-condition', at, { left: own, right: other })];
  });
}
