import type { Csv } from '../algebra/library.ts';
import { linesOf } from './landing-rows.ts';

/** A record of CSV. */
export interface CsvRecord {
  /** As it stands in the file. */
  readonly line: string;
  /** Its values, null where the text for null stands; undefined where it is no CSV. */
  readonly values?: readonly (string | null)[];
  /** Whether a quote is opened and not closed. */
  readonly isUnclosed: boolean;
}

/** The records of a file's text, blank lines aside; without `lineBreaks` each line is one. */
export function csvRecords(text: string, csv: Csv): readonly CsvRecord[] {
  const lines = csv.lineBreaks ? splitRecords(text, csv) : linesOf(text);
  const plain = lines.map((line) => line.replace(/^\ufeff+/, ''));
  return plain.filter((line) => line !== '').map((line) => parseRecord(line, csv));
}

/** The texts of records whose quoted values may hold line breaks; a quote that is never closed ends with its line. */
function splitRecords(text: string, csv: Csv): readonly string[] {
  const records: string[] = [];
  let start = 0;
  let isAtValue = true;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (isAtValue && sign === csv.quote) {
      const end = endOfQuoted(text, at, csv);
      isAtValue = false;
      if (end !== undefined) at = end;
    } else if (sign === '\n' || sign === '\r') {
      records.push(text.slice(start, at));
      if (sign === '\r' && text[at + 1] === '\n') at += 1;
      start = at + 1;
      isAtValue = true;
    } else isAtValue = sign === csv.delimiter;
  }
  return [...records, text.slice(start)];
}

/** Where the quote that opens at a place is closed; undefined where it is not. */
function endOfQuoted(
  text: string,
  opened: number,
  { quote, escape: mark }: Csv,
): number | undefined {
  for (let at = opened + 1; at < text.length; at += 1) {
    const isEscape = text[at] === mark && (mark !== quote || text[at + 1] === quote);
    if (isEscape) at += 1;
    else if (text[at] === quote) return at;
  }
  return undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text has is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

function parseRecord(line: string, csv: Csv): CsvRecord {
  const { quote, delimiter, escape: mark, nullValue } = csv;
  const values: (string | null)[] = [];
  let at = 0;
  while (true) {
    const isQuoted = quote !== '' && line[at] === quote;
    const end = isQuoted ? endOfQuoted(line, at, csv) : undefined;
    if (isQuoted && end === undefined) return { line, isUnclosed: true };
    const stop = isQuoted ? (end ?? 0) + 1 : endOfPlain(line, at, csv);
    const raw = line.slice(at, stop);
    values.push(isQuoted ? unquoted(raw, mark) : raw === nullValue ? null : raw);
    at = stop + 1;
    if (stop >= line.length) break;
    if (line[stop] !== delimiter) return { line, isUnclosed: false };
  }
  return CONTROL.test(line) ? { line, isUnclosed: false } : { line, values, isUnclosed: false };
}

function endOfPlain(line: string, start: number, { quote, delimiter }: Csv): number {
  let at = start;
  while (at < line.length && line[at] !== delimiter && line[at] !== (quote || undefined)) at += 1;
  return at;
}

function unquoted(raw: string, mark: string): string {
  let text = '';
  for (let at = 1; at < raw.length - 1; at += 1) {
    if (raw[at] === mark) at += 1;
    text += raw[at];
  }
  return text;
}
