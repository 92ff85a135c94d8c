import { boolean, type DataType, int, string } from '../types.ts';
import type { FunctionDefinition, Misfit, Operand, PySparkForm } from './definition.ts';
import { constantText, count, place, plain, someText, text } from './parameters.ts';
import {
  allLabels,
  asNumber,
  asString,
  countMisfit,
  first,
  method,
  second,
  sparkCall,
  sparkFunction,
  strict,
  wrongOperand,
} from './rules.ts';

/** Text is counted in Unicode code points, as Spark counts it. */
export const strings: readonly FunctionDefinition[] = [
  mapped('lower', 'The text in lower case.', (text) => text.toLowerCase()),
  mapped('upper', 'The text in upper case.', (text) => text.toUpperCase()),
  mapped('trim', 'The text without spaces at both ends; other white space stays.', (value) =>
    withoutLeft(withoutRight(value)),
  ),
  mapped('ltrim', 'The text without spaces at its start; other white space stays.', withoutLeft),
  mapped('rtrim', 'The text without spaces at its end; other white space stays.', withoutRight),
  mapped('reverse', 'The characters (code points) from last to first.', (value) =>
    [...value].reverse().join(''),
  ),
  strict({
    name: 'length',
    family: 'string',
    doc: 'The count of characters (code points).',
    type: (operands) => texts(operands, 1, 1) ?? int,
    pyspark: sparkFunction('length'),
    evaluate: ([value]) => [...asString(value)].length,
  }),
  strict({
    name: 'concat',
    family: 'string',
    doc: 'The texts one after the other; null if one is null.',
    type: (operands) => texts(operands, 2, Infinity) ?? string,
    pyspark: sparkFunction('concat'),
    evaluate: (values) => values.map(asString).join(''),
  }),
  strict({
    name: 'substring',
    family: 'string',
    doc: 'The characters from a constant position on (1 is the first), a constant count of them at most.',
    type: substringType,
    constants: [1, 2],
    pyspark: sparkFunction('substring'),
    evaluate: ([value, start, length]) => {
      const from = asNumber(start) - 1;
      return [...asString(value)].slice(from, from + asNumber(length)).join('');
    },
  }),
  tested('startsWith', 'startswith', 'starts with', (text, part) => text.startsWith(part)),
  tested('endsWith', 'endswith', 'ends with', (text, part) => text.endsWith(part)),
  tested('contains', 'contains', 'contains', (text, part) => text.includes(part)),
  plain({
    name: 'left',
    family: 'string',
    doc: 'The first characters, a constant count of them at most.',
    takes: [text, count(0)],
    gives: string,
    spark: ([, length]) => ({
      form: 'nested',
      term: sparkCall('substring', first, { plain: 1 }, { plain: Number(length?.constant) }),
    }),
    evaluate: ([value, length]) => [...asString(value)].slice(0, asNumber(length)).join(''),
  }),
  plain({
    name: 'right',
    family: 'string',
    doc: 'The last characters, a constant count of them at most.',
    takes: [text, count(0)],
    gives: string,
    spark: () => ({
      form: 'nested',
      term: sparkCall('right', first, second),
    }),
    evaluate: ([value, length]) => {
      const characters = [...asString(value)];
      return characters.slice(Math.max(characters.length - asNumber(length), 0)).join('');
    },
  }),
  padded('lpad', 'left', (value, padding) => padding + value),
  padded('rpad', 'right', (value, padding) => value + padding),
  plain({
    name: 'repeat',
    family: 'string',
    doc: 'The text a constant count of times (0 to 1000) in a row.',
    takes: [text, count(0, 1000)],
    gives: string,
    spark: 'repeat',
    evaluate: ([value, times]) => asString(value).repeat(asNumber(times)),
  }),
  plain({
    name: 'replace',
    family: 'string',
    doc: 'The text with another in place of each occurrence of a part; an empty part occurs nowhere.',
    takes: [text, text, text],
    gives: string,
    spark: 'replace',
    evaluate: ([value, part, other]) =>
      part === ''
        ? asString(value)
        : asString(value).replaceAll(asString(part), () => asString(other)),
  }),
  plain({
    name: 'translate',
    family: 'string',
    doc: 'The text with each character of the first constant replaced by the one at its place in the second; by none where that is shorter.',
    takes: [text, constantText('a constant text'), constantText('a constant text')],
    gives: string,
    spark: 'translate',
    evaluate: ([value, from, to]) => translated(asString(value), asString(from), asString(to)),
  }),
  plain({
    name: 'position',
    family: 'string',
    doc: 'Where a part occurs first: 1 at the start, 0 nowhere.',
    takes: [text, text],
    gives: int,
    spark: () => ({
      form: 'nested',
      term: sparkCall('position', second, first),
    }),
    evaluate: ([value, part]) => {
      const index = asString(value).indexOf(asString(part));
      return index < 0 ? 0 : [...asString(value).slice(0, index)].length + 1;
    },
  }),
  plain({
    name: 'substringIndex',
    family: 'string',
    doc: 'What is before the constant delimiter, counted from the start (1, 2, ...), or behind it, counted from the end (-1, -2, ...); the whole text where there are not as many.',
    takes: [text, someText, count(-1000, 1000)],
    gives: string,
    spark: 'substring_index',
    evaluate: ([value, delimiter, place]) =>
      substringIndex(asString(value), asString(delimiter), asNumber(place)),
  }),
  plain({
    name: 'splitPart',
    family: 'string',
    doc: 'The part at a constant place, from 1 on or from the end (-1, -2, ...), between constant delimiters; empty where there is none.',
    takes: [text, someText, place],
    gives: string,
    spark: ([, delimiter, index]) => ({
      form: 'nested',
      term: sparkCall(
        'split_part',
        first,
        sparkCall('lit', { plain: String(delimiter?.constant) }),
        {
          literal: Number(index?.constant),
          type: 'int',
        },
      ),
    }),
    evaluate: ([value, delimiter, index]) => {
      const number = asNumber(index);
      const parts = asString(value).split(asString(delimiter));
      return parts.at(number > 0 ? number - 1 : number) ?? '';
    },
  }),
  plain({
    name: 'octetLength',
    family: 'string',
    doc: 'The count of bytes in UTF-8.',
    takes: [text],
    gives: int,
    spark: 'octet_length',
    evaluate: ([value]) => Buffer.byteLength(asString(value), 'utf8'),
  }),
  plain({
    name: 'levenshtein',
    family: 'string',
    doc: 'How many characters must be put in, taken out or changed to make one text the other.',
    takes: [text, text],
    gives: int,
    spark: 'levenshtein',
    evaluate: ([left, right]) => editDistance([...asString(left)], [...asString(right)]),
  }),
  {
    name: 'concatWith',
    family: 'string',
    doc: 'The texts in a row with a constant separator, the second operand, between them; nulls are left out.',
    type: concatWithType,
    nullable: () => false,
    labels: allLabels,
    pyspark: concatWithForm,
    evaluate: ([first = null, separator = null, ...others]) =>
      [first, ...others].filter((one) => one !== null).join(asString(separator)),
  },
];

