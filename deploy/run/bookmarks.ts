import type { Aws } from '../clients.ts';
import { RunFailure } from './errors.ts';

/** How far a job has processed its input, as Glue keeps it. */
export interface Bookmark {
  /** `job-bookmark-enable`, `job-bookmark-pause` or `job-bookmark-disable`, as the job is defined. */
  readonly option: string;
  /** The run that left it; absent where none has, or the job keeps none. */
  readonly run?: string;
}

const OPTION = '--job-bookmark-option';
const DISABLED = 'job-bookmark-disable';

/** The bookmark of a job. Facts: "Job parameters" and "Tracking processed data using job bookmarks"; bookmarks are disabled by default. */
export async function bookmarkOf({ glue }: Aws, job: string): Promise<Bookmark> {
  const { Job } = await glue.getJob({ JobName: job });
  const given = { ...Job?.DefaultArguments, ...Job?.NonOverridableArguments };
  const option = given[OPTION] ?? DISABLED;
  if (option === DISABLED) return { option };
  const run = await glue.getJobBookmark({ JobName: job }).then(
    ({ JobBookmarkEntry }) => JobBookmarkEntry?.RunId,
    (error: unknown) => {
      // The job is there, so it is the bookmark that is not.
      if (error instanceof Error && error.name === 'EntityNotFoundException') return undefined;
      throw error;
    },
  );
  return { option, ...(run === undefined ? {} : { run }) };
}

/**
 * Makes the next run of a job begin with all of its input again.
 * @throws RunFailure `run/no-bookmarks`
 */
export async function resetBookmark(aws: Aws, job: string): Promise<void> {
  await requireBookmarks(aws, job);
  await aws.glue.resetJobBookmark({ JobName: job });
}

/** What a run is to read: what came after one run, up to and with another. Both are ids of job runs. */
export interface BookmarkRange {
  readonly from: string;
  readonly to: string;
}

/**
 * The arguments of a run that reads a part of its input and leaves the bookmark as it is.
 * @throws RunFailure `run/no-bookmarks`
 */
export async function rangeArguments(
  aws: Aws,
  job: string,
  { from, to }: BookmarkRange,
): Promise<Readonly<Record<string, string>>> {
  await requireBookmarks(aws, job);
  return {
    [OPTION]: 'job-bookmark-pause',
    '--job-bookmark-from': from,
    '--job-bookmark-to': to,
  };
}

async function requireBookmarks(aws: Aws, job: string): Promise<void> {
  const { option } = await bookmarkOf(aws, job);
  if (option !== DISABLED) return;
  throw new RunFailure(
    'run/no-bookmarks',
    `${job} keeps no bookmark (${DISABLED}).`,
    'Run it: it computes its table anew from all its input.',
  );
}
