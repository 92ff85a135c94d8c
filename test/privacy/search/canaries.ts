import { type Sink, sinkId, type Table, tableId } from '../../../algebra/library.ts';
import type { Row, Value } from '../../../algebra/row.ts';
import { pseudonymOf } from './pseudonyms.ts';
import { type Program, run } from './run.ts';
import { calendar, reviews, words } from './tables.ts';
import {
  purposes as allPurposes,
  earlier,
  firstBirthday,
  firstTime,
  keys,
  names,
  noonOf,
  span,
  spellings,
  type World,
} from './world.ts';

/**
 * Rows of a table with a value that tells who somebody is: in a pseudonymous table a key, a name, a birthday or a time, anywhere in
 * a text and however shifted a little; in any table a pseudonym for what the zone is not used for, or pseudonyms for two purposes
 * side by side. A value of a table about nobody, or a title, is none where decoys beside it or in its place come through as well.
 */
export function canaries(
  program: Program,
  world: World,
  sink: Sink,
  purposes: readonly string[],
  rows: readonly Row[],
): readonly Row[] {
  const isTelling = (row: Row) =>
    isLinked(row, purposes) || (sink.holds !== 'identified' && Object.values(row).some(isCanary));
  const suspicious = rows.filter(isTelling);
  if (suspicious.length === 0) return [];
  const decoyed = decoyWords
    .flatMap((mark) => decoys.map((each) => withDecoys(world, mark, each)))
    .flatMap((other) => run(program, other).tables.get(sinkId(sink)) ?? []);
  const names = new Set(decoyed.flatMap((row) => Object.keys(row)));
  const innocent = [...names].filter((name) => decoyed.some((row) => isDecoy(row[name] ?? null)));
  return suspicious.filter((row) => {
    const left = Object.entries(row).filter(([name]) => !innocent.includes(name));
    return isTelling(Object.fromEntries(left));
  });
}

/** Purposes by pseudonym, of all that there is to make pseudonyms of. */
const pseudonyms: ReadonlyMap<string, string> = new Map(
  allPurposes.flatMap((purpose) =>
    [...keys, ...names].map((text) => [pseudonymOf(text, purpose), purpose] as const),
  ),
);

function isLinked(row: Row, purposes: readonly string[]): boolean {
  const found = new Set(Object.values(row).flatMap((value) => pseudonyms.get(String(value)) ?? []));
  return found.size > 1 || [...found].some((purpose) => !purposes.includes(purpose));
}

const letters = [...keys, ...names, ...spellings].map((name) => name.slice(0, 1));

function isCanary(value: Value): boolean {
  if (typeof value === 'string')
    return letters.some((letter) => value.toLowerCase().includes(letter));
  // From one person's time to another's is about as long as they are apart.
  const telling = [firstTime, firstTime - earlier, earlier, firstBirthday];
  return telling.some((first) => isBetween(value, first));
}

/** Before and after everybody's, so that the least and the greatest of all are decoys too, and so are sums. */
const decoyTimes = [-3_000_000_000_000n, 10_000_000_000_000n] as const;
const decoyWords = ['!', '\u{20000}'] as const;

function isDecoy(value: Value): boolean {
  if (typeof value === 'string') return decoyWords.some((word) => value.includes(word));
  return typeof value === 'bigint' && (value < -1_000_000_000_000n || value > 1_000_000_000_000n);
}

function isBetween(value: Value, first: bigint): boolean {
  return (
    (typeof value === 'bigint' || typeof value === 'number') &&
    // A time less the sum of two times is a time still.
    Math.abs(Math.abs(Number(value)) - Number(first)) < Number(span)
  );
}

/** Of which tables the decoys take the rows' places, of texts that people wrote, of lists about nobody; and which have none. */
interface Decoys {
  readonly instead: readonly Table[];
  readonly without: readonly Table[];
}

const decoys: readonly Decoys[] = [
  { instead: [], without: [] },
  { instead: [reviews], without: [] },
  // Of a list's rows a decoy may be picked, of which nothing holds that a step behind asks for.
  { instead: [reviews], without: [calendar, words] },
  { instead: [calendar, words], without: [] },
  { instead: [reviews, calendar, words], without: [] },
];

/**
 * The same world, in which tables about nobody, and titles, have each row with nothing that anybody has but its rank: beside the
 * row, so that who is picked by what they say still is, or instead of it, so that no step takes the row and leaves the decoy. The
 * texts are ordered alike, all below or all above everybody's names; such words are listed too.
 */
function withDecoys(world: World, mark: string, { instead, without }: Decoys): World {
  const marked = (value: Value | undefined) => (typeof value === 'string' ? mark + value : null);
  const withRows = (table: Table, made: (row: Row) => readonly Row[]) => {
    const rows = world.get(tableId(table)) ?? [];
    const kept = instead.includes(table) ? [] : rows;
    return [
      tableId(table),
      without.includes(table) ? rows : [...kept, ...rows.flatMap(made)],
    ] as const;
  };
  return new Map([
    ...world,
    withRows(calendar, (row) => decoyTimes.map((day) => ({ ...row, day, noon: noonOf(day) }))),
    withRows(words, (row) => [
      { ...row, listed: marked(row['listed']), spelling: marked(row['spelling']) },
      ...decoyWords.map((word) => ({ ...row, listed: word, spelling: word })),
    ]),
    withRows(reviews, (row) => [{ ...row, title: marked(row['title']) }]),
  ]);
}
