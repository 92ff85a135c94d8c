import type { DeployProgress } from '../deploy/index.ts';
import type { ProgressLine } from './progress.ts';

/** A line that changes faster flickers. */
const REDRAW_MILLISECONDS = 100;
/** A shorter time says nothing about the rest. */
const TELLING_MILLISECONDS = 2_000;

/** Shows each step of a deployment on a progress line. */
export function showingSteps(
  progress: ProgressLine,
  now?: () => number,
): (step: DeployProgress) => void {
  const show = showingCounts(progress, now);
  return ({ step, done, total }) => show(step === 'read' ? 'reading' : 'writing', done, total);
}

/** Shows on a progress line how many resources were read. */
export function showingReads(
  progress: ProgressLine,
): (read: { readonly done: number; readonly total: number }) => void {
  const show = showingCounts(progress);
  return ({ done, total }) => show('reading', done, total);
}

/**
 * Shows on a progress line how much is done, and how long the rest takes if it goes on as it went so far.
 *
 * @param now milliseconds
 */
export function showingCounts(
  progress: ProgressLine,
  now: () => number = Date.now,
): (doing: string, done: number, total: number) => void {
  let first = { doing: '', done: 0, at: 0 };
  let last = { done: 0, drawn: Number.NEGATIVE_INFINITY };
  return (doing, done, total) => {
    const at = now();
    // What is planned again is read again.
    if (doing !== first.doing || done < last.done) first = { doing, done, at };
    const isDue = first.at === at || done === total || at - last.drawn >= REDRAW_MILLISECONDS;
    last = { done, drawn: isDue ? at : last.drawn };
    if (!isDue) return;
    const elapsed = at - first.at;
    const left = ((total - done) * elapsed) / Math.max(done - first.done, 1);
    const told = elapsed >= TELLING_MILLISECONDS && done < total;
    progress.show(`${doing} ${done}/${total}${told ? `, about ${inWords(left)} left` : ''}`);
  };
}

function inWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
