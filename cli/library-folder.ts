import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './command.ts';

/**
 * The generated folder of a library; the only one where none is named.
 * @throws UsageError where there is none, or several and none is named
 */
export function libraryFolder(generated: string, name: string | undefined): string {
  if (name !== undefined) return join(generated, name);
  const known = existsSync(generated)
    ? readdirSync(generated).filter((one) => existsSync(join(generated, one, 'manifest.json')))
    : [];
  const [only] = known;
  if (only !== undefined && known.length === 1) return join(generated, only);
  if (only === undefined) throw new UsageError(`there is no generated library in ${generated}`);
  throw new UsageError(`--library is missing; there are ${known.join(', ')}`);
}
