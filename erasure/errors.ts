/** Everything that can keep a person from being forgotten, by its stable name. */
export type ErasureCode =
  | 'erasure/already-forgotten'
  | 'erasure/format-unknown'
  | 'erasure/key-changed'
  | 'erasure/left-over'
  | 'erasure/library-invalid'
  | 'erasure/not-rebuilt'
  | 'erasure/rebuild-failed'
  | 'erasure/subject-kind-unknown'
  | 'erasure/subject-unknown';

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
