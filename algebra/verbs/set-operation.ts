import { groupRows, keyText } from '../group-rows.ts';
import { problem, type RelationProblem } from '../problem.ts';
import type { Relation } from '../relation.ts';
import type { Row } from '../row.ts';
import { columnNames, type Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import { holdsMap, typeName } from '../types.ts';
import type { Verb } from '../verb.ts';
import { type Join, join } from './join.ts';
import { unlikeColumns } from './union.ts';

/**
 * The left's rows that the right has too (`intersect`), or has not (`except`), each once. Columns meet by name, and rows are equal
 * as in `distinct`: null equals null, NaN equals NaN, and -0.0 equals 0.0.
 */
export interface SetOperation {
  readonly kind: 'setOperation';
  readonly span: Span;
  readonly operation: 'intersect' | 'except';
  readonly from: { readonly left: Relation; readonly right: Relation };
}

export const setOperation: Verb<SetOperation> = {
  kind: 'setOperation',
  describe: ({ operation }) =>
    operation === 'intersect'
      ? 'keep rows that the other table has too, each once'
      : 'keep rows that the other table has not, each once',
  schema(node, inputs, surroundings) {
    const { value } = join.schema(asJoin(node, inputs.left), inputs, surroundings);
    return { value, problems: columnProblems(node, inputs.left, inputs.right) };
  },
  state: (node, inputs, surroundings) =>
    join.state(asJoin(node, inputs.left.schema), inputs, surroundings),
  rows(node, { left, right }, execution) {
    const names = columnNames(execution.schema(node.from.left));
    const text = (row: Row) => keyText(names.map((name) => row[name] ?? null));
    const others = new Set(right.map(text));
    const isShared = (row: Row) => others.has(text(row));
    return groupRows(left, names)
      .flatMap((rows) => rows.slice(0, 1))
      .filter((row) => isShared(row) === (node.operation === 'intersect'));
  },
};

/**
 * The join on all columns that keeps the same rows but for nulls, which make no difference to whose rows they are: who has no
 * key is nobody. Rows of two people never meet in one row here, so that needs no reason.
 */
function asJoin({ operation, span, from }: SetOperation, left: Schema): Join {
  const on = columnNames(left).map((name) => ({ left: name, right: name }));
  const how = operation === 'intersect' ? 'semi' : 'anti';
  return { kind: 'join', span, how, on, crossSubject: 'equal rows', from };
}

function columnProblems(
  { operation, span }: SetOperation,
  left: Schema,
  right: Schema,
): readonly RelationProblem[] {
  const columns = unlikeColumns(left, right);
  if (columns.length > 0) return [problem('schema/unlike-union', span, { columns })];
  return left
    .filter(({ type }) => holdsMap(type))
    .map(({ name, type }) => {
      const found = `${name} (${typeName(type)})`;
      const expected = 'columns without maps, which Spark does not compare';
      return problem('schema/wrong-type', span, { operation, found, expected });
    });
}
