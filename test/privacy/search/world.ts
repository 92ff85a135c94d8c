import { type Table, tableId } from '../../../algebra/library.ts';
import type { Row, Value } from '../../../algebra/row.ts';
import { pseudonymOf } from './pseudonyms.ts';
import { type Random, randomOf } from './random.ts';
import { calendar, coaches, customers, readings, reviews, searchTables, words } from './tables.ts';

/** The rows of all landing tables, by `zone.table`. */
export type World = ReadonlyMap<string, readonly Row[]>;

/** The start of all times: so large that no difference, count or score is taken for a time. */
export const firstTime = 1_000_000n;
/** How much earlier everything happens to some people in some worlds; no count and no score is so large. */
export const earlier = 300_000n;
export const firstBirthday = 5_000_000n;
/** Longer than any time or birthday lies behind its first. */
export const span = 1_000n;
/** When the jobs run; consent after it does not count. */
export const consentAsOf = firstTime + 8n;

/**
 * What emails, badges and the names of things are made of: each of one letter, so that a part of it tells the whole. Two become
 * one in lower case.
 */
export const keys = ['ααα', 'βββ', 'γγγ', 'ΑΑΑ', 'ωωω'] as const;
export const names = ['жжж', 'яяя'] as const;
export const purposes = ['research', 'marketing'] as const;
/** How each key and each name is spelled in another alphabet. */
export const spellings = ['აა', 'ბბ', 'გგ', 'დდ', 'ოო', 'ნნ', 'სს'] as const;

const someKey = (random: Random): Value => (random.chance(0.06) ? null : random.pick(keys));
/** The last key is of nobody whom a table of people knows: of orphan readings. */
const knownKey = (random: Random): Value =>
  random.chance(0.03) ? null : random.pick(keys.slice(0, -1));
const time = (random: Random, below: number, nulls = 0): Value =>
  random.chance(nulls) ? null : firstTime + BigInt(random.integer(below));
const small = (random: Random): Value => (random.chance(0.15) ? null : BigInt(random.integer(3)));

/** Names are in lists too, and somebody may have made a list of pseudonyms. */
function someWord(random: Random): Value {
  const word = random.chance(0.15) ? random.pick(names) : someKey(random);
  return word !== null && random.chance(0.25)
    ? pseudonymOf(String(word), random.pick(purposes))
    : word;
}

function consent(random: Random, never: number): Value {
  if (random.chance(never)) return null;
  // One of eight lies in the future of the run.
  return random.chance(0.12) ? firstTime + 9n : time(random, 6);
}

const draws: Readonly<Record<string, (random: Random) => Value>> = {
  email: knownKey,
  badge: knownKey,
  user: someKey,
  author: someKey,
  title: (random) => (random.chance(0.2) ? random.pick(names) : someKey(random)),
  device: someKey,
  serial: (random) => (random.chance(0.15) ? null : someKey(random)),
  card: someKey,
  listed: someWord,
  name: (random) => (random.chance(0.2) ? null : random.pick(names)),
  birthday: (random) => (random.chance(0.2) ? null : firstBirthday + BigInt(random.integer(3))),
  updated: (random) => time(random, 3, 0.06),
  researchSince: (random) => consent(random, 0.15),
  researchUntil: (random) => consent(random, 0.8),
  marketingSince: (random) => consent(random, 0.2),
  time: (random) => time(random, 9, 0.05),
  at: (random) => time(random, 9, 0.05),
  day: (random) => time(random, 9, 0.05),
};

/** A value of the column, whoever's it is. */
export function drawValue(column: string, random: Random): Value {
  return (draws[column] ?? small)(random);
}

/** What rows of a table have in common with one another, or columns of a row. */
const agreeing: ReadonlyMap<Table, (rows: readonly Row[]) => readonly Row[]> = new Map([
  [customers, ownersAgreeing],
  [words, spelled],
  [calendar, withNoon],
]);

const counts: ReadonlyMap<Table, readonly [least: number, more: number]> = new Map([
  [customers, [3, 6]],
  [coaches, [2, 4]],
  [readings, [5, 8]],
  [reviews, [2, 5]],
  [calendar, [1, 4]],
  [words, [2, 4]],
]);

/**
 * A small world of five people at most: few values, so that devices are shared, versions are of one time and contradict each
 * other, newest versions withdraw, rows repeat, and readings are of nobody known.
 */
export function randomWorld(seed: number): World {
  const random = randomOf(seed);
  return new Map(
    searchTables.map((table) => {
      const [least, more] = counts.get(table) ?? [4, 6];
      const drawn = Array.from({ length: least + random.integer(more) }, () =>
        drawRow(table, random),
      );
      const rows = (agreeing.get(table) ?? ((all) => all))(drawn);
      // Feeds deliver rows more than once.
      return [tableId(table), [...rows, ...random.some(rows, 0.15)]] as const;
    }),
  );
}

const spellingOf: ReadonlyMap<Value, string> = new Map(
  [...keys, ...names].flatMap((text, index) =>
    [text, ...purposes.map((purpose) => pseudonymOf(text, purpose))].map(
      (listed) => [listed, spellings[index] ?? ''] as const,
    ),
  ),
);

function spelled(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => ({
    ...row,
    spelling: spellingOf.get(row['listed'] ?? null) ?? null,
  }));
}

export function noonOf(day: Value): Value {
  return typeof day === 'bigint' ? day + 5n : null;
}

function withNoon(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => ({ ...row, noon: noonOf(row['day'] ?? null) }));
}

/**
 * Equally new versions of a person name the same things: who owns a device now is what the guarantee takes as given. All else
 * they may disagree on.
 */
function ownersAgreeing(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => {
    const first = rows.find(
      (one) => one['email'] === row['email'] && one['updated'] === row['updated'],
    );
    return { ...row, serial: first?.['serial'] ?? null, card: first?.['card'] ?? null };
  });
}

function drawRow(table: Table, random: Random): Row {
  return Object.fromEntries(table.columns.map(({ name }) => [name, drawValue(name, random)]));
}
