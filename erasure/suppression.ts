import { suppressionKey } from '../codegen/resources/names.ts';
import { ErasureError } from './errors.ts';
import type { LibraryMap } from './library-map.ts';
import type { PersonKeys } from './person.ts';
import type { Store } from './store.ts';

/** What a suppression list is: digests, sorted, of whom jobs must not read again. `lakewright_suppression.py` reads it. */
interface SuppressionList {
  readonly lakewright: 'suppression';
  readonly library: string;
  readonly algorithm: 'HMAC-SHA-256';
  readonly digests: readonly string[];
}

/** Adds a person and their devices to the library's suppression list. */
export async function suppress(store: Store, map: LibraryMap, keys: PersonKeys): Promise<void> {
  const key = suppressionKey(map.library);
  const listed = digestsIn(await store.text(key), key);
  const digests = [...new Set([...listed, keys.subject, ...keys.devices])].sort();
  if (digests.length === listed.length) return;
  const list: SuppressionList = {
    lakewright: 'suppression',
    library: map.library,
    algorithm: 'HMAC-SHA-256',
    digests,
  };
  await store.write(key, `${JSON.stringify(list, null, 2)}\n`);
}

function digestsIn(text: string | undefined, key: string): readonly string[] {
  if (text === undefined) return [];
  try {
    return (JSON.parse(text) as SuppressionList).digests;
  } catch (cause) {
    throw new ErasureError(
      'erasure/library-invalid',
      `${key} is not JSON.`,
      'Put its last good version back before anybody else is forgotten.',
      { cause },
    );
  }
}
