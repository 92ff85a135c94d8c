import type { Elapsed, LongValue } from './number.ts';
import type { OrderedMethods } from './ordered.ts';
import type { Value } from './value.ts';

/** A day. Constants are ISO 8601: `c.day.gte('2026-01-31')`. */
export interface DateValue<out F> extends Value<'date', F>, OrderedMethods<'date', F> {}

/** An instant. Constants are ISO 8601 in UTC: `c.at.gte('2026-01-31T00:00:00Z')`. */
export interface TimestampValue<out F>
  extends Value<'timestamp', F>,
    OrderedMethods<'timestamp', F> {
  /**
   * Milliseconds by which this is later than the other: `c.at.elapsedSince(c.firstReading)`. A quasi-identifier on both
   * sides is none any more: a span of time is not a time.
   */
  elapsedSince<G>(other: TimestampValue<G>): LongValue<Elapsed<F, G> | 'null'>;
}
