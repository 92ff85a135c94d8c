import { atOnce } from './at-once.ts';
import { explained, mayBeDone, type Target } from './aws-errors.ts';
import type { Aws } from './clients.ts';
import { DeployError, DeploymentStopped } from './errors.ts';
import { KINDS } from './kinds/index.ts';
import { type Action, type Plan, plan } from './plan.ts';
import type { Live } from './resource.ts';

/** Enough for the quotas of Glue and IAM, which are a few calls a second. */
const WRITES_AT_ONCE = 8;
/** How often one resource is looked at again, since any of its calls may lose an answer. */
const ROUNDS = 4;

/** How an application of a plan is watched, and ended early. */
export interface Watch {
  /** Called after every resource that was written. */
  readonly onApplied?: (action: Action) => void;
  /** Ends the deployment between two resources. */
  readonly signal?: AbortSignal;
}

/**
 * Does what a plan says, in its order: resources of one kind that stand together at once, and each kind after those before it,
 * so that what guards data is there before what reads it. What is unchanged is not called about.
 *
 * @returns ids of the resources that were written, in the order of the plan
 * @throws DeploymentStopped at the first failure; a new plan continues from there
 */
export async function apply(
  aws: Aws,
  planned: Plan,
  target: Target,
  { onApplied, signal }: Watch = {},
): Promise<readonly string[]> {
  const changes = planned.actions.filter((action) => action.kind !== 'unchanged');
  const done = new Set<Action>();
  let failed: Action | undefined;
  const carryOutOne = async (action: Action): Promise<void> => {
    try {
      if (signal?.aborted === true) throw interrupted();
      await carryOut(aws, action);
    } catch (error) {
      failed ??= action;
      throw error;
    }
    done.add(action);
    onApplied?.(action);
  };
  try {
    for (const stage of stages(changes)) await atOnce(WRITES_AT_ONCE, stage, carryOutOne);
  } catch (error) {
    const notDone = changes.filter((action) => !done.has(action) && action !== failed);
    const first = failed === undefined ? [] : [failed];
    throw new DeploymentStopped(
      explained(error, target),
      changes.filter((action) => done.has(action)).map(({ desired }) => desired.id),
      [...first, ...notDone].map(({ desired }) => desired.id),
    );
  }
  return changes.map(({ desired }) => desired.id);
}

/**
 * Counts what is applied of a plan, which may be applied in parts.
 *
 * @param told what was written, how many that makes, and how many there are to be
 */
export function countingApplied(
  { actions }: Plan,
  told: (applied: {
    readonly action: Action;
    readonly done: number;
    readonly total: number;
  }) => void,
): NonNullable<Watch['onApplied']> {
  const total = actions.filter(({ kind }) => kind !== 'unchanged').length;
  let done = 0;
  return (action) => {
    done += 1;
    told({ action, done, total });
  };
}

/** Neighbours that are of one kind and are treated alike: none of them needs another. */
function stages(changes: readonly Action[]): readonly (readonly Action[])[] {
  const found: Action[][] = [];
  let last: Action | undefined;
  for (const action of changes) {
    const alike =
      action.desired.kind === last?.desired.kind &&
      (action.kind === 'delete') === (last.kind === 'delete');
    if (alike) found.at(-1)?.push(action);
    else found.push([action]);
    last = action;
  }
  return found;
}

/** What ends work between two resources. */
export function interrupted(): DeployError {
  return new DeployError(
    'deploy/interrupted',
    'The deployment was interrupted.',
    'Nothing is half done.',
  );
}

/**
 * A call whose answer got lost is made again, and may then find its own effect in the way: that the thing is there already, is
 * gone, or has nothing to take away. So what is there is looked up, and what is left to do is done.
 */
async function carryOut(aws: Aws, planned: Action): Promise<void> {
  const { desired } = planned;
  let action = planned;
  for (let round = 1; ; round += 1) {
    try {
      return await perform(aws, action);
    } catch (error) {
      if (round === ROUNDS || !mayBeDone(error)) throw error;
      const live = await KINDS[desired.kind].read(aws, desired);
      const rest = remaining(action, live);
      if (rest === undefined) throw error;
      if (rest.kind === 'unchanged') return;
      action = rest;
    }
  }
}

/** Undefined where the resource turns out to be somebody else's. */
function remaining({ kind, desired }: Action, live: Live | undefined): Action | undefined {
  if (kind !== 'delete') {
    return plan([desired], new Map(live === undefined ? [] : [[desired.id, live]])).actions[0];
  }
  if (live === undefined) return { kind: 'unchanged', desired, differences: [] };
  return { kind, desired, live, differences: [] };
}

async function perform(aws: Aws, { kind, desired, live, differences }: Action): Promise<void> {
  const rules = KINDS[desired.kind];
  if (live === undefined) return await rules.create(aws, desired);
  if (kind === 'delete') return await rules.delete?.(aws, desired, live);
  if (kind === 'replace') return await rules.replace?.(aws, desired, live);
  return await rules.update(aws, desired, live, differences);
}
