import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Aws } from './clients.ts';
import { DeployError } from './errors.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { type Generated, sha256 } from './manifest.ts';
import { readObject } from './object-bytes.ts';
import { pages } from './pages.ts';
import { stringMembers } from './resource.ts';

/** Where the releases of a library are kept in one environment. */
export interface ReleasePlace {
  readonly bucket: string;
  /** Twelve digits; S3 is asked to refuse where the bucket is of another account. */
  readonly account: string;
  /** Without slashes at the ends: `lakewright/stedi_dev`. */
  readonly prefix: string;
}

/** The files of a release: `manifest.json` and all that it lists. */
export type ReleaseFiles = ReadonlyMap<string, string>;

type S3 = Aws['s3'];

const FORMAT = 1;
const MANIFEST = 'manifest.json';

/** A release's name: SHA-256 of its manifest, which has that of every file. */
export function releaseDigest({ manifest }: Pick<Generated, 'manifest'>): string {
  return sha256(manifest);
}

/** Keeps what was generated, under its digest; what is kept there already stays. */
export async function keepRelease(s3: S3, to: ReleasePlace, generated: Generated): Promise<void> {
  const files = [...generated.files].map(([name, bytes]): [string, string] => [
    name,
    bytes.toString('utf8'),
  ]);
  const all = { ...Object.fromEntries(files), [MANIFEST]: generated.manifest };
  const text = JSON.stringify({ formatVersion: FORMAT, files: all });
  try {
    await s3.putObject({
      Bucket: to.bucket,
      Key: releaseKey(to, releaseDigest(generated)),
      Body: await promisify(gzip)(text),
      ContentType: 'application/json',
      ContentEncoding: 'gzip',
      ExpectedBucketOwner: to.account,
      IfNoneMatch: '*',
    });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'PreconditionFailed')) throw error;
  }
}

/**
 * The files of a release, as they were deployed.
 *
 * @throws DeployError `deploy/release-missing`; `deploy/release-damaged` where it is not what its name says
 */
export async function readRelease(
  s3: S3,
  from: ReleasePlace,
  digest: string,
): Promise<ReleaseFiles> {
  const key = releaseKey(from, digest);
  const found = await readObject(s3, {
    Bucket: from.bucket,
    Key: key,
    ExpectedBucketOwner: from.account,
  });
  if (found === undefined) {
    throw new DeployError(
      'deploy/release-missing',
      `There is no release ${digest} in s3://${from.bucket}/${from.prefix}.`,
      'See which there are: npm run releases.',
    );
  }
  const files = filesOf(await unpacked(found.bytes));
  if (sha256(files?.get(MANIFEST) ?? '') === digest && files !== undefined) return files;
  throw new DeployError(
    'deploy/release-damaged',
    `s3://${from.bucket}/${key} is not the release that its name says.`,
    'Somebody wrote there; deploy another release, or what the library was made from.',
  );
}

/** Deletes all releases but some. */
export async function keepOnly(
  s3: S3,
  of: ReleasePlace,
  digests: ReadonlySet<string>,
): Promise<void> {
  const { bucket: Bucket, account: ExpectedBucketOwner } = of;
  const objects = pages(async (ContinuationToken) => {
    const Prefix = `${of.prefix}/releases/`;
    const page = await s3.listObjectsV2({ Bucket, ExpectedBucketOwner, Prefix, ContinuationToken });
    return [page.Contents, page.NextContinuationToken];
  });
  const kept = new Set([...digests].map((digest) => releaseKey(of, digest)));
  for await (const { Key = '' } of objects) {
    if (!kept.has(Key)) await s3.deleteObject({ Bucket, ExpectedBucketOwner, Key });
  }
}

function releaseKey({ prefix }: ReleasePlace, digest: string): string {
  return `${prefix}/releases/${digest}.json.gz`;
}

async function unpacked(bytes: Uint8Array): Promise<JsonObject> {
  try {
    const parsed: Json = JSON.parse((await promisify(gunzip)(bytes)).toString('utf8'));
    return isJsonObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

function filesOf({ formatVersion, files }: JsonObject): ReleaseFiles | undefined {
  return formatVersion === FORMAT ? new Map(Object.entries(stringMembers(files))) : undefined;
}
