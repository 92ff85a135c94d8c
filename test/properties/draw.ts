import fc from 'fast-check';

/** Random choices. */
export interface Draw {
  <T>(arbitrary: fc.Arbitrary<T>): T;
  /** One of some words; where somebody counts them, rather one of those that the fewest programs have so far. */
  rare<W extends string>(words: readonly W[]): W;
}

/** In how many programs each word stands. */
export interface Tally {
  readonly counts: ReadonlyMap<string, number>;
  add(words: Iterable<string>): void;
}

/** A tally of nothing yet. */
export function emptyTally(): Tally {
  const counts = new Map<string, number>();
  const add = (words: Iterable<string>) => {
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  };
  return { counts, add };
}

/** Choices made by fast-check, steered by what was chosen before where there is a tally. */
export function drawing(generate: fc.GeneratorValue, tally?: Tally): Draw {
  const draw = <T>(arbitrary: fc.Arbitrary<T>): T => generate(() => arbitrary);
  const rare = <W extends string>(words: readonly W[]): W =>
    pick(draw, tally && draw(fc.boolean()) ? rarest(words, tally.counts) : words);
  return Object.assign(draw, { rare });
}

/** The third of some words that stands in the fewest programs. */
function rarest<W extends string>(
  words: readonly W[],
  counts: ReadonlyMap<string, number>,
): readonly W[] {
  const count = (word: string) => counts.get(word) ?? 0;
  return words
    .toSorted((one, other) => count(one) - count(other))
    .slice(0, Math.ceil(words.length / 3));
}

export function pick<T>(draw: <U>(arbitrary: fc.Arbitrary<U>) => U, values: readonly T[]): T {
  return draw(fc.constantFrom(...values));
}

/** From `least` to `most` of some values, in their order. */
export function some<T>(
  draw: Draw,
  values: readonly T[],
  least: number,
  most: number,
): readonly T[] {
  return draw(
    fc.subarray([...values], {
      minLength: Math.min(least, most, values.length),
      maxLength: Math.min(most, values.length),
    }),
  );
}

/** A name that begins so and that the rows do not have. */
export function fresh(schema: readonly { readonly name: string }[], name: string): string {
  const isTaken = (one: string) => schema.some((column) => column.name === one);
  let number = schema.length;
  while (isTaken(`${name}${number}`)) number += 1;
  return `${name}${number}`;
}
