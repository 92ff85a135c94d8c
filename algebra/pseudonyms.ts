import { type Expression, operands } from './expressions.ts';
import { inOrder } from './fold.ts';
import type { Kind, Relation, RelationOf } from './relation.ts';
import type { Span } from './span.ts';

/** A place where a pseudonym is made. */
export interface PseudonymUse {
  readonly purpose: string;
  readonly relation: Relation;
  readonly span: Span;
}

/** Every place at or below a relation where a pseudonym is made, inputs first. */
export function pseudonymUses(root: Relation): readonly PseudonymUse[] {
  return inOrder(root).flatMap((relation) =>
    expressionsOf(relation)
      .flatMap(calls)
      .map(({ purpose, span = relation.span }) => ({ purpose, relation, span })),
  );
}

/** The purposes for which pseudonyms are made at or below a relation, sorted: those whose keys its rows need. */
export function pseudonymPurposes(root: Relation): readonly string[] {
  return [...new Set(pseudonymUses(root).map(({ purpose }) => purpose))].sort();
}

function calls(expression: Expression): readonly { readonly purpose: string; span?: Span }[] {
  const inner = operands(expression).flatMap(calls);
  if (expression.kind !== 'call' || expression.function !== 'pseudonym') return inner;
  const [, purpose] = expression.arguments;
  // That it is a constant text is a rule of the function's types.
  if (purpose?.kind !== 'literal' || typeof purpose.value !== 'string') return inner;
  const { span } = expression;
  return [...inner, { purpose: purpose.value, ...(span ? { span } : {}) }];
}

const nothing = () => [];

/** What each verb computes per row; total over the verbs. */
const computed: { readonly [K in Kind]: (node: RelationOf<K>) => readonly Expression[] } = {
  source: nothing,
  filter: (node) => [node.where],
  project: (node) => node.columns.map(({ expression }) => expression),
  join: (node) => (node.where ? [node.where] : []),
  aggregate: (node) => node.measures.flatMap(({ call }) => call.arguments),
  dedupe: nothing,
  window: (node) => node.columns.flatMap(({ call }) => call.arguments),
  union: nothing,
  keepConsented: nothing,
  soleOwner: nothing,
  expect: (node) => node.expectations.map(({ where }) => where),
  declassify: nothing,
  explode: nothing,
  setOperation: nothing,
  unpivot: nothing,
  sql: nothing,
};

function expressionsOf(node: Relation): readonly Expression[] {
  // The registry is total over the kinds; TypeScript cannot correlate the entry with the node.
  const entry = computed[node.kind] as (node: Relation) => readonly Expression[];
  return entry(node);
}
