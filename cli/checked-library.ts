import { type CheckedLibrary, check } from '../check/index.ts';
import { DiagnosticError, InternalError } from '../diagnostics/index.ts';
import { loadLibrary } from './load-library.ts';

/**
 * The library of an author's file, proven safe.
 * @param file absolute path
 * @throws DiagnosticError everything that is wrong with it, at once
 */
export async function checkedLibrary(file: string): Promise<CheckedLibrary> {
  const { diagnostics, checked } = check(await loadLibrary(file));
  if (diagnostics.length > 0) throw new DiagnosticError(diagnostics);
  if (!checked) throw new InternalError('a library without mistakes was not checked to the end');
  return checked;
}
