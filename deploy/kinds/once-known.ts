import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MILLISECONDS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Makes a call again while its error says that something is not known yet: what one service of AWS made, another hears of within
 * seconds.
 *
 * @throws the error of the last try, after half a minute, or any other at once
 */
export async function onceKnown<T>(
  isUnknown: (error: unknown) => boolean,
  call: () => Promise<T>,
): Promise<T> {
  for (const wait of WAIT_MILLISECONDS) {
    try {
      return await call();
    } catch (error) {
      if (!isUnknown(error)) throw error;
      await sleep(wait);
    }
  }
  return await call();
}
