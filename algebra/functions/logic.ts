import { boolean, type DataType } from '../types.ts';
import type { FunctionDefinition, Misfit, Operand } from './definition.ts';
import { allLabels, anyNullable, countMisfit, operator, strict, wrongOperand } from './rules.ts';

/** Three-valued logic: null is "not known", so `false and null` is false and `true or null` is true. */
export const logic: readonly FunctionDefinition[] = [
  {
    name: 'and',
    family: 'logic',
    doc: 'Whether all conditions hold; false if one is false, else null if one is null.',
    type: (operands) => conditions(operands, 2, Infinity),
    nullable: anyNullable,
    labels: allLabels,
    pyspark: operator('&'),
    evaluate: (values) => (values.includes(false) ? false : values.includes(null) ? null : true),
  },
  {
    name: 'or',
    family: 'logic',
    doc: 'Whether a condition holds; true if one is true, else null if one is null.',
    type: (operands) => conditions(operands, 2, Infinity),
    nullable: anyNullable,
    labels: allLabels,
    pyspark: operator('|'),
    evaluate: (values) => (values.includes(true) ? true : values.includes(null) ? null : false),
  },
  strict({
    name: 'not',
    family: 'logic',
    doc: 'Whether a condition does not hold; null stays null.',
    type: (operands) => conditions(operands, 1, 1),
    pyspark: operator('~'),
    evaluate: ([value]) => value === false,
  }),
];

function conditions(operands: readonly Operand[], least: number, most: number): DataType | Misfit {
  const isCondition = (operand: Operand) => operand.type.kind === 'boolean';
  return (
    countMisfit(operands, least, most) ??
    wrongOperand(operands, isCondition, 'a condition (boolean)') ??
    boolean
  );
}
