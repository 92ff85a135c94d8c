import type {
  CompletedPart,
  CreateMultipartUploadCommandInput,
  PutObjectCommandInput,
  S3,
} from '@aws-sdk/client-s3';
import type { Bytes } from './store.ts';

/** What an object is to be besides its bytes. */
export type NewObject = Pick<
  CreateMultipartUploadCommandInput,
  | 'Bucket'
  | 'Key'
  | 'ContentType'
  | 'ContentEncoding'
  | 'Metadata'
  | 'ServerSideEncryption'
  | 'SSEKMSKeyId'
>;

/** S3 takes parts of 5 MiB or more, the last one aside, and 10,000 of them at most (user guide, "Multipart upload limits"). */
const SMALLEST_PART = 16 * 1024 * 1024;
/** Half of what S3 takes, since an object that is compressed anew may grow. */
const MOST_PARTS = 5000;

/** Bytes of one part of an object that is about as large as this. */
export function partSize(length = 0): number {
  return Math.max(SMALLEST_PART, Math.ceil(length / MOST_PARTS));
}

/** The same bytes in pieces of a size, the last one aside; at least one piece. */
export async function* partsOf(bytes: Bytes, size: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const piece of bytes) {
    held.push(piece);
    length += piece.length;
    if (length < size) continue;
    const joined = Buffer.concat(held);
    const whole = length - (length % size);
    for (let at = 0; at < whole; at += size) yield joined.subarray(at, at + size);
    held = [joined.subarray(whole)];
    length -= whole;
  }
  yield Buffer.concat(held);
}

/**
 * Puts an object as a whole: in one call, or, where it has several parts, one after another and then all at once. Holds one part.
 * @param guard under which S3 takes it, when all of it is there
 */
export async function upload(
  s3: S3,
  object: NewObject,
  guard: Pick<PutObjectCommandInput, 'IfMatch'>,
  parts: AsyncGenerator<Buffer>,
): Promise<void> {
  const first = await parts.next();
  const body: Buffer = first.done ? Buffer.alloc(0) : first.value;
  const second = await parts.next();
  if (second.done || second.value.length === 0) {
    await s3.putObject({ ...object, ...guard, Body: body });
    return;
  }
  await uploadParts(s3, object, guard, rejoined(body, second.value, parts));
}

async function* rejoined(first: Buffer, second: Buffer, rest: Bytes): Bytes {
  yield first;
  yield second;
  for await (const part of rest) if (part.length > 0) yield part;
}

async function uploadParts(
  s3: S3,
  object: NewObject,
  guard: Pick<PutObjectCommandInput, 'IfMatch'>,
  parts: Bytes,
): Promise<void> {
  const { UploadId } = await s3.createMultipartUpload({ ...object, ChecksumAlgorithm: 'CRC32' });
  const target = { Bucket: object.Bucket, Key: object.Key, UploadId };
  try {
    const done: CompletedPart[] = [];
    for await (const Body of parts) {
      const PartNumber = done.length + 1;
      const part = { ...target, PartNumber, Body, ChecksumAlgorithm: 'CRC32' } as const;
      const { ETag, ChecksumCRC32 } = await s3.uploadPart(part);
      // S3 wants the checksum of each part again, where the upload has checksums.
      done.push({ PartNumber, ETag, ChecksumCRC32 });
    }
    await s3.completeMultipartUpload({ ...target, ...guard, MultipartUpload: { Parts: done } });
  } catch (error) {
    // Parts that nobody completes would stay, and with them what they hold.
    await s3.abortMultipartUpload(target).catch(() => undefined);
    throw error;
  }
}
