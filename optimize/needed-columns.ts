import { columnsRead } from '../algebra/expressions.ts';
import type { Inputs, Kind, Relation, RelationOf } from '../algebra/relation.ts';
import { columnNames, type Schema } from '../algebra/schema.ts';
import { addedNames } from '../algebra/verbs/explode.ts';
import { broughtColumns, pairSchema } from '../algebra/verbs/join-columns.ts';
import type { Project, ProjectedColumn } from '../algebra/verbs/project.ts';
import { decidingColumns } from '../algebra/verbs/window-order.ts';

export type Names = ReadonlySet<string>;

type SchemaOf = (relation: Relation) => Schema;

/** For each verb: which columns of its inputs it needs, to give the `wanted` ones of its own. */
type Needs = {
  readonly [K in Kind]: (
    node: RelationOf<K>,
    wanted: Names,
    schemaOf: SchemaOf,
  ) => Inputs<RelationOf<K>, Iterable<string>>;
};

const needs: Needs = {
  source: () => ({}),
  filter: (node, wanted) => ({ input: [...wanted, ...columnsRead(node.where)] }),
  project: (node, wanted) => ({
    input: node.columns
      .filter(({ name }) => wanted.has(name))
      .flatMap(({ expression }) => columnsRead(expression)),
  }),
  join(node, wanted, schemaOf) {
    const left = schemaOf(node.from.left);
    const right = schemaOf(node.from.right);
    const read = new Set(node.where ? columnsRead(node.where) : []);
    const used = (name: string) => wanted.has(name) || read.has(name);
    return {
      left: [...columnNames(left).filter(used), ...node.on.map((pair) => pair.left)],
      right: [
        ...columnNames(broughtColumns(node, right)).filter((name) => wanted.has(name)),
        // A name of both is the left's in a condition.
        ...columnNames(pairSchema(left, right).slice(left.length)).filter((name) => read.has(name)),
        ...node.on.map((pair) => pair.right),
      ],
    };
  },
  aggregate: (node) => ({
    input: [
      ...node.by,
      ...node.measures.flatMap(({ call }) => call.arguments.flatMap(columnsRead)),
      ...(node.atLeast ? [node.atLeast.key] : []),
    ],
  }),
  // Every column takes part in what is the same row, in the total order, or in which of equals is kept.
  dedupe: (node, _wanted, schemaOf) => ({ input: columnNames(schemaOf(node.from.input)) }),
  window(node, wanted, schemaOf) {
    const input = schemaOf(node.from.input);
    const added = new Set(node.columns.map(({ name }) => name));
    return {
      input: [
        ...[...wanted].filter((name) => !added.has(name)),
        ...node.columns.flatMap(({ call }) => [
          ...decidingColumns(node, call, input),
          ...call.arguments.flatMap(columnsRead),
        ]),
      ],
    };
  },
  keepConsented: (node, _wanted, schemaOf) => ({ input: columnNames(schemaOf(node.from.input)) }),
  // Every column tells equal rows from others.
  setOperation: (node, _wanted, schemaOf) => ({
    left: columnNames(schemaOf(node.from.left)),
    right: columnNames(schemaOf(node.from.right)),
  }),
  union: (_node, wanted) => ({ left: wanted, right: wanted }),
  declassify: ({ lowers }, wanted) => ({
    input: lowers.of === 'column' ? [...wanted, lowers.column] : wanted,
  }),
  unpivot(node, wanted) {
    const kept = [...wanted].filter((name) => name !== node.name && name !== node.value);
    return { input: [...kept, ...node.columns] };
  },
  explode(node, wanted) {
    const added = addedNames(node);
    return { input: [...[...wanted].filter((name) => !added.includes(name)), node.column] };
  },
  expect: ({ expectations }, wanted) => ({
    input: [...wanted, ...expectations.flatMap(({ where }) => columnsRead(where))],
  }),
  // What a query reads is not known.
  sql: (node, _wanted, schemaOf) => ({ input: columnNames(schemaOf(node.from.input)) }),
  soleOwner: (node, wanted) => ({ input: [...wanted, node.alias, node.subject] }),
};

/** By the input's name, the columns that a relation needs of it. */
export function needsOfInputs(
  node: Relation,
  wanted: Names,
  schemaOf: SchemaOf,
): Readonly<Record<string, Iterable<string>>> {
  // The registry is total over the kinds; TypeScript cannot correlate the entry with the node.
  const entry = needs[node.kind] as (
    node: Relation,
    wanted: Names,
    schemaOf: SchemaOf,
  ) => Readonly<Record<string, Iterable<string>>>;
  return entry(node, wanted, schemaOf);
}

/**
 * The columns that a projection keeps: those that something uses and, where the author did not list columns but changed some,
 * all that come by unchanged, so that the step still says only what changes. Carrying those costs nothing: Spark leaves them out.
 */
export function keptColumns(node: Project, wanted: Names, input: Names): Project['columns'] {
  const comesBy = ({ expression }: ProjectedColumn) =>
    node.sugar !== 'select' && expression.kind === 'column' && input.has(expression.name);
  return node.columns.filter((column) => wanted.has(column.name) || comesBy(column));
}
