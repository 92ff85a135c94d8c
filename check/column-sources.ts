import { columnsRead, type Expression } from '../algebra/expressions.ts';
import type { Kind, Relation, RelationOf } from '../algebra/relation.ts';
import { addedNames } from '../algebra/verbs/explode.ts';
import { partnerOf } from '../algebra/verbs/join-columns.ts';

/** Where one column of a step comes from. */
export interface ColumnSources {
  readonly from: readonly { readonly relation: Relation; readonly column: string }[];
  /** Whether the step itself names the column, so that an author would change it there. */
  readonly named: boolean;
  /** What the step computes per row for it; empty where it hands values on. */
  readonly computes: readonly Expression[];
  /** Whether every value is one that an input has there: a copy, the least or the greatest. */
  readonly picks: boolean;
}

type Rule<N extends Relation> = (
  node: N,
  column: string,
  isLeft: (column: string) => boolean,
) => ColumnSources;

const handsOn = <N extends Relation & { readonly from: { readonly input: Relation } }>(
  node: N,
  column: string,
): ColumnSources => ({ ...untouched, from: [{ relation: node.from.input, column }] });

const untouched = { named: false, computes: [], picks: true } as const;

function readBy(
  relation: Relation,
  computes: readonly Expression[],
  picks: boolean,
): ColumnSources {
  const columns = [...new Set(computes.flatMap(columnsRead))].sort();
  const from = columns.map((column) => ({ relation, column }));
  return { from, named: true, computes, picks };
}

function isColumn(expression: Expression): boolean {
  return expression.kind === 'column';
}

/** For every verb, which columns of its inputs a column of its result is made of; total over the verbs. */
const rules: { readonly [K in Kind]: Rule<RelationOf<K>> } = {
  source: () => ({ ...untouched, from: [] }),
  filter: handsOn,
  keepConsented: handsOn,
  soleOwner: handsOn,
  expect: handsOn,
  dedupe: handsOn,
  declassify: (node, column) => ({
    ...handsOn(node, column),
    named: node.lowers.of === 'column' && node.lowers.column === column,
  }),
  project(node, column) {
    const computes = node.columns.filter((one) => one.name === column).map((one) => one.expression);
    return readBy(node.from.input, computes, computes.every(isColumn));
  },
  aggregate(node, column) {
    if (node.by.includes(column)) return { ...handsOn(node, column), named: true };
    const calls = node.measures.filter(({ name }) => name === column).map(({ call }) => call);
    const computes = calls.flatMap((call) => call.arguments);
    const picks = calls.every((call) => call.function === 'min' || call.function === 'max');
    return readBy(node.from.input, computes, picks && computes.every(isColumn));
  },
  explode(node, column) {
    if (!addedNames(node).includes(column)) return handsOn(node, column);
    const from = [{ relation: node.from.input, column: node.column }];
    return { from, named: true, computes: [], picks: false };
  },
  join(node, column, isLeft) {
    const { left, right } = node.from;
    const own = { relation: isLeft(column) ? left : right, column };
    const partner = isLeft(column) && node.how === 'full' ? partnerOf(node, column) : undefined;
    const both = partner === undefined ? [own] : [own, { relation: right, column: partner }];
    return { ...untouched, from: both };
  },
  setOperation: (node, column) => ({
    ...untouched,
    from: [{ relation: node.from.left, column }],
  }),
  union: (node, column) => ({
    ...untouched,
    from: [node.from.left, node.from.right].map((relation) => ({ relation, column })),
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
