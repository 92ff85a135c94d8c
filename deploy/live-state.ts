import type { Aws } from './clients.ts';
import { KINDS } from './kinds/index.ts';
import type { Desired, Live } from './resource.ts';

/** Glue allows about ten reads a second and account before it throttles. */
const READS_AT_ONCE = 6;

/**
 * What AWS holds of the desired resources, by id; those that do not exist are left out. Reads only.
 *
 * @param onRead called after every resource that was read
 */
export async function liveState(
  aws: Aws,
  desired: readonly Desired[],
  onRead: (id: string) => void = () => undefined,
): Promise<ReadonlyMap<string, Live>> {
  const found = new Map<string, Live>();
  const waiting = desired.values();
  let failed = false;
  const readOnes = async (): Promise<void> => {
    for (const one of waiting) {
      if (failed) return;
      try {
        const live = await KINDS[one.kind].read(aws, one);
        if (live !== undefined) found.set(one.id, live);
        onRead(one.id);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, readOnes));
  return found;
}
