import type { PyLiteral } from './tree.ts';

const named: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A constant as Python source: ASCII only, so that no editor, encoding or reader bends it. */
export function printLiteral(value: PyLiteral['value']): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') return printString(value);
  return printFloat(value);
}

function printFloat(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('Python has no literal for this number');
  const text = Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e');
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function printString(value: string): string {
  const double = value.split('"').length;
  const single = value.split("'").length;
  // As ruff does: the quotes that need fewer escapes, double ones where that is even.
  const quote = double > single ? "'" : '"';
  let text = '';
  for (const character of value) text += printCharacter(character, quote);
  return quote + text + quote;
}

function printCharacter(character: string, quote: string): string {
  if (character === quote) return `\\${quote}`;
  const short = named[character];
  if (short) return short;
  return character >= ' ' && character <= '~' ? character : escapeOf(character);
}

/** `\x1b`, `\u00e9`, `\U0001f600`; a lone surrogate keeps its own code. */
function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0x7f) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** Characters that readers see as they are; others (controls, bidirectional marks, lone surrogates) could mislead them. */
const visible = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

/** Author's prose for comments and docstrings: one line, visible characters as they are, everything else as `\u202e`. */
export function printableLine(line: string): string {
  let text = '';
  for (const character of line.replaceAll('\t', ' ')) {
    text += visible.test(character) ? character : escapeOf(character);
  }
  return text.trimEnd();
}
