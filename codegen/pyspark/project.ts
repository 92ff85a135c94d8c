import { columnNames, type Schema } from '../../algebra/schema.ts';
import type { Project, ProjectedColumn } from '../../algebra/verbs/project.ts';
import { dict, method, text } from '../python/build.ts';
import type { PyExpression } from '../python/tree.ts';
import { columnPath, isPlainName } from './columns.ts';
import type { Emitter } from './emitter.ts';
import { emitExpression } from './expressions.ts';
import { dropColumns, withColumn } from './frames.ts';
import { withPseudonyms } from './pseudonyms.ts';

const results: { readonly [S in Project['sugar']]: string } = {
  select: 'selected',
  drop: 'reduced',
  rename: 'renamed',
  derive: 'derived',
  cast: 'cast',
  pseudonymize: 'pseudonymized',
};

/**
 * Says what changes where that is all there is to say (`drop`, `withColumn`, `withColumnRenamed`), and selects every column
 * elsewhere; never relies on the order in which Spark would apply several changes.
 */
export const project: Emitter<Project> = {
  kind: 'project',
  result: (node) => results[node.sugar],
  changesRows: false,
  emit(node, { input }, scope) {
    const names = new Map(node.columns.map(({ name, expression }) => [expression, name]));
    const expressions = node.columns.map(({ expression }) => expression);
    const ready = withPseudonyms(input.frame, input.schema, expressions, scope, (expression) =>
      names.get(expression),
    );
    const columns = node.columns.map(({ name, expression }) => ({
      name,
      expression: ready.rewrite(expression),
    }));
    const gone = droppedColumns(node, columns, ready.schema);
    if (gone) {
      const value = dropColumns(ready.frame, gone);
      const order = columnNames(ready.schema).filter((name) => !gone.includes(name));
      return node.sugar === 'drop'
        ? { value, order, summary: `drop ${gone.join(', ')}` }
        : { value, order };
    }
    const value =
      renamed(ready.frame, columns, ready.schema) ??
      added(ready.frame, columns, ready.schema) ??
      selected(ready.frame, columns, ready.schema);
    return { value, order: columns.map(({ name }) => name) };
  },
};

/** The columns that go, where the author did not list those that stay, all of which are as they were. */
function droppedColumns(
  { sugar }: Project,
  columns: readonly ProjectedColumn[],
  schema: Schema,
): readonly string[] | undefined {
  if (sugar === 'select' || !columns.every(isUnchanged)) return undefined;
  const kept = new Set(columns.map(({ name }) => name));
  const gone = columnNames(schema).filter((name) => !kept.has(name));
  return gone.every(isPlainName) ? gone : undefined;
}

/** All columns stay, some under names that were free. */
function renamed(
  frame: PyExpression,
  columns: readonly ProjectedColumn[],
  schema: Schema,
): PyExpression | undefined {
  const taken = new Set(columnNames(schema).map((name) => name.toLowerCase()));
  const pairs = columns.flatMap(({ name, expression }, index) =>
    expression.kind === 'column' && expression.name === schema[index]?.name
      ? [{ from: expression.name, to: name }]
      : [],
  );
  if (columns.length !== schema.length || pairs.length !== columns.length) return undefined;
  const changes = pairs.filter(({ from, to }) => from !== to);
  if (changes.some(({ to }) => taken.has(to.toLowerCase()))) return undefined;
  return changes.reduce<PyExpression>(
    (before, { from, to }) => method(before, 'withColumnRenamed', [text(from), text(to)]),
    frame,
  );
}

/** All columns stay in their places, some replaced; new ones follow. */
function added(
  frame: PyExpression,
  columns: readonly ProjectedColumn[],
  schema: Schema,
): PyExpression | undefined {
  const inPlace = schema.every(({ name }, index) => columns[index]?.name === name);
  const changes = columns.filter((column) => !isUnchanged(column));
  const [first, ...more] = changes;
  if (!inPlace || !first) return undefined;
  const value = ({ expression }: ProjectedColumn) => emitExpression(expression, schema);
  if (more.length === 0) return withColumn(frame, first.name, value(first));
  const entries = changes.map((column) => ({ key: text(column.name), value: value(column) }));
  return method(frame, 'withColumns', [dict(entries)]);
}

function selected(
  frame: PyExpression,
  columns: readonly ProjectedColumn[],
  schema: Schema,
): PyExpression {
  const items = columns.map((column) =>
    isUnchanged(column)
      ? columnPath(column.name)
      : method(emitExpression(column.expression, schema), 'alias', [text(column.name)]),
  );
  return method(frame, 'select', items);
}

function isUnchanged({ name, expression }: ProjectedColumn): boolean {
  return expression.kind === 'column' && expression.name === name;
}
