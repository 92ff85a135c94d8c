import { boolean, type DataType, int, string } from '../types.ts';
import type { FunctionDefinition, Misfit, Operand } from './definition.ts';
import {
  asNumber,
  asString,
  countMisfit,
  method,
  sparkFunction,
  strict,
  wrongOperand,
} from './rules.ts';

/** Text is counted in Unicode code points, as Spark counts it. */
export const strings: readonly FunctionDefinition[] = [
  mapped('lower', 'The text in lower case.', (text) => text.toLowerCase()),
  mapped('upper', 'The text in upper case.', (text) => text.toUpperCase()),
  mapped('trim', 'The text without spaces at both ends; other white space stays.', trimSpaces),
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
];

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

function trimSpaces(text: string): string {
  return text.replace(/^ +/, '').replace(/ +$/, '');
}
