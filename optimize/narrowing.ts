import type { Inputs, Kind, Relation, RelationOf } from '../algebra/relation.ts';
import { columnNames, type Schema } from '../algebra/schema.ts';
import { addedNames } from '../algebra/verbs/explode.ts';
import { broughtColumns } from '../algebra/verbs/join-columns.ts';
import type { Project } from '../algebra/verbs/project.ts';
import type { Union } from '../algebra/verbs/union.ts';
import { keptColumns, type Names } from './needed-columns.ts';

/** A relation over narrower inputs, or the same relation where they are no narrower. */
export interface Narrowed {
  readonly relation: Relation;
  readonly schema: Schema;
  /** Selections put between it and an input, each with the input that its rows are. */
  readonly selections: readonly { readonly relation: Project; readonly of: Relation }[];
}

interface Narrowing<N extends Relation> {
  readonly node: N;
  readonly inputs: Inputs<N, Relation>;
  /** Columns that are used of the result. */
  readonly wanted: Names;
  /** Of the inputs and of the node as it was. */
  readonly schemaOf: (relation: Relation) => Schema;
}

/** For each verb, its narrower form. */
const narrowings: { readonly [K in Kind]: (narrowing: Narrowing<RelationOf<K>>) => Narrowed } = {
  source({ node, wanted, schemaOf }) {
    const all = schemaOf(node);
    const schema = only(all, wanted);
    const isWhole = schema.length === all.length;
    return plain(isWhole ? node : { ...node, columns: columnNames(schema) }, schema);
  },
  project({ node, inputs, wanted, schemaOf }) {
    const input = new Set(columnNames(schemaOf(inputs.input)));
    const columns = keptColumns(node, wanted, input);
    const isSame = inputs.input === node.from.input && columns.length === node.columns.length;
    const relation = isSame ? node : { ...node, columns, from: inputs };
    return plain(relation, only(schemaOf(node), new Set(columns.map(({ name }) => name))));
  },
  join({ node, inputs, schemaOf }) {
    const isSame = inputs.left === node.from.left && inputs.right === node.from.right;
    const left = columnNames(schemaOf(inputs.left));
    // The left may once have had a column that only the right still has, under the same name.
    const right = columnNames(broughtColumns(node, schemaOf(inputs.right)));
    const relation = isSame ? node : { ...node, from: inputs };
    return plain(relation, only(schemaOf(node), new Set([...left, ...right])));
  },
  aggregate: ({ node, inputs, schemaOf }) =>
    plain(inputs.input === node.from.input ? node : { ...node, from: inputs }, schemaOf(node)),
  setOperation({ node, inputs, schemaOf }) {
    const isSame = inputs.left === node.from.left && inputs.right === node.from.right;
    return plain(isSame ? node : { ...node, from: inputs }, schemaOf(node));
  },
  unpivot({ node, inputs, schemaOf }) {
    const input = columnNames(schemaOf(inputs.input));
    const kept = input.filter((name) => !node.columns.includes(name));
    const relation = inputs.input === node.from.input ? node : { ...node, from: inputs };
    return plain(relation, only(schemaOf(node), new Set([...kept, node.name, node.value])));
  },
  explode({ node, inputs, schemaOf }) {
    const kept = columnNames(schemaOf(inputs.input)).filter((name) => name !== node.column);
    const relation = inputs.input === node.from.input ? node : { ...node, from: inputs };
    return plain(relation, only(schemaOf(node), new Set([...kept, ...addedNames(node)])));
  },
  window({ node, inputs, schemaOf }) {
    const added = node.columns.map(({ name }) => name);
    const kept = new Set([...columnNames(schemaOf(inputs.input)), ...added]);
    const relation = inputs.input === node.from.input ? node : { ...node, from: inputs };
    return plain(relation, only(schemaOf(node), kept));
  },
  sql: ({ node, inputs, schemaOf }) =>
    plain(inputs.input === node.from.input ? node : { ...node, from: inputs }, schemaOf(node)),
  filter: (narrowing) => likeInput(narrowing),
  dedupe: (narrowing) => likeInput(narrowing),
  keepConsented: (narrowing) => likeInput(narrowing),
  soleOwner: (narrowing) => likeInput(narrowing),
  expect: (narrowing) => likeInput(narrowing),
  declassify: (narrowing) => likeInput(narrowing),
  union: narrowedUnion,
};

/** The relation over its narrower inputs. */
export function narrowed(narrowing: Narrowing<Relation>): Narrowed {
  // The registry is total over the kinds; TypeScript cannot correlate the entry with the node.
  const entry = narrowings[narrowing.node.kind] as (narrowing: Narrowing<Relation>) => Narrowed;
  return entry(narrowing);
}

/** Verbs whose result has the columns of their input. */
function likeInput<
  N extends RelationOf<
    'filter' | 'dedupe' | 'keepConsented' | 'soleOwner' | 'expect' | 'declassify'
  >,
>({ node, inputs, schemaOf }: Narrowing<N>): Narrowed {
  const { input } = inputs as { readonly input: Relation };
  const schema = only(schemaOf(node), new Set(columnNames(schemaOf(input))));
  if (input === node.from.input) return plain(node, schema);
  return plain({ ...node, from: { input } }, schema);
}

/** Both sides must have the same columns; one may have been left with more, for another use of it. */
function narrowedUnion({ node, inputs, wanted, schemaOf }: Narrowing<Union>): Narrowed {
  const { left, right } = inputs;
  const columns = new Set(columnNames(schemaOf(left)));
  const others = columnNames(schemaOf(right));
  const alike = columns.size === others.length && others.every((name) => columns.has(name));
  if (alike) {
    const isSame = left === node.from.left && right === node.from.right;
    return plain(isSame ? node : { ...node, from: inputs }, only(schemaOf(node), columns));
  }
  const selections = [left, right]
    .filter((side) => schemaOf(side).length > wanted.size)
    .map((side) => ({ relation: selection(side, wanted, node), of: side }));
  const used = (side: Relation) => selections.find(({ of }) => of === side)?.relation ?? side;
  const from = { left: used(left), right: used(right) };
  return { relation: { ...node, from }, schema: only(schemaOf(node), wanted), selections };
}

function selection(input: Relation, names: Names, { span }: Union): Project {
  const columns = [...names].map(
    (name) => ({ name, expression: { kind: 'column', name } }) as const,
  );
  return { kind: 'project', span, sugar: 'select', columns, from: { input } };
}

function plain(relation: Relation, schema: Schema): Narrowed {
  return { relation, schema, selections: [] };
}

function only(schema: Schema, names: Names): Schema {
  return schema.every(({ name }) => names.has(name))
    ? schema
    : schema.filter(({ name }) => names.has(name));
}
