import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Library } from '../algebra/library.ts';
import { DiagnosticError, diagnostic } from '../diagnostics/index.ts';
import { shownPath } from './command.ts';
import { typeErrors } from './type-check.ts';

/** The library that commands are about unless another file is named. */
export const DEFAULT_LIBRARY = 'examples/stedi/index.ts';

/**
 * Runs an author's file and takes the library that it exports as its default. TypeScript checks it at the same time, and has the
 * first word: a program that does not compile is not looked at further.
 * @param file absolute path
 * @throws DiagnosticError `generate/type-errors`, `generate/cannot-load`, `generate/no-library`, or what the language itself
 * refuses while the file runs
 */
export async function loadLibrary(file: string): Promise<Library> {
  const shown = shownPath(file);
  if (!existsSync(file)) {
    const parameters = { file: shown, reason: 'there is no such file' };
    throw new DiagnosticError([diagnostic('generate/cannot-load', parameters)]);
  }
  const [types, module] = await Promise.allSettled([typeErrors(file), runFile(file)]);
  if (types.status === 'rejected') throw types.reason;
  if (types.value) throw new DiagnosticError([types.value]);
  if (module.status === 'rejected') throw cannotLoad(shown, module.reason);
  const { libraryOf } = await import('../dsl/library-of.ts');
  const library = libraryOf(module.value);
  if (library) return library;
  const found = describeExport(module.value);
  throw new DiagnosticError([diagnostic('generate/no-library', { file: shown, found })]);
}

async function runFile(file: string): Promise<unknown> {
  const module: { readonly default?: unknown } = await import(pathToFileURL(file).href);
  return module.default;
}

function cannotLoad(file: string, error: unknown): unknown {
  if (error instanceof DiagnosticError) return error;
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new DiagnosticError([diagnostic('generate/cannot-load', { file, reason })]);
}

function describeExport(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
