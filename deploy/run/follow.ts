import { setTimeout as pause } from 'node:timers/promises';
import type { Aws } from '../clients.ts';
import { type JobStep, type RunStatus, statusOf } from './status.ts';
import type { Target } from './target.ts';

/** How a run is followed. */
export interface FollowOptions {
  /** Told of each state of each job, once; what it does is waited for. */
  readonly onStep?: (step: JobStep) => void | Promise<void>;
  /** Ends the following, not the run. */
  readonly signal?: AbortSignal;
}

// Of one run that is at most two calls a second, and after half a minute without news one in 20 seconds; AWS throttles an
// account's calls of one kind in one region beyond some ten a second ("Resolve throttling errors in AWS Glue").
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 20_000;
const GROWTH = 1.5;

/**
 * Asks how a run is until it is over, in pauses that grow while there is no news.
 * @returns the last status: of a run that goes on where the signal ended it
 */
export async function follow(
  aws: Aws,
  target: Target,
  run: string,
  { onStep, signal }: FollowOptions,
): Promise<RunStatus> {
  const told = new Map<string, string>();
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * GROWTH, LONGEST_PAUSE_MS)) {
    const status = await statusOf(aws, target, run);
    const news = status.steps.filter((step) => told.get(step.job) !== `${step.run} ${step.state}`);
    for (const step of news) {
      told.set(step.job, `${step.run} ${step.state}`);
      await onStep?.(step);
    }
    if (status.isOver || signal?.aborted === true) return status;
    if (news.length > 0) wait = FIRST_PAUSE_MS;
    const isOn = await pause(wait, true, signal === undefined ? {} : { signal }).catch(() => false);
    if (!isOn) return status;
  }
}
