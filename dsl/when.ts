import type { CaseBranch, CaseExpression } from '../algebra/expressions.ts';
import type { Span } from '../algebra/span.ts';
import type { DataType } from '../algebra/types.ts';
import { callSite } from './call-site.ts';
import { expressionOf } from './expression-methods.ts';
import { inWords, refuse } from './refusal.ts';
import { operandOf, type Term, termIn, termOf, typeOfTerm } from './term.ts';
import type { BooleanValue } from './values/boolean.ts';
import type {
  AnyValue,
  Constant,
  FactsOf,
  Like,
  Meeting,
  ScalarType,
  TypeOf,
  ValueOf,
} from './values/value.ts';

type Result = AnyValue | string | number | boolean;

/**
 * Branches of a value; `otherwise` makes it one.
 *
 * @typeParam T the type of the results so far
 * @typeParam F facts of conditions and results
 */
export interface When<T extends ScalarType, F> {
  /** The next branch: what the value is where this is the first true condition. */
  when<C, const V extends Result>(
    condition: BooleanValue<C>,
    result: Like<T, V>,
  ): When<Meeting<T, V> & ScalarType, F | C | FactsOf<V>>;
  /** What the value is where no condition is true; `null` for no value. */
  otherwise<const V extends Result | null>(
    result: V extends null ? null : Like<T, V>,
  ): ValueOf<Meeting<T, V>, F | FactsOf<V> | (V extends null ? 'null' : never)>;
}

/**
 * A value by cases. Its labels are those of all conditions and results: a choice tells of what it was made by.
 *
 * @example
 * ```ts
 * const band = when(c.age.lt(18), 'minor').when(c.age.lt(65), 'adult').otherwise('senior');
 * ```
 */
export function when<C, const V extends Result>(
  condition: BooleanValue<C>,
  result: V,
): When<TypeOf<Constant<V>> & ScalarType, Exclude<C, 'null'> | FactsOf<V>> {
  // The type and facts exist for the editor only.
  return branches([[condition, result]], callSite()) as never;
}

type Pair = readonly [condition: unknown, result: unknown];

function branches(pairs: readonly Pair[], span: Span): object {
  return Object.freeze({
    when: (condition: unknown, result: unknown) => branches([...pairs, [condition, result]], span),
    otherwise: (result: unknown) => caseOf(pairs, result, span),
  });
}

function caseOf(pairs: readonly Pair[], otherwise: unknown, span: Span): object {
  const type = typeAmong([...pairs.map(([, result]) => result), otherwise], span);
  const parts = pairs.map(([condition, result]) => ({
    condition: conditionOf(condition, span),
    result: operandOf(result, type, 'when(...)', span),
  }));
  const last = otherwise === null ? [] : [operandOf(otherwise, type, '.otherwise(...)', span)];
  const expression: CaseExpression = {
    kind: 'case',
    branches: parts.map(branchOf),
    ...(last[0] ? { otherwise: last[0].expression } : {}),
    span,
  };
  const all = [...parts.flatMap((part) => [part.condition, part.result]), ...last];
  return expressionOf(termIn(expression, all, span));
}

function branchOf(part: { readonly condition: Term; readonly result: Term }): CaseBranch {
  // biome-ignore lint/suspicious/noThenProperty: the algebra's word, in plain data that is never awaited
  return { when: part.condition.expression, then: part.result.expression };
}

/** The type of the first result that is not a constant: constants take it. */
function typeAmong(results: readonly unknown[], span: Span): DataType | undefined {
  const term = results.map(termOf).find((one) => one !== undefined);
  return term ? typeOfTerm(term, span) : undefined;
}

function conditionOf(value: unknown, span: Span): Term {
  if (typeof value === 'boolean') return refuse('dsl/plain-boolean', span, { verb: 'when' });
  const found = inWords(value);
  return termOf(value) ?? refuse('dsl/not-an-expression', span, { where: 'when(...)', found });
}
