import type { Library } from '../../../algebra/library.ts';
import { check } from '../../../check/index.ts';
import { withSomeEarlier } from './earlier.ts';
import { withFault } from './faults.ts';
import { featuresOf } from './features.ts';
import { programOf, type Violation, variantsOf, violationIn } from './property.ts';
import { randomOf, seedOf } from './random.ts';
import { drawLibrary } from './recipes.ts';
import { fits } from './replace.ts';
import { run } from './run.ts';
import { randomWorld, type World } from './world.ts';

export interface Search {
  readonly seed: number;
  /** Libraries to draw. */
  readonly count: number;
  /** Worlds that an accepted library is tried in. */
  readonly worlds: number;
  /** Worlds that a refused library is tried in, to tell whether it was safe; 0: not asked. */
  readonly worldsOfRefused: number;
  /** Which libraries to try; absent: all. */
  readonly isAsked?: (index: number, accepted: boolean) => boolean;
  /** Stop at so many violations. */
  readonly enough?: number;
}

export interface Found {
  readonly index: number;
  readonly library: Library;
  readonly violation: Violation;
}

export interface Report {
  readonly drawn: number;
  readonly accepted: number;
  readonly violations: readonly Found[];
  /** Accepted libraries that have each feature of the language. */
  readonly features: ReadonlyMap<string, number>;
  /** Refused libraries that were tried, and of these the ones in which nothing was found wrong, by what they were refused for. */
  readonly refused: {
    readonly tried: number;
    readonly safe: number;
    readonly byCode: ReadonlyMap<string, number>;
    readonly examples: readonly { readonly index: number; readonly codes: readonly string[] }[];
  };
}

/** Of ten libraries, those by an author who knows the rules, and of these the ones into which no fault is put. */
const careful = 0.8;
const faultless = 0.7;
const mostFaults = 2;

/** The library of an index; the same for the same seed, whatever the rules say of it. */
export function libraryAt(seed: number, index: number): Library {
  for (let attempt = 0; ; attempt += 1) {
    const { library, draft } = drawLibrary(
      seedOf(seed, index, attempt),
      randomOf(seedOf(seed, index, 'care')).chance(careful),
    );
    if (!fits(library, draft.random)) continue;
    const random = randomOf(seedOf(seed, index, 'faults'));
    if (random.chance(faultless)) return library;
    const faults = 1 + random.integer(mostFaults);
    let found = library;
    for (let fault = 0, tries = 0; fault < faults && tries < 20; tries += 1) {
      const next = withFault(found, random);
      if (!next) continue;
      found = next;
      fault += 1;
    }
    return found;
  }
}

/** Worlds are shared by all libraries, with what each relation makes of them. */
export const poolSize = 120;

export function worldPool(seed: number) {
  const worlds = new Map<number, World>();
  const changes = new Map<World, Map<string, ReturnType<typeof variantsOf>>>();
  return {
    world(index: number): World {
      const place = index % poolSize;
      const known = worlds.get(place) ?? worldAt(seed, place);
      worlds.set(place, known);
      return known;
    },
    variants(world: World, purposes: readonly string[], own: number) {
      const known = changes.get(world) ?? new Map<string, ReturnType<typeof variantsOf>>();
      changes.set(world, known);
      const key = [...purposes].sort().join();
      const found = known.get(key) ?? variantsOf(world, purposes, own);
      known.set(key, found);
      return found;
    },
  };
}

/** One world of three has people in it who live in another time than the others. */
function worldAt(seed: number, place: number): World {
  const world = randomWorld(seedOf(seed, 'world', place));
  return place % 3 === 2 ? withSomeEarlier(world, seedOf(seed, 'earlier', place)) : world;
}

/** Draws libraries and tries to tell each one's worlds apart. */
export function search(asked: Search): Report {
  const { seed, count, enough = Infinity } = asked;
  const pool = worldPool(seed);
  const violations: Found[] = [];
  const features = new Map<string, number>();
  const byCode = new Map<string, number>();
  const examples: { index: number; codes: readonly string[] }[] = [];
  const tally = { drawn: 0, accepted: 0, tried: 0, safe: 0 };
  for (let index = 0; index < count && violations.length < enough; index += 1) {
    const library = libraryAt(seed, index);
    const { checked, diagnostics } = check(library);
    tally.drawn += 1;
    if (checked) {
      tally.accepted += 1;
      for (const one of featuresOf(library)) features.set(one, (features.get(one) ?? 0) + 1);
    }
    if (asked.isAsked && !asked.isAsked(index, checked !== undefined)) continue;
    const worlds = checked ? asked.worlds : asked.worldsOfRefused;
    if (worlds === 0) continue;
    const violation = tryLibrary(library, pool, index * asked.worlds, worlds);
    if (checked && violation) violations.push({ index, library, violation });
    if (checked) continue;
    tally.tried += 1;
    if (violation || !givesRows(library, pool, index * asked.worlds, worlds)) continue;
    tally.safe += 1;
    const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
    byCode.set(codes.join(' '), (byCode.get(codes.join(' ')) ?? 0) + 1);
    examples.push({ index, codes });
  }
  const { drawn, accepted, tried, safe } = tally;
  return { drawn, accepted, violations, features, refused: { tried, safe, byCode, examples } };
}

type Pool = ReturnType<typeof worldPool>;

function tryLibrary(
  library: Library,
  pool: Pool,
  first: number,
  count: number,
): Violation | undefined {
  const program = programOf(library);
  for (let place = first; place < first + count; place += 1) {
    const violation = violationIn(
      library,
      program,
      pool.world(place),
      place % poolSize,
      pool.variants,
    );
    if (violation) return violation;
  }
  return undefined;
}

/** Whether there is anything to see: a library whose last table is always empty is safe, and nobody wants it. */
function givesRows(library: Library, pool: Pool, first: number, count: number): boolean {
  const program = programOf(library);
  const last = program.jobs.at(-1)?.job.sink;
  return Array.from({ length: count }, (_, place) => first + place).some((place) => {
    const { tables } = run(program, pool.world(place));
    return (tables.get(`${last?.zone}.${last?.table}`) ?? []).length > 0;
  });
}
