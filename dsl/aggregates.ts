import { aggregateFunctions } from '../algebra/aggregate-functions.ts';
import type { AggregateCall, AggregateName } from '../algebra/expressions.ts';
import type { Span } from '../algebra/span.ts';
import { callSite } from './call-site.ts';
import { plainLiteral } from './literal.ts';
import { inWords, refuse } from './refusal.ts';
import {
  commonScope,
  isOfLambda,
  refuseForeign,
  type Scope,
  type Term,
  termIn,
  termOf,
} from './term.ts';
import type { BooleanValue } from './values/boolean.ts';
import type { ArrayOf } from './values/nested.ts';
import type {
  AnyValue,
  FactsOf,
  Identifying,
  Row,
  ScalarType,
  TypeName,
  TypeOf,
  Value,
  ValueOf,
} from './values/value.ts';

declare const result: unique symbol;

/**
 * One value of a group of rows.
 *
 * @typeParam V the value
 * @typeParam B the value where at least so many people are in each group
 */
export interface AggregateValue<out V, out B = V> {
  readonly [result]: { readonly value: V; readonly ofMany: B };
  /**
   * Of the rows of the group for which a condition is true: `sum(c.price).where(c.returned)`. It is what the aggregate gives of
   * those rows alone, so null of none, and 0 where it counts.
   */
  where<F>(condition: BooleanValue<F>): AggregateValue<Also<V, F>, Also<B, F>>;
}

/** A value with the labels of a condition too. */
type Also<V, F> = ValueOf<TypeOf<V>, FactsOf<V> | Exclude<F, 'null'>>;

/** A value that is made of all values of a group: of many people it names none. */
type Blend<T, F> = AggregateValue<ValueOf<T, F>, ValueOf<T, Exclude<F, Naming>>>;

type Naming = Identifying | `pseudonym:${string}`;

/** Measures by name. */
export type Measures = { readonly [name: string]: AggregateValue<Row[string]> };

/** The number itself, or a sentence where it is none. */
type Numeric<V, T = 'int' | 'long' | 'double' | 'decimal'> =
  V extends Value<T, unknown> ? V : `a number is needed, not ${TypeName<V>}: cast it first`;
type Real = 'int' | 'long' | 'double';
type Scalar = Value<ScalarType, unknown>;

/** Number of rows; with an argument, of rows where it is not null: `count()`, `count(c.email)`. */
export function count<V extends AnyValue = Value<'string', never>>(
  value?: V,
): Blend<'long', Exclude<FactsOf<V>, 'null'>> {
  return aggregateOf('count', value === undefined ? [] : [value]);
}

/** Number of different values, null aside: `countDistinct(c.email)`. */
export function countDistinct<V extends Scalar>(
  value: V,
): Blend<'long', Exclude<FactsOf<V>, 'null'>> {
  return aggregateOf('countDistinct', [value]);
}

/** Sum of the values, null aside; null of none, and of whole numbers that overflow: `sum(c.steps)`. */
export function sum<V>(
  value: Numeric<V>,
): Blend<TypeOf<V> extends 'int' ? 'long' : TypeOf<V>, FactsOf<V> | 'null'> {
  return aggregateOf('sum', [value]);
}

/** Arithmetic mean of the values as a double, null of none: `avg(c.x)`. */
export function avg<V>(value: Numeric<V>): Blend<'double', FactsOf<V> | 'null'> {
  return aggregateOf('avg', [value]);
}

/** Smallest value, null of none: `min(c.timestamp)`. */
export function min<V extends Scalar>(
  value: V,
): AggregateValue<ValueOf<TypeOf<V>, FactsOf<V> | 'null'>> {
  return aggregateOf('min', [value]);
}

/** Greatest value, null of none: `max(c.timestamp)`. */
export function max<V extends Scalar>(
  value: V,
): AggregateValue<ValueOf<TypeOf<V>, FactsOf<V> | 'null'>> {
  return aggregateOf('max', [value]);
}

