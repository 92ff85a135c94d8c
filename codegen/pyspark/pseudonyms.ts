import {
  type CallExpression,
  type Expression,
  operands,
  parametersRead,
} from '../../algebra/expressions.ts';
import type { Schema } from '../../algebra/schema.ts';
import { string } from '../../algebra/types.ts';
import { InternalError } from '../../diagnostics/index.ts';
import { method, text } from '../python/build.ts';
import type { PyExpression } from '../python/tree.ts';
import { columnPath, isPlainName } from './columns.ts';
import { emitExpression } from './expressions.ts';
import type { Scope } from './scope.ts';
import { lakewright } from './symbols.ts';

/** A frame with columns of pseudonyms, and expressions that read them there. */
export interface WithPseudonyms {
  readonly frame: PyExpression;
  readonly schema: Schema;
  /** Columns that the frame has only for the expressions. */
  readonly passing: readonly string[];
  rewrite(expression: Expression): Expression;
}

/**
 * Makes the pseudonyms that expressions ask for, each once, as columns of the frame. They cannot be made within an expression:
 * the key must not show in a plan, so it comes as a joined row.
 * @param nameOf the name that the result of an expression will have anyway, where there is one
 */
export function withPseudonyms(
  frame: PyExpression,
  schema: Schema,
  expressions: readonly Expression[],
  scope: Scope,
  nameOf: (expression: Expression) => string | undefined = () => undefined,
): WithPseudonyms {
  const made = new Map<string, string>();
  const rewrite = (expression: Expression): Expression => replacePseudonyms(expression, made);
  let result: WithPseudonyms = { frame, schema, passing: [], rewrite };
  for (const call of expressions.flatMap(pseudonymCalls)) {
    if (made.has(identity(call))) continue;
    if (parametersRead(call).length > 0) throw new InternalError('a pseudonym within a lambda');
    const wanted = nameOf(call);
    const free = wanted !== undefined && isPlainName(wanted) && !hasColumn(result.schema, wanted);
    const name = free ? wanted : scope.column('pseudonym', result.schema);
    result = addPseudonym(result, call, name, scope);
    if (!free) result = { ...result, passing: [...result.passing, name] };
    made.set(identity(call), name);
  }
  return result;
}

function addPseudonym(
  before: WithPseudonyms,
  call: CallExpression,
  name: string,
  scope: Scope,
): WithPseudonyms {
  const [subject, purpose] = call.arguments.map(before.rewrite);
  if (!subject || purpose?.kind !== 'literal') throw new InternalError('a pseudonym of nothing');
  const { column, ...input } = asColumn(subject, before, scope);
  const key = scope.pseudonymKey(String(purpose.value));
  const frame = method(lakewright, 'pseudonyms', [
    input.frame,
    columnPath(column),
    text(name),
    key,
  ]);
  return { ...input, frame, schema: withText(input.schema, name) };
}

/** The frame with a column that holds an expression's value, and that column's name. */
function asColumn(
  expression: Expression,
  before: WithPseudonyms,
  scope: Scope,
): WithPseudonyms & { readonly column: string } {
  if (expression.kind === 'column') return { ...before, column: expression.name };
  const column = scope.column('subject', before.schema);
  const value = emitExpression(expression, before.schema);
  return {
    ...before,
    column,
    frame: method(before.frame, 'withColumn', [text(column), value]),
    schema: withText(before.schema, column),
    passing: [...before.passing, column],
  };
}

function withText(schema: Schema, name: string): Schema {
  return [...schema, { name, type: string, nullable: true, labels: [] }];
}

function hasColumn(schema: Schema, name: string): boolean {
  return schema.some((column) => column.name.toLowerCase() === name.toLowerCase());
}

function isPseudonym(expression: Expression): expression is CallExpression {
  return expression.kind === 'call' && expression.function === 'pseudonym';
}

/** Equal for calls that ask for the same pseudonym, wherever they were written. */
function identity(call: CallExpression): string {
  return JSON.stringify(call.arguments, (key, value) => (key === 'span' ? undefined : value));
}

/** All pseudonyms within an expression, inner ones first. */
function pseudonymCalls(expression: Expression): readonly CallExpression[] {
  const inner = operands(expression).flatMap(pseudonymCalls);
  return isPseudonym(expression) ? [...inner, expression] : inner;
}

function replacePseudonyms(expression: Expression, made: ReadonlyMap<string, string>): Expression {
  const deeper = (part: Expression) => replacePseudonyms(part, made);
  if (isPseudonym(expression)) {
    const name = made.get(identity(expression));
    if (name !== undefined) return { kind: 'column', name };
  }
  switch (expression.kind) {
    case 'call':
      return { ...expression, arguments: expression.arguments.map(deeper) };
    case 'field':
      return { ...expression, input: deeper(expression.input) };
    case 'struct': {
      const fields = expression.fields.map(({ name, value }) => ({ name, value: deeper(value) }));
      return { ...expression, fields };
    }
    case 'each':
      return {
        ...expression,
        arguments: expression.arguments.map(deeper),
        body: deeper(expression.body),
      };
    case 'case': {
      const branches = expression.branches.map(({ when, then }) => ({
        when: deeper(when),
        // biome-ignore lint/suspicious/noThenProperty: a case's branches are called so
        then: deeper(then),
      }));
      const { otherwise } = expression;
      return { ...expression, branches, ...(otherwise ? { otherwise: deeper(otherwise) } : {}) };
    }
    default:
      return expression;
  }
}
