import { Failure, type RunCode } from '../../diagnostics/index.ts';

/** A run that cannot be started or followed. */
export class RunFailure extends Failure<RunCode> {
  override readonly name = 'RunFailure';
}
