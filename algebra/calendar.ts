import { dayNumber, dayOf, dayText, microsPerDay, startOf } from './instants.ts';

/** The calendar is the Gregorian one, also before 1582; it has the years 1 to 9999. */
const firstDay = dayNumber('0001-01-01') ?? 0;
const lastDay = dayNumber('9999-12-31') ?? 0;
/** Its first and last instant, in microseconds since 1970 UTC. */
export const firstInstant = BigInt(firstDay) * microsPerDay;
export const lastInstant = BigInt(lastDay + 1) * microsPerDay - 1n;

export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Year, month and day of `YYYY-MM-DD`. */
export function calendarDay(text: string): CalendarDay {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return { year, month, day };
}

/** `YYYY-MM-DD` of days since 1970, or null outside of the calendar. */
export function dayInCalendar(days: number): string | null {
  return days >= firstDay && days <= lastDay ? dayText(days) : null;
}

/** The instant itself, or null outside of the calendar. */
export function instantInCalendar(micros: bigint): bigint | null {
  return micros >= firstInstant && micros <= lastInstant ? micros : null;
}

/** Days since 1970 of a day that exists. */
export function daysOf(text: string): number {
  return dayNumber(text) ?? 0;
}

/** A day of some months later; the last of the month where that has fewer days. */
export function monthsLater(text: string, months: number): string | null {
  const { year, month, day } = calendarDay(text);
  const count = year * 12 + month - 1 + months;
  const first = { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
  if (first.year < 1 || first.year > 9999) return null;
  return written({ ...first, day: Math.min(day, daysInMonth(first)) });
}

export function daysInMonth({ year, month }: Omit<CalendarDay, 'day'>): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2) return isLeap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** 0 on Mondays to 6 on Sundays. */
export function weekday(text: string): number {
  return (((daysOf(text) + 3) % 7) + 7) % 7;
}

/** The number of the week by ISO 8601: from Monday on, and of the year that most of its days are in. */
export function weekOfYear(text: string): number {
  const thursday = dayText(daysOf(text) - weekday(text) + 3);
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1;
}

export function dayOfYear(text: string): number {
  return daysOf(text) - daysOf(written({ ...calendarDay(text), month: 1, day: 1 })) + 1;
}

/** The first day of the year, quarter, month or week of a day. */
export function startOfUnit(text: string, unit: 'year' | 'quarter' | 'month' | 'week'): string {
  if (unit === 'week') return dayText(daysOf(text) - weekday(text));
  const { year, month } = calendarDay(text);
  const first = { year: 1, quarter: month - ((month - 1) % 3), month }[unit];
  return written({ year, month: first, day: 1 });
}

/** Months between two instants, as Spark counts them: whole ones between equal or last days, else 31 days make one. */
export function monthsBetween(later: bigint, earlier: bigint): number {
  const [first, second] = [later, earlier].map((micros) => {
    const text = dayOf(micros);
    const day = calendarDay(text);
    const seconds = Number((micros - (startOf(text) ?? 0n)) / 1_000_000n);
    return { ...day, seconds, isLast: day.day === daysInMonth(day) };
  });
  if (!first || !second) return 0;
  const months = (first.year - second.year) * 12 + first.month - second.month;
  if (first.day === second.day || (first.isLast && second.isLast)) return months;
  const seconds = (first.day - second.day) * 86_400 + first.seconds - second.seconds;
  return Math.round((months + seconds / (31 * 86_400)) * 1e8) / 1e8;
}

function written({ year, month, day }: CalendarDay): string {
  const digits = (value: number, count: number) => String(value).padStart(count, '0');
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}
