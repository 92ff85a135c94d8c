import { createHash, getFips } from 'node:crypto';
import type { _Object, HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { Aws } from '../clients.ts';
import { sha256 } from '../manifest.ts';
import type { Desired, KindRules, Live } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { listed, readEach } from './many.ts';

const HASH_METADATA = 'lakewright-sha256';
/** Characters that S3 calls safe (user guide, "Naming Amazon S3 objects"). */
const PLAIN_KEY = /^[\w!\-.*'()/]+$/;

/**
 * A script or support module under a key that holds its content's hash. Such a key never needs to change,
 * except where somebody wrote other bytes there.
 */
export const object: KindRules = {
  fields: { names: ['Sha256', 'Size'] },
  owned: false,
  read: readObject,
  async readAll(aws, desired) {
    const found = new Map<string, Live>();
    for (const folder of new Set(desired.map(folderOf))) {
      const some = desired.filter((one) => folderOf(one) === folder);
      for (const [id, live] of await readFolder(aws, folder, some)) found.set(id, live);
    }
    return found;
  },
  async create(aws, desired) {
    try {
      await put(aws, desired, { IfNoneMatch: '*' });
    } catch (error) {
      // Another deployment put the same bytes there: the key says so.
      if (!(error instanceof Error && error.name === 'PreconditionFailed')) throw error;
    }
  },
  async update(aws, desired) {
    await put(aws, desired, {});
  },
  async delete(aws, desired) {
    await aws.s3.deleteObject(addressOf(desired.name));
  },
};

/** The definition of an object of these bytes. */
export function objectDefinition(body: Buffer): { readonly Sha256: string; readonly Size: number } {
  return { Sha256: sha256(body), Size: body.length };
}

async function readObject(aws: Aws, desired: Desired): Promise<Live | undefined> {
  const address = addressOf(desired.name);
  const found = await unlessAbsent(aws.s3.headObject({ ...address, ChecksumMode: 'ENABLED' }));
  return found === undefined ? undefined : live(found);
}

/**
 * A list says neither checksums nor metadata, but an ETag, which is the MD5 of the bytes unless a key of KMS or of the caller
 * encrypts them, or they came in parts (API reference, "Object"). So an ETag that is the MD5 proves the bytes, and any other proves
 * nothing: such an object is asked for.
 */
async function readFolder(
  aws: Aws,
  folder: string,
  desired: readonly Desired[],
): Promise<readonly (readonly [string, Live])[]> {
  const { Bucket, Key: Prefix } = addressOf(folder);
  const keys = new Set(desired.map(({ name }) => addressOf(name).Key));
  const { found, whole } = await listed(keys, desired.length, async (ContinuationToken) => {
    const page = await aws.s3.listObjectsV2({ Bucket, Prefix, ContinuationToken });
    const objects = (page.Contents ?? []).map((one) => [one.Key ?? '', one] as const);
    return [objects, page.NextContinuationToken];
  });
  const same = desired.filter(({ name, body }) => isOf(found.get(addressOf(name).Key), body));
  const rest = desired.filter((one) => {
    const { Key } = addressOf(one.name);
    // XML, in which lists come, does not hold all that a key may.
    const absent = whole && !found.has(Key) && PLAIN_KEY.test(Key);
    return !absent && !same.includes(one);
  });
  return [
    ...same.map((one): [string, Live] => [one.id, { definition: one.definition, tags: {} }]),
    ...(await readEach(aws, rest, readObject)),
  ];
}

function isOf(found: _Object | undefined, body: Buffer | undefined): boolean {
  if (found === undefined || body === undefined || found.Size !== body.length) return false;
  // Under FIPS there is no MD5.
  if (getFips() === 1) return false;
  return found.ETag?.replaceAll('"', '') === createHash('md5').update(body).digest('hex');
}

/** The URI, up to the hash in its key. */
function folderOf({ name }: Desired): string {
  return `${name.split('/').slice(0, -2).join('/')}/`;
}

function live(found: HeadObjectCommandOutput): Live {
  const checksum = found.ChecksumSHA256;
  const digest =
    checksum === undefined
      ? (found.Metadata?.[HASH_METADATA] ?? '')
      : Buffer.from(checksum, 'base64').toString('hex');
  return { definition: { Sha256: digest, Size: found.ContentLength ?? 0 }, tags: {} };
}

async function put(aws: Aws, desired: Desired, guard: { IfNoneMatch?: string }): Promise<void> {
  const body = desired.body ?? Buffer.alloc(0);
  const digest = sha256(body);
  await aws.s3.putObject({
    ...addressOf(desired.name),
    ...guard,
    Body: body,
    ContentType: 'text/x-python; charset=utf-8',
    ChecksumAlgorithm: 'SHA256',
    ChecksumSHA256: Buffer.from(digest, 'hex').toString('base64'),
    Metadata: { [HASH_METADATA]: digest },
  });
}

/** Bucket and key of an `s3://` URI. */
export function addressOf(uri: string): { readonly Bucket: string; readonly Key: string } {
  const url = new URL(uri);
  return { Bucket: url.host, Key: decodeURIComponent(url.pathname.slice(1)) };
}
