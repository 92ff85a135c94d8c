import { Readable } from 'node:stream';
import type { Glue } from '@aws-sdk/client-glue';
import type {
  GetObjectCommandOutput,
  ListObjectVersionsCommandOutput,
  ObjectVersion,
  S3,
} from '@aws-sdk/client-s3';
import type { Bytes, Store, Stored } from './store.ts';
import { partSize, partsOf, upload } from './upload.ts';

/** What {@link s3Store} needs. */
export interface S3StoreOptions {
  readonly s3: S3;
  readonly glue: Glue;
  readonly bucket: string;
  readonly library: string;
  /** ARN of the KMS key that an object of this key must be under, by alias or not. */
  readonly encryptionKey: (key: string) => string;
}

/** DeleteObjects takes so many at once. */
const MOST_DELETES = 1000;

/** A bucket as a store, whether it keeps versions or not. */
export function s3Store(options: S3StoreOptions): Store {
  const { s3, bucket } = options;
  const get = ({ key, version }: Stored) =>
    s3.getObject({
      Bucket: bucket,
      Key: key,
      ...(version === undefined ? {} : { VersionId: version }),
    });
  return {
    name: `s3://${bucket}`,
    list: (prefix) => versionsBelow(s3, bucket, prefix),
    async *read(stored) {
      yield* bytesOf(await get(stored));
    },
    text: (key) => textOf(s3, bucket, key),
    async replace(stored, change) {
      const old = await get(stored);
      const object = {
        Bucket: bucket,
        Key: stored.key,
        ContentType: old.ContentType,
        ContentEncoding: old.ContentEncoding,
        Metadata: old.Metadata,
        // Also what was delivered before there was a key: the bucket takes nothing else.
        ServerSideEncryption: 'aws:kms' as const,
        SSEKMSKeyId: options.encryptionKey(stored.key),
      };
      // Whoever delivers the object again meanwhile must not be overwritten by what it was before.
      const guard = { IfMatch: old.ETag };
      await upload(s3, object, guard, partsOf(change(bytesOf(old)), partSize(old.ContentLength)));
    },
    async write(key, text) {
      const type = 'application/json';
      await s3.putObject({ Bucket: bucket, Key: key, Body: text, ContentType: type });
    },
    remove: (stored) => removeVersions(s3, bucket, stored),
    async location({ zone, name }) {
      const database = `${options.library}_${zone}`;
      const { Table: table } = await options.glue.getTable({ DatabaseName: database, Name: name });
      const location = table?.StorageDescriptor?.Location ?? '';
      return location.slice(`s3://${bucket}/`.length).replace(/\/?$/, '/');
    },
  };
}

async function versionsBelow(s3: S3, bucket: string, prefix: string): Promise<readonly Stored[]> {
  const found: Stored[] = [];
  let next: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } | undefined = {};
  while (next !== undefined) {
    const page: ListObjectVersionsCommandOutput = await s3.listObjectVersions({
      Bucket: bucket,
      Prefix: prefix,
      ...next,
    });
    found.push(...(page.Versions ?? []).map((one) => storedOf(one, false)));
    found.push(...(page.DeleteMarkers ?? []).map((one) => storedOf(one, true)));
    next = page.IsTruncated ? markersOf(page) : undefined;
  }
  return found;
}

function markersOf({
  NextKeyMarker: key,
  NextVersionIdMarker: version,
}: ListObjectVersionsCommandOutput) {
  return {
    ...(key === undefined ? {} : { KeyMarker: key }),
    ...(version === undefined ? {} : { VersionIdMarker: version }),
  };
}

function storedOf(one: ObjectVersion, marker: boolean): Stored {
  return {
    key: one.Key ?? '',
    version: one.VersionId ?? 'null',
    current: one.IsLatest === true,
    marker,
    modified: one.LastModified?.getTime() ?? 0,
  };
}

async function* bytesOf({ Body }: GetObjectCommandOutput): Bytes {
  if (!(Body instanceof Readable)) return;
  for await (const piece of Body) yield Buffer.from(piece);
}

async function textOf(s3: S3, bucket: string, key: string): Promise<string | undefined> {
  try {
    const { Body } = await s3.getObject({ Bucket: bucket, Key: key });
    return (await Body?.transformToString('utf8')) ?? '';
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

async function removeVersions(s3: S3, bucket: string, stored: readonly Stored[]): Promise<void> {
  for (let at = 0; at < stored.length; at += MOST_DELETES) {
    const some = stored.slice(at, at + MOST_DELETES);
    const Objects = some.map(({ key, version }) => ({
      Key: key,
      ...(version === undefined ? {} : { VersionId: version }),
    }));
    const { Errors = [] } = await s3.deleteObjects({
      Bucket: bucket,
      Delete: { Objects, Quiet: true },
    });
    const [first] = Errors;
    if (first) throw new Error(`S3 did not delete ${Errors.length} versions: ${first.Code ?? ''}`);
  }
}
