import type { Value } from '../row.ts';
import { type ArrayType, boolean, int, string } from '../types.ts';
import type {
  FunctionDefinition,
  Misfit,
  Operand,
  PySparkForm,
  PySparkTerm,
} from './definition.ts';
import { constantText, count, plain, someText, text } from './parameters.ts';
import { type Pattern, patternOf, quotedPattern, replacementOf } from './pattern.ts';
import { asNumber, asString, first, nested, sparkCall } from './rules.ts';

const pattern = constantText('a pattern (constant text)');
const strings: ArrayType = { kind: 'array', element: string, elementNullable: false };

/** Patterns are constants of a subset that Java and the reference interpreter read alike; see `pattern.ts`. */
export const regexp: readonly FunctionDefinition[] = [
  plain({
    name: 'like',
    family: 'regexp',
    doc: 'Whether the whole text is like a constant, in which `%` stands for any characters, `_` for one, and `\\` takes the next sign for itself.',
    takes: [
      text,
      constantText('a text in which `\\` stands before `%`, `_` or `\\`', isLikePattern),
    ],
    gives: boolean,
    spark: () => ({ form: 'method', name: 'like' }),
    evaluate: ([value, like]) => likePattern(asString(like)).test(asString(value)),
  }),
  plain({
    name: 'rlike',
    family: 'regexp',
    doc: 'Whether a pattern matches somewhere in the text.',
    takes: [text, pattern],
    gives: (operands) => patternMisfit(operands) ?? boolean,
    spark: (operands) => matching({ form: 'method', name: 'rlike' }, operands),
    evaluate: ([value, regex]) => firstMatch(value, regex) !== undefined,
  }),
  plain({
    name: 'regexpExtract',
    family: 'regexp',
    doc: 'What a group of the first match of a pattern matched (0: all of it); empty where nothing matches.',
    takes: [text, pattern, count(0, 9)],
    gives: (operands) => patternMisfit(operands, (regex) => groupFault(regex, operands)) ?? string,
    spark: (operands) =>
      matching({ form: 'function', name: 'regexp_extract' }, operands, {
        plain: Number(operands[2]?.constant),
      }),
    evaluate: ([value, regex, group]) => firstMatch(value, regex)?.[asNumber(group)] ?? '',
  }),
  plain({
    name: 'regexpReplace',
    family: 'regexp',
    doc: 'The text with a constant in place of each match of a pattern, in which `$1` stands for what the first group matched.',
    takes: [text, pattern, constantText('a constant text')],
    gives: (operands) =>
      patternMisfit(operands, (regex) => replaceFault(regex, operands)) ?? string,
    spark: (operands) => {
      const replacement = replacementIn(operands);
      const java = typeof replacement === 'string' ? '' : replacement.java;
      return matching({ form: 'function', name: 'regexp_replace' }, operands, { plain: java });
    },
    evaluate: ([value], operands) => replaced(asString(value), operands),
  }),
  plain({
    name: 'regexpCount',
    family: 'regexp',
    doc: 'How often a pattern matches; it must not match the empty text.',
    takes: [text, pattern],
    gives: (operands) => patternMisfit(operands, emptyFault) ?? int,
    spark: (operands) => everyMatch('regexp_count', operands),
    evaluate: ([value, regex]) => allMatches(value, regex).length,
  }),
  plain({
    name: 'regexpExtractAll',
    family: 'regexp',
    doc: 'What a group of each match of a pattern matched (0: all of it), as a list; it must not match the empty text.',
    takes: [text, pattern, count(0, 9)],
    gives: (operands) =>
      patternMisfit(operands, (regex) => emptyFault(regex) ?? groupFault(regex, operands)) ??
      strings,
    spark: (operands) => {
      const group = { literal: Number(operands[2]?.constant), type: 'int' } as const;
      return everyMatch('regexp_extract_all', operands, group);
    },
    evaluate: ([value, regex, group]) =>
      allMatches(value, regex).map((match) => match[asNumber(group)] ?? ''),
  }),
  plain({
    name: 'split',
    family: 'regexp',
    doc: 'The parts of the text between a constant separator, as a list; empty parts stay.',
    takes: [text, someText],
    gives: strings,
    spark: ([, separator]) => ({
      form: 'nested',
      term: sparkCall('split', first, { plain: quotedPattern(String(separator?.constant)) }),
    }),
    evaluate: ([value, separator]) => asString(value).split(asString(separator)),
  }),
];

