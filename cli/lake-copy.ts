import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3 } from '@aws-sdk/client-s3';
import { localClients } from '../runtime/local-clients.ts';

/** Copies objects of the local endpoint, whose memory ends with it, to plain folders. */
export interface LakeCopy {
  /** Copies what lies below a key prefix, beside what is in the folder already. */
  copyBelow(prefix: string, folder: string): Promise<void>;
  /** Makes a folder hold what lies at an `s3://` location, and nothing else; it appears as a whole. */
  replaceFolder(location: string, folder: string): Promise<void>;
}

/** Runs work that copies from one bucket of the local endpoint. */
export async function withLake<T>(
  endpoint: string,
  bucket: string,
  work: (lake: LakeCopy) => Promise<T>,
): Promise<T> {
  const { s3, glue } = await localClients(endpoint);
  const copyBelow = async (prefix: string, folder: string) => {
    for (const key of await keysBelow(s3, bucket, prefix)) {
      await copyObject(s3, bucket, key, join(folder, key.slice(prefix.length)));
    }
  };
  const replaceFolder = async (location: string, folder: string) => {
    const fresh = `${folder}.${process.pid}.tmp`;
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    try {
      const key = location.slice(`s3://${bucket}/`.length).replace(/\/?$/, '/');
      await copyBelow(key, fresh);
      await rm(folder, { recursive: true, force: true });
      await rename(fresh, folder);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  };
  try {
    return await work({ copyBelow, replaceFolder });
  } finally {
    s3.destroy();
    glue.destroy();
  }
}

async function copyObject(s3: S3, bucket: string, key: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const { Body } = await s3.getObject({ Bucket: bucket, Key: key });
  if (!(Body instanceof Readable)) throw new Error(`s3://${bucket}/${key} came without a body`);
  await pipeline(Body, createWriteStream(target));
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
