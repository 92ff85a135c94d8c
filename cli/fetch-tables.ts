import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3 } from '@aws-sdk/client-s3';
import { type LocalClients, localClients } from '../runtime/workflow.ts';

/** A table that a job of the run wrote, and where it is now. */
export interface FetchedTable {
  /** `zone.table` */
  readonly id: string;
  /** Absolute. */
  readonly folder: string;
}

/**
 * Copies the current version of each written table from the local endpoint, whose memory ends with it, to
 * `<out>/<zone>/<table>/`; a copy replaces the one of an earlier run as a whole.
 * @param ids `zone.table` of the tables to copy
 */
export async function fetchTables(
  endpoint: string,
  library: string,
  ids: readonly string[],
  out: string,
): Promise<readonly FetchedTable[]> {
  const clients = await localClients(endpoint);
  try {
    const fetched: FetchedTable[] = [];
    for (const id of ids) {
      const folder = join(out, ...id.split('.'));
      await fetchTable(clients, library, id, folder);
      fetched.push({ id, folder });
    }
    return fetched;
  } finally {
    clients.glue.destroy();
    clients.s3.destroy();
  }
}

async function fetchTable(
  { glue, s3 }: LocalClients,
  library: string,
  id: string,
  folder: string,
): Promise<void> {
  const [zone = '', name = ''] = id.split('.');
  const found = await glue.getTable({ DatabaseName: `${library}_${zone}`, Name: name });
  const location = found.Table?.StorageDescriptor?.Location ?? '';
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(location) ?? [];
  const fresh = `${folder}.${process.pid}.tmp`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  try {
    for (const key of await keysBelow(s3, bucket, prefix)) {
      const target = join(fresh, key.slice(prefix.length));
      await mkdir(dirname(target), { recursive: true });
      const { Body } = await s3.getObject({ Bucket: bucket, Key: key });
      if (!(Body instanceof Readable)) throw new Error(`s3://${bucket}/${key} came without a body`);
      await pipeline(Body, createWriteStream(target));
    }
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function keysBelow(s3: S3, bucket: string, prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.listObjectsV2({
      Bucket: bucket,
      Prefix: prefix,
      ...(token === undefined ? {} : { ContinuationToken: token }),
    });
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys.filter((key) => !key.endsWith('/'));
}
