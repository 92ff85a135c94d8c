import { mkdir, writeFile } from 'node:fs/promises';
import type { Library } from '../../algebra/library.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Program } from './program.ts';

/** Inside the project, where `#lakewright` can be resolved. */
const root = new URL('../../', import.meta.url);

/** What one library of a program gave when it was made: the library, or what the language said at once. */
export type Made = { readonly library: Library } | { readonly diagnostics: readonly Diagnostic[] };

/**
 * Writes a program and makes its libraries.
 * @param folder below the project's root, for this program alone
 */
export async function loaded({ text }: Program, folder: string): Promise<readonly Made[]> {
  const file = new URL(`${folder}program.ts`, root);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, text);
  // Imported as the program imports it: Mocha requires this file, and each way of loading has its own copy of the language.
  const { libraryOf } = await import('../../dsl/library-of.ts');
  const { libraries }: { readonly libraries: readonly (() => unknown)[] } = await import(file.href);
  return libraries.map((make): Made => {
    try {
      const library = libraryOf(make());
      if (!library) throw new TypeError('the program makes no library');
      return { library };
    } catch (error) {
      const diagnostics = diagnosticsOf(error);
      if (!diagnostics) throw error;
      return { diagnostics };
    }
  });
}

function diagnosticsOf(error: unknown): readonly Diagnostic[] | undefined {
  const isOne = error instanceof Error && 'diagnostics' in error;
  return isOne ? (error.diagnostics as readonly Diagnostic[]) : undefined;
}
