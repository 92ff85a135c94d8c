import type { Value } from '../row.ts';
import { type DataType, isIntegral } from '../types.ts';
import { floorTo } from '../whole-numbers.ts';
import { wholeInRange } from './arithmetic.ts';
import type { FunctionDefinition, Misfit, Operand } from './definition.ts';
import {
  asBigint,
  countMisfit,
  first,
  meet,
  second,
  sparkCall,
  strict,
  wrongOperand,
} from './rules.ts';

/** Times are whole numbers of a unit that the column says (milliseconds in most tables). */
export const time: readonly FunctionDefinition[] = [
  strict({
    name: 'bucket',
    family: 'time',
    doc: 'The start of the bucket of a constant width that holds a whole number: floor(x / width) * width; null if it does not fit.',
    type: bucketType,
    nullable: () => true,
    pyspark: () => {
      const rest = sparkCall('pmod', first, second);
      return { form: 'nested', term: sparkCall('try_subtract', first, rest) };
    },
    evaluate: bucketStart,
  }),
];

/** The multiple of a width at or below a whole number; null if it does not fit. */
export function bucketStart([value, width]: readonly Value[], operands: readonly Operand[]): Value {
  const start = floorTo(asBigint(value), asBigint(width));
  return wholeInRange(start, bucketType(operands).kind === 'int' ? 'int' : 'long');
}

/** The type of a whole number's bucket, or why there is none. */
export function bucketType(operands: readonly Operand[]): DataType | Misfit {
  const isWhole = (operand: Operand) => isIntegral(operand.type);
  const wrong =
    countMisfit(operands, 2, 2) ?? wrongOperand(operands, isWhole, 'a whole number (int or long)');
  if (wrong) return wrong;
  const width = operands[1]?.constant;
  if (width === undefined || width === null || !(Number(width) > 0)) {
    return { kind: 'wrong', operand: 1, expected: 'a constant above 0' };
  }
  return meet(operands);
}
