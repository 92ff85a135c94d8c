import type { Ordering } from '../algebra/expressions.ts';
import type { Span } from '../algebra/span.ts';
import { inWords, refuse } from './refusal.ts';

/** A column to sort by. */
export interface Order<N> extends Omit<Ordering, 'column'> {
  readonly column: N;
}

/** Where rows without a value go. */
export interface OrderOptions {
  readonly nulls?: 'first' | 'last';
}

/** From the smallest; nulls last unless said otherwise: `asc('timestamp')`. */
export function asc<const N extends string>(column: N, options: OrderOptions = {}): Order<N> {
  return { column, direction: 'asc', nulls: options.nulls ?? 'last' };
}

/** From the greatest; nulls last unless said otherwise: `desc('lastUpdateDate')`. */
export function desc<const N extends string>(column: N, options: OrderOptions = {}): Order<N> {
  return { column, direction: 'desc', nulls: options.nulls ?? 'last' };
}

/**
 * The ordering that an author gave.
 * @throws DiagnosticError `dsl/bad-option`
 */
export function orderingOf(value: unknown, span: Span): Ordering {
  const { column, direction, nulls } = (value ?? {}) as Partial<Ordering>;
  const isOrdering =
    typeof column === 'string' &&
    (direction === 'asc' || direction === 'desc') &&
    (nulls === 'first' || nulls === 'last');
  if (isOrdering) return { column, direction, nulls };
  const expected = 'asc(column) or desc(column)';
  return refuse('dsl/bad-option', span, { option: 'order', found: inWords(value), expected });
}
