import { createInterface } from 'node:readline/promises';
import { DeployError } from '../deploy/index.ts';

/** Whether a stream shows colours; NO_COLOR is honoured (no-color.org). */
export function showsColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env['NO_COLOR'];
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
