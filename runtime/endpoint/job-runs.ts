/** States a runner may report; a run that StartJobRun made is `WAITING` until a runner takes it. */
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
  await post(`${url}/_lakewright/job-runs`, report);
}

/** A run that was taken to be run; nobody else is given it. */
export interface TakenRun {
  /** Name of the Glue job. */
  readonly job: string;
  readonly run: string;
}

/**
 * Takes the run that has been `WAITING` longest, which is `STARTING` from then on.
 *
 * @param seconds how long to wait for one to be started, 20 at most
 * @returns undefined where none was
 */
export async function takeJobRun(url: string, seconds: number): Promise<TakenRun | undefined> {
  const response = await post(`${url}/_lakewright/job-runs/next`, { seconds });
  const { job, run } = (await response.json()) as Partial<TakenRun>;
  return job === undefined || run === undefined ? undefined : { job, run };
}

async function post(url: string, body: object): Promise<Response> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  if (response.ok) return response;
  throw new Error(`The endpoint refused ${url}: ${await response.text()}`);
}
