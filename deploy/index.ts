import { apply } from './apply.ts';
import { bucketMissing, explained } from './aws-errors.ts';
import { type Aws, type ConnectOptions, connect } from './clients.ts';
import { checkBucketName, type Destination, desiredState } from './desired-state.ts';
import { DeployError } from './errors.ts';
import { type AllowedException, refuseExpired } from './exceptions.ts';
import { liveState } from './live-state.ts';
import { readGenerated } from './manifest.ts';
import { type Action, type Conflict, type Plan, plan } from './plan.ts';
import type { Desired, Kind } from './resource.ts';

export { explainedCall } from './aws-errors.ts';
export type { ConnectOptions } from './clients.ts';
export type { Difference } from './compare.ts';
export type { Destination } from './desired-state.ts';
export { DeployError, DeploymentStopped } from './errors.ts';
export type { AllowedException } from './exceptions.ts';
export { type Action, type ActionKind, hasChanges, type Plan } from './plan.ts';
export { renderPlan, summary } from './render-plan.ts';

/** What to deploy, and where. */
export interface DeployOptions extends ConnectOptions {
  /** Folder of the library: `generated/stedi`. */
  readonly directory: string;
  /** Bucket of the lake, which must exist unless `createBucket` is set. */
  readonly bucket: string;
  /** Create a missing bucket, as for the embedded endpoint; false by default. */
  readonly createBucket?: boolean;
  /** Assign Lake Formation's tags and grants too, which takes a data lake administrator; true by default. */
  readonly lakeFormation?: boolean;
  /** What decides which exceptions are over; the clock by default. */
  readonly now?: Date;
  /** Plan only; false by default. */
  readonly dryRun?: boolean;
  /** Shown the plan before the first write. */
  readonly onPlan?: (plan: Plan) => void;
  /** Told about every step, so that long work shows. */
  readonly onProgress?: (progress: DeployProgress) => void;
}

/** One step that is over. */
export type DeployProgress =
  | { readonly step: 'read'; readonly id: string; readonly done: number; readonly total: number }
  | {
      readonly step: 'apply';
      readonly action: Action;
      readonly done: number;
      readonly total: number;
    };

/** A plan and where it goes. */
export interface Deployment {
  readonly library: string;
  readonly destination: Destination;
  readonly plan: Plan;
  /** What people allowed in the library although no rule does. */
  readonly exceptions: readonly AllowedException[];
  /** Ids of the resources that were written, in order; empty after a dry run. */
  readonly written: readonly string[];
}

/**
 * Compares a generated library with AWS. Makes no write call.
 *
 * @throws DeployError when the library or its destination is unfit, AWS cannot be asked, or a resource of a
 * wanted name belongs to somebody else
 * @example
 * const { plan, exceptions } = await planDeployment({ directory: 'generated/stedi', bucket: 'my-lake' });
 * console.log(renderPlan(plan, exceptions));
 */
export async function planDeployment(options: DeployOptions): Promise<Deployment> {
  return (await prepare(options)).deployment;
}

/**
 * Makes AWS equal to a generated library: plans, then does exactly that. What exists beyond the library is
 * left alone; when nothing differs, no write call is made.
 *
 * @throws DeployError as {@link planDeployment}; `DeploymentStopped` when an action failed
 */
export async function deploy(options: DeployOptions): Promise<Deployment> {
  const { aws, deployment } = await prepare(options);
  options.onPlan?.(deployment.plan);
  if (options.dryRun === true) return deployment;
  const total = deployment.plan.actions.filter(({ kind }) => kind !== 'unchanged').length;
  let done = 0;
  const written = await apply(aws, deployment.plan, options, (action) => {
    done += 1;
    options.onProgress?.({ step: 'apply', action, done, total });
  });
  return { ...deployment, written };
}

const LAKE_FORMATION_KINDS: readonly Kind[] = ['data-tag', 'data-access'];
const BUCKET_KINDS: readonly Kind[] = ['script', 'support', 'bucket-policy'];

async function prepare(options: DeployOptions): Promise<{ aws: Aws; deployment: Deployment }> {
  checkBucketName(options.bucket);
  const generated = await readGenerated(options.directory);
  refuseExpired(generated.exceptions, options.now ?? new Date());
  // Once with made-up values: a library that is unfit says so before the first call.
  desiredState(generated, { account: '0'.repeat(12), region: 'nowhere', bucket: options.bucket });
  try {
    const aws = await connect(options);
    const destination = { account: aws.account, region: aws.region, bucket: options.bucket };
    const desired = desiredState(generated, destination).filter(
      ({ kind }) => options.lakeFormation !== false || !LAKE_FORMATION_KINDS.includes(kind),
    );
    const made = await planAgainst(aws, desired, options);
    refuseConflicts(made.conflicts, generated.library);
    const { library, exceptions } = generated;
    return { aws, deployment: { library, destination, plan: made, exceptions, written: [] } };
  } catch (error) {
    throw explained(error, options);
  }
}

async function planAgainst(
  aws: Aws,
  desired: readonly Desired[],
  options: DeployOptions,
): Promise<Plan> {
  const bucket = desiredBucket(options.bucket);
  const bucketState = await liveState(aws, [bucket]);
  const missing = !bucketState.has(bucket.id);
  if (missing && options.createBucket !== true)
    throw new DeployError(...bucketMissing(bucket.name));
  // Nothing can lie in a bucket that is not there, and asking for it is an error.
  const inBucket = ({ kind }: Desired): boolean => BUCKET_KINDS.includes(kind);
  const asked = missing ? desired.filter((one) => !inBucket(one)) : desired;
  let done = 0;
  const live = await liveState(aws, asked, (id) => {
    done += 1;
    options.onProgress?.({ step: 'read', id, done, total: asked.length });
  });
  return plan(missing ? [bucket, ...desired] : desired, live);
}

function desiredBucket(name: string): Desired {
  return { id: `bucket/${name}`, kind: 'bucket', name, definition: {}, tags: {} };
}

function refuseConflicts(conflicts: readonly Conflict[], library: string): void {
  if (conflicts.length === 0) return;
  const foreign = conflicts.map(({ desired, owner }) => {
    const whose = owner === undefined ? 'made by something else' : `of the library ${owner}`;
    return `${desired.kind} ${desired.name} (${whose})`;
  });
  throw new DeployError(
    'deploy/not-owned',
    `${library} would take over what is not its own: ${foreign.join(', ')}.`,
    'Rename it in the library, or remove or tag the existing one if it really is this library’s.',
  );
}
