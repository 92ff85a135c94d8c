import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The landing feeds, and the column of each that says whom or what its lines are about. */
const KEYS = { customer: 'email', accelerometer: 'user', step_trainer: 'serialNumber' } as const;

/** The name of a landing feed. */
export type Feed = keyof typeof KEYS;

/** A parsed line; null where it is no JSON object. */
type Json = Readonly<Record<string, unknown>>;

/** One line of a landing file, as it was delivered. */
export interface Line {
  readonly feed: Feed;
  readonly file: string;
  readonly text: string;
  /** Undefined where the line is no JSON object. */
  readonly json: Json | undefined;
}

/** All landing data, line by line. */
export type StediWorld = readonly Line[];

/** Whom rows are about, and since when they consent to research. */
export interface People {
  /** Everybody whom a line is about, by email: of a device's reading all owners of the device. */
  about(line: Line): readonly string[];
  /** Whether a line is about anybody who does not consent to research. */
  isRefused(line: Line): boolean;
  /** Whether everybody whom a line is about consents, and its event was before somebody's consent. */
  isEarly(line: Line): boolean;
}

/** The lines below `<dir>/<feed>/landing/`. */
export function readWorld(dir: string): StediWorld {
  return feeds().flatMap((feed) =>
    readdirSync(join(dir, feed, 'landing'))
      .sort()
      .flatMap((file) => {
        const lines = readFileSync(join(dir, feed, 'landing', file), 'utf8').split(/\r\n|\r|\n/);
        return lines.map((text) => ({ feed, file, text, json: parsed(text) }));
      }),
  );
}

/** Writes lines to the files that they came from, below another folder. */
export function writeWorld(dir: string, world: StediWorld): void {
  const files = new Map<string, string[]>();
  for (const { feed, file, text } of world) {
    const path = join(dir, feed, 'landing', file);
    const lines = files.get(path);
    if (lines === undefined) files.set(path, [text]);
    else lines.push(text);
  }
  for (const feed of feeds()) mkdirSync(join(dir, feed, 'landing'), { recursive: true });
  for (const [path, lines] of files) writeFileSync(path, `${lines.join('\n')}\n`);
}

/**
 * Whom the lines of a world are about.
 *
 * @param consents by email, when each person who consents did so
 */
export function peopleOf(world: StediWorld, consents: ReadonlyMap<string, number>): People {
  const owners = ownersOf(world);
  const about = ({ feed, json }: Line): readonly string[] => {
    const key = json?.[KEYS[feed]];
    if (typeof key !== 'string') return [];
    return feed === 'step_trainer' ? [...(owners.get(key) ?? [])] : [key];
  };
  return {
    about,
    isRefused: (line) => about(line).some((person) => !consents.has(person)),
    isEarly: (line) => {
      const time = line.json?.[TIMES[line.feed]];
      const since = about(line).map((person) => consents.get(person));
      const last = Math.max(...since.map((one) => one ?? Number.NaN));
      return line.feed !== 'customer' && typeof time === 'number' && time < last;
    },
  };
}

const TIMES = {
  customer: 'lastUpdateDate',
  accelerometer: 'timestamp',
  step_trainer: 'sensorReadingTime',
} as const;

/** The lines with every value of some of them changed but the keys; nobody comes to consent, and nothing early comes late. */
export function changed(world: StediWorld, isChosen: (line: Line) => boolean): StediWorld {
  return world.map((line, number) => {
    if (line.json === undefined || !isChosen(line)) return line;
    const json = CHANGES[line.feed](line.json, number);
    return { ...line, json, text: JSON.stringify({ ...line.json, ...json }) };
  });
}

const FUTURE = Date.parse('2200-01-01T00:00:00Z');
const SHIFT = 86_400_000;

const CHANGES: Readonly<Record<Feed, (json: Json, number: number) => Json>> = {
  // All versions are moved alike: the newest stays the newest. Who has not consented does so in a time to come.
  customer: (json, number) => ({
    customerName: `Somebody ${number}`,
    phone: `000${number}`,
    birthDay: '1850-01-01',
    registrationDate: number,
    ...moved(json, 'lastUpdateDate', SHIFT),
    ...(json['shareWithResearchAsOfDate'] === undefined
      ? { shareWithResearchAsOfDate: FUTURE + number }
      : moved(json, 'shareWithResearchAsOfDate', 1)),
    shareWithPublicAsOfDate: number,
    shareWithFriendsAsOfDate: number,
  }),
  accelerometer: (json, number) => ({
    ...moved(json, 'timestamp', -1 - (number % 1000)),
    ...Object.fromEntries(['x', 'y', 'z'].flatMap((axis) => Object.entries(moved(json, axis, 7)))),
  }),
  step_trainer: (json, number) => ({
    ...moved(json, 'sensorReadingTime', -1 - (number % 1000)),
    ...moved(json, 'distanceFromObject', 7),
  }),
};

/** A number moved; anything else, which no job can use, stays. */
function moved(json: Json, column: string, by: number): Json {
  const value = json[column];
  return typeof value === 'number' ? { [column]: value + by } : {};
}

/** A newer version of a person, who takes back the consent to research. */
export function withdrawal(world: StediWorld, email: string): Line {
  const versions = world.flatMap(({ feed, json }) =>
    feed === 'customer' && json?.['email'] === email ? [json] : [],
  );
  const [newest] = versions.toSorted((a, b) => updated(b) - updated(a));
  const { shareWithResearchAsOfDate: _, ...rest } = newest ?? {};
  const json = { ...rest, lastUpdateDate: updated(newest) + SHIFT };
  const file = `withdrawal-of-${world.length}.json`;
  return { feed: 'customer', file, json, text: JSON.stringify(json) };
}

/** Serial number to everybody whose newest version has it; of one that no newest version has, everybody who ever had it. */
function ownersOf(world: StediWorld): ReadonlyMap<string, ReadonlySet<string>> {
  const versions = world.flatMap(({ feed, json }) => (feed === 'customer' && json ? [json] : []));
  const newest = new Map<unknown, number>();
  for (const json of versions) {
    newest.set(json['email'], Math.max(newest.get(json['email']) ?? -1, updated(json)));
  }
  const now = claims(versions.filter((json) => updated(json) === newest.get(json['email'])));
  return new Map([...claims(versions), ...now]);
}

function claims(versions: readonly Json[]): Map<string, Set<string>> {
  const owners = new Map<string, Set<string>>();
  for (const { serialNumber, email } of versions) {
    if (typeof serialNumber !== 'string' || typeof email !== 'string') continue;
    owners.set(serialNumber, (owners.get(serialNumber) ?? new Set()).add(email));
  }
  return owners;
}

function updated(json: Json | undefined): number {
  const version = json?.['lastUpdateDate'];
  return typeof version === 'number' ? version : -1;
}

function feeds(): readonly Feed[] {
  return Object.keys(KEYS) as Feed[]; // `KEYS` has no other keys
}

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Json) : undefined; // an object of JSON has string keys
  } catch {
    return undefined;
  }
}
