import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { S3 } from '@aws-sdk/client-s3';
import { RunError } from './errors.ts';
import type { RunListener } from './job-outcome.ts';

const UPLOADS_AT_ONCE = 8;

/** Folder of a landing table below a data folder: `customer/landing`. */
export function landingFolder(data: string, table: string): string {
  return join(data, table, 'landing');
}

/**
 * Checks that every landing table has a folder with files, so that a run does not end half-way for want of one.
 *
 * @param tables names of the landing tables, `customer`
 * @throws RunError runtime/landing-missing, naming all that is missing
 */
export async function checkLanding(data: string, tables: readonly string[]): Promise<void> {
  const missing: string[] = [];
  for (const table of tables) {
    const folder = landingFolder(data, table);
    const files = await landingFiles(folder).catch(() => []);
    if (files.length === 0) missing.push(folder);
  }
  if (missing.length === 0) return;
  const folders = missing.length === 1 ? 'This folder is' : 'These folders are';
  throw new RunError(
    'runtime/landing-missing',
    `${folders} missing or without files:\n${missing.map((folder) => `  ${folder}`).join('\n')}`,
    `--data takes a folder that holds ${tables.map((table) => `${table}/landing`).join(', ')}, each with JSON lines.`,
  );
}

/** Bytes of the landing files of some tables. */
export async function landingBytes(data: string, tables: readonly string[]): Promise<number> {
  const files = await Promise.all(tables.map((table) => landingFiles(landingFolder(data, table))));
  const sizes = await Promise.all(files.flat().map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What {@link uploadLanding} needs. */
export interface UploadOptions {
  readonly s3: Pick<S3, 'putObject'>;
  readonly bucket: string;
  /** Folder that holds `<table>/landing/`. */
  readonly data: string;
  readonly tables: readonly string[];
  readonly onEvent?: RunListener;
}

/**
 * Uploads landing files to `s3://<bucket>/landing/<table>/`, several at once.
 *
 * @throws RunError runtime/landing-missing before the first upload
 */
export async function uploadLanding(options: UploadOptions): Promise<void> {
  await checkLanding(options.data, options.tables);
  for (const table of options.tables) {
    const folder = landingFolder(options.data, table);
    const files = await landingFiles(folder);
    let done = 0;
    const upload = async (file: string) => {
      const key = `landing/${table}/${relative(folder, file).split(sep).join('/')}`;
      const { size } = await stat(file);
      const body = createReadStream(file);
      await options.s3.putObject({
        Bucket: options.bucket,
        Key: key,
        Body: body,
        ContentLength: size,
      });
      options.onEvent?.({ kind: 'upload', table, done: ++done, total: files.length });
    };
    await severalAtOnce(files, upload);
  }
}

async function severalAtOnce<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, worker));
}

/** Files below a folder in a stable order; names that Spark ignores (`_SUCCESS`, `.part.crc`) are left out. */
async function landingFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (/^[._]/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await landingFiles(path)));
    else found.push(path);
  }
  return found;
}
