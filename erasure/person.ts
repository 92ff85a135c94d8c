import { createHmac } from 'node:crypto';
import type { Bytes } from './store.ts';

/** Digests of everything that stands for one person. None of them can be turned back without the library's key. */
export interface PersonKeys {
  /** Digest of the subject itself. */
  readonly subject: string;
  /** Digests of the things (devices) that only stand for somebody through their owners. */
  readonly devices: readonly string[];
  /** Digests of the pseudonyms of all of these. */
  readonly pseudonyms: readonly string[];
}

/** Recognizes values of one person by their digests, so that a restart needs no list of them in plain. */
export interface Person {
  readonly keys: PersonKeys;
  /** Whether a value is the person's key, one of their devices or one of their pseudonyms. */
  is(value: string): boolean;
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
  const devices = new Set(keys.devices);
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
    is: (one) => isSelf(one) || devices.has(digest(one)),
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
  readonly devices: readonly string[];
  readonly pseudonyms: readonly string[];
}

/** Digests of all that stands for a person. */
export function keysOf(secret: string, plain: PlainKeys): PersonKeys {
  const digests = (values: readonly string[]) => values.map((one) => digestOf(secret, one)).sort();
  return {
    subject: digestOf(secret, plain.subject),
    devices: digests(plain.devices),
    pseudonyms: digests(plain.pseudonyms),
  };
}

/** All that two findings know of one person. */
export function mergedKeys(one: PersonKeys, other: PersonKeys): PersonKeys {
  const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort();
  return {
    subject: one.subject,
    devices: union(one.devices, other.devices),
    pseudonyms: union(one.pseudonyms, other.pseudonyms),
  };
}
