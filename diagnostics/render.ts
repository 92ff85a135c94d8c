import type { Span } from '../algebra/span.ts';
import { type Diagnostic, type Finding, inWords, type Reason } from './diagnostic.ts';
import { visible } from './wording.ts';

/** How findings are shown. */
export interface Rendering {
  /** ANSI colours; leave out for files and pipes. */
  readonly color?: boolean;
  /** The text of a source file by its path relative to the project root; undefined where it cannot be read. */
  readonly readSource?: (file: string) => string | undefined;
}

/** Diagnostics for people, one block each with the source line and a caret, separated by blank lines. */
export function render(diagnostics: readonly Diagnostic[], rendering: Rendering = {}): string {
  return diagnostics.map((one) => renderFinding(inWords(one), rendering)).join('\n');
}

/** One finding for people; ends with a line break. */
export function renderFinding(finding: Finding, rendering: Rendering = {}): string {
  const paint = painter(rendering.color ?? false);
  const lines = [`${paint('red', `error[${finding.code}]`)}${paint('bold', `: ${finding.text}`)}`];
  if (finding.span) lines.push(...place(finding.span, rendering, paint));
  for (const reason of finding.because ?? [])
    lines.push(note('because', reasonText(reason), paint));
  if (finding.flow !== undefined) lines.push(note('flow', visible(finding.flow), paint));
  lines.push(note('hint', finding.hint, paint));
  return `${lines.join('\n')}\n`;
}

type Paint = (style: 'red' | 'bold' | 'dim', text: string) => string;

const styles = { red: '31;1', bold: '1', dim: '2' } as const;

function painter(color: boolean): Paint {
  return (style, text) => (color ? `\u001b[${styles[style]}m${text}\u001b[0m` : text);
}

function note(label: string, text: string, paint: Paint): string {
  return `   ${paint('dim', '=')} ${paint('bold', label.padEnd(8))} ${text}`;
}

function reasonText({ text, span }: Reason): string {
  return span ? `${visible(text)}  (${at(span)})` : visible(text);
}

function at(span: Span): string {
  return `${visible(span.file)}:${span.line}:${span.column}`;
}

function place(span: Span, rendering: Rendering, paint: Paint): readonly string[] {
  const arrow = `  ${paint('dim', '-->')} ${at(span)}`;
  const line = rendering.readSource?.(span.file)?.split(/\r?\n/)[span.line - 1];
  if (line === undefined || span.column > line.length + 1) return [arrow];
  const shown = excerpt(line, span.column);
  const margin = ' '.repeat(String(span.line).length);
  const caret = `${' '.repeat(shown.before.length)}${'^'.repeat(shown.token.length || 1)}`;
  return [
    arrow,
    `${paint('dim', `${span.line} |`)} ${shown.before}${shown.token}${shown.after}`,
    `${paint('dim', `${margin} |`)} ${paint('red', caret)}`,
  ];
}

const widest = 110;

/** The part of a line around a column (from 1), cut to a readable width, with tabs as two spaces so that the caret fits. */
function excerpt(line: string, column: number): { before: string; token: string; after: string } {
  const clean = (text: string) => visible(text.replaceAll('\t', '  '));
  const found = tokenAt(line, column);
  const before = clean(line.slice(0, column - 1));
  const after = clean(line.slice(column - 1 + found.length));
  const cut = before.length + found.length > widest ? before.length - 40 : 0;
  const head = cut > 0 ? `…${before.slice(cut)}` : before;
  const room = Math.max(10, widest - head.length - found.length);
  return {
    before: head,
    token: clean(found).slice(0, widest),
    after: after.length > room ? `${after.slice(0, room)}…` : after,
  };
}

/** The name, number, quoted text or operator that starts at a column. */
const token =
  /^(?:[\p{L}\p{N}_$]+|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|[&|?!=<>+*/%-]+|.)/u;

function tokenAt(line: string, column: number): string {
  return token.exec(line.slice(column - 1))?.[0] ?? '';
}
