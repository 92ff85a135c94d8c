import { didYouMean, named } from '../../diagnostics/index.ts';
import { RunFailure } from './errors.ts';

/** What to run: the library's workflow, or one of its jobs, by the names of Glue. */
export interface Target {
  readonly kind: 'workflow' | 'job';
  readonly name: string;
}

/** A library as its manifest names it. */
export interface RunnableLibrary {
  readonly library: string;
  /** The author's names of its jobs, in an order in which they can run. */
  readonly jobs: readonly string[];
}

/**
 * The job of a name, the author's or Glue's; the workflow where none is given.
 * @throws RunFailure `run/job-unknown`
 */
export function targetOf({ library, jobs }: RunnableLibrary, job: string | undefined): Target {
  if (job === undefined) return { kind: 'workflow', name: library };
  const found = jobs.find((one) => one === job || glueName(library, one) === job);
  if (found !== undefined) return { kind: 'job', name: glueName(library, found) };
  throw new RunFailure(
    'run/job-unknown',
    `${library} has no job ${named(job)}.`,
    didYouMean(job, jobs, 'jobs'),
  );
}

/** Glue's name of a job. */
export function glueName(library: string, job: string): string {
  return `${library}_${job}`;
}
