import type { Person } from './person.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Lines of a file as Spark splits them, each with its line end, so that together they are the file's bytes. */
export function linesOf(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const ends = bytes[at] === LINE_FEED;
    const isLoneReturn = bytes[at] === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED;
    if (!ends && !isLoneReturn) continue;
    lines.push(bytes.subarray(start, at + 1));
    start = at + 1;
  }
  if (start < bytes.length) lines.push(bytes.subarray(start));
  return lines;
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

/**
 * Whether a line of a landing table is about a person.
 *
 * A line is looked at twice: as JSON, and as text. What is no JSON, or names a column twice, was set aside by the jobs with all
 * it holds; where no column can be made out, any word of the line counts.
 *
 * @param columns those that say whom a line is about
 */
export function isAbout(line: string, columns: readonly string[], person: Person): boolean {
  const object = objectOf(line);
  const lowered = columns.map((column) => column.toLowerCase());
  const values = Object.entries(object ?? {}).flatMap(([name, value]) => {
    return lowered.includes(name.toLowerCase()) ? (keyText(value) ?? []) : [];
  });
  const spelled = columns.flatMap((column) => spelledValues(line, column));
  const named = [...values, ...spelled];
  return (named.length > 0 ? named : wordsOf(line)).some((value) => person.is(value));
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
