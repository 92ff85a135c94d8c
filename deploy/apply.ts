import { explained, saysItExists, type Target } from './aws-errors.ts';
import type { Aws } from './clients.ts';
import { DeploymentStopped } from './errors.ts';
import { KINDS } from './kinds/index.ts';
import { type Action, hasChanges, type Plan, plan } from './plan.ts';
import type { Desired } from './resource.ts';

/**
 * Does what a plan says, one resource after the other, in its order; what is unchanged is not called about.
 *
 * @param onApplied called after every resource that was written
 * @returns ids of the resources that were written
 * @throws DeploymentStopped at the first failure; a new plan continues from there
 */
export async function apply(
  aws: Aws,
  planned: Plan,
  target: Target,
  onApplied: (action: Action) => void = () => undefined,
): Promise<readonly string[]> {
  const changes = planned.actions.filter((action) => action.kind !== 'unchanged');
  const ids = changes.map((action) => action.desired.id);
  for (const [position, action] of changes.entries()) {
    try {
      await carryOut(aws, action);
    } catch (error) {
      const cause = explained(error, target);
      throw new DeploymentStopped(cause, ids.slice(0, position), ids.slice(position));
    }
    onApplied(action);
  }
  return ids;
}

async function carryOut(aws: Aws, { kind, desired, live, differences }: Action): Promise<void> {
  const rules = KINDS[desired.kind];
  if (live === undefined) return await create(aws, desired);
  if (kind === 'delete') return await rules.delete?.(aws, desired, live);
  if (kind === 'replace') return await rules.replace?.(aws, desired, live);
  return await rules.update(aws, desired, live, differences);
}

/** An answer that got lost makes the SDK ask again, and then our own resource is in the way. */
async function create(aws: Aws, desired: Desired): Promise<void> {
  const rules = KINDS[desired.kind];
  try {
    await rules.create(aws, desired);
  } catch (error) {
    if (!saysItExists(error)) throw error;
    const live = await rules.read(aws, desired);
    const settled = plan([desired], new Map(live === undefined ? [] : [[desired.id, live]]));
    if (settled.conflicts.length > 0 || hasChanges(settled)) throw error;
  }
}
