import { type ErasureCode, Failure } from '../diagnostics/index.ts';

/** An erasure that cannot go on. No message holds a value of the person. */
export class ErasureError extends Failure<ErasureCode> {
  override readonly name = 'ErasureError';
}
