import { GENERATOR_VERSION } from '../codegen/manifest.ts';
import { deployedName } from '../deploy/desired-state.ts';
import type { Environment } from '../deploy/environments.ts';
import { airflow } from './airflow.ts';
import { cloudformation } from './cloudformation/index.ts';
import { type Library, readLibrary } from './library.ts';
import { stepFunctions } from './step-functions.ts';
import { terraform } from './terraform/index.ts';

export { ExportError } from './errors.ts';

const WRITERS = {
  airflow,
  cloudformation,
  'step-functions': stepFunctions,
  terraform,
} as const satisfies Readonly<Record<string, (library: Library) => ReadonlyMap<string, string>>>;

/** A tool that a library can be exported for. */
export type Target = keyof typeof WRITERS;

/** All targets, by their names on the command line. */
export const TARGETS: readonly Target[] = [
  'terraform',
  'cloudformation',
  'step-functions',
  'airflow',
];

/** What an export depends on besides the library. */
export interface ExportOptions {
  /** Whose names, sizes, networks and tags it has, and which bucket by default; without one, all are as generated. */
  readonly environment?: Environment;
  /** What decides which exceptions are over; the clock by default. */
  readonly now?: Date;
}

/** What an export consists of. */
export interface Export {
  /** Its name with that of its environment. */
  readonly library: string;
  /** Text by path below the folder of the export, `manifest.json` among them. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Exports a generated library for those who own its deployment or its runs elsewhere. Account, region and bucket stay open. The
 * same library gives the same bytes; AWS is not asked.
 *
 * @param directory `generated/<library>`
 * @throws DeployError where the files are not as generated, or something was allowed until a day that is over
 * @throws ExportError where the target cannot hold the library
 * @example
 * const { files } = await exportLibrary('generated/stedi', 'airflow');
 */
export async function exportLibrary(
  directory: string,
  target: Target,
  { environment, now = new Date() }: ExportOptions = {},
): Promise<Export> {
  const library = await readLibrary(directory, now, environment);
  const files = WRITERS[target](library);
  const name = deployedName(library.name, library);
  const manifest = manifestText(name, target, [...files.keys()]);
  return { library: name, files: new Map([...files, ['manifest.json', manifest]]) };
}

/** Which files are ours, so that a later export takes away those that it no longer writes. */
function manifestText(library: string, target: Target, documents: readonly string[]): string {
  const manifest = { lakewright: GENERATOR_VERSION, library, export: target, documents };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Whether a manifest found in a folder is that of an earlier export of the same library for the same target. */
export function isSameExport(manifest: string, library: string, target: Target): boolean {
  try {
    const found: unknown = JSON.parse(manifest);
    if (typeof found !== 'object' || found === null) return false;
    return (
      'library' in found &&
      found.library === library &&
      'export' in found &&
      found.export === target
    );
  } catch {
    return false;
  }
}