/** Standard deviation of a sample as a double, null of fewer than two values: `stddev(c.x)`. */
export function stddev<V>(value: Numeric<V>): Blend<'double', FactsOf<V> | 'null'> {
  return aggregateOf('stddev', [value]);
}

/** Standard deviation of all values there are, as a double: `stddevPop(c.x)`. */
export function stddevPop<V>(value: Numeric<V>): OfNumbers<V> {
  return aggregateOf('stddevPop', [value]);
}

/** Variance of a sample as a double, null of fewer than two values: `variance(c.x)`. */
export function variance<V>(value: Numeric<V>): OfNumbers<V> {
  return aggregateOf('variance', [value]);
}

/** Variance of all values there are, as a double: `variancePop(c.x)`. */
export function variancePop<V>(value: Numeric<V>): OfNumbers<V> {
  return aggregateOf('variancePop', [value]);
}

/** Skewness as a double, null where all values are equal: `skewness(c.x)`. */
export function skewness<V>(value: Numeric<V>): OfNumbers<V> {
  return aggregateOf('skewness', [value]);
}

/** Excess kurtosis as a double, null where all values are equal: `kurtosis(c.x)`. */
export function kurtosis<V>(value: Numeric<V>): OfNumbers<V> {
  return aggregateOf('kurtosis', [value]);
}

/** Covariance of a sample of pairs without null, as a double: `covariance(c.x, c.y)`. */
export function covariance<V, W>(left: Numeric<V, Real>, right: Numeric<W, Real>): OfPairs<V, W> {
  return aggregateOf('covariance', [left, right]);
}

/** Covariance of all pairs without null, as a double: `covariancePop(c.x, c.y)`. */
export function covariancePop<V, W>(
  left: Numeric<V, Real>,
  right: Numeric<W, Real>,
): OfPairs<V, W> {
  return aggregateOf('covariancePop', [left, right]);
}

/** Pearson's correlation of pairs without null, null where one side is constant: `corr(c.x, c.y)`. */
export function corr<V, W>(left: Numeric<V, Real>, right: Numeric<W, Real>): OfPairs<V, W> {
  return aggregateOf('corr', [left, right]);
}

type OfNumbers<V> = AggregateValue<ValueOf<'double', FactsOf<V> | 'null'>>;

type OfPairs<V, W> = AggregateValue<ValueOf<'double', FactsOf<V> | FactsOf<W> | 'null'>>;

/** The value in the middle as a double, halfway between the two there of an even number: `median(c.rate)`. */
export function median<V>(value: Numeric<V>): OfNumbers<V> {
  return aggregateOf('median', [value]);
}

/** The value below which a share (0 to 1) of all lies, as a double, exact: `percentile(c.rate, 0.9)`. */
export function percentile<V>(value: Numeric<V>, share: number): OfNumbers<V> {
  return aggregateOf('percentile', [value, share]);
}

/** Number of rows for which a condition is true: `countIf(c.rate.gt(120))`. */
export function countIf<F>(
  condition: BooleanValue<F>,
): AggregateValue<ValueOf<'long', Exclude<F, 'null'>>> {
  return aggregateOf('countIf', [condition]);
}

/** Whether a condition is true in all rows where it is not null: `every(c.checked)`. */
export function every<F>(
  condition: BooleanValue<F>,
): AggregateValue<ValueOf<'boolean', F | 'null'>> {
  return aggregateOf('every', [condition]);
}

/** Whether a condition is true in at least one row: `some(c.failed)`. */
export function some<F>(
  condition: BooleanValue<F>,
): AggregateValue<ValueOf<'boolean', F | 'null'>> {
  return aggregateOf('some', [condition]);
}

/** The value where another is least; of several such rows, the least value, null first: `minBy(c.city, c.movedAt)`. */
export function minBy<V extends Scalar, O extends Scalar>(value: V, order: O): Picked<V, O> {
  return aggregateOf('minBy', [value, order]);
}

