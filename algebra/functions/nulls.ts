import { boolean } from '../types.ts';
import { compareValues } from '../value-order.ts';
import type { FunctionDefinition } from './definition.ts';
import {
  allLabels,
  countMisfit,
  first,
  isMisfit,
  meet,
  meetOrderable,
  method,
  nested,
  second,
  sparkCall,
  sparkFunction,
  widen,
} from './rules.ts';

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
  {
    name: 'nullIf',
    family: 'null',
    doc: 'The first value, or null where it equals the second.',
    type: (operands) => {
      const type = countMisfit(operands, 2, 2) ?? meetOrderable(operands);
      return isMisfit(type) ? type : (operands[0]?.type ?? type);
    },
    nullable: () => true,
    labels: allLabels,
    // Spark 3.5's own `nullif` fails on columns that are not resolved yet.
    pyspark: () => {
      const equal = nested({ form: 'method', name: 'eqNullSafe' }, first, second);
      const differs = nested({ form: 'operator', symbol: '~' }, equal);
      return {
        form: 'nested',
        term: sparkCall('when', differs, first),
      };
    },
    evaluate: ([value = null, other = null], operands) => {
      const type = meetOrderable(operands);
      if (value === null || other === null || isMisfit(type)) return value;
      return compareValues(widen(value, type), widen(other, type), type) === 0 ? null : value;
    },
  },
];