function padded(
  name: 'lpad' | 'rpad',
  side: string,
  join: (value: string, padding: string) => string,
): FunctionDefinition {
  return plain({
    name,
    family: 'string',
    doc: `The text of exactly a constant count of characters: filled with the constant text on the ${side}, or cut off at its end.`,
    takes: [text, count(0, 100_000), someText],
    gives: string,
    spark: name,
    evaluate: ([value, length, filling]) => {
      const characters = [...asString(value)];
      const missing = asNumber(length) - characters.length;
      if (missing <= 0) return characters.slice(0, asNumber(length)).join('');
      const pieces = [...asString(filling)];
      const padding = Array.from({ length: missing }, (_, index) => pieces[index % pieces.length]);
      return join(asString(value), padding.join(''));
    },
  });
}

function translated(value: string, from: string, to: string): string {
  const others = [...to];
  const replacements = new Map<string, string>();
  for (const [index, character] of [...from].entries()) {
    if (!replacements.has(character)) replacements.set(character, others[index] ?? '');
  }
  return [...value].map((character) => replacements.get(character) ?? character).join('');
}

/** Occurrences may overlap, as they do in Spark: `aa` occurs three times in `aaaa`. */
function substringIndex(value: string, delimiter: string, place: number): string {
  if (place === 0) return '';
  let found = place > 0 ? -1 : value.length;
  for (let left = Math.abs(place); left > 0; left -= 1) {
    if (place < 0 && found === 0) return value;
    found =
      place > 0 ? value.indexOf(delimiter, found + 1) : value.lastIndexOf(delimiter, found - 1);
    if (found < 0) return value;
  }
  return place > 0 ? value.slice(0, found) : value.slice(found + delimiter.length);
}

