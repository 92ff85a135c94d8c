import { DeployError } from './errors.ts';
import { KINDS } from './kinds/index.ts';
import { isOfData } from './orphans.ts';
import type { Action, Plan } from './plan.ts';
import { printable } from './printable.ts';

/** Which orphans go. */
export interface PruneChoices {
  /** All but the catalog's entries of data; false by default. */
  readonly prune?: boolean;
  /** Those too; the data itself is never deleted. */
  readonly pruneTables?: boolean;
}

/** Of what a library owns, how much goes without a further word: a wrong folder or environment would take all. */
const MOST_SHARE = 0.5;
const MOST_NAMED = 10;

/** A plan that deletes the orphans which are to go after all else, and the orphans that stay: a pure function. */
export function withPruned(
  plan: Plan,
  orphans: readonly Action[],
  { prune = false, pruneTables = false }: PruneChoices,
): { readonly plan: Plan; readonly orphans: readonly Action[] } {
  const goes = (orphan: Action): boolean => (isOfData(orphan) ? pruneTables : prune);
  return {
    plan: { ...plan, actions: [...plan.actions, ...orphans.filter(goes)] },
    orphans: orphans.filter((orphan) => !goes(orphan)),
  };
}

/**
 * Refuses to delete more than half of what a library owns. Scripts do not count: each deployment leaves some.
 *
 * @throws DeployError `deploy/prune-too-many`
 */
export function refuseMany({ actions }: Plan): void {
  const owned = actions.filter(
    ({ live, desired }) => live !== undefined && KINDS[desired.kind].owned,
  );
  const going = owned.filter(({ kind }) => kind === 'delete').map(({ desired }) => desired);
  if (going.length <= owned.length * MOST_SHARE) return;
  const named = going.slice(0, MOST_NAMED).map(({ kind, name }) => printable(`${kind} ${name}`));
  const more = going.length > MOST_NAMED ? [`and ${going.length - MOST_NAMED} more`] : [];
  throw new DeployError(
    'deploy/prune-too-many',
    `${going.length} of ${owned.length} resources of the library would be deleted: ${[...named, ...more].join(', ')}.`,
    'Look whether this is the right library and environment; if so, say --prune-more.',
  );
}
