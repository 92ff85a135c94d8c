import { type Diagnostic, inWords } from './diagnostic.ts';
import type { FailureCode } from './failures/index.ts';

/** The user's mistakes: one or more, all that were found at once. The CLI renders them and exits with {@link exitCode}. */
export class DiagnosticError extends Error {
  override readonly name = 'DiagnosticError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly [Diagnostic, ...Diagnostic[]] | readonly Diagnostic[]) {
    super(diagnostics.map((one) => `${one.code}: ${inWords(one).text}`).join('\n'));
    this.diagnostics = diagnostics;
  }

  /** 3 where a privacy rule refuses, else 1. */
  get exitCode(): 1 | 3 {
    return this.diagnostics.some((one) => one.code.startsWith('privacy/')) ? 3 : 1;
  }
}

const REFUSALS: readonly FailureCode[] = [
  'deploy/declassify-expired',
  'deploy/cost-over-cap',
  'deploy/cost-unknown',
  'deploy/prune-too-many',
];

/**
 * Something behind the compiler that went wrong, with its words: the user's to mend. The CLI prints code, message and
 * {@link hint} and exits with {@link exitCode}.
 */
export class Failure<C extends FailureCode> extends Error {
  override readonly name: string = 'Failure';
  readonly code: C;
  /** What to do about it, one sentence. */
  readonly hint: string;

  constructor(code: C, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }

  /** 3 where a policy refuses what would otherwise be possible, else 1. */
  get exitCode(): 1 | 3 {
    return REFUSALS.includes(this.code) ? 3 : 1;
  }
}

/** A mistake of ours. The CLI prints it with its details, asks for a report and exits with 70. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
  readonly exitCode = 70;
  /** What a maintainer needs to see: a printed relation, a file name; never values of data. */
  readonly details: string | undefined;

  constructor(text: string, options: { readonly details?: string; readonly cause?: unknown } = {}) {
    super(text, options.cause === undefined ? undefined : { cause: options.cause });
    this.details = options.details;
  }
}
