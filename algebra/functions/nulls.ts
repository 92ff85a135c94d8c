import { boolean } from '../types.ts';
import type { FunctionDefinition } from './definition.ts';
import { allLabels, countMisfit, isMisfit, meet, method, sparkFunction, widen } from './rules.ts';

/** What tells null from values, and puts values in its place. */
export const nulls: readonly FunctionDefinition[] = [
  {
    name: 'isNull',
    family: 'null',
    doc: 'Whether a value is null; never null itself.',
    type: (operands) => countMisfit(operands, 1, 1) ?? boolean,
    nullable: () => false,
    labels: allLabels,
    pyspark: method('isNull'),
    evaluate: ([value]) => value === null,
  },
  {
    name: 'isNotNull',
    family: 'null',
    doc: 'Whether a value is not null; never null itself.',
    type: (operands) => countMisfit(operands, 1, 1) ?? boolean,
    nullable: () => false,
    labels: allLabels,
    pyspark: method('isNotNull'),
    evaluate: ([value]) => value !== null,
  },
  {
    name: 'coalesce',
    family: 'null',
    doc: 'The first value that is not null.',
    type: (operands) => countMisfit(operands, 2, Infinity) ?? meet(operands),
    nullable: (operands) => operands.every((operand) => operand.nullable),
    labels: allLabels,
    pyspark: sparkFunction('coalesce'),
    evaluate: (values, operands) => {
      const type = meet(operands);
      const value = values.find((one) => one !== null) ?? null;
      return isMisfit(type) ? value : widen(value, type);
    },
  },
];
