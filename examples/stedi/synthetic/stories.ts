import { randomFor } from './random.ts';

/**
 * What happened to a customer, with how many customers of each block of 40 it happens to. Stories are
 * dealt like cards, not drawn by chance, so every complete block meets every kind of dirt.
 */
const DECK = {
  /** Consents while already exercising: readings from before consent exist. */
  consents: 11,
  /** Registers first, consents in a later update that replaced the registration row. */
  'consents-later': 3,
  /** Never consents to research: the key is absent. */
  refuses: 9,
  /** The consent key is there, and null. */
  'null-consent': 1,
  /** The consent is a word where a time should be. */
  'unreadable-consent': 1,
  /** The consent lies in the year 2100. */
  'future-consent': 1,
  /** Consented; the newer version lacks the key. */
  withdraws: 2,
  /** Consented, withdrew, consented again. */
  renews: 2,
  /** The feed delivered the same row twice. */
  repeats: 2,
  /** Two versions of equal time: one consents, one does not. */
  'contradicts-consent': 1,
  /** Two versions of equal time with different consent times. */
  'contradicts-time': 1,
  /** Consents; the borrower of the block uses the same device. */
  lends: 1,
  /** Refuses, and is a second current owner of the lender's device. */
  borrows: 1,
  /** Got a new device; the old one's readings stay in the feed. */
  replaces: 1,
  /** The new, only current owner of the device that was replaced. */
  inherits: 1,
  /** Consents, but the phone never sent a reading. */
  silent: 1,
  /** Consents after the last reading. */
  'too-early': 1,
} as const;

/** The name of one customer's story. */
export type Story = keyof typeof DECK;

/** Customers per block: each complete block holds every story. */
export const BLOCK = Object.values(DECK).reduce((sum: number, count) => sum + count, 0);

/** All stories there are. */
// Object.keys forgets the key type; DECK is closed, so nothing else can be in it.
export const STORIES = Object.keys(DECK) as readonly Story[];

/** The story of each customer of a block, in customer order. */
export function storiesOfBlock(seed: number, block: number): Story[] {
  const cards = STORIES.flatMap((story) => Array<Story>(DECK[story]).fill(story));
  return randomFor(seed, 'stories', block).shuffle(cards);
}
