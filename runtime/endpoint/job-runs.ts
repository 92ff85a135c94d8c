/** States a runner may report; a run that StartJobRun made is `WAITING` until then. */
export type ReportedState =
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'STOPPED'
  | 'STOPPING'
  | 'TIMEOUT'
  | 'ERROR';

/** What became of one run of one job. */
export interface JobRunReport {
  /** Name of the Glue job. */
  readonly job: string;
  /** Id that StartJobRun returned. */
  readonly run: string;
  readonly state: ReportedState;
  /** Shown as the run's ErrorMessage; never put data values here. */
  readonly error?: string;
  /** Bookmark the run leaves for the next one, as JSON text. */
  readonly bookmark?: string;
  /** Region of the job; `us-east-1` by default. */
  readonly region?: string;
}

/**
 * Tells the embedded endpoint what became of a job run. The endpoint runs no script, so a run stays
 * `WAITING` until its runner reports `RUNNING` and then how it ended.
 *
 * @throws Error when the endpoint does not know the run, or the run is already over
 */
export async function reportJobRun(url: string, report: JobRunReport): Promise<void> {
  const response = await fetch(`${url}/_lakewright/job-runs`, {
    method: 'POST',
    body: JSON.stringify(report),
  });
  if (!response.ok) {
    throw new Error(`The endpoint refused the report of ${report.job}: ${await response.text()}`);
  }
}
