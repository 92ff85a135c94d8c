import { columnsRead } from '../algebra/expressions.ts';
import type { Inputs, Kind, Relation, RelationOf } from '../algebra/relation.ts';
import { columnNames, type Schema } from '../algebra/schema.ts';
import type { Project } from '../algebra/verbs/project.ts';

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
    input: keptColumns(node, wanted).flatMap(({ expression }) => columnsRead(expression)),
  }),
  join(node, wanted, schemaOf) {
    const left = columnNames(schemaOf(node.from.left));
    const right = columnNames(schemaOf(node.from.right));
    const joined = new Set(node.on.map((pair) => pair.right));
    const brought = right.filter((name) => wanted.has(name) && !joined.has(name));
    const brings = node.how === 'inner' || node.how === 'left';
    return {
      left: [...left.filter((name) => wanted.has(name)), ...node.on.map((pair) => pair.left)],
      right: [...(brings ? brought : []), ...joined],
    };
  },
  aggregate: (node) => ({
    input: [
      ...node.by,
      ...node.measures.flatMap(({ call }) => call.arguments.flatMap(columnsRead)),
    ],
  }),
  // Every column takes part in what is the same row, in the total order, or in which of equals is kept.
  dedupe: (node, _wanted, schemaOf) => ({ input: columnNames(schemaOf(node.from.input)) }),
  keepConsented: (node, _wanted, schemaOf) => ({ input: columnNames(schemaOf(node.from.input)) }),
  union: (_node, wanted) => ({ left: wanted, right: wanted }),
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

/** The columns of a projection that something uses. */
export function keptColumns(node: Project, wanted: Names): Project['columns'] {
  return node.columns.filter(({ name }) => wanted.has(name));
}
