import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DiagnosticError, diagnostic } from '../diagnostics/index.ts';
import { listedFiles } from './manifest.ts';

/** What a generated file is, compared with the one on disk. */
export type Change = 'created' | 'changed' | 'removed' | 'unchanged';

/** One file of a library's folder. */
export interface FileChange {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly change: Change;
  /** Lines that are new, and lines that are gone. */
  readonly added: number;
  readonly removed: number;
}

/** What stands on disk against what should: every file, sorted by path. */
export type Comparison = readonly FileChange[];

const MANIFEST = 'manifest.json';

/**
 * Compares generated files with a folder. Files that the folder's manifest does not list are none of ours and are left alone.
 * @param folder `generated/<library>`; need not exist
 * @throws DiagnosticError `generate/foreign-file` where a file of somebody else stands in the way
 */
export async function compareFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<Comparison> {
  const manifest = await read(join(folder, MANIFEST));
  const orphans = listedFiles(manifest ?? '').filter((path) => !files.has(path));
  // A manifest with conflict markers is still ours, so that generating again settles a merge.
  const ours = manifest?.includes('"lakewright"') ?? false;
  const present = await Promise.all(
    [...files].map(async ([path, text]) => {
      const before = await read(join(folder, path));
      if (before !== undefined && before !== text && !ours) throw foreign(join(folder, path));
      return compareFile(path, before, text);
    }),
  );
  const gone = await Promise.all(
    orphans.map(async (path) => {
      const before = await read(join(folder, path));
      return before === undefined ? [] : [compareFile(path, before, undefined)];
    }),
  );
  return [...present, ...gone.flat()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Makes a folder hold exactly these files, and whatever is not ours. Only what differs is written, each file whole: a reader
 * sees the old or the new one. The manifest goes before the files that it lists, so that a generation that was cut short is
 * seen as such by the deployer, and mended by the next one.
 * @throws DiagnosticError `generate/foreign-file` before anything is written, or `generate/cannot-write`
 */
export async function writeFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<Comparison> {
  const comparison = await compareFiles(folder, files);
  for (const { path, change } of comparison) {
    if (change === 'removed') await guarded(join(folder, path), remove);
  }
  const stale = comparison.filter(({ change }) => change === 'created' || change === 'changed');
  const manifestFirst = stale.toSorted((a, b) => rank(a.path) - rank(b.path));
  for (const { path } of manifestFirst) {
    await guarded(join(folder, path), (target) => replace(target, files.get(path) ?? ''));
  }
  return comparison;
}

/**
 * Checks that a folder is up to date and writes nothing.
 * @param command what brings it up to date, for the message
 * @throws DiagnosticError `generate/stale` with the files that differ, lack or are left over
 */
export async function checkFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
  command: string,
): Promise<void> {
  const comparison = await compareFiles(folder, files);
  const stale = comparison.filter(({ change }) => change !== 'unchanged');
  if (stale.length === 0) return;
  const names = stale.map(({ path }) => join(folder, path));
  throw new DiagnosticError([diagnostic('generate/stale', { files: names, command })]);
}

function rank(path: string): number {
  return path === MANIFEST ? 0 : 1;
}

function compareFile(
  path: string,
  before: string | undefined,
  after: string | undefined,
): FileChange {
  const lines = changedLines(before ?? '', after ?? '');
  if (before === undefined) return { path, change: 'created', ...lines };
  if (after === undefined) return { path, change: 'removed', ...lines };
  return { path, change: before === after ? 'unchanged' : 'changed', ...lines };
}

/** How many lines came and went, counted as a multiset: moved lines count as neither. */
function changedLines(before: string, after: string): { added: number; removed: number } {
  if (before === after) return { added: 0, removed: 0 };
  const balance = new Map<string, number>();
  const count = (text: string, step: number) => {
    if (text === '') return;
    for (const line of text.replace(/\n$/, '').split('\n')) {
      balance.set(line, (balance.get(line) ?? 0) + step);
    }
  };
  count(after, 1);
  count(before, -1);
  const values = [...balance.values()];
  return {
    added: values.reduce((sum, value) => sum + Math.max(value, 0), 0),
    removed: values.reduce((sum, value) => sum - Math.min(value, 0), 0),
  };
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return undefined;
    throw cannotWrite(path, error);
  }
}

async function replace(target: string, text: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function remove(target: string): Promise<void> {
  await rm(target, { force: true });
  // The folder goes too if that was its last file.
  await rmdir(dirname(target)).catch(() => undefined);
}

async function guarded(target: string, write: (target: string) => Promise<void>): Promise<void> {
  try {
    await write(target);
  } catch (error) {
    throw cannotWrite(target, error);
  }
}

function cannotWrite(path: string, error: unknown): DiagnosticError {
  const reason = error instanceof Error ? error.message : String(error);
  return new DiagnosticError([diagnostic('generate/cannot-write', { path, reason })]);
}

function foreign(path: string): DiagnosticError {
  return new DiagnosticError([diagnostic('generate/foreign-file', { path })]);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
