import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { Aws } from '../clients.ts';
import { sha256 } from '../manifest.ts';
import type { Desired, KindRules, Live } from '../resource.ts';

import { unlessAbsent } from './absent.ts';

const HASH_METADATA = 'lakewright-sha256';

/**
 * A script or support module under a key that holds its content's hash. Such a key never needs to change,
 * except where somebody wrote other bytes there.
 */
export const object: KindRules = {
  fields: { names: ['Sha256', 'Size'] },
  owned: false,
  async read(aws, desired) {
    const found = await unlessAbsent(head(aws, desired));
    return found === undefined ? undefined : live(found);
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

function head(aws: Aws, desired: Desired): Promise<HeadObjectCommandOutput> {
  return aws.s3.headObject({ ...addressOf(desired.name), ChecksumMode: 'ENABLED' });
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
