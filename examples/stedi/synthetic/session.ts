import { randomFor } from './random.ts';
import { BLOCK } from './stories.ts';

/** When one customer exercised: `times` are epoch milliseconds, `interval` apart, from `start` on. */
export interface Session {
  readonly start: number;
  readonly interval: number;
  readonly times: readonly number[];
}

const FIRST_DAY = Date.UTC(2023, 10, 14, 9);
const READINGS = 12;
const CLASS_SIZE = 4;
const BLOCK_SPAN = 120_000;

/**
 * The session of customer `index`. Half of the customers exercise in a class of neighbours that start
 * together at the same pace, so their readings carry equal times: a join on time alone pairs people.
 */
export function sessionOf(seed: number, index: number): Session {
  const own = randomFor(seed, 'session', index);
  const group = Math.floor(index / CLASS_SIZE);
  const clock = own.chance(0.5) ? randomFor(seed, 'class', group) : own;
  const block = Math.floor(index / BLOCK);
  const start = FIRST_DAY + block * BLOCK_SPAN + clock.integer(0, BLOCK_SPAN - 1);
  const interval = clock.integer(3_000, 5_000);
  return {
    start,
    interval,
    times: Array.from({ length: READINGS }, (_, tick) => start + tick * interval),
  };
}
