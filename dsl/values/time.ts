import type { DoubleValue, Elapsed, IntValue, LongValue } from './number.ts';
import type { OrderedMethods } from './ordered.ts';
import type { StringValue } from './string.ts';
import type { FactsOf, Like, Value } from './value.ts';

type DayUnit = 'year' | 'quarter' | 'month' | 'week';
type Weekday = 'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri' | 'Sat' | 'Sun';

/** What days and instants have in common; an instant's day is that of UTC, unless `fromUtc` moved it to another zone. */
interface CalendarMethods<T extends 'date' | 'timestamp', F> extends OrderedMethods<T, F> {
  /** The year: `c.birthDay.year()`. */
  year(): IntValue<F>;
  /** The quarter, 1 to 4: `c.day.quarter()`. */
  quarter(): IntValue<F>;
  /** The month, 1 to 12: `c.day.month()`. */
  month(): IntValue<F>;
  /** The day of the month, 1 to 31: `c.at.day()`. */
  day(): IntValue<F>;
  /** The day of the week, from 1 on Sundays to 7 on Saturdays: `c.day.dayOfWeek()`. */
  dayOfWeek(): IntValue<F>;
  /** The day of the year, 1 to 366: `c.day.dayOfYear()`. */
  dayOfYear(): IntValue<F>;
  /** The week by ISO 8601, from Monday on: `c.day.weekOfYear()`. */
  weekOfYear(): IntValue<F>;
  /** Months by which this is later, in parts of 31 days: `c.until.monthsBetween(c.from)`. */
  monthsBetween<const O>(earlier: Like<T, O>): DoubleValue<F | FactsOf<O>>;
  /** As text of `yyyy MM dd HH mm ss SSS`, signs and `'text'`: `c.day.format('dd.MM.yyyy')`. */
  format(format: string): StringValue<F>;
}

/** A day. Constants are ISO 8601: `c.day.gte('2026-01-31')`. */
export interface DateValue<out F> extends Value<'date', F>, CalendarMethods<'date', F> {
  /** The first day of the unit: `c.day.dateTrunc('month')`. */
  dateTrunc(unit: DayUnit): DateValue<F>;
  /** So many days later, null outside the years 1 to 9999: `c.day.addDays(30)`. */
  addDays<O extends number | IntValue<unknown>>(days: O): DateValue<F | FactsOf<O> | 'null'>;
  /** So many months later, at the last of a shorter month: `c.day.addMonths(-3)`. */
  addMonths(months: number): DateValue<F | 'null'>;
  /** The last day of the month: `c.day.lastDay()`. */
  lastDay(): DateValue<F>;
  /** The next such day of the week after this day: `c.day.nextDay('Mon')`. */
  nextDay(weekday: Weekday): DateValue<F | 'null'>;
  /** Days by which this is later: `c.until.dateDiff(c.from)`. */
  dateDiff<const O>(earlier: Like<'date', O>): IntValue<F | FactsOf<O>>;
  /** The instant at which it begins in UTC: `c.day.toTimestamp()`. */
  toTimestamp(): TimestampValue<F>;
}

/** An instant. Constants are ISO 8601 in UTC: `c.at.gte('2026-01-31T00:00:00Z')`. */
export interface TimestampValue<out F>
  extends Value<'timestamp', F>,
    CalendarMethods<'timestamp', F> {
  /** The hour, 0 to 23: `c.at.fromUtc('Europe/Berlin').hour()`. */
  hour(): IntValue<F>;
  /** The minute, 0 to 59: `c.at.minute()`. */
  minute(): IntValue<F>;
  /** The second, 0 to 59: `c.at.second()`. */
  second(): IntValue<F>;
  /** The first instant of the unit: `c.at.dateTrunc('hour')`. */
  dateTrunc(unit: DayUnit | 'day' | 'hour' | 'minute' | 'second'): TimestampValue<F>;
  /** So many seconds later, null outside the years 1 to 9999: `c.at.addSeconds(3600)`. */
  addSeconds(seconds: number): TimestampValue<F | 'null'>;
  /** The day it is on: `c.at.toDate()`. */
  toDate(): DateValue<F>;
  /** What a zone's clocks show then, as if they were of UTC: `c.at.fromUtc('Europe/Berlin')`. */
  fromUtc(zone: string): TimestampValue<F | 'null'>;
  /** The instant at which a zone's clocks show this: `c.localTime.toUtc('Europe/Berlin')`. */
  toUtc(zone: string): TimestampValue<F | 'null'>;
  /** Whole seconds since 1970: `c.at.unixSeconds()`. */
  unixSeconds(): LongValue<F>;
  /** Whole milliseconds since 1970: `c.at.unixMillis()`. */
  unixMillis(): LongValue<F>;
  /** Microseconds since 1970: `c.at.unixMicros()`. */
  unixMicros(): LongValue<F>;
  /**
   * Milliseconds by which this is later than the other: `c.at.elapsedSince(c.firstReading)`. A quasi-identifier on both
   * sides is none any more: a span of time is not a time.
   */
  elapsedSince<G>(other: TimestampValue<G>): LongValue<Elapsed<F, G> | 'null'>;
}
