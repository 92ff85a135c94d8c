import { join } from 'node:path';
import type { Comparison, FileChange } from '../codegen/index.ts';
import { secondsText } from '../runtime/report.ts';
import { type Command, parse, shownPath, userPath } from './command.ts';
import { COMMITTED_LIBRARIES } from './load-library.ts';

const help = `Usage: npm run generate -- [<library file>] [options]

Checks a library and writes its PySpark jobs, job definitions, catalog, roles, workflow and pages. Only files that differ are
written; files of earlier generations that are no longer needed are removed.

  <library file>   TypeScript file whose default export is a library (default: ${COMMITTED_LIBRARIES.join(', then ')})
  --out DIR        folder of generated files; the library gets a folder of its own there (default: generated)
  --check          write nothing; fail if anything would be written
`;

const options = {
  check: { type: 'boolean', default: false },
  out: { type: 'string' },
} as const;

/** `generate`: from an author's file to files that can be reviewed, deployed and run. */
export const generate: Command = {
  help,
  async run(args) {
    const { values, positionals } = parse(args, options, 1);
    const out = userPath(values.out, GENERATED);
    const files =
      positionals.length > 0
        ? [userPath(positionals[0])]
        : COMMITTED_LIBRARIES.map((library) => userPath(undefined, library));
    for (const file of files) {
      const started = performance.now();
      const written = await generateLibrary(file, out, { check: values.check });
      process.stdout.write(summary(written, performance.now() - started));
    }
    return 0;
  },
};

/** Folder of generated files, from the project's root. */
export const GENERATED = 'generated';

/** A library whose files are on disk. */
export interface GeneratedLibrary {
  readonly library: string;
  /** `generated/<library>`, absolute. */
  readonly folder: string;
  readonly changes: Comparison;
}

/**
 * Generates a library; all files are rendered before the first is written.
 * @param out folder that gets `<library>/`
 * @throws DiagnosticError what is wrong with the library, or `generate/stale` when only checking
 */
export async function generateLibrary(
  file: string,
  out: string,
  { check = false }: { readonly check?: boolean } = {},
): Promise<GeneratedLibrary> {
  const { checkedLibrary } = await import('./checked-library.ts');
  const { checked, source } = await checkedLibrary(file);
  const codegen = await import('../codegen/index.ts');
  const files = codegen.generate(checked, source);
  const library = checked.library.name;
  const folder = join(out, library);
  if (!check) return { library, folder, changes: await codegen.writeFiles(folder, files) };
  const shown = shownPath(folder);
  await codegen.checkFiles(shown, files, commandFor(file, out));
  return { library, folder, changes: [] };
}

/** The command that brings a library up to date. */
function commandFor(file: string, out: string): string {
  const isDefault = COMMITTED_LIBRARIES.some((one) => file === userPath(undefined, one));
  const words = [
    ...(isDefault ? [] : [shownPath(file)]),
    ...(out === userPath(undefined, GENERATED) ? [] : ['--out', shownPath(out)]),
  ];
  return words.length === 0 ? 'npm run generate' : `npm run generate -- ${words.join(' ')}`;
}

/** What changed, a line for each file, and how long it took. */
export function summary({ folder, changes }: GeneratedLibrary, milliseconds: number): string {
  const shown = shownPath(folder);
  const changed = changes.filter((one) => one.change !== 'unchanged');
  const width = Math.max(0, ...changed.map((one) => one.path.length));
  const lines = changed.map((one) => `  ${line(one, width)}\n`).join('');
  const time = secondsText(milliseconds / 1000);
  if (changed.length === 0) return `${shown} is up to date (${time})\n`;
  const unchanged = changes.length - changed.length;
  const counted = `${changed.length} ${changed.length === 1 ? 'file' : 'files'}`;
  return `${shown}: ${counted} written, ${unchanged} unchanged (${time})\n${lines}`;
}

const signs = { created: '+', changed: '~', removed: '-', unchanged: ' ' } as const;

function line({ path, change, added, removed }: FileChange, width: number): string {
  const counts = change === 'removed' ? 'removed' : `+${added} -${removed}`;
  return `${signs[change]} ${path.padEnd(width)}  ${counts}`;
}
