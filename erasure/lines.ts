import type { Person } from './person.ts';
import type { Bytes } from './store.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Lines of a file as Spark splits them, some at a time, each with its line end, so that together they are the file's bytes. What
 * is held at once is a piece of the file and the longest line.
 */
export async function* linesIn(bytes: Bytes): AsyncGenerator<readonly Buffer[]> {
  let begun: Buffer[] = [];
  for await (const piece of bytes) {
    if (piece.length === 0) continue;
    const lines: Buffer[] = [];
    const end = (rest: readonly Buffer[]) => {
      lines.push(Buffer.concat([...begun, ...rest]));
      begun = [];
    };
    // A return at the end of the piece before was the whole line end, unless a line feed follows.
    if (begun.at(-1)?.at(-1) === CARRIAGE_RETURN && piece[0] !== LINE_FEED) end([]);
    let start = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const isLoneReturn =
        piece[at] === CARRIAGE_RETURN && at + 1 < piece.length && piece[at + 1] !== LINE_FEED;
      if (piece[at] !== LINE_FEED && !isLoneReturn) continue;
      end([piece.subarray(start, at + 1)]);
      start = at + 1;
    }
    if (start < piece.length) begun.push(piece.subarray(start));
    yield lines;
  }
  if (begun.length > 0) yield [Buffer.concat(begun)];
}

/** A line's JSON object; undefined for anything else. */
export function objectOf(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line.trim().replace(/^\uFEFF/, ''));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return value as Readonly<Record<string, unknown>>; // an object of JSON has named values
  } catch {
    return undefined;
  }
}

/** A key of JSON as the text that Spark makes of it; undefined where it is no key. */
export function keyText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

const OFFSET = /(?:Z|[+-]\d\d:?\d\d)$/i;

/** An instant as jobs read it: epoch milliseconds, or a timestamp in words, of UTC unless it says else; undefined for anything else. */
export function instantOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const instant = Date.parse(OFFSET.test(value) ? value : `${value}Z`);
  return Number.isNaN(instant) ? undefined : instant;
}

/**
 * Whether a line of a landing table is about a person.
 *
 * A line is looked at twice: as JSON, and as text. What is no JSON, or names a column twice, was set aside by the jobs with all
 * it holds; where no column can be made out, any word of the line counts.
 *
 * @param columns those that say whom a line is about
 * @param eventTime column that says when what it tells of happened; absent, or not to be read: when a device was theirs
 */
export function isAbout(
  line: string,
  columns: readonly string[],
  person: Person,
  eventTime?: string,
): boolean {
  const object = objectOf(line);
  const at = eventTime === undefined ? undefined : instantOf(object?.[eventTime]);
  const lowered = columns.map((column) => column.toLowerCase());
  const values = Object.entries(object ?? {}).flatMap(([name, value]) => {
    return lowered.includes(name.toLowerCase()) ? (keyText(value) ?? []) : [];
  });
  const spelled = columns.flatMap((column) => spelledValues(line, column));
  const named = [...values, ...spelled];
  return (named.length > 0 ? named : wordsOf(line)).some((value) => person.is(value, at));
}

/** Values that stand behind a column's name anywhere in a line. */
function spelledValues(line: string, column: string): readonly string[] {
  const name = column.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = new RegExp(`"${name}"\\s*:\\s*(?:"((?:[^"\\\\]|\\\\.)*)"?|([^\\s,}"]+))`, 'gi');
  return [...line.matchAll(pattern)].map(([, quoted, bare]) => unquoted(quoted) ?? bare ?? '');
}

function unquoted(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return keyText(objectOf(`{"it":"${text}"}`)?.['it']) ?? text;
}

/** Quoted texts of a line, and what is left between its marks. */
function wordsOf(line: string): readonly string[] {
  const quoted = [...line.matchAll(/"((?:[^"\\]|\\.)*)"?/g)].map(
    ([, text]) => unquoted(text) ?? '',
  );
  return [...quoted, ...line.split(/[\s"',;:{}[\]()<>|]+/)].filter((word) => word !== '');
}
