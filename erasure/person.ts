import { createHmac } from 'node:crypto';
import type { Bytes } from './store.ts';

/** Digests of everything that stands for one person. None of them can be turned back without the library's key. */
export interface PersonKeys {
  /** Digest of the subject itself. */
  readonly subject: string;
  /** Things (devices) that only stand for somebody through their owners, and pseudonyms of them. */
  readonly devices: readonly DeviceKey[];
  /** Digests of the subject's pseudonyms. */
  readonly pseudonyms: readonly string[];
}

/** A thing that stood for a person. */
export interface DeviceKey {
  readonly digest: string;
  /** ISO-8601; what it tells of later may be somebody else's. */
  readonly until: string;
}

/** Recognizes values of one person by their digests, so that a restart needs no list of them in plain. */
export interface Person {
  readonly keys: PersonKeys;
  /**
   * Whether a value is the person's key, one of their devices or one of their pseudonyms.
   * @param at when what it stands beside happened, in epoch milliseconds; unknown: when it was theirs
   */
  is(value: string, at?: number): boolean;
  /** Whether a value is the person's key or one of their pseudonyms; a device may be somebody else's too. */
  isSelf(value: string): boolean;
  /** Whether the text holds the person's key itself, as it was typed. */
  isNamedIn(text: string): boolean;
  /** The same of bytes, however they are cut. */
  isNamedAmong(bytes: Bytes): Promise<boolean>;
}

/** Lowercase hex HMAC-SHA-256 of a value: what suppression lists and receipts hold in its place. */
export function digestOf(secret: string, value: string): string {
  return createHmac('sha256', secret).update(value, 'utf8').digest('hex');
}

/** Values that were looked up; a lake has few people and many rows. */
const MOST_REMEMBERED = 100_000;

/**
 * @param secret the library's suppression key
 * @param value the subject's key, as it was typed
 */
export function personOf(secret: string, value: string, keys: PersonKeys): Person {
  const selves = new Set([keys.subject, ...keys.pseudonyms]);
  const devices = new Map(keys.devices.map(({ digest, until }) => [digest, Date.parse(until)]));
  const known = new Map<string, string>();
  const digest = (one: string): string => {
    const found = known.get(one) ?? digestOf(secret, one);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(one, found);
    return found;
  };
  const isSelf = (one: string) => selves.has(digest(one));
  return {
    keys,
    is(one, at) {
      if (isSelf(one)) return true;
      const until = devices.get(digest(one));
      return until !== undefined && !(at !== undefined && at > until);
    },
    isSelf,
    isNamedIn: (text) => text.includes(value),
    isNamedAmong: (bytes) => holds(bytes, Buffer.from(value, 'utf8')),
  };
}

async function holds(bytes: Bytes, wanted: Buffer): Promise<boolean> {
  let before: Buffer = Buffer.alloc(0);
  for await (const piece of bytes) {
    const joined = Buffer.concat([before, piece]);
    if (joined.includes(wanted)) return true;
    before = joined.subarray(Math.max(0, joined.length - wanted.length + 1));
  }
  return false;
}

/** What stands for a person, in plain; it is never written anywhere. */
export interface PlainKeys {
  readonly subject: string;
  readonly pseudonyms: readonly string[];
  readonly devices: readonly PlainDevice[];
}

/** A thing that stands for a person. */
export interface PlainDevice {
  readonly device: string;
  readonly pseudonyms: readonly string[];
}

/**
 * Digests of all that stands for a person.
 * @param until ISO-8601 instant up to which a device of that digest is theirs
 */
export function keysOf(
  secret: string,
  { subject, pseudonyms, devices }: PlainKeys,
  until: (device: string, digest: string) => string,
): PersonKeys {
  const found = devices.flatMap(({ device, pseudonyms: names }) => {
    const theirs = until(device, digestOf(secret, device));
    return [device, ...names].map((one) => ({ digest: digestOf(secret, one), until: theirs }));
  });
  return {
    subject: digestOf(secret, subject),
    devices: mergedDevices(found, []),
    pseudonyms: pseudonyms.map((one) => digestOf(secret, one)).sort(),
  };
}

/** All that two findings know of one person. */
export function mergedKeys(one: PersonKeys, other: PersonKeys): PersonKeys {
  const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort();
  return {
    subject: one.subject,
    devices: mergedDevices(one.devices, other.devices),
    pseudonyms: union(one.pseudonyms, other.pseudonyms),
  };
}

/** Each device once, up to the later instant, sorted. */
export function mergedDevices(
  some: readonly DeviceKey[],
  more: readonly DeviceKey[],
): readonly DeviceKey[] {
  const latest = new Map<string, string>();
  for (const { digest, until } of [...some, ...more]) {
    const known = latest.get(digest);
    if (known === undefined || Date.parse(known) < Date.parse(until)) latest.set(digest, until);
  }
  return [...latest]
    .map(([digest, until]) => ({ digest, until }))
    .sort((a, b) => (a.digest < b.digest ? -1 : 1));
}
