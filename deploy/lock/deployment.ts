import { explained, type Target } from '../aws-errors.ts';
import type { Aws } from '../clients.ts';
import type { Plan } from '../plan.ts';
import {
  duringLock,
  type FoundLock,
  type LockOptions,
  type LockPlace,
  Overtaken,
} from './index.ts';

interface Lockable {
  readonly aws: Aws;
  readonly place: LockPlace;
  /** As it was before AWS was looked at for the plan. */
  readonly found: FoundLock;
  readonly options: LockOptions & Target;
}

/**
 * Applies a plan while the lock is held, if nobody deployed since the plan was made. The lock lies in the bucket, so a bucket that
 * is to be made comes first.
 *
 * @param apply does a part of the plan, and gives the ids of what it wrote
 * @returns the ids of all; undefined where somebody else deployed, and the plan may be wrong
 */
export async function underLock(
  { aws, place, found, options }: Lockable,
  plan: Plan,
  apply: (part: Plan) => Promise<readonly string[]>,
): Promise<readonly string[] | undefined> {
  const isBucket = ({ desired }: Plan['actions'][number]): boolean => desired.kind === 'bucket';
  const first = await apply({ ...plan, actions: plan.actions.filter(isBucket) });
  const rest = { ...plan, actions: plan.actions.filter((action) => !isBucket(action)) };
  try {
    return [...first, ...(await duringLock(aws, place, found, options, () => apply(rest)))];
  } catch (error) {
    if (error instanceof Overtaken) return undefined;
    throw explained(error, options);
  }
}

/**
 * Does something again, from its plan on, for as long as somebody else deploys in between.
 *
 * @param attempt is given the instant until which it may wait for a lock; undefined where {@link underLock} gave that
 */
export async function untilNotOvertaken<T>(
  { lockTimeout = 0 }: LockOptions,
  attempt: (until: number) => Promise<T | undefined>,
): Promise<T> {
  const until = Date.now() + lockTimeout * 1_000;
  for (;;) {
    const done = await attempt(until);
    if (done !== undefined) return done;
  }
}
