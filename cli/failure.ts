import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  allCodes,
  DiagnosticError,
  Failure,
  type Finding,
  InternalError,
  render,
  renderFinding,
} from '../diagnostics/index.ts';
import { ROOT } from './command.ts';

/** An error that keeps a code, as those of runtime/, deploy/ and erasure/ do. */
interface CodedError extends Error {
  readonly code: string;
  readonly hint?: string;
}

/** Prints something that was found, with its place in the author's source, to standard error. */
export function printFinding(finding: Finding): void {
  const color = process.stderr.isTTY === true && process.env['NO_COLOR'] === undefined;
  process.stderr.write(renderFinding(finding, { color, readSource }));
}

/** Prints what went wrong, for people, to standard error. @returns the exit code */
export async function report(error: unknown): Promise<number> {
  const color = process.stderr.isTTY === true && process.env['NO_COLOR'] === undefined;
  if (error instanceof DiagnosticError) {
    process.stderr.write(render(error.diagnostics, { color, readSource }));
    return error.exitCode;
  }
  if (isCoded(error)) {
    const hint = error.hint ?? 'the message says where to look';
    process.stderr.write(renderFinding({ code: error.code, text: error.message, hint }, { color }));
    return error instanceof Failure ? error.exitCode : 1;
  }
  process.stderr.write(ourBug(error));
  return 70;
}

function isCoded(error: unknown): error is CodedError {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return allCodes.some((code) => code === error.code);
}

function ourBug(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const details = error instanceof InternalError && error.details ? `\n${error.details}\n` : '';
  return `internal error: this is a bug of lakewright, not of your library.
Please report it with what follows; it holds no data.

${text}
${details}`;
}

function readSource(file: string): string | undefined {
  try {
    return readFileSync(resolve(ROOT, file), 'utf8');
  } catch {
    return undefined;
  }
}
