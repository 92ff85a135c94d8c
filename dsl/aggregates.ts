import type { AggregateCall, AggregateName } from '../algebra/expressions.ts';
import type { Span } from '../algebra/span.ts';
import { callSite } from './call-site.ts';
import { inWords, refuse } from './refusal.ts';
import { refuseForeign, type Scope, type Term, termOf } from './term.ts';
import type {
  AnyValue,
  FactsOf,
  Row,
  ScalarType,
  TypeName,
  TypeOf,
  Value,
  ValueOf,
} from './values/value.ts';

declare const result: unique symbol;

/** One value of a group of rows. */
export interface AggregateValue<out V> {
  readonly [result]: V;
}

/** Measures by name. */
export type Measures = { readonly [name: string]: AggregateValue<Row[string]> };

/** The number itself, or a sentence where it is none. */
type Numeric<V, T = 'int' | 'long' | 'double'> =
  V extends Value<T, unknown> ? V : `a number is needed, not ${TypeName<V>}: cast it first`;
type Scalar = Value<ScalarType, unknown>;

/** Number of rows; with an argument, of rows where it is not null: `count()`, `count(c.email)`. */
export function count<V extends AnyValue = Value<'string', never>>(
  value?: V,
): AggregateValue<ValueOf<'long', Exclude<FactsOf<V>, 'null'>>> {
  return aggregateOf('count', value === undefined ? [] : [value]);
}

/** Number of different values, null aside: `countDistinct(c.email)`. */
export function countDistinct<V extends Scalar>(
  value: V,
): AggregateValue<ValueOf<'long', Exclude<FactsOf<V>, 'null'>>> {
  return aggregateOf('countDistinct', [value]);
}

/** Sum of the values, null aside; null of none, and of whole numbers that overflow: `sum(c.steps)`. */
export function sum<V>(
  value: Numeric<V, 'int' | 'long' | 'double' | 'decimal'>,
): AggregateValue<ValueOf<TypeOf<V> extends 'int' ? 'long' : TypeOf<V>, FactsOf<V> | 'null'>> {
  return aggregateOf('sum', [value]);
}

/** Arithmetic mean of the values as a double, null of none: `avg(c.x)`. */
export function avg<V>(value: Numeric<V>): AggregateValue<ValueOf<'double', FactsOf<V> | 'null'>> {
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
export function stddev<V>(
  value: Numeric<V>,
): AggregateValue<ValueOf<'double', FactsOf<V> | 'null'>> {
  return aggregateOf('stddev', [value]);
}

const calls = new WeakMap<object, { readonly call: AggregateCall; readonly term?: Term }>();

function aggregateOf<V>(name: AggregateName, values: readonly unknown[]): AggregateValue<V> {
  const span = callSite();
  const terms = values.map(
    (value) =>
      termOf(value) ??
      refuse('dsl/not-an-expression', span, { where: `${name}(...)`, found: inWords(value) }),
  );
  const expressions = terms.map((term) => term.expression);
  const [term] = terms;
  const handle = Object.freeze({});
  const call: AggregateCall = { kind: 'aggregate', function: name, arguments: expressions, span };
  calls.set(handle, term ? { call, term } : { call });
  // The result's type exists for the editor only.
  return handle as AggregateValue<V>;
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
  if (known.term?.scope && known.term.scope !== scope)
    return refuseForeign(`measure ${name}`, span);
  return known.call;
}
