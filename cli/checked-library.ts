import { type CheckedLibrary, check } from '../check/index.ts';
import { type AuthorSource, readAuthorSource, withDocs } from '../codegen/source.ts';
import { DiagnosticError, InternalError } from '../diagnostics/index.ts';
import { loadLibrary } from './load-library.ts';

/** A library that was proven safe, and the words of its author's files. */
export interface AuthoredLibrary {
  readonly checked: CheckedLibrary;
  readonly source: AuthorSource;
}

/**
 * The library of an author's file, with the docs of its comments, proven safe.
 * @param file absolute path
 * @throws DiagnosticError everything that is wrong with it, at once
 */
export async function checkedLibrary(file: string): Promise<AuthoredLibrary> {
  const library = await loadLibrary(file);
  const source = readAuthorSource(library);
  const { diagnostics, checked } = check(withDocs(library, source));
  const all = [...source.diagnostics, ...diagnostics];
  if (all.length > 0) throw new DiagnosticError(all);
  if (!checked) throw new InternalError('a library without mistakes was not checked to the end');
  return { checked, source };
}
