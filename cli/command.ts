import { isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** One command of the CLI. */
export interface Command {
  /** What it does and takes, as `--help` prints it. */
  readonly help: string;
  /**
   * @param args what follows the command's name
   * @returns the exit code
   */
  run(args: readonly string[]): Promise<number>;
}

/** Arguments that a command does not take; the CLI prints the command's help with it and exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Options = NonNullable<ParseArgsConfig['options']>;

type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
>;

/**
 * Parses a command's arguments strictly.
 * @param positionals how many words besides the options it takes at most
 * @throws UsageError for an unknown option, a value that is missing or one word too many
 */
export function parse<const O extends Options>(
  args: readonly string[],
  options: O,
  positionals = 0,
): Parsed<O> {
  try {
    const config = { args: [...args], options, allowPositionals: true, strict: true } as const;
    const parsed: Parsed<O> = parseArgs(config);
    const extra = parsed.positionals[positionals];
    if (extra !== undefined) throw new UsageError(`unexpected argument ${JSON.stringify(extra)}`);
    return parsed;
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    throw new UsageError(error.message.split('. ')[0] ?? error.message, { cause: error });
  }
}

/** The project's root; spans and defaults are relative to it. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * A path as the person typed it, made absolute: relative to where npm was called, which npm itself leaves for the project's root.
 * @param fallback relative to the project's root, for where none was typed
 */
export function userPath(path: string | undefined, fallback = '.'): string {
  if (path === undefined) return join(ROOT, fallback);
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

/** A path for people: relative to the project's root where it lies inside. */
export function shownPath(path: string): string {
  const inside = relative(ROOT, path);
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside || '.';
}
