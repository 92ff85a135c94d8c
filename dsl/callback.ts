import type { Expression } from '../algebra/expressions.ts';
import type { Span } from '../algebra/span.ts';
import type { DataType } from '../algebra/types.ts';
import { columnsOf } from './columns.ts';
import { inWords, refuse } from './refusal.ts';
import type { Step } from './step.ts';
import { isOfLambda, operandOf, refuseForeign, type Scope, termOf } from './term.ts';

/**
 * Runs an author's callback over the columns of a step's rows.
 * @throws DiagnosticError `dsl/bad-option` where it is not a function
 */
export function called<T>(
  make: unknown,
  step: Step,
  verb: string,
  span: Span,
): { readonly result: T; readonly scope: Scope } {
  if (typeof make !== 'function') {
    const expected = 'a callback such as (c) => ...';
    return refuse('dsl/bad-option', span, { option: verb, found: inWords(make), expected });
  }
  const scope: Scope = { schema: step.frame.schema };
  return { result: make(columnsOf(scope)) as T, scope };
}

/**
 * The one expression that a callback makes.
 * @throws DiagnosticError `dsl/plain-boolean` for a JavaScript boolean, `dsl/not-an-expression`
 */
export function computed(
  make: unknown,
  step: Step,
  { verb, expects }: { readonly verb: string; readonly expects: DataType },
  span: Span,
): Expression {
  const { result, scope } = called<unknown>(make, step, verb, span);
  return madeIn(scope, result, { verb, expects }, span);
}

/** What a callback made of a scope's columns, which has to be one expression. */
export function madeIn(
  scope: Scope,
  result: unknown,
  { verb, expects }: { readonly verb: string; readonly expects: DataType },
  span: Span,
): Expression {
  if (typeof result === 'boolean') return refuse('dsl/plain-boolean', span, { verb });
  if (!termOf(result)) {
    return refuse('dsl/not-an-expression', span, {
      where: `.${verb}(...)`,
      found: inWords(result),
    });
  }
  return expressionIn(scope, result, `.${verb}(...)`, span, expects);
}

/** What an author gave as a value, as an expression over the scope's rows. */
export function expressionIn(
  scope: Scope,
  value: unknown,
  where: string,
  span: Span,
  beside?: DataType,
): Expression {
  const term = operandOf(value, beside, where, span);
  if (isOfLambda(term) || (term.scope && term.scope !== scope)) return refuseForeign(where, span);
  return term.expression;
}

/**
 * The named values that a callback makes, in the author's order.
 * @throws DiagnosticError `dsl/bad-option` where it makes no record
 */
export function named(
  make: unknown,
  step: Step,
  verb: string,
  span: Span,
): { readonly entries: readonly (readonly [string, unknown])[]; readonly scope: Scope } {
  const { result, scope } = called<unknown>(make, step, verb, span);
  if (typeof result !== 'object' || result === null || termOf(result) || Array.isArray(result)) {
    const expected = 'a callback that makes { name: value }';
    return refuse('dsl/bad-option', span, { option: verb, found: inWords(result), expected });
  }
  return { entries: Object.entries(result), scope };
}
