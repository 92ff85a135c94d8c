/** Glue allows about ten reads a second and account before it throttles. */
export const READS_AT_ONCE = 8;

/** Lets so many calls run at a time, and others wait for their turn. */
export type Bound = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * Does the same with every item, some at a time and begun in their order.
 *
 * @throws the first error, once what was under way is over; what was not begun is not begun then
 */
export async function atOnce<T>(
  most: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      if (failures.length > 0) return;
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
}

/** A bound that all share who have it. What runs within it must not wait for it again. */
export function bound(most: number): Bound {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (call) => {
    if (running < most) running += 1;
    // Whoever is over hands its place on.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await call();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
