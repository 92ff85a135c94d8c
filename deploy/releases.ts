import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { explained } from './aws-errors.ts';
import { type Aws, type ConnectOptions, connect } from './clients.ts';
import { type Destination, keyPrefix } from './desired-state.ts';
import type { Environment } from './environments.ts';
import { DeployError } from './errors.ts';
import { unlessDenied } from './kinds/many.ts';
import { type Generated, staysInside } from './manifest.ts';
import {
  areSame,
  makeLive,
  type Release,
  type ReleaseHistory,
  readHistory,
} from './release-history.ts';
import {
  keepOnly,
  keepRelease,
  type ReleasePlace,
  readRelease,
  releaseDigest,
} from './release-store.ts';
import type { Proofs } from './resource.ts';

export type { Release } from './release-history.ts';

/** Whose releases, and where. */
export interface ReleasesOptions extends ConnectOptions {
  readonly library: string;
  readonly environment: Environment;
}

/** What is to be said of a deployment. */
export interface Recorded {
  readonly now: Date;
  readonly keep?: number | undefined;
  readonly known: ReleaseHistory | undefined;
  readonly proofs: Proofs;
}

const SHORTEST_DIGEST = 7;

/**
 * What was deployed into an environment, the newest first, which is live.
 *
 * @throws DeployError where AWS cannot be asked
 */
export async function releases(options: ReleasesOptions): Promise<readonly Release[]> {
  return await atReleases(options, async (aws, place) => {
    return (await readHistory(aws.s3, place)).releases;
  });
}

/**
 * Puts the files of a release into a folder for the time of some work, so that it is deployed as what was generated is: checked,
 * planned and asked about.
 *
 * @param choose which release of those that were deployed, the newest first
 * @throws DeployError `deploy/release-missing`, `deploy/release-damaged`; what the work throws
 */
export async function withRelease<T>(
  options: ReleasesOptions,
  choose: (all: readonly Release[]) => string,
  work: (directory: string, digest: string) => Promise<T>,
): Promise<T> {
  const { digest, files } = await atReleases(options, async (aws, place) => {
    const digest = choose((await readHistory(aws.s3, place)).releases);
    return { digest, files: await readRelease(aws.s3, place, digest) };
  });
  const folder = await mkdtemp(join(tmpdir(), 'lakewright-release-'));
  try {
    for (const [name, text] of [...files].filter(([name]) => staysInside(name))) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return await work(folder, digest);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The release that is live. @throws DeployError `deploy/release-missing` */
export function liveRelease([live]: readonly Release[]): string {
  if (live !== undefined) return live.digest;
  throw new DeployError(
    'deploy/release-missing',
    'Nothing was deployed there.',
    'Deploy there first.',
  );
}

/**
 * The release to go back to.
 *
 * @param wanted the first digits of its digest; by default the last that was live before and is another than the one that is
 * @throws DeployError `deploy/release-missing`
 */
export function earlierRelease(all: readonly Release[], wanted?: string): string {
  const live = liveRelease(all);
  if (wanted !== undefined && /^[0-9a-f]{64}$/.test(wanted)) return wanted;
  const fits = ({ digest }: Release): boolean =>
    wanted === undefined
      ? digest !== live
      : wanted.length >= SHORTEST_DIGEST && digest.startsWith(wanted);
  const found = all.find(fits);
  const alike = all.find((one) => fits(one) && one.digest !== found?.digest);
  if (found !== undefined && (wanted === undefined || alike === undefined)) return found.digest;
  throw new DeployError(
    'deploy/release-missing',
    wanted === undefined
      ? 'Nothing else was deployed there before.'
      : `No one release that was deployed there begins with ${JSON.stringify(wanted)}.`,
    'See which there are: npm run releases.',
  );
}

/**
 * Keeps what was deployed, and says that it is live, and what is proven of it; writes nothing where all of that is said already.
 *
 * @param known the history as it was before the deployment; undefined where it could not be read
 * @param keep how many releases stay, and it is one of them; by default all. The history never names one that is gone
 */
export async function recordRelease(
  aws: Aws,
  generated: Generated,
  to: Destination,
  { now, keep, known, proofs }: Recorded,
): Promise<void> {
  const place = placeOf(generated.library, to);
  const digest = releaseDigest(generated);
  const before = known ?? (await readHistory(aws.s3, place));
  const isLive = before.releases[0]?.digest === digest;
  if (isLive && areSame(before.proofs, proofs) && keep === undefined) return;
  if (!isLive) await keepRelease(aws.s3, place, generated);
  const release = { digest, at: now.toISOString(), by: aws.caller };
  const kept = await makeLive(aws.s3, place, release, proofs, keep);
  if (keep === undefined) return;
  await keepOnly(aws.s3, place, new Set(kept.map((one) => one.digest)));
}

/**
 * The history of a library in an environment; undefined where it is damaged, or not the caller's to read: it only spares calls.
 */
export async function knownHistory(
  aws: Aws,
  library: string,
  to: Destination,
): Promise<ReleaseHistory | undefined> {
  try {
    return await unlessDenied(readHistory(aws.s3, placeOf(library, to)));
  } catch (error) {
    if (error instanceof DeployError) return undefined;
    throw error;
  }
}

async function atReleases<T>(
  { library, environment, ...connection }: ReleasesOptions,
  work: (aws: Aws, place: ReleasePlace) => Promise<T>,
): Promise<T> {
  const { bucket, region } = environment;
  try {
    const aws = await connect({ ...connection, region });
    return await work(aws, placeOf(library, { ...environment, environment }));
  } catch (error) {
    throw explained(error, { bucket, endpoint: connection.endpoint });
  }
}

function placeOf(library: string, to: Destination): ReleasePlace {
  const { bucket, account } = to;
  return { bucket, account, prefix: keyPrefix(library, to) };
}
