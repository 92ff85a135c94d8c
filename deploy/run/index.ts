import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../diagnostics/index.ts';
import { explained } from '../aws-errors.ts';
import { type Aws, type ConnectOptions, connect } from '../clients.ts';
import { deployedName, desiredState } from '../desired-state.ts';
import type { Environment } from '../environments.ts';
import type { JsonObject } from '../json.ts';
import { type Generated, readGenerated } from '../manifest.ts';
import { type DpuHourPrice, dpuHourPrice } from '../prices.ts';
import { refuseOtherAccount } from '../survey.ts';
import {
  type Bookmark,
  type BookmarkRange,
  bookmarkOf,
  rangeArguments,
  resetBookmark,
} from './bookmarks.ts';
import { RunFailure } from './errors.ts';
import { type FollowOptions, follow } from './follow.ts';
import { originOf } from './origin.ts';
import { findingOf } from './outcome.ts';
import { inOwnWords, ownReport } from './own-report.ts';
import { type JobStep, type RunStatus, statusOf } from './status.ts';
import { glueName, type Target, targetOf } from './target.ts';

export type { DpuHourPrice } from '../prices.ts';
export type { Bookmark, BookmarkRange } from './bookmarks.ts';
export type { FollowOptions } from './follow.ts';
export { placeOf } from './origin.ts';
export { isRefusal, type RunOutcome, runOutcome, stepOutcome } from './outcome.ts';
export { isOver, type JobStep, type RunStatus, type StepState } from './status.ts';
export type { Target } from './target.ts';

/** What is run, and where. */
export interface RunOptions extends ConnectOptions {
  /** Folder of the library: `generated/stedi`. */
  readonly directory: string;
  /** Says how names end, and which account and region it is. */
  readonly environment?: Environment;
  /** A job, by the author's name or Glue's; the library's workflow by default. */
  readonly job?: string;
}

/** What can be run at AWS. Its calls throw {@link RunFailure} or `DeployError`. */
export interface Runnable {
  readonly library: string;
  readonly target: Target;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** Absent for a region that no price is known of. */
  readonly price?: DpuHourPrice;
  /**
   * Starts it.
   * @param range what to read, of a job that keeps bookmarks
   * @returns the id of the run: `wr_...` of a workflow, `jr_...` of a job
   */
  start(range?: BookmarkRange): Promise<string>;
  /** The bookmark of the job. */
  bookmark(): Promise<Bookmark>;
  /** Makes the next run of the job begin with all of its input. */
  resetBookmark(): Promise<void>;
  /** How a run is now. */
  status(run: string): Promise<RunStatus>;
  /** Waits until a run is over, or the signal says to go. */
  follow(run: string, options: FollowOptions): Promise<RunStatus>;
  /** What a job said itself of a run that is over, as JSON; undefined where it said nothing, or that cannot be read. */
  report(step: JobStep): Promise<JsonObject | undefined>;
  /**
   * What is to be said of the jobs that did not succeed, with the places in the author's source.
   *
   * @param reports by Glue's names of jobs, for what Glue does not pass on
   */
  findings(
    status: RunStatus,
    reports?: ReadonlyMap<string, JsonObject>,
  ): Promise<readonly Finding[]>;
}

/**
 * Connects to where a library was deployed.
 *
 * @throws RunFailure `run/job-unknown`; DeployError where the library is unfit or AWS cannot be asked
 * @example
 * const stedi = await openRunnable({ directory: 'generated/stedi' });
 * const status = await stedi.follow(await stedi.start(), { onStep: console.log });
 */