/** Compiles a constant operand, which the type rule has found to be a pattern. */
function compiled(value: Value | undefined): Pattern {
  const found = patternOf(asString(value));
  if (typeof found === 'string') throw new TypeError(`a pattern is wrong: ${found}`);
  return found;
}

function patternMisfit(
  operands: readonly Operand[],
  fault: (found: Pattern) => string | undefined = () => undefined,
): Misfit | undefined {
  const found = patternOf(String(operands[1]?.constant));
  const reason = typeof found === 'string' ? found : fault(found);
  if (reason === undefined) return undefined;
  return { kind: 'wrong', operand: 1, expected: `a pattern of the portable kind: ${reason}` };
}

function firstMatch(value: Value | undefined, regex: Value | undefined) {
  const { script } = compiled(regex);
  script.lastIndex = 0;
  return script.exec(asString(value)) ?? undefined;
}

/** All matches of a pattern that matches no empty text. */
function allMatches(value: Value | undefined, regex: Value | undefined) {
  return [...asString(value).matchAll(compiled(regex).script)];
}

function groupFault({ groups }: Pattern, operands: readonly Operand[]): string | undefined {
  return Number(operands[2]?.constant) > groups ? `it has ${groups} groups` : undefined;
}

/** Java looks for the next match in the middle of a character after an empty one. */
function emptyFault({ matchesEmpty }: Pattern): string | undefined {
  return matchesEmpty ? 'it matches the empty text, which is everywhere' : undefined;
}

function replaceFault(regex: Pattern, operands: readonly Operand[]): string | undefined {
  const empty = emptyFault(regex);
  if (empty !== undefined) return empty;
  const replacement = replacementOf(String(operands[2]?.constant), regex);
  return typeof replacement === 'string' ? `in the replacement ${replacement}` : undefined;
}

function replacementIn(operands: readonly Operand[]) {
  return replacementOf(String(operands[2]?.constant), compiled(operands[1]?.constant));
}

function replaced(value: string, operands: readonly Operand[]): string {
  const replacement = replacementIn(operands);
  if (typeof replacement === 'string') throw new TypeError(replacement);
  return value.replaceAll(compiled(operands[1]?.constant).script, (...match) =>
    replacement.parts
      .map((part) => (typeof part === 'number' ? String(match[part] ?? '') : part))
      .join(''),
  );
}

/** A call with the pattern as Java takes it. */
function matching(
  call: { readonly form: 'function' | 'method'; readonly name: string },
  operands: readonly Operand[],
  ...more: readonly PySparkTerm[]
): PySparkForm {
  const java = { plain: compiled(operands[1]?.constant).java };
  return { form: 'nested', term: nested(call, first, java, ...more) };
}

/** A call that takes the pattern as a column. */
function everyMatch(
  name: string,
  operands: readonly Operand[],
  ...more: readonly PySparkTerm[]
): PySparkForm {
  const java = { plain: compiled(operands[1]?.constant).java };
  return { form: 'nested', term: sparkCall(name, first, sparkCall('lit', java), ...more) };
}

function isLikePattern(like: string): boolean {
  return /^(?:[^\\]|\\[%_\\])*$/su.test(like);
}

function likePattern(like: string): RegExp {
  const source = like.replace(/\\(.)|%|_|[^\\%_]/gsu, (piece, escaped?: string) => {
    if (piece === '%') return '.*';
    if (piece === '_') return '.';
    return `\\u{${(escaped ?? piece).codePointAt(0)?.toString(16)}}`;
  });
  return new RegExp(`^${source}$`, 'su');
}
