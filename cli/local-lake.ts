import { join } from 'node:path';
import { landingTablesOf, secretsOf } from '../runtime/folders.ts';
import type { RunListener } from '../runtime/job-outcome.ts';
import { uploadLanding } from '../runtime/landing.ts';
import { localClients } from '../runtime/local-clients.ts';
import { localSecret, putLocalSecret } from '../runtime/local-secret.ts';

/** Bucket of the local endpoint. */
export const BUCKET = 'lakewright-local';

/** Local secrets: keys of pseudonyms are the same in every run of one clone, so that pseudonyms are. */
export function keyFolder(state: string): string {
  return join(state, 'pseudonym-keys');
}

/** What lies in a lake that no deployment brings. */
export interface LakeContents {
  readonly endpoint: string;
  /** Bucket, which is there. */
  readonly bucket: string;
  /** Folder of the generated library, `generated/stedi`. */
  readonly generated: string;
  /** Folder that holds `<table>/landing/` for each landing table. */
  readonly data: string;
  /** Folder with a file for each secret. */
  readonly keys: string;
  readonly onEvent?: RunListener;
}

/** Puts the landing data of a library and its secrets into the local endpoint. */
export async function fillLake(lake: LakeContents): Promise<void> {
  const { endpoint, bucket, generated, data, onEvent } = lake;
  for (const id of await secretsOf(generated)) {
    await putLocalSecret(endpoint, id, await localSecret(lake.keys, id));
  }
  const { s3, glue } = await localClients(endpoint);
  const tables = await landingTablesOf(generated);
  try {
    await uploadLanding({
      s3,
      bucket,
      data,
      tables,
      ...(onEvent === undefined ? {} : { onEvent }),
    });
  } finally {
    s3.destroy();
    glue.destroy();
  }
}
