import { type Difference, differences } from './compare.ts';
import { own } from './json.ts';
import { KINDS } from './kinds/index.ts';
import { TAG_PATH } from './kinds/tags.ts';
import { type Desired, ENVIRONMENT_TAG, LIBRARY_TAG, type Live } from './resource.ts';

/**
 * What is to be done with one resource. `replace` deletes and creates, where AWS cannot update; `delete` is only of what nobody
 * wants any more.
 */
export type ActionKind = 'create' | 'update' | 'replace' | 'delete' | 'unchanged';

/** One step of a plan. */
export interface Action {
  readonly kind: ActionKind;
  readonly desired: Desired;
  /** Absent for `create`. */
  readonly live?: Live;
  /** What makes it an `update` or `replace`; empty otherwise. */
  readonly differences: readonly Difference[];
}

/** An existing resource of a name we want, which this library does not own. */
export interface Conflict {
  readonly desired: Desired;
  /** Library of its tag, with the environment of its tag; undefined where it was not made by lakewright. */
  readonly owner: string | undefined;
}

/** Steps in an order in which they can be done. */
export interface Plan {
  readonly actions: readonly Action[];
  /** Any makes the plan impossible. */
  readonly conflicts: readonly Conflict[];
}

/**
 * Desired and live state to actions: a pure function. What AWS holds beyond the desired resources is left
 * alone.
 *
 * @param desired in an order in which they can be created
 * @param live by id; a resource that does not exist is not in it
 */
export function plan(desired: readonly Desired[], live: ReadonlyMap<string, Live>): Plan {
  const conflicts: Conflict[] = [];
  const actions: Action[] = [];
  for (const one of desired) {
    const found = live.get(one.id);
    if (found === undefined) {
      actions.push({ kind: 'create', desired: one, differences: [] });
    } else if (isForeign(one, found)) {
      conflicts.push({ desired: one, owner: ownerOf(found) });
    } else {
      actions.push(comparison(one, found));
    }
  }
  return { actions, conflicts };
}

/** What a library leaves in AWS when it goes, and what it takes along. */
export interface Destruction {
  /** Deletions, in the reverse order of creation. */
  readonly plan: Plan;
  /** What is there and stays: what guards data, and what is not this library's. */
  readonly kept: readonly Desired[];
}

/**
 * The live resources of a library to deletions: a pure function.
 *
 * @param desired in an order in which they can be created
 * @param live by id; a resource that does not exist is not in it
 */
export function planDestruction(
  desired: readonly Desired[],
  live: ReadonlyMap<string, Live>,
): Destruction {
  const actions: Action[] = [];
  const kept: Desired[] = [];
  for (const one of desired.toReversed()) {
    const found = live.get(one.id);
    if (found === undefined) continue;
    if (KINDS[one.kind].delete === undefined || isForeign(one, found)) kept.unshift(one);
    else actions.push({ kind: 'delete', desired: one, live: found, differences: [] });
  }
  return { plan: { actions, conflicts: [] }, kept };
}

/** Whether a plan would write anything. */
export function hasChanges(plan: Plan): boolean {
  return plan.actions.some((action) => action.kind !== 'unchanged');
}

function ownerOf({ tags }: Live): string | undefined {
  const environment = tags[ENVIRONMENT_TAG];
  const library = tags[LIBRARY_TAG];
  return environment === undefined ? library : `${library} in the environment ${environment}`;
}

/** What was deployed without an environment may be taken into one. */
function isForeign(desired: Desired, live: Live): boolean {
  const environment = live.tags[ENVIRONMENT_TAG];
  return (
    KINDS[desired.kind].owned &&
    (live.tags[LIBRARY_TAG] !== desired.tags[LIBRARY_TAG] ||
      (environment !== undefined && environment !== desired.tags[ENVIRONMENT_TAG]))
  );
}

function comparison(desired: Desired, live: Live): Action {
  const rules = KINDS[desired.kind];
  const found = [
    ...differences(desired.definition, live.definition, rules.fields),
    ...tagDifferences(desired, live),
  ];
  if (found.length === 0) return { kind: 'unchanged', desired, live, differences: found };
  const fixed =
    rules.fixed === 'all' || found.some((difference) => rules.fixed?.includes(difference.path));
  return { kind: fixed ? 'replace' : 'update', desired, live, differences: found };
}

function tagDifferences(desired: Desired, live: Live): readonly Difference[] {
  return Object.entries(desired.tags)
    .filter(([name, value]) => own(live.tags, name) !== value)
    .map(([name, to]) => ({ path: `${TAG_PATH}${name}`, from: own(live.tags, name), to }));
}
