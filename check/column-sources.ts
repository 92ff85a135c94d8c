import { columnsRead, type Expression } from '../algebra/expressions.ts';
import type { Kind, Relation, RelationOf } from '../algebra/relation.ts';
import { findColumn, type Schema } from '../algebra/schema.ts';
import { addedNames } from '../algebra/verbs/explode.ts';
import { partnerOf } from '../algebra/verbs/join-columns.ts';
import { decidingColumns } from '../algebra/verbs/window-order.ts';

/** Where one column of a step comes from. */
export interface ColumnSources {
  readonly from: readonly { readonly relation: Relation; readonly column: string }[];
  /** Columns that only decide which rows it is of: it has none of their values, but tells of them. */
  readonly told: readonly { readonly relation: Relation; readonly column: string }[];
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
  columnsOf: (relation: Relation) => Schema,
) => ColumnSources;

const handsOn = <N extends Relation & { readonly from: { readonly input: Relation } }>(
  node: N,
  column: string,
): ColumnSources => ({ ...untouched, from: [{ relation: node.from.input, column }] });

const untouched = { told: [], named: false, computes: [], picks: true } as const;

function readBy(
  relation: Relation,
  computes: readonly Expression[],
  picks: boolean,
): ColumnSources {
  const columns = [...new Set(computes.flatMap(columnsRead))].sort();
  const from = columns.map((column) => ({ relation, column }));
  return { from, told: [], named: true, computes, picks };
}

/** Functions of several rows whose value is one of theirs. */
const picking: readonly string[] = [
  ...['min', 'max', 'lag', 'lead', 'firstValue', 'lastValue', 'firstKnown', 'lastKnown'],
];

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
    const picks = calls.every((call) => picking.includes(call.function));
    return readBy(node.from.input, computes, picks && computes.every(isColumn));
  },
  window(node, column, columnsOf) {
    const found = node.columns.find(({ name }) => name === column);
    if (!found) return handsOn(node, column);
    const { call } = found;
    const { input } = node.from;
    const [value] = call.arguments;
    const picks = picking.includes(call.function) && value !== undefined && isColumn(value);
    const deciding = decidingColumns(node, call, columnsOf(input));
    return {
      ...readBy(input, call.arguments, picks),
      told: deciding.map((name) => ({ relation: input, column: name })),
    };
  },
  explode(node, column) {
    if (!addedNames(node).includes(column)) return handsOn(node, column);
    const from = [{ relation: node.from.input, column: node.column }];
    return { from, told: [], named: true, computes: [], picks: false };
  },
  join(node, column, columnsOf) {
    const { left, right } = node.from;
    const isLeft = findColumn(columnsOf(left), column) !== undefined;
    const own = { relation: isLeft ? left : right, column };
    const partner = isLeft && node.how === 'full' ? partnerOf(node, column) : undefined;
    const both = partner === undefined ? [own] : [own, { relation: right, column: partner }];
    return { ...untouched, from: both };
  },
  unpivot(node, column) {
    if (column === node.name) return { ...untouched, from: [], named: true };
    if (column !== node.value) return handsOn(node, column);
    const from = node.columns.map((one) => ({ relation: node.from.input, column: one }));
    return { ...untouched, from, named: true };
  },
  sql(node, _column, columnsOf) {
    const { input } = node.from;
    const from = columnsOf(input).map(({ name }) => ({ relation: input, column: name }));
    return { from, told: [], named: true, computes: [], picks: false };
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
 * @param columnsOf the columns of a relation
 */
export function columnSources(
  node: Relation,
  column: string,
  columnsOf: (relation: Relation) => Schema,
): ColumnSources {
  // The registry is total over the kinds; TypeScript cannot correlate the rule with the node.
  return (rules[node.kind] as Rule<Relation>)(node, column, columnsOf);
}
