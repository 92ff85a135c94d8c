import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Root of the repository, absolute. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Folder of all working state; see `runtime/toolchain.ts`. */
export const STATE = process.env.LAKEWRIGHT_STATE ?? `${ROOT}.lakewright`;

/** Something that this machine lacks, or that did not work; the user's to mend. */
export class CannotPrepare extends Error {
  /**
   * @param {string} message what is wrong
   * @param {string} hint what to do about it
   * @param {number} exitCode 1, or 2 for wrong usage
   */
  constructor(message, hint, exitCode = 1) {
    super(message);
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

/** Says in one line what a step does, on standard error: standard output is the command's. */
export function say(text) {
  console.error(`lakewright: ${text}`);
}

/**
 * Runs a program and waits for it.
 *
 * @returns {Promise<{ code: number, output: string }>} its exit code (127 when it is not there), and
 * standard output and error as one text
 */
export async function run(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: ROOT, ...options });
  let output = '';
  const keep = (bytes) => {
    output += bytes;
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return await new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a program that has to succeed. */
export async function must(what, hint, program, args, options = {}) {
  const { code, output } = await run(program, args, options);
  if (code === 0) return output;
  const tail = output.trimEnd().split('\n').slice(-15).join('\n');
  throw new CannotPrepare(`${what} failed (exit ${code}):\n${tail}`, hint);
}