/** The value where another is greatest; of several such rows, the greatest value: `maxBy(c.city, c.movedAt)`. */
export function maxBy<V extends Scalar, O extends Scalar>(value: V, order: O): Picked<V, O> {
  return aggregateOf('maxBy', [value, order]);
}

type Picked<V, O> = AggregateValue<ValueOf<TypeOf<V>, FactsOf<V> | FactsOf<O> | 'null'>>;

/** All values, null aside, as a list from the least to the greatest: `collectSorted(c.rate)`. */
export function collectSorted<V extends Scalar>(value: V): ListOf<V> {
  return aggregateOf('collectSorted', [value]);
}

/** All different values, null aside, as a list from the least to the greatest: `collectDistinct(c.city)`. */
export function collectDistinct<V extends Scalar>(value: V): ListOf<V> {
  return aggregateOf('collectDistinct', [value]);
}

type ListOf<V> = AggregateValue<
  ValueOf<ArrayOf<ValueOf<TypeOf<V>, never>>, Exclude<FactsOf<V>, 'null'>>
>;

const calls = new WeakMap<object, { readonly call: AggregateCall; readonly scope?: Scope }>();

function aggregateOf<V, B>(name: AggregateName, values: readonly unknown[]): AggregateValue<V, B> {
  const span = callSite();
  const terms = values.map((value, index): Term => {
    const term = termOf(value);
    if (term) return term;
    // The first operand is of the rows; those behind it may be constants.
    if (index > 0 && typeof value === 'number') return { expression: plainLiteral(value, span) };
    const found = inWords(value);
    return refuse('dsl/not-an-expression', span, { where: `${name}(...)`, found });
  });
  return handleOf(name, terms, span);
}

function handleOf<V, B>(
  name: AggregateName,
  terms: readonly Term[],
  span: Span,
): AggregateValue<V, B> {
  const expressions = terms.map((term) => term.expression);
  if (terms.some(isOfLambda)) return refuseForeign(`${name}(...)`, span);
  const scope = commonScope(terms, span);
  const where = (condition: unknown) => handleOf(...restricted(name, terms, condition), span);
  const handle = Object.freeze({ where });
  const call: AggregateCall = { kind: 'aggregate', function: name, arguments: expressions, span };
  calls.set(handle, scope ? { call, scope } : { call });
  // The result's type exists for the editor only.
  return handle as unknown as AggregateValue<V, B>;
}

/** Null leaves a row out of every aggregate: the operand that does so, where the condition is true, else null. */
function restricted(
  name: AggregateName,
  terms: readonly Term[],
  condition: unknown,
): readonly [AggregateName, readonly Term[]] {
  const span = callSite();
  const found = inWords(condition);
  const where = termOf(condition);
  if (!where) return refuse('dsl/not-an-expression', span, { where: '.where(...)', found });
  // Of the rows themselves: those for which the condition is true.
  if (terms.length === 0) return ['countIf', [where]];
  const deciding = aggregateFunctions[name].skips?.[0] ?? 0;
  const parts = terms.map((term, index) => {
    if (index !== deciding) return term;
    // biome-ignore lint/suspicious/noThenProperty: the algebra's word, in plain data that is never awaited
    const branch = { when: where.expression, then: term.expression };
    return termIn({ kind: 'case', branches: [branch], span }, [where, term], span);
  });
  return [name, parts];
}

/**
 * The aggregate that an author gave as a measure.
 * @throws DiagnosticError `dsl/not-an-aggregate`
 */
export function measureOf(name: string, value: unknown, scope: Scope, span: Span): AggregateCall {
  const known = typeof value === 'object' && value !== null ? calls.get(value) : undefined;
  if (!known) {
    const found = termOf(value) ? 'a value of each row' : inWords(value);
    return refuse('dsl/not-an-aggregate', span, { name, found });
  }
  if (known.scope && known.scope !== scope) return refuseForeign(`measure ${name}`, span);
  return known.call;
}
