/**
 * Seeded pseudo-random numbers (sfc32), so that the same seed gives the same bytes on every machine.
 * Only integer arithmetic and one exact division: no platform's `Math` library can change a digit.
 */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** True in about `probability` (0 to 1) of the calls. */
  chance(probability: number): boolean;
  /** One of the items. Throws RangeError when there is none. */
  pick<T>(items: readonly T[]): T;
  /** The same items in another order; the given array stays as it is. */
  shuffle<T>(items: readonly T[]): T[];
}

/**
 * An independent stream of numbers for one place in the data, e.g. `randomFor(seed, 'session', 17)`.
 * A stream per place keeps places independent: a row more in one customer changes no other customer.
 */
export function randomFor(seed: number, ...place: readonly (string | number)[]): Random {
  const next = sfc32(...hash128(`${seed}/${place.join('/')}`));
  const integer = (low: number, high: number) =>
    low + Math.floor((next() / 2 ** 32) * (high - low + 1));
  return {
    integer,
    chance: (probability) => next() / 2 ** 32 < probability,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new RangeError('pick needs at least one item');
      return item;
    },
    shuffle: (items) => {
      const keyed = items.map((item) => ({ item, key: next() }));
      return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
    },
  };
}

type Words = [number, number, number, number];

/** cyrb128 (public domain, bryc): spreads a text over the 128 bits that sfc32 starts from. */
function hash128(text: string): Words {
  let [a, b, c, d]: Words = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ unit, 597399067);
    b = c ^ Math.imul(b ^ unit, 2869860233);
    c = d ^ Math.imul(c ^ unit, 951274213);
    d = a ^ Math.imul(d ^ unit, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

/** sfc32 (Chris Doty-Humphrey's Small Fast Counter): returns unsigned 32-bit numbers. */
function sfc32(a: number, b: number, c: number, d: number): () => number {
  return () => {
    const result = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    return result >>> 0;
  };
}
