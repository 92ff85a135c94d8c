import { bucketMissing, explained } from './aws-errors.ts';
import { type Aws, type ConnectOptions, connect } from './clients.ts';
import { checkBucketName, type Destination, desiredState, keyPrefix } from './desired-state.ts';
import type { Environment } from './environments.ts';
import { DeployError } from './errors.ts';
import { refuseUnfit } from './limits.ts';
import { liveState } from './live-state.ts';
import {
  type FoundLock,
  type LockPlace,
  lockPlace,
  UNLOCKED,
  type Waiting,
  whenUnlocked,
} from './lock/index.ts';
import { type Generated, readGenerated } from './manifest.ts';
import type { Conflict } from './plan.ts';
import { refuseElsewhere } from './regions.ts';
import { NO_HISTORY, type ReleaseHistory } from './release-history.ts';
import { knownHistory } from './releases.ts';
import type { Desired, Kind, Live } from './resource.ts';

/** A library, and where it goes. */
export interface TargetOptions extends ConnectOptions {
  /** Folder of the library: `generated/stedi`. */
  readonly directory: string;
  /** Bucket of the lake, which must exist unless `createBucket` is set. */
  readonly bucket: string;
  /** Gives names, sizes and tags, and says which account it has to be; without one, all are as generated. */
  readonly environment?: Environment;
  /** Create a missing bucket, as for the embedded endpoint; false by default. */
  readonly createBucket?: boolean;
  /** Assign Lake Formation's tags and grants too, which takes a data lake administrator; true by default. */
  readonly lakeFormation?: boolean;
  /** Read also what is proven to be as it was deployed; false by default. */
  readonly readAll?: boolean;
  /** Wait until nobody deploys; by default the lock is not looked at. */
  readonly lock?: Waiting;
  /** Told about every resource that was read. */
  readonly onRead?: (read: {
    readonly id: string;
    readonly done: number;
    readonly total: number;
  }) => void;
}

/** A library as it should be in AWS, and as it is there. */
export interface Surveyed {
  readonly aws: Aws;
  /** As it was before the rest was read. */
  readonly lock: { readonly place: LockPlace; readonly found: FoundLock };
  readonly generated: Generated;
  readonly destination: Destination;
  /** In an order in which they can be created. */
  readonly desired: readonly Desired[];
  /** By id; what does not exist is not in it. */
  readonly live: ReadonlyMap<string, Live>;
  /** As it was before the rest was read; undefined where it cannot be read, or was not to be. */
  readonly history: ReleaseHistory | undefined;
}

const LAKE_FORMATION_KINDS: readonly Kind[] = ['data-tag', 'data-access'];
const BUCKET_KINDS: readonly Kind[] = ['script', 'support', 'bucket-policy', 'bucket-lifecycle'];

/**
 * Reads a generated library, and what AWS holds of it. Makes no write call.
 *
 * @param check asked before the first call; what it throws ends it
 * @throws DeployError when the library or its destination is unfit, or AWS cannot be asked
 */
export async function survey(
  options: TargetOptions,
  check: (generated: Generated) => void = () => undefined,
): Promise<Surveyed> {
  checkBucketName(options.bucket);
  const generated = await readGenerated(options.directory);
  check(generated);
  // Once with made-up values: a library that is unfit says so before the first call.
  const nowhere = { account: '0'.repeat(12), region: 'nowhere' };
  refuseUnfit(desiredState(generated, destinationOf(nowhere, options)));
  try {
    return await surveyWith(await connect(options), generated, options);
  } catch (error) {
    throw explained(error, options);
  }
}

async function surveyWith(
  aws: Aws,
  generated: Generated,
  options: TargetOptions,
): Promise<Surveyed> {
  if (options.environment !== undefined) refuseOtherAccount(aws, options.environment);
  const destination = destinationOf(aws, options);
  const desired = desiredState(generated, destination).filter(
    ({ kind }) => options.lakeFormation !== false || !LAKE_FORMATION_KINDS.includes(kind),
  );
  refuseElsewhere(desired, aws.region);
  const bucket = desiredBucket(options.bucket);
  const bucketState = await liveState(aws, [bucket], new Map());
  const missing = !bucketState.has(bucket.id);
  if (missing && options.createBucket !== true)
    throw new DeployError(...bucketMissing(bucket.name));
  const place = lockPlace(options.bucket, keyPrefix(generated.library, destination));
  const { lock } = options;
  const found = lock === undefined || missing ? UNLOCKED : await whenUnlocked(aws, place, lock);
  // Nothing can lie in a bucket that is not there, and asking for it is an error.
  const inBucket = ({ kind }: Desired): boolean => BUCKET_KINDS.includes(kind);
  const asked = missing ? desired.filter((one) => !inBucket(one)) : desired;
  let done = 0;
  const history = await historyOf(aws, generated.library, destination, { ...options, missing });
  const live = await liveState(aws, asked, history?.proofs ?? new Map(), (id) => {
    done += 1;
    options.onRead?.({ id, done, total: asked.length });
  });
  const all = missing ? [bucket, ...desired] : desired;
  return { aws, lock: { place, found }, generated, destination, desired: all, live, history };
}

async function historyOf(
  aws: Aws,
  library: string,
  to: Destination,
  { readAll = false, missing }: { readonly readAll?: boolean; readonly missing: boolean },
): Promise<ReleaseHistory | undefined> {
  if (missing) return NO_HISTORY;
  return readAll ? undefined : await knownHistory(aws, library, to);
}

/** Where a library goes by these options. */
export function destinationOf(
  { account, region }: Pick<Aws, 'account' | 'region'>,
  { bucket, environment }: TargetOptions,
): Destination {
  return { account, region, bucket, ...(environment === undefined ? {} : { environment }) };
}

/** Refuses credentials of another account than an environment's. @throws DeployError `deploy/other-account` */
export function refuseOtherAccount({ account }: Aws, environment: Environment): void {
  if (account === environment.account) return;
  throw new DeployError(
    'deploy/other-account',
    `The environment ${environment.name} is in account ${environment.account}, and the credentials are of ${account}.`,
    'Log in to the environment’s account, or set AWS_PROFILE.',
  );
}

function desiredBucket(name: string): Desired {
  return { id: `bucket/${name}`, kind: 'bucket', name, definition: {}, tags: {} };
}

/** Refuses to go on where a resource of a wanted name belongs to somebody else. @throws DeployError `deploy/not-owned` */
export function refuseConflicts(conflicts: readonly Conflict[], library: string): void {
  if (conflicts.length === 0) return;
  const foreign = conflicts.map(({ desired, owner }) => {
    const whose = owner === undefined ? 'made by something else' : `of the library ${owner}`;
    return `${desired.kind} ${desired.name} (${whose})`;
  });
  throw new DeployError(
    'deploy/not-owned',
    `${library} would take over what is not its own: ${foreign.join(', ')}.`,
    'Rename it in the library, or remove the existing one. What no library owns can be taken over with `npm run import-job`.',
  );
}
