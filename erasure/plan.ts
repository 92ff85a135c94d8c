import { createHmac, randomBytes } from 'node:crypto';
import { ErasureError } from './errors.ts';
import { countLinesOf, type Devices, devicesOf, lineFiles, QUARANTINE } from './landing.ts';
import type { LibraryMap } from './library-map.ts';
import {
  digestOf,
  keysOf,
  mergedKeys,
  type Person,
  type PersonKeys,
  type PlainKeys,
  personOf,
} from './person.ts';
import { type Holding, type Receipt, readReceipt } from './receipt.ts';
import type { Secrets } from './secrets.ts';
import type { Store } from './store.ts';
import { type TableReader, tableVersions } from './tables.ts';

/** Whom to forget, and where. */
export interface Erasure {
  readonly map: LibraryMap;
  readonly store: Store;
  readonly secrets: Secrets;
  readonly reader: TableReader;
  /** The subject's key: an e-mail address. */
  readonly subject: string;
}

/** Where a person is, and how far an earlier erasure came. */
export interface ErasurePlan {
  /** `nothing left`: forgotten before, and not come back since. */
  readonly state: 'new' | 'begun' | 'nothing left';
  readonly devices: number;
  readonly sharedDevices: number;
  readonly held: readonly Holding[];
  readonly receipt?: Receipt;
  /** Digests by the given key of the library's. */
  readonly keys: (secret: string) => PersonKeys;
}

/**
 * Finds a person in all versions of everything. Changes nothing.
 * @throws ErasureError `erasure/subject-unknown` when they are nowhere, and were not forgotten before
 */
export async function planErasure(erasure: Erasure): Promise<ErasurePlan> {
  const { map, store, secrets, subject } = erasure;
  // Before the first erasure there is no key; nothing that is made with this one is kept.
  const secret = (await secrets.read(map.suppressionSecret)) ?? randomBytes(32).toString('hex');
  const receipt = await readReceipt(store, map.library, digestOf(secret, subject));
  if (receipt !== undefined && receipt.finished === undefined) {
    const { keys, held, devices, sharedDevices } = receipt;
    return { state: 'begun', devices, sharedDevices, held, receipt, keys: () => keys };
  }
  const devices = await devicesOf(store, map, subject);
  const plain: PlainKeys = {
    subject,
    pseudonyms: await pseudonymsOf(erasure, subject),
    devices: await Promise.all(
      devices.all.map(async (device) => ({
        device,
        // A pseudonym of a shared device is another owner's as well.
        pseudonyms: devices.shared.includes(device) ? [] : await pseudonymsOf(erasure, device),
      })),
    ),
  };
  const until = untilOf(devices, receipt);
  const keys = (key: string) => {
    const found = keysOf(key, plain, until);
    return receipt === undefined ? found : mergedKeys(found, receipt.keys);
  };
  const held = await holdings(erasure, personOf(secret, subject, keys(secret)));
  if (held.length === 0 && receipt === undefined) throw unknown(map, store);
  return {
    state: held.length === 0 ? 'nothing left' : 'new',
    devices: devices.all.length,
    sharedDevices: devices.shared.length,
    held,
    ...(receipt === undefined ? {} : { receipt }),
    keys,
  };
}

/**
 * Up to when a device is theirs: until now; or, once forgotten before, until then, unless they have registered it again since. An
 * old file that was delivered again says nothing of whose the device became.
 */
function untilOf(
  { named }: Devices,
  receipt: Receipt | undefined,
): (device: string, digest: string) => string {
  const before = new Map(receipt?.keys.devices.map(({ digest, until }) => [digest, until]));
  const now = new Date().toISOString();
  return (device, digest) => {
    const known = before.get(digest);
    const since = named.get(device) ?? Number.NEGATIVE_INFINITY;
    return known !== undefined && since <= Date.parse(known) ? known : now;
  };
}

async function pseudonymsOf({ map, secrets }: Erasure, value: string): Promise<readonly string[]> {
  const keys = await Promise.all(map.pseudonymSecrets.map((id) => secrets.read(id)));
  // No job has made a pseudonym without its key.
  return keys.flatMap((key) =>
    key === undefined ? [] : createHmac('sha256', key).update(value, 'utf8').digest('hex'),
  );
}

/** Every place with rows of a person. */
export async function holdings(
  { map, store, reader }: Omit<Erasure, 'secrets' | 'subject'>,
  person: Person,
): Promise<readonly Holding[]> {
  const held: Holding[] = [];
  for (const file of await lineFiles(store, map)) {
    const { stored } = file;
    const rows = await countLinesOf(person, file, store.read(stored));
    const what = stored.key.startsWith(QUARANTINE) ? 'quarantine' : 'landing';
    const version = stored.version === undefined ? {} : { version: stored.version };
    const place = { what, place: stored.key, ...version, current: stored.current } as const;
    if (rows > 0) held.push({ ...place, rows });
  }
  for (const version of await tableVersions(store, map)) {
    const rows = await reader.rows(version, person);
    const { prefix, current } = version;
    if (rows > 0) held.push({ what: 'table', place: prefix, current, rows });
  }
  return held;
}

function unknown({ library, subject }: LibraryMap, { name }: Store): ErasureError {
  return new ErasureError(
    'erasure/subject-unknown',
    `${library} holds nothing about that ${subject} in ${name}.`,
    'Look whether the key is written exactly as in the landing data, case included.',
  );
}
