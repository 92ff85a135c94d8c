import type { Aws } from './clients.ts';
import { DeployError } from './errors.ts';
import { asObject, isJsonObject, type Json, type JsonObject } from './json.ts';
import { readObject } from './object-bytes.ts';
import type { ReleasePlace } from './release-store.ts';
import type { Proof, Proofs } from './resource.ts';

/** One deployment of a release. */
export interface Release {
  /** 64 hex digits. */
  readonly digest: string;
  /** ISO-8601, in UTC. */
  readonly at: string;
  /** ARN of who deployed it. */
  readonly by: string;
}

/** What was deployed into one environment, and what is known of it. */
export interface ReleaseHistory {
  /** The newest first, which is live. */
  readonly releases: readonly Release[];
  /** Of the rulesets as they were after the last deployment, so that they need not be read again. */
  readonly proofs: Proofs;
  /** Of the object; undefined where there is none. */
  readonly etag?: string;
}

/** Where nothing was deployed. */
export const NO_HISTORY: ReleaseHistory = { releases: [], proofs: new Map() };

type S3 = Aws['s3'];

const FORMAT = 1;
/** Older ones stay kept, and can be deployed by their digest. */
const MOST_RELEASES = 200;
const TRIES = 5;

/**
 * What was deployed; empty where nothing was.
 *
 * @throws DeployError `deploy/release-damaged` where the object is not what a deployment wrote
 */
export async function readHistory(s3: S3, of: ReleasePlace): Promise<ReleaseHistory> {
  const found = await readObject(s3, {
    Bucket: of.bucket,
    Key: historyKey(of),
    ExpectedBucketOwner: of.account,
  });
  if (found === undefined) return NO_HISTORY;
  const said = parse(found.bytes.toString('utf8'));
  const releases = releasesOf(said);
  if (releases === undefined) {
    throw new DeployError(
      'deploy/release-damaged',
      `s3://${of.bucket}/${historyKey(of)} is not what a deployment wrote.`,
      'Delete it; the releases themselves stay, and the next deployment begins it anew.',
    );
  }
  const proofs = proofsIn(said);
  return { releases, proofs, ...(found.etag === undefined ? {} : { etag: found.etag }) };
}

/**
 * Says that a release is live now, of how many it is still said that they were, and what is proven, unless all is said already.
 * Reads anew where somebody else wrote meanwhile.
 *
 * @param keep how many releases; by default all
 * @returns what is said then
 */
export async function makeLive(
  s3: S3,
  of: ReleasePlace,
  release: Release,
  proofs: Proofs,
  keep = Number.POSITIVE_INFINITY,
): Promise<readonly Release[]> {
  for (let tries = 1; ; tries += 1) {
    const { releases, etag, ...last } = await readHistory(s3, of);
    const isLive = releases[0]?.digest === release.digest;
    const kept = newest(isLive ? releases : [release, ...releases], keep);
    if (isLive && kept.length === releases.length && areSame(last.proofs, proofs)) return kept;
    try {
      await s3.putObject({
        Bucket: of.bucket,
        Key: historyKey(of),
        Body: historyText(kept, proofs),
        ContentType: 'application/json',
        ExpectedBucketOwner: of.account,
        ...(etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag }),
      });
      return kept;
    } catch (error) {
      const raced = error instanceof Error && error.name === 'PreconditionFailed';
      if (!raced || tries === TRIES) throw error;
    }
  }
}

/** The deployments of so many releases as were live last. */
function newest(releases: readonly Release[], keep: number): readonly Release[] {
  const digests = [...new Set(releases.map(({ digest }) => digest))].slice(0, keep);
  return releases.filter(({ digest }) => digests.includes(digest)).slice(0, MOST_RELEASES);
}

function historyKey({ prefix }: ReleasePlace): string {
  return `${prefix}/releases.json`;
}

function historyText(releases: readonly Release[], proofs: Proofs): string {
  const rulesets = Object.fromEntries(sorted(proofs));
  return `${JSON.stringify({ formatVersion: FORMAT, releases, rulesets }, null, 2)}\n`;
}

/** Whether the same is proven. */
export function areSame(some: Proofs, others: Proofs): boolean {
  return JSON.stringify(sorted(some)) === JSON.stringify(sorted(others));
}

function sorted(proofs: Proofs): readonly (readonly [string, Proof])[] {
  return [...proofs.keys()].sort().flatMap((name): (readonly [string, Proof])[] => {
    const { modified, sha256 } = proofs.get(name) ?? {};
    return modified === undefined || sha256 === undefined ? [] : [[name, { modified, sha256 }]];
  });
}

/** What cannot be read proves nothing. */
function proofsIn({ rulesets }: JsonObject): Proofs {
  return new Map(
    Object.entries(asObject(rulesets)).flatMap(([name, value]): (readonly [string, Proof])[] => {
      const { modified, sha256 } = asObject(value);
      if (typeof modified !== 'string' || typeof sha256 !== 'string') return [];
      return [[name, { modified, sha256 }]];
    }),
  );
}

function releasesOf(parsed: JsonObject): readonly Release[] | undefined {
  const list = parsed['formatVersion'] === FORMAT ? parsed['releases'] : undefined;
  if (!Array.isArray(list)) return undefined;
  const found = list.flatMap((one: Json) => release(one) ?? []);
  return found.length === list.length ? found : undefined;
}

function release(value: Json): Release | undefined {
  if (!isJsonObject(value)) return undefined;
  const { digest, at, by } = value;
  if (typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest)) return undefined;
  return typeof at === 'string' && typeof by === 'string' ? { digest, at, by } : undefined;
}

function parse(text: string): JsonObject {
  try {
    const parsed: Json = JSON.parse(text);
    return isJsonObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