export async function openRunnable(options: RunOptions): Promise<Runnable> {
  const generated = await readGenerated(options.directory);
  const library = deployedName(generated.library, options);
  const target = targetOf({ library, jobs: jobsOf(generated) }, options.job);
  const names = jobsOf(generated).map((job) => glueName(library, job));
  const where = { endpoint: options.endpoint, bucket: '' };
  const called = async <T>(work: () => Promise<T>): Promise<T> => {
    return await work().catch((error: unknown) => {
      throw refusal(error, target) ?? explained(error, where);
    });
  };
  const aws = await called(() => connect(options));
  if (options.environment !== undefined) refuseOtherAccount(aws, options.environment);
  const price = dpuHourPrice(aws.region);
  const roles = roleNames(generated, options);
  return {
    library: generated.library,
    target,
    account: aws.account,
    region: aws.region,
    ...(price === undefined ? {} : { price }),
    start: (range) => called(() => start(aws, target, range)),
    bookmark: () => called(() => bookmarkOf(aws, target.name)),
    resetBookmark: () => called(() => resetBookmark(aws, target.name)),
    status: async (run) => inOrder(await called(() => statusOf(aws, target, run)), names),
    follow: async (run, how) => inOrder(await called(() => follow(aws, target, run, how)), names),
    report: (step) => called(() => ownReport(aws, step, roles.get(step.job) ?? '')),
    findings: (status, reports = new Map()) =>
      findings({ directory: options.directory, generated, roles }, status, reports),
  };
}

/** The jobs of a run in the order of the library, whatever order Glue names them in. */
function inOrder(status: RunStatus, names: readonly string[]): RunStatus {
  const at = (job: string) => (names.includes(job) ? names.indexOf(job) : names.length);
  return {
    ...status,
    jobs: [...status.jobs].sort((left, right) => at(left) - at(right)),
    steps: [...status.steps].sort((left, right) => at(left.job) - at(right.job)),
  };
}

function jobsOf({ resources }: Generated): readonly string[] {
  return resources.flatMap(({ id, kind }) => (kind === 'job' ? id.slice('job/'.length) : []));
}

async function start(
  aws: Aws,
  { kind, name }: Target,
  range: BookmarkRange | undefined,
): Promise<string> {
  if (kind === 'workflow') return (await aws.glue.startWorkflowRun({ Name: name })).RunId ?? '';
  const given = range === undefined ? {} : { Arguments: await rangeArguments(aws, name, range) };
  return (await aws.glue.startJobRun({ JobName: name, ...given })).JobRunId ?? '';
}

/** What Glue refuses of a run, in words; undefined where it is about something else. */
function refusal(error: unknown, { kind, name }: Target): RunFailure | undefined {
  if (error instanceof RunFailure) return error;
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'ConcurrentRunsExceededException') {
    return new RunFailure(
      'run/already-running',
      `The ${kind} ${name} runs already: ${error.message}`,
      'Follow that run with --follow RUN, or wait for its end.',
      { cause: error },
    );
  }
  if (error.name !== 'EntityNotFoundException') return undefined;
  return new RunFailure(
    'run/not-deployed',
    `Glue knows no such ${kind} or run of it: ${name} (${error.message}).`,
    'Deploy the library first, or check the region, the account and the id of the run.',
    { cause: error },
  );
}

/** Where the lines of the scripts come from, for {@link placeOf}; nothing where the file is gone or cut off. */
export async function readProvenance(directory: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(directory, 'provenance.json'), 'utf8'));
  } catch {
    return {};
  }
}

interface Deployed {
  readonly directory: string;
  readonly generated: Generated;
  /** As {@link roleNames} gives them. */
  readonly roles: ReadonlyMap<string, string>;
}

async function findings(
  { directory, generated: { files }, roles }: Deployed,
  { steps }: RunStatus,
  reports: ReadonlyMap<string, JsonObject>,
): Promise<readonly Finding[]> {
  const provenance = await readProvenance(directory);
  return steps.flatMap((given) => {
    const step = inOwnWords(given, reports.get(given.job));
    const origin = originOf({ files, provenance }, step);
    return findingOf(step, origin, roles.get(step.job) ?? '') ?? [];
  });
}

/** Names of the jobs' roles, by Glue's names of the jobs. */
function roleNames(generated: Generated, options: RunOptions): ReadonlyMap<string, string> {
  const { environment } = options;
  const library = deployedName(generated.library, options);
  const anywhere = { account: '0'.repeat(12), region: 'nowhere', bucket: 'nowhere' };
  return new Map(
    desiredState(generated, environment === undefined ? anywhere : { ...anywhere, environment })
      .filter(({ kind }) => kind === 'role')
      .map(({ id, name }) => [glueName(library, id.slice('role/'.length)), name]),
  );
}
