import type { ErasureCode } from '../diagnostics/index.ts';

/** An erasure that cannot go on: the user's to mend. No message holds a value of the person. */
export class ErasureError extends Error {
  override readonly name = 'ErasureError';
  readonly code: ErasureCode;
  /** What to do about it, one sentence. */
  readonly hint: string;

  constructor(code: ErasureCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}
