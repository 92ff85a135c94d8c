import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { ErasureError } from './errors.ts';
import type { LandingTable, LibraryMap, Register } from './library-map.ts';
import { instantOf, isAbout, keyText, linesIn, objectOf } from './lines.ts';
import type { Person } from './person.ts';
import type { Bytes, Store, Stored } from './store.ts';

/** A file of lines in one of its versions, and which table's lines they are. */
export interface LineFile {
  readonly stored: Stored;
  /** Columns that say whom a line is about. */
  readonly keys: readonly string[];
  /** Column that says when, of lines about devices. */
  readonly eventTime?: string;
  /** Lines of quarantine wrap what they were. */
  readonly wrapped: boolean;
}

/** Prefix of the lines that jobs set aside. */
export const QUARANTINE = 'quarantine/';

/** Every version of every file of the landing tables, and of what was set aside from them. */
export async function lineFiles(store: Store, map: LibraryMap): Promise<readonly LineFile[]> {
  const files: LineFile[] = [];
  for (const table of map.landing) {
    const stored = await store.list(`${table.zone}/${table.name}/`);
    files.push(...stored.map((one) => ({ stored: one, ...readingOf(table), wrapped: false })));
  }
  const tables = new Map(map.landing.map((table) => [table.name, table]));
  for (const stored of await store.list(QUARANTINE)) {
    const [, table = '', job = ''] = stored.key.split('/');
    const of = tables.get(table);
    // Another library's jobs may share the bucket; what they set aside is theirs.
    if (of !== undefined && map.zoneOfJob.has(job))
      files.push({ stored, ...readingOf(of), wrapped: true });
  }
  return files.filter(({ stored }) => !stored.marker && !/(?:^|\/)[._][^/]*$/.test(stored.key));
}

function readingOf({ keys, eventTime }: LandingTable): Pick<LineFile, 'keys' | 'eventTime'> {
  return eventTime === undefined ? { keys } : { keys, eventTime };
}

/** How many lines of a file are about a person. */
export async function countLinesOf(person: Person, file: LineFile, bytes: Bytes): Promise<number> {
  let count = 0;
  for await (const lines of linesIn(unpacked(file.stored.key, bytes))) {
    count += lines.filter((line) => isTheirs(file, line.toString('utf8'), person)).length;
  }
  return count;
}

/**
 * A file's bytes without a person's lines; all other lines stay byte for byte.
 * @param onRemoved told of each line that is left out
 */
export function withoutLinesOf(
  person: Person,
  file: LineFile,
  bytes: Bytes,
  onRemoved: () => void,
): Bytes {
  const { key } = file.stored;
  async function* rest(): AsyncGenerator<Buffer> {
    for await (const lines of linesIn(unpacked(key, bytes))) {
      const kept = lines.filter((line) => !isTheirs(file, line.toString('utf8'), person));
      for (let left = kept.length; left < lines.length; left += 1) onRemoved();
      if (kept.length > 0) yield Buffer.concat(kept);
    }
  }
  return packed(key, rest());
}

function isTheirs({ keys, eventTime, wrapped }: LineFile, line: string, person: Person): boolean {
  const original = wrapped ? keyText(objectOf(line)?.['line']) : undefined;
  return isAbout(original ?? line, keys, person, eventTime);
}

/** Compressions that Spark reads besides gzip. */
const UNKNOWN = /\.(?:bz2|deflate|lz4|snappy|zst|zstd)$/;

function unpacked(key: string, bytes: Bytes): Bytes {
  if (key.endsWith('.gz')) return through(createGunzip(), bytes);
  if (!UNKNOWN.test(key)) return bytes;
  throw new ErasureError(
    'erasure/format-unknown',
    `A landing file is compressed as ${key.slice(key.lastIndexOf('.'))}, which cannot be read here.`,
    'Deliver it plain or as .gz.',
  );
}

function packed(key: string, bytes: Bytes): Bytes {
  return key.endsWith('.gz') ? through(createGzip(), bytes) : bytes;
}

/** Whoever reads what comes out is told of an error on the way in. */
function through(transform: Transform, bytes: Bytes): Bytes {
  pipeline(Readable.from(bytes, { objectMode: false }), transform, () => undefined);
  return transform;
}

/** The devices of a person, and those of them that belong to somebody else as well. */
export interface Devices {
  readonly all: readonly string[];
  readonly shared: readonly string[];
  /** When the person's newest line that names a device was written, where lines say. */
  readonly named: ReadonlyMap<string, number>;
}

/**
 * The devices that belong to a person. A device belongs to everybody whose newest line names it; if nobody's does, to everybody
 * who ever had it. Read off what readers see now, as jobs do.
 */
export async function devicesOf(store: Store, map: LibraryMap, subject: string): Promise<Devices> {
  const people = new Map<string, Held>();
  const named = new Map<string, number>();
  for (const table of map.landing) {
    for (const line of await registered(store, table)) {
      people.set(line.who, withLine(people.get(line.who), line));
      if (line.who !== subject) continue;
      for (const device of line.devices)
        named.set(device, Math.max(line.version, named.get(device) ?? line.version));
    }
  }
  const own = people.get(subject);
  people.delete(subject);
  const others = [...people.values()];
  const all: string[] = [];
  const shared: string[] = [];
  for (const device of own?.ever ?? []) {
    const isTheirs = others.some(({ now }) => now.has(device));
    if (isTheirs && !own?.now.has(device)) continue;
    all.push(device);
    const hadBySomebody = !own?.now.has(device) && others.some(({ ever }) => ever.has(device));
    if (isTheirs || hadBySomebody) shared.push(device);
  }
  return { all, shared, named };
}

/** What one person has and had. */
interface Held {
  readonly now: ReadonlySet<string>;
  readonly ever: ReadonlySet<string>;
  /** Of the newest line. */
  readonly version: number;
}

function withLine(known: Held | undefined, { devices, version }: Registered): Held {
  const ever = new Set([...(known?.ever ?? []), ...devices]);
  if (known === undefined || version > known.version)
    return { now: new Set(devices), ever, version };
  if (version < known.version) return { ...known, ever };
  return { now: new Set([...known.now, ...devices]), ever, version };
}

interface Registered {
  readonly who: string;
  readonly devices: readonly string[];
  readonly version: number;
}

async function registered(
  store: Store,
  { zone, name, register }: LandingTable,
): Promise<readonly Registered[]> {
  if (register === undefined) return [];
  const found: Registered[] = [];
  for (const stored of await store.list(`${zone}/${name}/`)) {
    if (!stored.current || stored.marker) continue;
    for await (const lines of linesIn(unpacked(stored.key, store.read(stored)))) {
      found.push(...lines.flatMap((line) => registeredIn(line.toString('utf8'), register) ?? []));
    }
  }
  return found;
}

function registeredIn(line: string, register: Register): Registered | undefined {
  const object = objectOf(line);
  const who = keyText(object?.[register.subject]);
  if (object === undefined || who === undefined) return undefined;
  const devices = register.devices.flatMap((column) => keyText(object[column]) ?? []);
  return {
    who,
    devices,
    version: instantOf(object[register.version ?? '']) ?? Number.NEGATIVE_INFINITY,
  };
}
