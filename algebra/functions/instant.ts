import { firstInstant, instantInCalendar, lastInstant } from '../calendar.ts';
import { dayOf, startOf } from '../instants.ts';
import { date, int, long, timestamp } from '../types.ts';
import { floorDivide } from '../whole-numbers.ts';
import { instantOf, isZone, shownIn } from '../zones.ts';
import { inCalendar } from './date.ts';
import type { FunctionDefinition } from './definition.ts';
import { constantText, count, day, instant, longNumber, plain } from './parameters.ts';
import { always, asBigint, asNumber, asString, first, nested, sparkCall } from './rules.ts';

const zone = constantText("a constant time zone such as 'Europe/Berlin'", isZone);

/** Instants, whose clock times are of UTC unless a zone is named. No minute has a leap second. */
export const instants: readonly FunctionDefinition[] = [
  clock('hour', 'The hour, 0 to 23.', 3600n, 24n),
  clock('minute', 'The minute, 0 to 59.', 60n, 60n),
  clock('second', 'The second, 0 to 59, without its fraction.', 1n, 60n),
  plain({
    name: 'addSeconds',
    family: 'date',
    doc: 'The instant a constant count of seconds later; null outside the years 1 to 9999.',
    takes: [instant, count(-(10 ** 12), 10 ** 12)],
    gives: timestamp,
    nullable: always,
    spark: ([, seconds]) => {
      const step = {
        literal: BigInt(Number(seconds?.constant)) * 1_000_000n,
        type: 'long',
      } as const;
      const micros = sparkCall('unix_micros', first);
      const sum = nested({ form: 'operator', symbol: '+' }, micros, step);
      return inCalendar(sparkCall('timestamp_micros', sum));
    },
    evaluate: ([value, seconds]) =>
      instantInCalendar(asBigint(value) + BigInt(asNumber(seconds)) * 1_000_000n),
  }),
  plain({
    name: 'toDate',
    family: 'date',
    doc: 'The day on which an instant is.',
    takes: [instant],
    gives: date,
    spark: 'to_date',
    evaluate: ([value]) => dayOf(asBigint(value)),
  }),
  plain({
    name: 'toTimestamp',
    family: 'date',
    doc: 'The instant at which a day begins.',
    takes: [day],
    gives: timestamp,
    spark: 'to_timestamp',
    evaluate: ([value]) => startOf(asString(value)),
  }),
  zoned(
    'fromUtc',
    'What the clocks of a constant time zone show at an instant, as if they were of UTC',
    'from_utc_timestamp',
    shownIn,
  ),
  zoned(
    'toUtc',
    'The instant at which the clocks of a constant time zone show a time; of a time shown twice the first',
    'to_utc_timestamp',
    instantOf,
  ),
  since('timestampSeconds', 'seconds', 'timestamp_seconds', 1_000_000n),
  since('timestampMillis', 'milliseconds', 'timestamp_millis', 1000n),
  since('timestampMicros', 'microseconds', 'timestamp_micros', 1n),
  until('unixSeconds', 'seconds', 'unix_seconds', 1_000_000n),
  until('unixMillis', 'milliseconds', 'unix_millis', 1000n),
  until('unixMicros', 'microseconds', 'unix_micros', 1n),
];

function clock(name: string, doc: string, unit: bigint, count: bigint): FunctionDefinition {
  return plain({
    name,
    family: 'date',
    doc,
    takes: [instant],
    gives: int,
    spark: name,
    evaluate: ([value]) => {
      const units = floorDivide(asBigint(value), unit * 1_000_000n);
      return Number(((units % count) + count) % count);
    },
  });
}

function zoned(
  name: string,
  doc: string,
  spark: string,
  move: (zone: string, micros: bigint) => bigint,
): FunctionDefinition {
  return plain({
    name,
    family: 'date',
    doc: `${doc}. Null outside the years 1 to 9999.`,
    takes: [instant, zone],
    gives: timestamp,
    nullable: always,
    spark: ([, name]) => inCalendar(sparkCall(spark, first, { plain: String(name?.constant) })),
    evaluate: ([value, name]) => instantInCalendar(move(asString(name), asBigint(value))),
  });
}

function since(name: string, words: string, spark: string, unit: bigint): FunctionDefinition {
  const compare = (symbol: string, literal: bigint) =>
    nested({ form: 'operator', symbol }, first, { literal, type: 'long' });
  return plain({
    name,
    family: 'date',
    doc: `The instant of ${words} since 1970 in UTC; null outside the years 1 to 9999.`,
    takes: [longNumber],
    gives: timestamp,
    nullable: always,
    // Spark fails on what does not fit.
    spark: () => ({
      form: 'nested',
      term: sparkCall(
        'when',
        nested(
          { form: 'operator', symbol: '&' },
          compare('>=', firstInstant / unit),
          compare('<=', lastInstant / unit),
        ),
        sparkCall(spark, first),
      ),
    }),
    evaluate: ([value]) => instantInCalendar(asBigint(value) * unit),
  });
}

function until(name: string, words: string, spark: string, unit: bigint): FunctionDefinition {
  return plain({
    name,
    family: 'date',
    doc: `Whole ${words} since 1970 in UTC.`,
    takes: [instant],
    gives: long,
    spark,
    evaluate: ([value]) => floorDivide(asBigint(value), unit),
  });
}
