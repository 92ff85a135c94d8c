import type { Value } from '../row.ts';
import type { DataType } from '../types.ts';
import { boolean } from '../types.ts';
import { compareValues } from '../value-order.ts';
import type { FunctionDefinition, Misfit, Operand } from './definition.ts';
import {
  allLabels,
  countMisfit,
  isMisfit,
  meetOrderable,
  method,
  operator,
  sparkFunction,
  strict,
  widen,
  wrongOperand,
} from './rules.ts';

/** Values of types that meet are compared; null with anything is null. */
export const comparison: readonly FunctionDefinition[] = [
  compared('eq', '==', 'Whether two values are equal; null if either is null.', (n) => n === 0),
  compared('ne', '!=', 'Whether two values differ; null if either is null.', (n) => n !== 0),
  compared('gt', '>', 'Whether the first value is greater; null if either is null.', (n) => n > 0),
  compared(
    'gte',
    '>=',
    'Whether the first value is greater or equal; null if either is null.',
    (n) => n >= 0,
  ),
  compared('lt', '<', 'Whether the first value is less; null if either is null.', (n) => n < 0),
  compared(
    'lte',
    '<=',
    'Whether the first value is less or equal; null if either is null.',
    (n) => n <= 0,
  ),
  {
    ...compared('eqNullSafe', '', 'Whether two values are equal; two nulls are.', (n) => n === 0),
    nullable: () => false,
    pyspark: method('eqNullSafe'),
    evaluate: ([left = null, right = null], operands) =>
      left === null || right === null ? left === right : order(left, right, operands) === 0,
  },
  strict({
    name: 'isIn',
    family: 'comparison',
    doc: 'Whether a value is one of the constants; null if the value is null.',
    type: isInType,
    pyspark: method('isin'),
    constants: Array.from({ length: 1000 }, (_, index) => index + 1),
    evaluate: ([value = null, ...constants], operands) =>
      constants.some((constant) => order(value, constant, operands) === 0),
  }),
  extreme('greatest', 'greater', 1),
  extreme('least', 'lesser', -1),
];

/** Of two values that are equal, -0.0 and 0.0 for one, the first is taken. */
function extreme(name: 'greatest' | 'least', words: string, sign: 1 | -1): FunctionDefinition {
  return {
    name,
    family: 'comparison',
    doc: `The ${words} of two values; a null is left out, so null only of two nulls.`,
    type: (operands) => countMisfit(operands, 2, 2) ?? meetOrderable(operands),
    nullable: (operands) => operands.every((operand) => operand.nullable),
    labels: allLabels,
    pyspark: sparkFunction(name),
    evaluate: ([left = null, right = null], operands) => {
      const type = meetOrderable(operands);
      if (isMisfit(type)) throw new TypeError('compared values of unlike types');
      if (left === null || right === null) return widen(left ?? right, type);
      return widen(order(left, right, operands) * sign >= 0 ? left : right, type);
    },
  };
}

function compared(
  name: string,
  symbol: string,
  doc: string,
  holds: (order: number) => boolean,
): FunctionDefinition {
  return strict({
    name,
    family: 'comparison',
    doc,
    type: (operands) => comparisonType(operands, 2, 2),
    pyspark: operator(symbol),
    evaluate: ([left = null, right = null], operands) => holds(order(left, right, operands)),
  });
}

function comparisonType(operands: readonly Operand[], least: number, most: number) {
  const wrong = countMisfit(operands, least, most);
  if (wrong) return wrong;
  const common = meetOrderable(operands);
  return isMisfit(common) ? common : boolean;
}

function isInType(operands: readonly Operand[]): DataType | Misfit {
  // Spark looks long lists up in a hash set, where 0.0 and -0.0 differ: equality of doubles is not the same there.
  const isExact = (operand: Operand) => operand.type.kind !== 'double';
  const isConstant = ({ constant }: Operand) => constant !== undefined && constant !== null;
  const [first, ...constants] = operands;
  const inexact = wrongOperand(operands, isExact, 'values that are exactly equal (no double)');
  if (inexact) return inexact;
  const variable = constants.findIndex((one) => !isConstant(one));
  if (first && variable >= 0) {
    return { kind: 'wrong', operand: variable + 1, expected: 'constants other than null' };
  }
  return comparisonType(operands, 2, Infinity);
}

function order(left: Value, right: Value, operands: readonly Operand[]): number {
  const type = meetOrderable(operands);
  if (isMisfit(type)) throw new TypeError('compared values of unlike types');
  return compareValues(widen(left, type), widen(right, type), type);
}
