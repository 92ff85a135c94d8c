import { atOnce } from './at-once.ts';
import type { Aws } from './clients.ts';
import { KINDS } from './kinds/index.ts';
import type { Desired, Live } from './resource.ts';

/** Glue allows about ten reads a second and account before it throttles. */
const READS_AT_ONCE = 8;

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
  await atOnce(READS_AT_ONCE, desired, async (one) => {
    const live = await KINDS[one.kind].read(aws, one);
    if (live !== undefined) found.set(one.id, live);
    onRead(one.id);
  });
  return found;
}
