import { apply } from './apply.ts';
import { explained } from './aws-errors.ts';
import type { Aws } from './clients.ts';
import { type Destination, deployedName, keyPrefix } from './desired-state.ts';
import { isJsonObject } from './json.ts';
import { underLock, untilNotOvertaken } from './lock/deployment.ts';
import type { LockOptions } from './lock/index.ts';
import { pages } from './pages.ts';
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
 * entries, and the scripts that any deployment of it uploaded. Data, buckets and keys are never deleted, and neither is the
 * bucket's policy, which guards the data that stays.
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
  const total = planned.plan.actions.length;
  let done = 0;
  const onApplied = (): void => {
    done += 1;
    options.onStep?.({ step: 'delete', done, total });
  };
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
  try {
    const { plan, kept } = planDestruction(found.desired, found.live);
    const former = await formerObjects(aws, destination, library, found.desired);
    const whole: Plan = { ...plan, actions: [...plan.actions, ...former.map(deletion)] };
    await refuseUsed(aws, whole, { ...destination, prefix: keyPrefix(library, destination) });
    const name = deployedName(library, destination);
    const data = plan.actions.flatMap(({ desired, live }) => dataOf(desired, live));
    return {
      aws,
      lock,
      planned: { library, name, destination, plan: whole, kept, data, written: [] },
    };
  } catch (error) {
    throw explained(error, options);
  }
}

function deletion(desired: Desired): Plan['actions'][number] {
  return { kind: 'delete', desired, live: { definition: {}, tags: {} }, differences: [] };
}

/** Scripts and support modules of earlier deployments, whose keys hold other hashes. */
async function formerObjects(
  aws: Aws,
  to: Destination,
  library: string,
  desired: readonly Desired[],
): Promise<readonly Desired[]> {
  const known = new Set(desired.map(({ name }) => name));
  const found: Desired[] = [];
  for (const [folder, kind] of [
    ['scripts', 'script'],
    ['support', 'support'],
  ] as const) {
    const objects = pages(async (ContinuationToken) => {
      const page = await aws.s3.listObjectsV2({
        Bucket: to.bucket,
        Prefix: `${keyPrefix(library, to)}/${folder}/`,
        ContinuationToken,
      });
      return [page.Contents, page.NextContinuationToken];
    });
    for await (const { Key: key = '' } of objects) {
      const name = `s3://${to.bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
      if (known.has(name)) continue;
      found.push({ id: `${kind}/${key}`, kind, name, definition: {}, tags: {} });
    }
  }
  return found;
}

function dataOf({ kind }: Desired, live: Live | undefined): readonly string[] {
  const storage = kind === 'table' ? live?.definition['StorageDescriptor'] : undefined;
  const location = isJsonObject(storage) ? storage['Location'] : undefined;
  return typeof location === 'string' ? [location] : [];
}
