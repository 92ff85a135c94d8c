import { floorDivide } from './whole-numbers.ts';

export const microsPerDay = 86_400_000_000n;

const datePart = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?/;
const clockPart = /^(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)?/;
const zonePart = /^ ?(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)?$/;

/**
 * Microseconds since 1970 UTC of a text, undefined where it is no instant. It reads what Spark's cast reads: a year, month or
 * day, then after a whole date and `T` or a space a clock time down to microseconds and an offset; without an offset it is UTC.
 * Neither a bare clock time, which Spark puts on the day it runs, nor a year of more than four digits is an instant; generated
 * Python keeps them from Spark's cast. Known difference: zones by name (`Europe/Berlin`) are no instants here.
 */
export function parseTimestamp(text: string): bigint | undefined {
  const [date = '', , , dayOfMonth] = datePart.exec(text) ?? [];
  const day = parseDay(date);
  if (day === undefined) return undefined;
  const start = BigInt(dayNumber(day) ?? 0) * microsPerDay;
  const rest = text.slice(date.length);
  if (rest === '') return start;
  const clock = dayOfMonth && /^[T ]/.test(rest) ? clockPart.exec(rest.slice(1)) : null;
  if (!clock) return undefined;
  const [whole, hour = '0', minute = '0', second, fraction = ''] = clock;
  const [h, m, s] = [Number(hour), Number(minute), Number(second ?? 0)];
  const zone = rest.slice(1 + whole.length);
  // Only a whole clock time may have an offset.
  const offset = zone !== '' && second === undefined ? undefined : offsetMinutes(zone);
  if (offset === undefined || h > 23 || m > 59 || s > 59) return undefined;
  const seconds = BigInt((h * 60 + m - offset) * 60 + s);
  return start + seconds * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

function offsetMinutes(text: string): number | undefined {
  const match = zonePart.exec(text);
  if (!match) return undefined;
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d{1,2}):?(\d{2})?$/.exec(text) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || total > 18 * 60) return undefined;
  return sign === '-' ? -total : total;
}

/** `YYYY-MM-DD` of a year, month or day as Spark's cast reads it (`2020`, `2020-2`, `2020-02-03T...`); undefined where there is none. */
export function parseDay(text: string): string | undefined {
  const match = datePart.exec(text);
  if (!match) return undefined;
  const [whole, year = '', month = '1', day] = match;
  const rest = text.slice(whole.length);
  // Only a whole date may be followed by something, which is left out.
  if (rest !== '' && (day === undefined || !/^[T ]/.test(rest))) return undefined;
  const found = `${year}-${month.padStart(2, '0')}-${(day ?? '1').padStart(2, '0')}`;
  return dayNumber(found) === undefined ? undefined : found;
}

/** Days since 1970 of `YYYY-MM-DD`; undefined where there is no such day. */
export function dayNumber(text: string): number | undefined {
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) return undefined;
  const date = new Date(milliseconds).toISOString().slice(0, 10);
  return date === text ? milliseconds / 86_400_000 : undefined;
}

/** `YYYY-MM-DD` of days since 1970. */
export function dayText(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** The UTC day that an instant of microseconds falls on. */
export function dayOf(micros: bigint): string {
  return dayText(Number(floorDivide(micros, microsPerDay)));
}

/** Microseconds at which a `YYYY-MM-DD` begins in UTC. */
export function startOf(day: string): bigint | null {
  const days = dayNumber(day);
  return days === undefined ? null : BigInt(days) * microsPerDay;
}

/** `YYYY-MM-DD HH:mm:ss[.f]` in UTC without zeros at the end, as Spark casts a timestamp to text. */
export function timestampText(micros: bigint): string {
  const day = dayOf(micros);
  const rest = micros - (startOf(day) ?? 0n);
  const clock = new Date(Number(rest / 1000n)).toISOString().slice(11, 19);
  const fraction = (rest % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  return `${day} ${clock}${fraction ? `.${fraction}` : ''}`;
}
