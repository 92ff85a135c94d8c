import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { shownPath } from './command.ts';
import type { StartOptions } from './start-options.ts';

/**
 * The folder of landing data to run on. Synthetic data is made once for each size, and is the same on every machine.
 * @param tell told what was made
 */
export async function landingData(
  { input, state }: Pick<StartOptions, 'input' | 'state'>,
  tell: (line: string) => void,
): Promise<string> {
  if ('data' in input) return input.data;
  const { customers } = input;
  const folder = join(state, 'data', `synthetic-${customers}`);
  if (existsSync(folder)) {
    tell(`synthetic data of ${customers} customers: ${shownPath(folder)}`);
    return folder;
  }
  const { writeSyntheticData } = await import('../examples/stedi/synthetic/generate.ts');
  const counts = await writeSyntheticData({ dir: folder, customers });
  const lines = Object.values(counts).reduce((sum, feed) => sum + feed.lines, 0);
  tell(`made synthetic data of ${customers} customers, ${lines} lines: ${shownPath(folder)}`);
  return folder;
}
