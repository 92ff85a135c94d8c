import { ErasureError } from './errors.ts';
import type { Person } from './person.ts';
import type { Erasure } from './plan.ts';
import type { Action } from './receipt.ts';
import { type TableVersion, tableVersions, writtenAt } from './tables.ts';

/**
 * Deletes every version of the derived tables but those that readers see: runs before, objects before, folders set aside. What is
 * newer than the current version belongs to a run under way, which has read no row of the person, and stays.
 *
 * @param held versions that held the person when the erasure began, and of which nothing is recorded yet
 * @throws ErasureError `erasure/not-rebuilt` when a current version still holds the person
 */
export async function expireTables(
  { store, map, reader }: Pick<Erasure, 'store' | 'map' | 'reader'>,
  person: Person,
  held: ReadonlySet<string>,
  done: (action: Action) => Promise<void>,
): Promise<void> {
  const versions = await tableVersions(store, map);
  for (const version of versions.filter(({ current }) => current)) {
    if ((await reader.rows(version, person)) > 0) throw notRebuilt(version);
  }
  const at = () => new Date().toISOString();
  for (const place of held) {
    // The run that computed the table anew has deleted what it superseded.
    if (versions.some(({ prefix }) => prefix === place)) continue;
    await done({ place, done: 'deleted', at: at() });
  }
  for (const version of versions.filter(({ current }) => !current)) {
    const current = versions.find((one) => one.current && one.table === version.table);
    const isOlder = current !== undefined && writtenAt(version) <= writtenAt(current);
    if (!isOlder && !held.has(version.prefix)) continue;
    await store.remove(version.objects);
    await done({
      place: version.prefix,
      done: 'deleted',
      count: version.objects.length,
      at: at(),
    });
  }
}

function notRebuilt({ table }: TableVersion): ErasureError {
  return new ErasureError(
    'erasure/not-rebuilt',
    `${table.zone}.${table.name} still holds the person in the version that readers see.`,
    'Run the workflow, then forget the person again; it goes on from here.',
  );
}
