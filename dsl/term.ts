import { expressionFacts } from '../algebra/expression-facts.ts';
import type { Expression } from '../algebra/expressions.ts';
import type { Operand } from '../algebra/functions/definition.ts';
import type { Column, Schema } from '../algebra/schema.ts';
import type { Span } from '../algebra/span.ts';
import type { DataType } from '../algebra/types.ts';
import { isConstant, literalOf, plainLiteral } from './literal.ts';
import { inWords, refuse } from './refusal.ts';

/** The rows that an expression is about: one per callback, so that columns of other rows are told apart. */
export interface Scope {
  readonly schema: Schema;
}

/** What stands behind an expression that an author holds. */
export interface Term {
  readonly expression: Expression;
  /** Absent: it reads no column. */
  readonly scope?: Scope;
  /** What lambdas around it give and it reads: one object per lambda, so that those of other lambdas are told apart. */
  readonly parameters?: readonly Column[];
}

const terms = new WeakMap<object, Term>();

/** Lets an object that authors hold stand for a term. */
export function register<V extends object>(value: V, term: Term): V {
  terms.set(value, term);
  return value;
}

/** The term that a value stands for, or undefined. */
export function termOf(value: unknown): Term | undefined {
  return typeof value === 'object' && value !== null ? terms.get(value) : undefined;
}

/** The term's type, or undefined where it does not fit together; the compiler's check tells why. */
export function typeOfTerm(term: Term, span: Span): DataType | undefined {
  return factsOfTerm(term, span)?.type;
}

/** All that is known of a term, likewise. */
export function factsOfTerm(
  { expression, scope, parameters = [] }: Term,
  span: Span,
): Operand | undefined {
  const known = [...(scope?.schema ?? []), ...parameters];
  const { value, problems } = expressionFacts(expression, known, span);
  return problems.length === 0 ? value : undefined;
}

/**
 * The term of an operand: an expression, or a constant, which takes the type beside it where it can.
 *
 * @param where what got it, for the message
 * @throws DiagnosticError `dsl/not-an-expression`, `dsl/bad-literal`
 */
export function operandOf(
  value: unknown,
  beside: DataType | undefined,
  where: string,
  span: Span,
): Term {
  const term = termOf(value);
  if (term) return term;
  if (!isConstant(value)) {
    return refuse('dsl/not-an-expression', span, { where, found: inWords(value) });
  }
  if (beside && takesConstant(beside, value)) {
    return { expression: literalOf(value, beside, span) };
  }
  return { expression: plainLiteral(value, span) };
}

/** Whether a constant is meant as one of the type; where it is not, the compiler's check tells of unlike types. */
function takesConstant(type: DataType, value: string | number | bigint | boolean): boolean {
  switch (type.kind) {
    case 'string':
    case 'date':
    case 'timestamp':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'int':
    case 'long':
    case 'double':
    case 'decimal':
      return typeof value === 'number' || typeof value === 'bigint';
    default:
      return false;
  }
}

/**
 * The one scope of several terms.
 * @throws DiagnosticError `dsl/not-an-expression` where they are about different rows
 */
export function commonScope(parts: readonly Term[], span: Span): Scope | undefined {
  const scopes = [...new Set(parts.flatMap(({ scope }) => (scope ? [scope] : [])))];
  if (scopes.length > 1) return refuseForeign('an expression', span);
  return scopes[0];
}

/** A term of an expression made of parts. */
export function termIn(expression: Expression, parts: readonly Term[], span: Span): Term {
  const scope = commonScope(parts, span);
  const parameters = [...new Set(parts.flatMap((part) => part.parameters ?? []))];
  return {
    expression,
    ...(scope ? { scope } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
  };
}

/** Whether a term reads what a lambda gives, outside of it. */
export function isOfLambda({ parameters = [] }: Term): boolean {
  return parameters.length > 0;
}

/** Refuses a column of another callback's rows: it may have a namesake here, which would be taken instead. */
export function refuseForeign(where: string, span: Span): never {
  return refuse('dsl/not-an-expression', span, { where, found: 'a column of other rows' });
}
