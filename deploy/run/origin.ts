import { posix } from 'node:path';
import type { Finding } from '../../diagnostics/index.ts';
import { isJsonObject } from '../json.ts';
import { type Generated, sha256 } from '../manifest.ts';
import type { JobStep } from './status.ts';

/** Where a job failed. */
export interface Origin {
  /** Path below the library's folder: `jobs/customer_trusted.py`. */
  readonly script: string;
  /** Line of the script, from 1. */
  readonly line: number;
  /** The place in the author's source; absent where the script that ran is not the generated one. */
  readonly span?: NonNullable<Finding['span']>;
}

/** A script says the line that an error came through by itself; Glue tells the one that the script's last words came from. */
const OWN_LINE = /\(line (\d+)\)\s*$/;
const LINE_OF_GLUE = /Failed Line Number: (\d+);/;

/** What a job said itself of its failure, without what Glue puts in front: `JobFailed: ...`. */
export function ownWords(error: string): string {
  return error
    .replace(/^Error Category: [A-Z_]+; /, '')
    .replace(/^Failed Line Number: \d+; /, '')
    .replace(/^(?:[A-Za-z_][\w.]*\.)?([A-Z]\w*): /, '$1: ')
    .replace(OWN_LINE, '')
    .trim();
}

/**
 * The place in the author's source of what a script did when it failed.
 *
 * @param generated holds the script and `provenance.json`, which says for lines of it where they come from
 * @returns undefined where the error tells no line, or the script is not one of the library
 */
export function originOf(
  { files, provenance }: Pick<Generated, 'files'> & { readonly provenance: unknown },
  step: JobStep,
): Origin | undefined {
  const line = lineIn(step.error ?? '');
  const uri = step.arguments['--scriptLocation'] ?? '';
  const script = `jobs/${posix.basename(uri)}`;
  const text = files.get(script);
  if (line === undefined || text === undefined) return undefined;
  const isSame = sha256(text).startsWith(posix.basename(posix.dirname(uri)));
  const span = isSame ? placeOf(provenance, script, line) : undefined;
  return { script, line, ...(span === undefined ? {} : { span }) };
}

function lineIn(error: string): number | undefined {
  const found = OWN_LINE.exec(error) ?? LINE_OF_GLUE.exec(error);
  return found === null ? undefined : Number(found[1]);
}

/**
 * The place in the author's source of a line of a script: the last that is known at or before it, since what the author said
 * there goes on until the next.
 * @param provenance what `provenance.json` holds
 * @param script path below the library's folder
 * @param line from 1
 */
export function placeOf(provenance: unknown, script: string, line: number): Finding['span'] {
  const places = isJsonObject(provenance) ? provenance[script] : undefined;
  if (!isJsonObject(places)) return undefined;
  const known = Object.keys(places)
    .map(Number)
    .filter((one) => one <= line);
  const place = places[String(Math.max(...known))];
  const [, file, row, column] = /^(.+):(\d+):(\d+)$/.exec(String(place)) ?? [];
  return file === undefined ? undefined : { file, line: Number(row), column: Number(column) };
}
