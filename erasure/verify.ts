import { receiptPrefix, suppressionKey } from '../codegen/resources/names.ts';
import { QUARANTINE } from './landing.ts';
import type { Person } from './person.ts';
import type { Erasure } from './plan.ts';
import { holdings } from './plan.ts';
import { tableVersions } from './tables.ts';

/**
 * Places where something of a person still is, in words that do not name them: rows and lines about them, any text column with
 * their key or pseudonym, and the key anywhere in the bytes or names of objects that are no tables.
 */
export async function leftOvers(
  erasure: Pick<Erasure, 'store' | 'map' | 'reader' | 'subject'>,
  person: Person,
): Promise<readonly string[]> {
  const { store, map, reader } = erasure;
  const found = (await holdings(erasure, person)).map(
    ({ place, version, rows }) => `${rows} rows in ${placeText(place, version)}`,
  );
  for (const version of await tableVersions(store, map)) {
    const columns = await reader.columns(version, person);
    if (columns.length > 0) found.push(`${columns.join(', ')} in ${version.prefix}`);
  }
  for (const prefix of textPrefixes(erasure)) {
    for (const stored of await store.list(prefix)) {
      if (stored.marker) continue;
      // A key that names the person must not be named either.
      if (person.isNamedIn(stored.key)) found.push(`the name of an object below ${prefix}`);
      else if (await person.isNamedAmong(store.read(stored)))
        found.push(`a text in ${placeText(stored.key, stored.version)}`);
    }
  }
  return [...new Set(found)];
}

/** Everything of the library but its tables. */
function textPrefixes({ map }: Pick<Erasure, 'map'>): readonly string[] {
  const landing = map.landing.map(({ zone, name }) => `${zone}/${name}/`);
  const own = [
    `lakewright/${map.library}/`,
    'reports/',
    suppressionKey(map.library),
    receiptPrefix(map.library),
  ];
  return [...landing, QUARANTINE, ...own];
}

function placeText(place: string, version: string | undefined): string {
  return version === undefined ? place : `${place} (version ${version})`;
}
