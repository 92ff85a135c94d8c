import { type DeployCode, Failure } from '../diagnostics/index.ts';

/** A deployment that cannot be planned or did not finish. */
export class DeployError extends Failure<DeployCode> {
  override readonly name: string = 'DeployError';
}

/** A failed action, or whoever interrupted it, ended the deployment; running it again continues from there. */
export class DeploymentStopped extends DeployError {
  override readonly name: string = 'DeploymentStopped';
  /** Ids of the resources that were written before, in order. */
  readonly done: readonly string[];
  /** Ids that were not written, the one that failed or would have been next first. */
  readonly notDone: readonly string[];

  constructor(cause: DeployError, done: readonly string[], notDone: readonly string[]) {
    const [failed = '', ...rest] = notDone;
    const before = done.length === 0 ? 'nothing' : done.join(', ');
    const after = rest.length === 0 ? 'nothing' : rest.join(', ');
    const again = 'run it again: what is done is not done twice.';
    if (cause.code === 'deploy/interrupted') {
      const rest = `Done before: ${before}.\nNot done: ${notDone.join(', ')}.`;
      super(cause.code, `${cause.message}\n${rest}`, `${cause.hint} To go on, ${again}`, { cause });
    } else {
      const rest = `Done before it: ${before}.\nNot tried: ${after}.`;
      const message = `${failed} failed: ${cause.message}\n${rest}`;
      super('deploy/stopped', message, `${cause.hint} Then ${again}`, { cause });
    }
    this.done = done;
    this.notDone = notDone;
  }
}
