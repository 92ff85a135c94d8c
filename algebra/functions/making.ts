import type { Value } from '../row.ts';
import { type DataType, string } from '../types.ts';
import type { FunctionDefinition, Misfit, Operand } from './definition.ts';
import {
  allLabels,
  anyNullable,
  countMisfit,
  isMisfit,
  meet,
  sparkFunction,
  widen,
} from './rules.ts';

/** Lists and maps made of values, which meet in one type. Structs are an expression of their own, since fields have names. */
export const making: readonly FunctionDefinition[] = [
  {
    name: 'listOf',
    family: 'making',
    doc: 'The list of some values.',
    type: (operands) => {
      const element = countMisfit(operands, 1, Infinity) ?? meet(operands);
      if (isMisfit(element)) return element;
      return { kind: 'array', element, elementNullable: anyNullable(operands) };
    },
    nullable: () => false,
    labels: allLabels,
    pyspark: sparkFunction('array'),
    evaluate: met,
  },
  {
    name: 'mapOf',
    family: 'making',
    doc: 'The map of constant texts, all different, to some values.',
    type: mapType,
    nullable: () => false,
    labels: allLabels,
    pyspark: sparkFunction('create_map'),
    evaluate: (given, operands) => {
      const values = met(given.filter(isValue), operands.filter(isValue));
      return given.filter(isKey).map((key, index) => [key, values[index] ?? null]);
    },
  },
];

/** The operands of a map are a key, its value, another key, ... */
const isKey = (_: unknown, index: number): boolean => index % 2 === 0;
const isValue = (_: unknown, index: number): boolean => index % 2 === 1;

function mapType(operands: readonly Operand[]): DataType | Misfit {
  const count = countMisfit(operands, 2, Infinity);
  if (count || operands.length % 2 === 1)
    return count ?? { kind: 'count', expected: 'a value for each key' };
  const keys = operands.filter(isKey).map(({ constant }) => constant);
  const wrong = keys.findIndex(
    (key, index) => typeof key !== 'string' || keys.indexOf(key) < index,
  );
  // Of one key with two values Spark fails.
  if (wrong >= 0)
    return { kind: 'wrong', operand: wrong * 2, expected: 'a constant text that no other key is' };
  const values = operands.filter(isValue);
  const value = meet(values);
  if (isMisfit(value)) return unlikeValues(value);
  return { kind: 'map', key: string, value, valueNullable: anyNullable(values) };
}

/** Places among values as places among operands. */
function unlikeValues(misfit: Misfit): Misfit {
  if (misfit.kind !== 'unlike') return misfit;
  return { ...misfit, left: misfit.left * 2 + 1, right: misfit.right * 2 + 1 };
}

function met(values: readonly Value[], operands: readonly Operand[]): readonly Value[] {
  const type = meet(operands);
  return isMisfit(type) ? values : values.map((value) => widen(value, type));
}
