import { suppressionKey } from '../codegen/resources/names.ts';
import { ErasureError } from './errors.ts';
import type { LibraryMap } from './library-map.ts';
import { type DeviceKey, mergedDevices, type PersonKeys } from './person.ts';
import type { Store } from './store.ts';

/** What a suppression list is: digests, sorted, of whom jobs must not read again. `lakewright_suppression.py` reads it. */
interface SuppressionList {
  readonly lakewright: 'suppression';
  readonly library: string;
  readonly algorithm: 'HMAC-SHA-256';
  /** Of people. */
  readonly digests: readonly string[];
  readonly devices: readonly DeviceKey[];
}

/** Adds a person and their devices to the library's suppression list. */
export async function suppress(store: Store, map: LibraryMap, keys: PersonKeys): Promise<void> {
  const key = suppressionKey(map.library);
  const known = listIn(await store.text(key), key);
  const list: SuppressionList = {
    lakewright: 'suppression',
    library: map.library,
    algorithm: 'HMAC-SHA-256',
    digests: [...new Set([...known.digests, keys.subject])].sort(),
    devices: mergedDevices(known.devices, keys.devices),
  };
  await store.write(key, `${JSON.stringify(list, null, 2)}\n`);
}

function listIn(
  text: string | undefined,
  key: string,
): Pick<SuppressionList, 'digests' | 'devices'> {
  if (text === undefined) return { digests: [], devices: [] };
  try {
    return JSON.parse(text) as SuppressionList;
  } catch (cause) {
    throw new ErasureError(
      'erasure/library-invalid',
      `${key} is not JSON.`,
      'Put its last good version back before anybody else is forgotten.',
      { cause },
    );
  }
}
