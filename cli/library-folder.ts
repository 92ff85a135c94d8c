import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UsageError, userPath } from './command.ts';

/** Generated to be read and compared, not to be deployed unless it is named. */
const benchmark = 'tpch';

/**
 * The generated folder of a library; the only one, benchmarks aside, where none is named.
 * @throws UsageError where there is none, or several and none is named
 */
export function libraryFolder(generated: string, name: string | undefined): string {
  if (name !== undefined) return join(generated, name);
  const known = existsSync(generated)
    ? readdirSync(generated).filter((one) => isLibrary(generated, one))
    : [];
  const [only] = known;
  if (only !== undefined && known.length === 1) return join(generated, only);
  if (only === undefined) throw new UsageError(`there is no generated library in ${generated}`);
  throw new UsageError(`--library is missing; there are ${known.join(', ')}`);
}

/** The library that was typed, or the only one in the folder of generated files. @throws as {@link libraryFolder} */
export function libraryName(values: {
  readonly library?: string | undefined;
  readonly generated?: string | undefined;
}): string {
  return basename(libraryFolder(userPath(values.generated, 'generated'), values.library));
}

function isLibrary(generated: string, name: string): boolean {
  return name !== benchmark && existsSync(join(generated, name, 'manifest.json'));
}
