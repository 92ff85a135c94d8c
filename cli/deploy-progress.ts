import type { DeployProgress } from '../deploy/index.ts';
import type { ProgressLine } from './progress.ts';

/** Shows each step of a deployment on a progress line. */
export function showingSteps(progress: ProgressLine): (step: DeployProgress) => void {
  return ({ step, done, total }) =>
    progress.show(`${step === 'read' ? 'reading' : 'writing'} ${done}/${total}`);
}
