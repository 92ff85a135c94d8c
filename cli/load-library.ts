import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Library } from '../algebra/library.ts';
import { DiagnosticError, diagnostic } from '../diagnostics/index.ts';
import { shownPath } from './command.ts';

/** The library that commands are about unless another file is named. */
export const DEFAULT_LIBRARY = 'examples/stedi/index.ts';

/** The libraries whose generated files are committed. */
export const COMMITTED_LIBRARIES: readonly string[] = [DEFAULT_LIBRARY, 'examples/tpch/index.ts'];

/** @throws DiagnosticError `generate/cannot-load` where there is no such file */
export function requireFile(file: string): void {
  if (existsSync(file)) return;
  const parameters = { file: shownPath(file), reason: 'there is no such file' };
  throw new DiagnosticError([diagnostic('generate/cannot-load', parameters)]);
}

/**
 * Runs an author's file and takes the library that it exports as its default.
 * @param file absolute path
 * @throws DiagnosticError `generate/cannot-load`, `generate/no-library`, or what the language itself refuses while the file runs
 */
export async function loadLibrary(file: string): Promise<Library> {
  const value = await runFile(file);
  const { libraryOf } = await import('../dsl/library-of.ts');
  const library = libraryOf(value);
  if (library) return library;
  const parameters = { file: shownPath(file), found: describeExport(value) };
  throw new DiagnosticError([diagnostic('generate/no-library', parameters)]);
}

async function runFile(file: string): Promise<unknown> {
  try {
    const module: { readonly default?: unknown } = await import(pathToFileURL(file).href);
    return module.default;
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const parameters = { file: shownPath(file), reason };
    throw new DiagnosticError([diagnostic('generate/cannot-load', parameters)]);
  }
}

function describeExport(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
