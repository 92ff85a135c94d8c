import { expressionFacts } from '../expression-facts.ts';
import { renameIdentity, withoutSomeRows } from '../identity.ts';
import { fromLists } from '../lists.ts';
import { problem, type RelationProblem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import type { Row, Value } from '../row.ts';
import { type Column, columnNames, findColumn, type Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import { type ArrayType, int, typeName } from '../types.ts';
import type { Verb } from '../verb.ts';

/**
 * A row for each element of a list: the input's columns without the list, then the element's place (from 0 on, as Spark counts)
 * if it is asked for, then the element. An element may be null. Rows whose list is empty or null go, or stay once, with
 * nulls, if `outer`.
 */
export interface Explode {
  readonly kind: 'explode';
  readonly span: Span;
  /** The list. */
  readonly column: string;
  /** Name of the element; it may be the list's own. */
  readonly as: string;
  /** Name of the element's place. */
  readonly position?: string;
  readonly outer: boolean;
  readonly from: { readonly input: Relation };
}

export const explode: Verb<Explode> = {
  kind: 'explode',
  describe: (node) =>
    `make one row of each element of ${node.column}${node.outer ? ', and one where there is none' : ''}`,
  schema(node, { input }) {
    const facts = expressionFacts({ kind: 'column', name: node.column }, input, node.span);
    const list = findColumn(input, node.column);
    if (!list || facts.problems.length > 0) return { value: input, problems: facts.problems };
    const { type } = list;
    if (type.kind !== 'array') {
      const found = `${node.column} (${typeName(type)})`;
      const parameters = { operation: 'explode', found, expected: 'a list (array)' };
      return { value: input, problems: [problem('schema/wrong-type', node.span, parameters)] };
    }
    const kept = input.filter((column) => column !== list);
    const added = addedColumns(node, list, type);
    return { value: [...kept, ...added], problems: takenNames(node, kept, added) };
  },
  state: (node, { input }) =>
    // Whoever has none, or has several rows now, is no longer there as one version: consent is to be read off before.
    sound(
      withoutSomeRows(renameIdentity(input.state, (name) => (name === node.column ? [] : [name]))),
    ),
  rows: (node, { input }) => input.flatMap((row) => explodedRows(node, row)),
};

/** Names of the columns that are made, in their order. */
export function addedNames({ as, position }: Explode): readonly string[] {
  return [...(position === undefined ? [] : [position]), as];
}

/** How many elements there are tells of the list too, and so does an element's place. */
function addedColumns(node: Explode, list: Column, type: ArrayType): readonly Column[] {
  const { labels } = list;
  const made = { labels, ...fromLists([list]) };
  const place = { name: node.position ?? '', type: int, nullable: node.outer, ...made };
  const nullable = node.outer || type.elementNullable;
  const element = { name: node.as, type: type.element, nullable, ...made };
  return node.position === undefined ? [element] : [place, element];
}

function takenNames(node: Explode, kept: Schema, added: Schema): readonly RelationProblem[] {
  const names = columnNames([...kept, ...added]);
  return columnNames(added)
    .filter((name, index) => names.indexOf(name) < kept.length + index)
    .map((column) => {
      const hint = 'give it another name';
      return problem('schema/duplicate-column', node.span, { column, hint });
    });
}

function explodedRows(node: Explode, row: Row): readonly Row[] {
  const { [node.column]: list = null, ...kept } = row;
  const elements: readonly Value[] = Array.isArray(list) ? list : [];
  const made = (element: Value, place: Value): Row => ({
    ...kept,
    ...(node.position === undefined ? {} : { [node.position]: place }),
    [node.as]: element,
  });
  if (elements.length === 0) return node.outer ? [made(null, null)] : [];
  return elements.map((element, index) => made(element, index));
}
