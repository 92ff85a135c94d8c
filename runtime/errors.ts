/** Everything that can go wrong with a local run, by its stable name. */
export type RunCode =
  | 'runtime/bytes-differ'
  | 'runtime/endpoint-unreachable'
  | 'runtime/landing-missing'
  | 'runtime/library-missing'
  | 'runtime/manifest-invalid'
  | 'runtime/workflow-missing';

/**
 * A local run that cannot begin: the user's to mend. The CLI prints {@link RunError.message} and
 * {@link RunError.hint} and exits with 1.
 */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly code: RunCode;
  /** What to do about it, one sentence. */
  readonly hint: string;

  constructor(code: RunCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}
