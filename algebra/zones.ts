import { microsPerDay } from './instants.ts';
import { floorTo } from './whole-numbers.ts';

const formatters = new Map<string, Intl.DateTimeFormat | undefined>();

/** Whether there is a time zone of that name: `Europe/Berlin`, `UTC`. */
export function isZone(name: string): boolean {
  return (
    (name === 'UTC' || /^[A-Za-z]\w*\/[A-Za-z]\w*/.test(name)) && formatter(name) !== undefined
  );
}

function formatter(name: string): Intl.DateTimeFormat | undefined {
  if (!formatters.has(name)) formatters.set(name, newFormatter(name));
  return formatters.get(name);
}

function newFormatter(timeZone: string): Intl.DateTimeFormat | undefined {
  const numeric = 'numeric';
  const parts = { year: numeric, month: numeric, day: numeric, hour: numeric } as const;
  const clock = { minute: numeric, second: numeric, hourCycle: 'h23', era: 'short' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, ...parts, ...clock });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What the clocks of a zone show at an instant, as the instant at which UTC's clocks show it. */
export function shownIn(zone: string, micros: bigint): bigint {
  return micros + offsetAt(zone, micros);
}

/**
 * The instant at which the clocks of a zone show a time. Of a time that they show twice it is the first; one that they
 * leave out is as much later as they are put forward.
 */
export function instantOf(zone: string, shown: bigint): bigint {
  const before = offsetAt(zone, shown - microsPerDay);
  const behind = offsetAt(zone, shown + microsPerDay);
  const earliest = [shown - before, shown - behind].find((at) => shownIn(zone, at) === shown);
  return earliest ?? shown - before;
}

/** Microseconds by which a zone's clocks are ahead of UTC. */
function offsetAt(zone: string, micros: bigint): bigint {
  const second = floorTo(micros, 1_000_000n);
  const found = formatter(zone)?.formatToParts(Number(second / 1000n)) ?? [];
  const part = (type: string) => Number(found.find((one) => one.type === type)?.value ?? 0);
  const isBefore = found.some(({ type, value }) => type === 'era' && value.startsWith('B'));
  const year = isBefore ? 1 - part('year') : part('year');
  const shown = new Date(0);
  shown.setUTCFullYear(year, part('month') - 1, part('day'));
  shown.setUTCHours(part('hour'), part('minute'), part('second'));
  return BigInt(shown.getTime()) * 1000n - second;
}