function editDistance(left: readonly string[], right: readonly string[]): number {
  let above = right.map((_, index) => index + 1);
  let first = 0;
  for (const [row, character] of left.entries()) {
    let diagonal = first;
    first = row + 1;
    let before = first;
    above = above.map((up, column) => {
      const changed = diagonal + (character === right[column] ? 0 : 1);
      diagonal = up;
      before = Math.min(up + 1, before + 1, changed);
      return before;
    });
  }
  return above.at(-1) ?? left.length;
}

function concatWithType(operands: readonly Operand[]): DataType | Misfit {
  const separator = operands[1];
  const wrong = texts(operands, 3, Infinity);
  if (wrong || !separator) return wrong ?? { kind: 'count', expected: '3 or more arguments' };
  return typeof separator.constant === 'string'
    ? string
    : { kind: 'wrong', operand: 1, expected: 'a constant text' };
}

function concatWithForm(operands: readonly Operand[]): PySparkForm {
  const parts = operands.flatMap((_, index) => (index === 1 ? [] : [{ operand: index }]));
  const separator = { plain: String(operands[1]?.constant) };
  return { form: 'nested', term: sparkCall('concat_ws', separator, ...parts) };
}

function mapped(name: string, doc: string, change: (text: string) => string): FunctionDefinition {
  return strict({
    name,
    family: 'string',
    doc,
    type: (operands) => texts(operands, 1, 1) ?? string,
    pyspark: sparkFunction(name),
    evaluate: ([value]) => change(asString(value)),
  });
}

function tested(
  name: string,
  spark: string,
  words: string,
  holds: (text: string, part: string) => boolean,
): FunctionDefinition {
  return strict({
    name,
    family: 'string',
    doc: `Whether the first text ${words} the second.`,
    type: (operands) => texts(operands, 2, 2) ?? boolean,
    pyspark: method(spark),
    evaluate: ([text, part]) => holds(asString(text), asString(part)),
  });
}

function texts(operands: readonly Operand[], least: number, most: number): Misfit | undefined {
  const isText = (operand: Operand) => operand.type.kind === 'string';
  return countMisfit(operands, least, most) ?? wrongOperand(operands, isText, 'a string');
}

function substringType(operands: readonly Operand[]): DataType | Misfit {
  const [text, start, length] = operands;
  const count = countMisfit(operands, 3, 3);
  if (count || !text || !start || !length)
    return count ?? { kind: 'count', expected: '3 arguments' };
  if (!isCount(start, 1)) return { kind: 'wrong', operand: 1, expected: 'a constant from 1' };
  if (!isCount(length, 0)) return { kind: 'wrong', operand: 2, expected: 'a constant from 0' };
  return texts([text], 1, 1) ?? string;
}

function isCount({ type, constant }: Operand, least: number): boolean {
  return type.kind === 'int' && typeof constant === 'number' && constant >= least;
}

function withoutLeft(value: string): string {
  return value.replace(/^ +/, '');
}

function withoutRight(value: string): string {
  return value.replace(/ +$/, '');
}
