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
  await atOnce(READS_AT_ONCE, together(desired), async (some) => {
    for (const [id, live] of await readSome(aws, some)) found.set(id, live);
    for (const { id } of some) onRead(id);
  });
  return found;
}

/** What is read together: all of a kind that can be, else one by one. */
function together(desired: readonly Desired[]): readonly (readonly Desired[])[] {
  const kinds = [...new Set(desired.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const all = desired.filter((one) => one.kind === kind);
    return KINDS[kind].readAll === undefined ? all.map((one) => [one]) : [all];
  });
}

async function readSome(aws: Aws, some: readonly Desired[]): Promise<ReadonlyMap<string, Live>> {
  const [one] = some;
  if (one === undefined) return new Map();
  const { read, readAll } = KINDS[one.kind];
  if (some.length > 1 && readAll !== undefined) return await readAll(aws, some);
  const live = await read(aws, one);
  return new Map(live === undefined ? [] : [[one.id, live]]);
}
