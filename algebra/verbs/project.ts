import { evaluate } from '../evaluate.ts';
import { columnsReadIn, expressionFacts } from '../expression-facts.ts';
import { printExpression } from '../expression-printer.ts';
import type { Expression } from '../expressions.ts';
import { renameIdentity } from '../identity.ts';
import { fromLists } from '../lists.ts';
import { problem, type RelationProblem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import { type Column, findColumn, type Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import type { Verb } from '../verb.ts';

/** Columns computed from each row. Select, drop, rename, derive, cast and pseudonymize are all this. */
export interface Project {
  readonly kind: 'project';
  readonly span: Span;
  /** The verb that the author wrote. */
  readonly sugar: 'select' | 'drop' | 'rename' | 'derive' | 'cast' | 'pseudonymize';
  /** All columns of the result, in order. */
  readonly columns: readonly ProjectedColumn[];
  readonly from: { readonly input: Relation };
}

export interface ProjectedColumn {
  readonly name: string;
  readonly expression: Expression;
}

export const project: Verb<Project> = {
  kind: 'project',
  describe(node) {
    const changed = node.columns.filter((column) => !isCopy(column, column.name));
    const names = node.sugar === 'select' || node.sugar === 'drop' ? node.columns : changed;
    const verb = node.sugar === 'drop' ? 'keep' : node.sugar;
    const text = names.map((column) =>
      node.sugar === 'rename'
        ? `${printExpression(column.expression)} to ${column.name}`
        : column.name,
    );
    return `${verb} ${text.join(', ')}`;
  },
  schema(node, { input }) {
    const problems: RelationProblem[] = [];
    if (node.columns.length === 0) {
      problems.push(problem('schema/no-columns', node.span, { verb: node.sugar }));
    }
    const seen = new Set<string>();
    const value = node.columns.map((column) => {
      if (seen.has(column.name)) {
        const hint = 'give one of them another name';
        problems.push(problem('schema/duplicate-column', node.span, { column: column.name, hint }));
      }
      seen.add(column.name);
      const facts = expressionFacts(column.expression, input, node.span);
      problems.push(...facts.problems);
      return projected(column, facts.value, input);
    });
    return { value, problems };
  },
  state(node, { input }) {
    const copies = (name: string) =>
      node.columns
        .filter((column) => isCopy(column, name) || isPseudonymOf(column, name))
        .map((column) => column.name);
    return sound(renameIdentity(input.state, copies));
  },
  rows: (node, { input }, execution) => {
    const schema = execution.schema(node.from.input);
    return input.map((row) =>
      Object.fromEntries(
        node.columns.map((column) => [
          column.name,
          evaluate(column.expression, row, schema, execution),
        ]),
      ),
    );
  },
};

function projected(column: ProjectedColumn, facts: Omit<Column, 'name'>, input: Schema): Column {
  const { type, nullable, labels } = facts;
  const source =
    column.expression.kind === 'column' ? findColumn(input, column.expression.name) : undefined;
  return {
    name: column.name,
    type,
    nullable,
    labels,
    ...(source?.doc === undefined ? {} : { doc: source.doc }),
    ...(source?.origin === undefined ? {} : { origin: source.origin }),
    ...(source?.grants === undefined ? {} : { grants: source.grants }),
    ...(source?.band === undefined ? {} : { band: source.band }),
    ...fromLists(columnsReadIn(column.expression, input)),
  };
}

function isCopy(column: ProjectedColumn, name: string): boolean {
  return column.expression.kind === 'column' && column.expression.name === name;
}

/** A keyed hash maps each subject to one value, so it stands for the subject as well as the column did. */
function isPseudonymOf(column: ProjectedColumn, name: string): boolean {
  const { expression } = column;
  if (expression.kind !== 'call' || expression.function !== 'pseudonym') return false;
  const [input] = expression.arguments;
  return input?.kind === 'column' && input.name === name;
}
