import { apply, countingApplied } from './apply.ts';
import { explained } from './aws-errors.ts';
import { type Destination, deployedName, keyPrefix } from './desired-state.ts';
import { isJsonObject } from './json.ts';
import { KINDS } from './kinds/index.ts';
import { underLock, untilNotOvertaken } from './lock/deployment.ts';
import type { LockOptions } from './lock/index.ts';
import { findOrphans } from './orphans.ts';
import { type Destruction, hasChanges, type Plan, planDestruction } from './plan.ts';
import type { Desired, Live } from './resource.ts';
import { type Surveyed, survey, type TargetOptions } from './survey.ts';
import { refuseUsed } from './users.ts';

/** What to take away, and from where. */
export interface DestroyOptions
  extends Omit<TargetOptions, 'createBucket' | 'lock' | 'onRead'>,
    LockOptions {
  /** Ends the work between two resources, as Ctrl-C does; the lock is given back. */
  readonly signal?: AbortSignal;
  /** Plan only; false by default. */
  readonly dryRun?: boolean;
  /** Asked before the first deletion; what it throws ends the work. By default there is consent. */
  readonly confirm?: (planned: Destroyed) => boolean | Promise<boolean>;
  /** Told about every step, so that long work shows. */
  readonly onStep?: (step: {
    readonly step: 'read' | 'delete';
    readonly done: number;
    readonly total: number;
  }) => void;
}

/** What goes, and what stays. */
export interface Destroyed extends Destruction {
  readonly library: string;
  /** The library's, with that of its environment. */
  readonly name: string;
  readonly destination: Destination;
  /** `s3://` URIs of the data of tables that go: nothing there is deleted. */
  readonly data: readonly string[];
  /** Ids of what was deleted, in order; empty after a dry run, or where nobody consented. */
  readonly written: readonly string[];
}

/**
 * Takes away all that a library owns in AWS, in the reverse order of creation: jobs, triggers, workflow, roles, the catalog's
 * entries, what it declared only formerly, and the scripts that any deployment of it uploaded. Data, buckets and keys are never
 * deleted, and neither is the bucket's policy, which guards the data that stays.
 *
 * @throws DeployError `deploy/locked`; `deploy/still-used` where others use any of it; as `planDeployment`; `DeploymentStopped` when a deletion failed
 */
export async function destroy(options: DestroyOptions): Promise<Destroyed> {
  return await untilNotOvertaken(options, (until) => destroyUnlessOvertaken(options, until));
}

async function destroyUnlessOvertaken(
  options: DestroyOptions,
  until: number,
): Promise<Destroyed | undefined> {
  const { aws, lock, planned } = await prepare(options, until);
  if (options.dryRun === true || !hasChanges(planned.plan)) return planned;
  if ((await options.confirm?.(planned)) === false) return planned;
  const onApplied = countingApplied(planned.plan, ({ done, total }) =>
    options.onStep?.({ step: 'delete', done, total }),
  );
  const written = await underLock({ aws, ...lock, options }, planned.plan, (part) =>
    apply(aws, part, options, { ...options, onApplied }),
  );
  return written === undefined ? undefined : { ...planned, written };
}

async function prepare(
  options: DestroyOptions,
  until: number,
): Promise<Pick<Surveyed, 'aws' | 'lock'> & { readonly planned: Destroyed }> {
  const found = await survey({
    ...options,
    ...(options.dryRun === true ? {} : { lock: { ...options, until } }),
    onRead: ({ done, total }) => options.onStep?.({ step: 'read', done, total }),
  });
  const { aws, lock, generated, destination } = found;
  const { library } = generated;
  const { bucket } = destination;
  const prefix = keyPrefix(library, destination);
  try {
    const { plan, kept } = planDestruction(found.desired, found.live);
    const { desired } = found;
    const orphans = await findOrphans(aws, { library, destination, desired, intoFormer: true });
    // What orphans use goes after them, and a script after its job.
    const former = orphans.filter(({ desired: { kind } }) => KINDS[kind].owned);
    const objects = orphans.filter(({ desired: { kind } }) => !KINDS[kind].owned);
    const whole: Plan = { ...plan, actions: [...former, ...plan.actions, ...objects] };
    await refuseUsed(aws, whole, (text) => text.includes(`s3://${bucket}/${prefix}/`));
    const name = deployedName(library, destination);
    const data = whole.actions.flatMap(({ desired, live }) => dataOf(desired, live));
    return {
      aws,
      lock,
      planned: { library, name, destination, plan: whole, kept, data, written: [] },
    };
  } catch (error) {
    throw explained(error, options);
  }
}

function dataOf({ kind }: Desired, live: Live | undefined): readonly string[] {
  const storage = kind === 'table' ? live?.definition['StorageDescriptor'] : undefined;
  const location = isJsonObject(storage) ? storage['Location'] : undefined;
  return typeof location === 'string' ? [location] : [];
}
