import type { Aws } from '../clients.ts';
import { isJsonObject, type Json } from '../json.ts';
import { readObject } from '../object-bytes.ts';

/** Where the lock of one library in one environment lies. */
export interface LockPlace {
  readonly bucket: string;
  readonly key: string;
}

/** What the lock's object says. It stays after a deployment, so that the next one sees whether the world moved in between. */
export interface LockRecord {
  readonly state: 'held' | 'free';
  /** Of one deployment; what `unlock` asks for. */
  readonly id: string;
  /** `ann@laptop`. */
  readonly who: string;
  readonly pid: number;
  readonly command: string;
  /** ISO instant, by the clock of the machine that holds or held it. */
  readonly since: string;
  /** How long it is good without a renewal. */
  readonly seconds: number;
  /** Counts renewals: no two versions of the object are alike, so neither are their ETags. */
  readonly renewal: number;
}

/** The lock as it was found. */
export interface FoundLock {
  /** Absent where there was never a deployment. */
  readonly etag?: string;
  /** Absent where there is none, or none that can be read. */
  readonly record?: LockRecord;
  /** Held, and not renewed in time: whoever held it is dead or cut off. */
  readonly expired: boolean;
}

/** Who holds a lock, in words. */
export function described({ who, pid, since, command }: LockRecord): string {
  return `${who} (process ${pid}, since ${since}, ${command})`;
}

/** Reads the lock. That it expired is said by S3's clock alone, so those of the machines need not agree. */
export async function readLock(aws: Aws, place: LockPlace): Promise<FoundLock> {
  const found = await readObject(aws.s3, { Bucket: place.bucket, Key: place.key });
  if (found === undefined) return { expired: false };
  const record = parse(found.bytes.toString('utf8'));
  const renewed = found.modified?.getTime() ?? 0;
  const expired =
    record?.state === 'held' && renewed + record.seconds * 1_000 < aws.now().getTime();
  return {
    expired,
    ...(found.etag === undefined ? {} : { etag: found.etag }),
    ...(record === undefined ? {} : { record }),
  };
}

/**
 * Writes the lock if it still is what was found; S3 lets one of several through ("Conditional writes" of S3's user guide).
 *
 * @param found an ETag, or undefined where there was no lock
 * @returns the new ETag, or undefined where somebody else was first
 */
export async function writeLock(
  aws: Aws,
  place: LockPlace,
  record: LockRecord,
  found: string | undefined,
): Promise<string | undefined> {
  try {
    const written = await aws.s3.putObject({
      Bucket: place.bucket,
      Key: place.key,
      Body: `${JSON.stringify(record, null, 2)}\n`,
      ContentType: 'application/json',
      ...(found === undefined ? { IfNoneMatch: '*' } : { IfMatch: found }),
    });
    return written.ETag;
  } catch (error) {
    if (!saysItMoved(error)) throw error;
    // Where the answer to our own write got lost, the write that was tried again finds the first.
    const now = await readLock(aws, place);
    return isSame(now.record, record) ? now.etag : undefined;
  }
}

function isSame(found: LockRecord | undefined, { id, state, renewal }: LockRecord): boolean {
  return found?.id === id && found.state === state && found.renewal === renewal;
}

/** 412, 409 where two write at once, and 404 where what was to match is gone. */
function saysItMoved(error: unknown): boolean {
  const names = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'];
  return error instanceof Error && names.includes(error.name);
}

function parse(text: string): LockRecord | undefined {
  let found: Json;
  try {
    found = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(found)) return undefined;
  const { state, id, who, pid, command, since, seconds, renewal } = found;
  if ((state !== 'held' && state !== 'free') || typeof id !== 'string') return undefined;
  if (typeof seconds !== 'number' || typeof renewal !== 'number') return undefined;
  return {
    state,
    id,
    who: String(who),
    pid: Number(pid),
    command: String(command),
    since: String(since),
    seconds,
    renewal,
  };
}
