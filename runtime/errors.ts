import type { RuntimeCode } from '../diagnostics/index.ts';

/**
 * A local run that cannot begin: the user's to mend. The CLI prints {@link RunError.message} and
 * {@link RunError.hint} and exits with 1.
 */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly code: RuntimeCode;
  /** What to do about it, one sentence. */
  readonly hint: string;

  constructor(code: RuntimeCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}
