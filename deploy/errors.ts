import { type DeployCode, Failure } from '../diagnostics/index.ts';

/** A deployment that cannot be planned or did not finish. */
export class DeployError extends Failure<DeployCode> {
  override readonly name: string = 'DeployError';
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
