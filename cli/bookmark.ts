import type { BookmarkRange, Runnable } from '../deploy/run/index.ts';
import { UsageError } from './command.ts';

/** What was typed of bookmarks. */
export interface BookmarkValues {
  readonly bookmark: boolean;
  readonly 'reset-bookmark': boolean;
  readonly json: boolean;
  readonly 'bookmark-from'?: string | undefined;
  readonly 'bookmark-to'?: string | undefined;
}

/** @throws UsageError where they do not go together, or there is no job whose bookmark it would be */
export function checkBookmarks(values: BookmarkValues, job: string | undefined): void {
  const { 'bookmark-from': from, 'bookmark-to': to } = values;
  if ((from === undefined) !== (to === undefined))
    throw new UsageError('--bookmark-from and --bookmark-to go together');
  const asked = [values.bookmark, values['reset-bookmark'], from !== undefined].filter(Boolean);
  if (asked.length > 1)
    throw new UsageError('--bookmark, --reset-bookmark and --bookmark-from exclude each other');
  if (values.json && (values.bookmark || values['reset-bookmark']))
    throw new UsageError('--json is of runs');
  if (asked.length > 0 && job === undefined)
    throw new UsageError('a bookmark is of a job; name the job');
}

/** Shows or resets the bookmark of the job, where that was asked. @returns whether it was */
export async function tendBookmark(
  { target, bookmark, resetBookmark }: Runnable,
  values: BookmarkValues,
): Promise<boolean> {
  if (values['reset-bookmark']) {
    await resetBookmark();
    process.stdout.write(`${target.name}: the next run begins with all of its input\n`);
    return true;
  }
  if (!values.bookmark) return false;
  const { option, run } = await bookmark();
  const words =
    option === 'job-bookmark-disable'
      ? 'keeps no bookmark: each run computes its table anew from all its input'
      : run === undefined
        ? 'no run has left a bookmark yet'
        : `its bookmark is that of run ${run}`;
  process.stdout.write(`${target.name}: ${words} (${option})\n`);
  return true;
}

/** What a run is to read, where that was typed. */
export function rangeOf(values: BookmarkValues): BookmarkRange | undefined {
  const { 'bookmark-from': from, 'bookmark-to': to } = values;
  return from === undefined || to === undefined ? undefined : { from, to };
}
