import type { DeployProgress } from '../deploy/index.ts';
import type { ProgressLine } from './progress.ts';

/** Shows each step of a deployment on a progress line. */
export function showingSteps(progress: ProgressLine): (step: DeployProgress) => void {
  return ({ step, done, total }) =>
    progress.show(`${step === 'read' ? 'reading' : 'writing'} ${done}/${total}`);
}

/** Shows on a progress line how many resources were read. */
export function showingReads(
  progress: ProgressLine,
): (read: { readonly done: number; readonly total: number }) => void {
  return ({ done, total }) => progress.show(`reading ${done}/${total}`);
}
