import {
  calendarDay,
  dayInCalendar,
  dayOfYear,
  daysInMonth,
  daysOf,
  monthsBetween,
  monthsLater,
  startOfUnit,
  weekday,
  weekOfYear,
} from '../calendar.ts';
import { dayOf, startOf } from '../instants.ts';
import type { Value } from '../row.ts';
import { date, double, int } from '../types.ts';
import { floorTo } from '../whole-numbers.ts';
import type { FunctionDefinition, Operand, PySparkForm, PySparkTerm } from './definition.ts';
import {
  constantText,
  count,
  day,
  dayOrInstant,
  intNumber,
  type Parameter,
  plain,
} from './parameters.ts';
import { always, asNumber, asString, first, meet, nested, second, sparkCall } from './rules.ts';

const dayUnits = ['year', 'quarter', 'month', 'week'] as const;
const clockUnits = { day: 86_400, hour: 3600, minute: 60, second: 1 } as const;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Days and instants, which are of UTC unless a zone is named, from the year 1 to 9999. A day has no leap second. */
export const dates: readonly FunctionDefinition[] = [
  part('year', 'The year.', (text) => calendarDay(text).year),
  part('quarter', 'The quarter, 1 to 4.', (text) => Math.ceil(calendarDay(text).month / 3)),
  part('month', 'The month, 1 to 12.', (text) => calendarDay(text).month),
  part('day', 'The day of the month, 1 to 31.', (text) => calendarDay(text).day, 'dayofmonth'),
  part(
    'dayOfWeek',
    'The day of the week, from 1 on Sundays to 7 on Saturdays.',
    (text) => ((weekday(text) + 1) % 7) + 1,
  ),
  part('dayOfYear', 'The day of the year, 1 to 366.', dayOfYear),
  part(
    'weekOfYear',
    'The week by ISO 8601: it begins on Monday and is of the year of its Thursday.',
    weekOfYear,
  ),
  truncated(),
  moved(
    'addDays',
    'The day a count of days later; earlier where that is below zero.',
    intNumber,
    'date_add',
    (text, days) => dayInCalendar(daysOf(text) + days),
  ),
  moved(
    'addMonths',
    'The day a constant count of months later, or the last of its month where that has fewer days.',
    count(-120_000, 120_000),
    'add_months',
    monthsLater,
  ),
  plain({
    name: 'lastDay',
    family: 'date',
    doc: 'The last day of the month.',
    takes: [day],
    gives: date,
    spark: 'last_day',
    evaluate: ([value]) => {
      const found = calendarDay(asString(value));
      return dayInCalendar(daysOf(asString(value)) + daysInMonth(found) - found.day);
    },
  }),
  plain({
    name: 'nextDay',
    family: 'date',
    doc: "The next day that is of a constant day of the week ('Mon', 'Tue', ...), later than this one.",
    takes: [
      day,
      constantText(weekdays.map((name) => `'${name}'`).join(', '), (name) =>
        weekdays.includes(name),
      ),
    ],
    gives: date,
    nullable: always,
    spark: ([, name]) =>
      inCalendar(sparkCall('next_day', first, { plain: String(name?.constant) })),
    evaluate: ([value, name]) => {
      const ahead = (weekdays.indexOf(asString(name)) - weekday(asString(value)) + 6) % 7;
      return dayInCalendar(daysOf(asString(value)) + ahead + 1);
    },
  }),
  plain({
    name: 'dateDiff',
    family: 'date',
    doc: 'How many days the first day is later than the second.',
    takes: [day, day],
    gives: int,
    spark: 'datediff',
    evaluate: ([later, earlier]) => daysOf(asString(later)) - daysOf(asString(earlier)),
  }),
  plain({
    name: 'monthsBetween',
    family: 'date',
    doc: 'How many months the first is later than the second, to 8 digits: whole ones between equal or last days of months, else 31 days are one.',
    takes: [dayOrInstant, dayOrInstant],
    gives: (operands) => {
      const type = meet(operands);
      return type.kind === 'date' || type.kind === 'timestamp' ? double : type;
    },
    spark: 'months_between',
    evaluate: ([later, earlier]) => monthsBetween(microsOf(later), microsOf(earlier)),
  }),
];

/**
 * Years that no Python and no `YYYY-MM-DD` can say are null; named in the script, where the formula would be
 * there twice.
 */
export function inCalendar(term: PySparkTerm): PySparkForm {
  return { form: 'nested', term: nested({ form: 'support', name: 'in_calendar' }, term) };
}

function dayIn(value: Value | undefined): string {
  return typeof value === 'bigint' ? dayOf(value) : asString(value);
}

/** The instant itself, or the one at which a day begins. */
export function microsOf(value: Value | undefined): bigint {
  return typeof value === 'bigint' ? value : (startOf(asString(value)) ?? 0n);
}

function part(
  name: string,
  doc: string,
  compute: (text: string) => number,
  spark = name.toLowerCase(),
): FunctionDefinition {
  return plain({
    name,
    family: 'date',
    doc,
    takes: [dayOrInstant],
    gives: int,
    spark,
    evaluate: ([value]) => compute(dayIn(value)),
  });
}

function truncated(): FunctionDefinition {
  const isDayUnit = (unit: unknown) => dayUnits.some((one) => one === unit);
  const isUnit = (unit: string) => isDayUnit(unit) || unit in clockUnits;
  return plain({
    name: 'dateTrunc',
    family: 'date',
    doc: "The first day, or instant, of a constant unit: 'year', 'quarter', 'month', 'week' (from Monday on), for instants also 'day', 'hour', 'minute', 'second'.",
    takes: [dayOrInstant, constantText("a unit such as 'month'", isUnit)],
    gives: ([value, unit]) =>
      value?.type.kind === 'date' && !isDayUnit(unit?.constant)
        ? { kind: 'wrong', operand: 1, expected: dayUnits.map((one) => `'${one}'`).join(', ') }
        : (value?.type ?? date),
    spark: ([value, unit]) => {
      const name = { plain: String(unit?.constant) };
      return {
        form: 'nested',
        term:
          value?.type.kind === 'date'
            ? sparkCall('trunc', first, name)
            : sparkCall('date_trunc', name, first),
      };
    },
    evaluate: ([value, unit]) => {
      const found = dayUnits.find((one) => one === unit);
      if (typeof value !== 'bigint') return startOfUnit(asString(value), found ?? 'month');
      if (found) return startOf(startOfUnit(dayOf(value), found));
      const seconds = clockUnits[asString(unit) as keyof typeof clockUnits];
      return floorTo(value, BigInt(seconds) * 1_000_000n);
    },
  });
}

function moved(
  name: string,
  doc: string,
  by: Parameter,
  spark: string,
  move: (text: string, by: number) => string | null,
): FunctionDefinition {
  return plain({
    name,
    family: 'date',
    doc: `${doc} Null outside the years 1 to 9999.`,
    takes: [day, by],
    gives: date,
    nullable: always,
    spark: ([, step]: readonly Operand[]) => {
      const constant = step?.constant;
      const steps = typeof constant === 'number' ? { plain: constant } : second;
      return inCalendar(sparkCall(spark, first, steps));
    },
    evaluate: ([value, step]) => move(asString(value), asNumber(step)),
  });
}
