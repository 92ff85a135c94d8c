import { Failure, type RuntimeCode } from '../diagnostics/index.ts';

/** A local run that cannot begin, or in which jobs failed. */
export class RunError extends Failure<RuntimeCode> {
  override readonly name = 'RunError';
}
