const microsPerDay = 86_400_000_000n;

/** Microseconds since 1970 UTC of an ISO 8601 instant or date; undefined where the text is none. Without an offset it is UTC. */
export function parseTimestamp(text: string): bigint | undefined {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(
      text,
    );
  if (!match) return undefined;
  const [, day = '', hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const date = dayNumber(day);
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  const offset = offsetMinutes(zone);
  if (date === undefined || offset === undefined || h > 23 || m > 59 || s > 59) return undefined;
  const seconds = BigInt((h * 60 + m - offset) * 60 + s);
  return (
    BigInt(date) * microsPerDay + seconds * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6))
  );
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 18 || minutes > 59 || hours * 60 + minutes > 18 * 60) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
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
  const days = micros / microsPerDay - (micros % microsPerDay < 0n ? 1n : 0n);
  return dayText(Number(days));
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
