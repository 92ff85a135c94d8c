import { expressionFacts } from '../expression-facts.ts';
import { renameIdentity, withoutSomeRows } from '../identity.ts';
import { uniteLabels } from '../labels.ts';
import { fromLists } from '../lists.ts';
import { problem, type RelationProblem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import { type Column, columnNames, findColumn, type Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import { isOrderable, sameType, string, typeName } from '../types.ts';
import type { Verb } from '../verb.ts';

/**
 * A row for each of some columns: the input's other columns, then the column's name, then its value, null too. The columns are of
 * one type, which is no list, struct or map.
 */
export interface Unpivot {
  readonly kind: 'unpivot';
  readonly span: Span;
  readonly columns: readonly string[];
  /** Name of the column of names. */
  readonly name: string;
  /** Name of the column of values. */
  readonly value: string;
  readonly from: { readonly input: Relation };
}

export const unpivot: Verb<Unpivot> = {
  kind: 'unpivot',
  describe: (node) => `make one row of each of ${node.columns.join(', ')}`,
  schema(node, { input }) {
    const turned = node.columns.flatMap((name) => findColumn(input, name) ?? []);
    const kept = input.filter(({ name }) => !node.columns.includes(name));
    const [first] = turned;
    if (!first || turned.length < node.columns.length)
      return { value: input, problems: missingColumns(node, input) };
    const labels = uniteLabels(...turned.map((column) => column.labels));
    const added: Schema = [
      // Each row has them all, so that a name tells nothing.
      { name: node.name, type: string, nullable: false, labels: [] },
      {
        name: node.value,
        type: first.type,
        nullable: turned.some(({ nullable }) => nullable),
        labels,
        ...fromLists(turned),
      },
    ];
    const problems = [...unlikeTypes(node, first, turned), ...takenNames(node, kept)];
    return { value: [...kept, ...added], problems };
  },
  state: (node, { input }) => {
    const isGone = (name: string) => node.columns.includes(name);
    // Nobody is there as one row for each version any more: consent is to be read off before.
    return sound(
      withoutSomeRows(renameIdentity(input.state, (name) => (isGone(name) ? [] : [name]))),
    );
  },
  rows: (node, { input }, execution) => {
    const names = columnNames(execution.schema(node.from.input));
    const kept = names.filter((name) => !node.columns.includes(name));
    return input.flatMap((row) =>
      node.columns.map((column) => ({
        ...Object.fromEntries(kept.map((name) => [name, row[name] ?? null])),
        [node.name]: column,
        [node.value]: row[column] ?? null,
      })),
    );
  },
};

function missingColumns(node: Unpivot, input: Schema): readonly RelationProblem[] {
  if (node.columns.length === 0)
    return [problem('schema/no-columns', node.span, { verb: 'unpivot' })];
  return node.columns.flatMap(
    (name) => expressionFacts({ kind: 'column', name }, input, node.span).problems,
  );
}

function unlikeTypes(
  node: Unpivot,
  first: Column,
  turned: readonly Column[],
): readonly RelationProblem[] {
  if (!isOrderable(first.type)) {
    const found = `${first.name} (${typeName(first.type)})`;
    const expected = 'a column that is no list, struct or map';
    const parameters = { operation: 'unpivot', found, expected };
    return [problem('schema/wrong-type', node.span, parameters)];
  }
  return turned
    .filter(({ type }) => !sameType(type, first.type))
    .map((other) => {
      const left = { left: first.name, leftType: typeName(first.type) };
      const right = { right: other.name, rightType: typeName(other.type) };
      const parameters = { operation: 'unpivot', ...left, ...right };
      return problem('schema/unlike-types', node.span, parameters);
    });
}

function takenNames(node: Unpivot, kept: Schema): readonly RelationProblem[] {
  const taken = columnNames(kept);
  const hint = 'give it another name';
  const report = (column: string) =>
    problem('schema/duplicate-column', node.span, { column, hint });
  const twice = node.columns.filter((name, index) => node.columns.indexOf(name) < index);
  return [
    ...twice.map((column) =>
      problem('schema/duplicate-column', node.span, { column, hint: 'name it once' }),
    ),
    ...(taken.includes(node.name) ? [report(node.name)] : []),
    ...(taken.includes(node.value) || node.value === node.name ? [report(node.value)] : []),
  ];
}
