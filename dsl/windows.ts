import type { AggregateCall, WindowCall, WindowName } from '../algebra/expressions.ts';
import type { Label } from '../algebra/labels.ts';
import type { Span } from '../algebra/span.ts';
import { type AggregateValue, measureOf } from './aggregates.ts';
import { callSite } from './call-site.ts';
import { plainLiteral } from './literal.ts';
import { inWords, refuse } from './refusal.ts';
import { commonScope, refuseForeign, type Scope, type Term, termOf } from './term.ts';
import type { AnyValue, FactsOf, Row, TypeOf, ValueOf } from './values/value.ts';

declare const told: unique symbol;

/**
 * One value for each row, told by where it stands among others.
 *
 * @typeParam V the value, without what the order tells
 * @typeParam By whether it goes by the `rows`, of which each has its own place, or by the author's `order`
 */
export interface WindowValue<out V, out By extends 'rows' | 'order'> {
  readonly [told]: { readonly value: V; readonly by: By };
}

/** Columns of a window by name. */
export type WindowColumns = {
  readonly [name: string]: WindowValue<Row[string], 'rows' | 'order'> | AggregateValue<Row[string]>;
};

type Numbered<By extends 'rows' | 'order'> = WindowValue<ValueOf<'int', never>, By>;
type Share = WindowValue<ValueOf<'double', never>, 'order'>;
type OfRow<V> = WindowValue<ValueOf<TypeOf<V>, Extract<FactsOf<V>, Label> | 'null'>, 'rows'>;

/** The number of the row, from 1: `rowNumber()`. Rows equal in the order are numbered by their other columns. */
export function rowNumber(): Numbered<'rows'> {
  return windowCall('rowNumber', []);
}

/** One more than there are rows before; equal rows have one rank: `rank()` gives 1, 2, 2, 4. */
export function rank(): Numbered<'order'> {
  return windowCall('rank', []);
}

/** One more than there are different places before: `denseRank()` gives 1, 2, 2, 3. */
export function denseRank(): Numbered<'order'> {
  return windowCall('denseRank', []);
}

/** The share of the other rows that come before, 0 to 1: `percentRank()`. */
export function percentRank(): Share {
  return windowCall('percentRank', []);
}

/** The share of all rows that come before or are equal, above 0 to 1: `cumeDist()`. */
export function cumeDist(): Share {
  return windowCall('cumeDist', []);
}

/** The number of the part, from 1, of so many about equal ones that the rows are cut into: `ntile(4)`. */
export function ntile(parts: number): Numbered<'rows'> {
  return windowCall('ntile', [parts]);
}

/** The value in the row before, or so many before, null where there is none: `lag(c.x)`, `lag(c.x, 2)`. */
export function lag<V extends AnyValue>(value: V, rows = 1): OfRow<V> {
  return windowCall('lag', [value, rows]);
}

/** The value in the row behind, or so many behind, null where there is none: `lead(c.x)`, `lead(c.x, 2)`. */
export function lead<V extends AnyValue>(value: V, rows = 1): OfRow<V> {
  return windowCall('lead', [value, rows]);
}

/** The value in the first row of the frame, be it null: `firstValue(c.x)`. */
export function firstValue<V extends AnyValue>(value: V): OfRow<V> {
  return windowCall('firstValue', [value]);
}

/** The value in the last row of the frame, be it null: `lastValue(c.x)`. */
export function lastValue<V extends AnyValue>(value: V): OfRow<V> {
  return windowCall('lastValue', [value]);
}

/** The first value of the frame that is not null: `firstKnown(c.rate)`. */
export function firstKnown<V extends AnyValue>(value: V): OfRow<V> {
  return windowCall('firstKnown', [value]);
}

/** The last value of the frame that is not null, which fills gaps: `lastKnown(c.rate)`. */
export function lastKnown<V extends AnyValue>(value: V): OfRow<V> {
  return windowCall('lastKnown', [value]);
}

const calls = new WeakMap<object, { readonly call: WindowCall; readonly scope?: Scope }>();

function windowCall<V, By extends 'rows' | 'order'>(
  name: WindowName,
  operands: readonly unknown[],
): WindowValue<V, By> {
  const span = callSite();
  const terms = operands.map((operand): Term => {
    const term = termOf(operand);
    if (term) return term;
    if (typeof operand === 'number') return { expression: plainLiteral(operand, span) };
    const found = inWords(operand);
    return refuse('dsl/not-an-expression', span, { where: `${name}(...)`, found });
  });
  const scope = commonScope(terms, span);
  const expressions = terms.map(({ expression }) => expression);
  const call: WindowCall = { kind: 'window', function: name, arguments: expressions, span };
  const handle = Object.freeze({});
  calls.set(handle, scope ? { call, scope } : { call });
  // The result's type exists for the editor only.
  return handle as WindowValue<V, By>;
}

/**
 * The call that an author gave as a column of a window.
 * @throws DiagnosticError `dsl/not-an-aggregate`
 */
export function windowColumnOf(
  name: string,
  value: unknown,
  scope: Scope,
  span: Span,
): AggregateCall | WindowCall {
  const known = typeof value === 'object' && value !== null ? calls.get(value) : undefined;
  if (!known) return measureOf(name, value, scope, span);
  if (known.scope && known.scope !== scope) return refuseForeign(`column ${name}`, span);
  return known.call;
}
