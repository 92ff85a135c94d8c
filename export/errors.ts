import { type ExportCode, Failure } from '../diagnostics/index.ts';

/** A library that a target cannot hold. */
export class ExportError extends Failure<ExportCode> {
  override readonly name: string = 'ExportError';
}
