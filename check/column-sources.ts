import type { Expression } from '../algebra/expressions.ts';
import { columnsRead } from '../algebra/expressions.ts';
import type { Kind, Relation, RelationOf } from '../algebra/relation.ts';

/** Where one column of a step comes from. */
export interface ColumnSources {
  readonly from: readonly { readonly relation: Relation; readonly column: string }[];
  /** Whether the step itself names the column, so that an author would change it there. */
  readonly named: boolean;
}

type Rule<N extends Relation> = (
  node: N,
  column: string,
  isLeft: (column: string) => boolean,
) => ColumnSources;

const handsOn = <N extends Relation & { readonly from: { readonly input: Relation } }>(
  node: N,
  column: string,
): ColumnSources => ({ from: [{ relation: node.from.input, column }], named: false });

function readBy(relation: Relation, expressions: readonly Expression[]): ColumnSources {
  const columns = [...new Set(expressions.flatMap(columnsRead))].sort();
  return { from: columns.map((column) => ({ relation, column })), named: true };
}

/** For every verb, which columns of its inputs a column of its result is made of; total over the verbs. */
const rules: { readonly [K in Kind]: Rule<RelationOf<K>> } = {
  source: () => ({ from: [], named: false }),
  filter: handsOn,
  keepConsented: handsOn,
  soleOwner: handsOn,
  dedupe: handsOn,
  project(node, column) {
    const made = node.columns.filter((one) => one.name === column);
    return readBy(
      node.from.input,
      made.map((one) => one.expression),
    );
  },
  aggregate(node, column) {
    if (node.by.includes(column)) return { ...handsOn(node, column), named: true };
    const made = node.measures.filter((measure) => measure.name === column);
    return readBy(
      node.from.input,
      made.flatMap((measure) => measure.call.arguments),
    );
  },
  join: (node, column, isLeft) => ({
    from: [{ relation: isLeft(column) ? node.from.left : node.from.right, column }],
    named: false,
  }),
  union: (node, column) => ({
    from: [node.from.left, node.from.right].map((relation) => ({ relation, column })),
    named: false,
  }),
};

/**
 * What a column of a step is made of.
 * @param hasColumn whether a relation has a column
 */
export function columnSources(
  node: Relation,
  column: string,
  hasColumn: (relation: Relation, column: string) => boolean,
): ColumnSources {
  const isLeft = (name: string) => 'left' in node.from && hasColumn(node.from.left, name);
  // The registry is total over the kinds; TypeScript cannot correlate the rule with the node.
  return (rules[node.kind] as Rule<Relation>)(node, column, isLeft);
}
