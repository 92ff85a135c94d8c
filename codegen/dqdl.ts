/**
 * The words of Glue's Data Quality Definition Language, as its grammar has them (github.com/awslabs/dqdl, `QUOTED_STRING`, `ESC`,
 * `LINE_COMMENT`, `number`).
 */

/** A rule, or rules that have to hold together. */
export type Rule = string;

/** A text in quotes. */
export function quoted(text: string): string {
  return `"${oneLine(text).replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
}

/** A comment of one line. */
export function comment(text: string): string {
  return `# ${oneLine(text)}`;
}

/** A number, of digits only: the language knows no exponent. */
export function number(value: number): string {
  const [digits = '', exponent = '0'] = String(Math.abs(value)).split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const point = whole.length + Number(exponent);
  const known = `${'0'.repeat(Math.max(0, 1 - point))}${whole}${fraction}`.padEnd(point, '0');
  const before = known.slice(0, Math.max(1, point));
  const after = known.slice(before.length);
  return `${value < 0 ? '-' : ''}${before}${after === '' ? '' : `.${after}`}`;
}

/** `IsUnique "a"`, `RowCount >= 1`. */
export function rule(type: string, parameters: readonly string[], condition?: string): Rule {
  return [type, ...parameters.map(quoted), ...(condition === undefined ? [] : [condition])].join(
    ' ',
  );
}

/** Rules that have to hold together. */
export function both(rules: readonly Rule[]): Rule {
  const [first = '', ...rest] = rules;
  return rest.length === 0 ? first : rules.map((one) => `(${one})`).join(' and ');
}

/** A document: comments, then its rules. */
export function document(comments: readonly string[], rules: readonly Rule[]): string {
  const list = rules.map((one) => `    ${one}`).join(',\n');
  return `${comments.map(comment).join('\n')}\n\nRules = [\n${list}\n]\n`;
}

function oneLine(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, '')
    .trim();
}
