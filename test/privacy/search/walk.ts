import type { Relation } from '../../../algebra/relation.ts';
import type { Draft } from './draft.ts';
import { type Step, stepsOfPeople } from './steps.ts';

/** Steps that a draft takes at most, one after the other. */
export const mostSteps = 3;

/** A few steps more, each of those there are; one that does not fit is not taken. */
export function walk(
  draft: Draft,
  rows: Relation,
  among: readonly Step[],
  count: number,
): Relation {
  let found = rows;
  for (let step = 0; step < count; step += 1) {
    const next = draft.random.pick(among)(draft, found);
    if (next && draft.schema(next)) found = next;
  }
  return found;
}

/** A few steps of one person each. */
export function mostlyPeople(draft: Draft, rows: Relation): Relation {
  return walk(draft, rows, stepsOfPeople, draft.random.integer(mostSteps));
}
