import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './command.ts';

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

function isLibrary(generated: string, name: string): boolean {
  return name !== benchmark && existsSync(join(generated, name, 'manifest.json'));
}
