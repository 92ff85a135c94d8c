import type { DeployCode } from '../diagnostics/index.ts';

/**
 * A deployment that cannot be planned or did not finish: the user's to mend. The CLI prints
 * {@link DeployError.message} and {@link DeployError.hint} and exits with 1.
 */
export class DeployError extends Error {
  override readonly name: string = 'DeployError';
  readonly code: DeployCode;
  /** What to do about it, one sentence. */
  readonly hint: string;

  constructor(code: DeployCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}

/** The first failed action ended the deployment; running it again continues from there. */
export class DeploymentStopped extends DeployError {
  override readonly name: string = 'DeploymentStopped';
  /** Ids of the resources that were written before, in order. */
  readonly done: readonly string[];
  /** Ids that were not written, the failed one first. */
  readonly notDone: readonly string[];

  constructor(cause: DeployError, done: readonly string[], notDone: readonly string[]) {
    const [failed = '', ...rest] = notDone;
    const before = done.length === 0 ? 'nothing' : done.join(', ');
    const after = rest.length === 0 ? 'nothing' : rest.join(', ');
    super(
      'deploy/stopped',
      `${failed} failed: ${cause.message}\nDone before it: ${before}.\nNot tried: ${after}.`,
      `${cause.hint} Then deploy again: what is done is not done twice.`,
      { cause },
    );
    this.done = done;
    this.notDone = notDone;
  }
}
