import { atOnce, READS_AT_ONCE } from './at-once.ts';
import type { Aws } from './clients.ts';
import { KINDS } from './kinds/index.ts';
import type { Desired, Live, Proofs } from './resource.ts';

/**
 * What AWS holds of the desired resources, by id; those that do not exist are left out. Reads only.
 *
 * @param proofs of rulesets, which are not read again where they hold
 * @param onRead called after every resource that was read
 */
export async function liveState(
  aws: Aws,
  desired: readonly Desired[],
  proofs: Proofs,
  onRead: (id: string) => void = () => undefined,
): Promise<ReadonlyMap<string, Live>> {
  const found = new Map<string, Live>();
  await atOnce(READS_AT_ONCE, together(desired), async (some) => {
    for (const [id, live] of await readSome(aws, some, proofs)) found.set(id, live);
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

async function readSome(
  aws: Aws,
  some: readonly Desired[],
  proofs: Proofs,
): Promise<ReadonlyMap<string, Live>> {
  const [one] = some;
  if (one === undefined) return new Map();
  const { read, readAll } = KINDS[one.kind];
  if (some.length > 1 && readAll !== undefined) return await readAll(aws, some, proofs);
  const live = await read(aws, one);
  return new Map(live === undefined ? [] : [[one.id, live]]);
}
