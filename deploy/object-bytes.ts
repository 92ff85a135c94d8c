import type { GetObjectCommandInput } from '@aws-sdk/client-s3';
import type { Aws } from './clients.ts';
import { unlessAbsent } from './kinds/absent.ts';
import { onceKnown } from './kinds/once-known.ts';

/** An object as it was read. */
export interface ReadObject {
  readonly bytes: Buffer;
  readonly etag?: string;
  readonly modified?: Date;
}

const CUT_OFF = ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'];

/**
 * Reads an object to its end; undefined where there is none. A body that is cut off lies outside of what the SDK tries again, so it
 * is asked for again here.
 */
export async function readObject(
  s3: Aws['s3'],
  input: GetObjectCommandInput,
): Promise<ReadObject | undefined> {
  return await onceKnown(isCutOff, async () => {
    const found = await unlessAbsent(s3.getObject(input));
    if (found === undefined) return undefined;
    return {
      bytes: Buffer.from((await found.Body?.transformToByteArray()) ?? []),
      ...(found.ETag === undefined ? {} : { etag: found.ETag }),
      ...(found.LastModified === undefined ? {} : { modified: found.LastModified }),
    };
  });
}

/** Errors of calls, which the SDK has tried again, carry what it knows of them. */
function isCutOff(error: unknown): boolean {
  if (!(error instanceof Error) || '$metadata' in error) return false;
  return 'code' in error && CUT_OFF.includes(String(error.code));
}
