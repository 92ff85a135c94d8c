/** Reproducible choices: equal seeds choose the same. */
export interface Random {
  /** A whole number from 0 up to but not including `below`. */
  integer(below: number): number;
  chance(probability: number): boolean;
  /** @throws TypeError of nothing */
  pick<T>(things: readonly T[]): T;
  /** Each thing with the probability, in their order. */
  some<T>(things: readonly T[], probability: number): readonly T[];
}

/** Mulberry32: small, and more than even enough for choices. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  // Seeds that follow one another start alike.
  next();
  const random: Random = {
    integer: (below) => Math.floor(next() * below),
    chance: (probability) => next() < probability,
    pick(things) {
      const thing = things[random.integer(things.length)];
      if (thing === undefined) throw new TypeError('there is nothing to choose from');
      return thing;
    },
    some: (things, probability) => things.filter(() => random.chance(probability)),
  };
  return random;
}

/** A seed of its own for every combination of parts. */
export function seedOf(...parts: readonly (number | string)[]): number {
  let hash = 2166136261;
  for (const unit of parts.join('|')) hash = Math.imul(hash ^ unit.charCodeAt(0), 16777619);
  return hash >>> 0;
}
