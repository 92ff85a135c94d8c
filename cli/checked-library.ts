import { type CheckedLibrary, check } from '../check/index.ts';
import { type AuthorSource, readAuthorSource, withDocs } from '../codegen/source.ts';
import { DiagnosticError, InternalError } from '../diagnostics/index.ts';
import { loadLibrary, requireFile } from './load-library.ts';
import { typeErrors } from './type-check.ts';

/** A library that was proven safe, and the words of its author's files. */
export interface AuthoredLibrary {
  readonly checked: CheckedLibrary;
  readonly source: AuthorSource;
}

/**
 * The library of an author's file, with the docs of its comments, proven safe. TypeScript checks the file meanwhile, on another
 * processor, and has the first word: of a program that does not compile nothing else is told.
 * @param file absolute path
 * @throws DiagnosticError `generate/type-error`, or everything else that is wrong with it, at once
 */
export async function checkedLibrary(file: string): Promise<AuthoredLibrary> {
  requireFile(file);
  const [types, library] = await Promise.allSettled([typeErrors(file), provenLibrary(file)]);
  if (types.status === 'rejected') throw types.reason;
  if (types.value.length > 0) throw new DiagnosticError(types.value);
  if (library.status === 'rejected') throw library.reason;
  return library.value;
}

async function provenLibrary(file: string): Promise<AuthoredLibrary> {
  const library = await loadLibrary(file);
  const source = readAuthorSource(library);
  const { diagnostics, checked } = check(withDocs(library, source));
  const all = [...source.diagnostics, ...diagnostics];
  if (all.length > 0) throw new DiagnosticError(all);
  if (!checked) throw new InternalError('a library without mistakes was not checked to the end');
  return { checked, source };
}
