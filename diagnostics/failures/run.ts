/** What each mistake of a run on AWS means, by code. The words of the message are where the facts are, in deploy/run/. */
export const runFailures = {
  'run/job-unknown': 'The library has no job of the name that was given.',
  'run/not-deployed':
    'Glue has no such workflow, job or run: the library was never deployed there, or the run is older than the 90 days that Glue keeps runs for.',
  'run/already-running':
    'As many runs go on as the workflow or the job allows at once, which is one unless it was said otherwise.',
  'run/job-failed':
    'A job of the run failed. Its table is the last good one, and what reads from it did not run. The place is the line of the library that the script was doing, where the error tells a line of the script.',
  'run/refused':
    'The privacy gate refused to publish a table: what it promises of consent, owners or groups does not hold of the rows that were written, or a permit is over. Readers keep the last good version.',
  'run/stopped': 'Somebody stopped the run before it was over.',
  'run/timed-out': 'The run took longer than the timeout of its job allows.',
  'run/no-bookmarks':
    'The job keeps no bookmark: it computes its table anew from all its input in each run, so there is nothing to set or to reset.',
} as const;

/** Everything that can go wrong with a run on AWS, by its stable name. */
export type RunCode = keyof typeof runFailures;
