import { inOrder } from '../../algebra/fold.ts';
import { type Library, RESTRICTED, sinkId } from '../../algebra/library.ts';
import { zone } from '../check/plain.ts';
import { read } from '../privacy/search/draft.ts';
import { randomOf, seedOf } from '../privacy/search/random.ts';
import { job } from '../privacy/search/recipes.ts';

/**
 * A library in which, mostly, one job more comes first and writes for stewards what some step of the others has, whoever that is
 * about. Drawn of a seed of its own, so that the rest of the library is as it was.
 */
export function forStewards(library: Library, seed: number, index: number): Library {
  const random = randomOf(seedOf(seed, index, 'stewards'));
  if (random.chance(0.3)) return library;
  const rows = random.pick(library.jobs.flatMap((one) => inOrder(one.rows)));
  const written = new Set(library.jobs.map(({ sink }) => sinkId(sink)));
  const isOwn = inOrder(rows).some((one) => one.kind === 'source' && written.has(one.table));
  const odd = job('odd', rows, RESTRICTED, 'identified');
  return {
    ...library,
    zones: [...library.zones, zone(RESTRICTED, { holds: 'identified' })],
    jobs: isOwn ? [...library.jobs, odd] : [odd, ...library.jobs],
  };
}

/** The same library with a job that reads what is there for stewards only, where there is any. */
export function readByAJob(library: Library): Library {
  const odd = library.jobs.find(({ sink }) => sink.zone === RESTRICTED);
  if (!odd) return library;
  const again = job('again', read(sinkId(odd.sink)), RESTRICTED, 'identified');
  return { ...library, jobs: [...library.jobs, again] };
}
