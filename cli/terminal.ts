import { createInterface } from 'node:readline/promises';
import { DeployError } from '../deploy/errors.ts';
import { UsageError } from './command.ts';

/** Whether a stream shows colours; NO_COLOR is honoured (no-color.org). */
export function showsColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env['NO_COLOR'];
}

/** Refuses to print JSON and ask at once. @throws UsageError */
export function refuseAsking(values: {
  readonly json: boolean;
  readonly yes: boolean;
  readonly 'dry-run': boolean;
}): void {
  if (values.json && !values.yes && !values['dry-run']) {
    throw new UsageError('--json takes --yes or --dry-run');
  }
}

/**
 * Asks on the terminal.
 * @param doing what is asked about, for the message: `A deployment`
 * @throws DeployError `deploy/not-confirmed` where there is no terminal
 */
export async function ask(question: string, doing: string): Promise<string> {
  if (process.stdin.isTTY !== true) {
    throw new DeployError(
      'deploy/not-confirmed',
      `${doing} asks before it writes, and there is no terminal to ask at. Nothing was written.`,
      'Look at what would be done, then say --yes.',
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}
