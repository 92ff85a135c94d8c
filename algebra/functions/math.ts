import {
  boundedDecimal,
  decimalText,
  fitDecimal,
  parseDecimal,
  rescale,
  rescaleToEven,
  unscaled,
} from '../decimals.ts';
import type { Value } from '../row.ts';
import { type DataType, type DecimalType, double, isIntegral, long } from '../types.ts';
import { floorDivide } from '../whole-numbers.ts';
import type { FunctionDefinition, Misfit, Operand, PySparkForm } from './definition.ts';
import { count, doubleOrDecimal, ofKind, type Parameter, plain } from './parameters.ts';
import {
  anyNullable,
  asNumber,
  asString,
  countMisfit,
  nested,
  sparkCall,
  sparkFunction,
  strict,
  wrongOperand,
} from './rules.ts';

const exactNumber: Parameter = ofKind('an int, long or decimal', 'int', 'long', 'decimal');

/** Functions of real numbers; not-a-number is a value of its own, as in Spark, and never null. */
export const math: readonly FunctionDefinition[] = [
  strict({
    name: 'sqrt',
    family: 'math',
    doc: 'The square root as a double; NaN of a negative number.',
    type: (operands) => countMisfit(operands, 1, 1) ?? reals(operands) ?? double,
    pyspark: sparkFunction('sqrt'),
    evaluate: ([value]) => Math.sqrt(asNumber(value)),
  }),
  toWhole('floor', 'The greatest whole number not above a double (as a long) or decimal', {
    number: Math.floor,
    digits: (value, unit) => floorDivide(value, unit),
  }),
  toWhole('ceil', 'The least whole number not below a double (as a long) or decimal', {
    number: Math.ceil,
    digits: (value, unit) => -floorDivide(-value, unit),
  }),
  rounded('round', 'halves away from zero', rescale),
  rounded('bround', 'halves to the even digit', rescaleToEven),
  plain({
    name: 'toDouble',
    family: 'math',
    doc: 'The number as the nearest double.',
    takes: [exactNumber],
    gives: double,
    spark: () => ({
      form: 'nested',
      term: nested({ form: 'method', name: 'cast' }, { operand: 0 }, { plain: 'double' }),
    }),
    evaluate: ([value]) => Number(value),
  }),
  strict({
    name: 'power',
    family: 'math',
    doc: 'The first number to the power of the second, as a double.',
    type: (operands) => countMisfit(operands, 2, 2) ?? reals(operands) ?? double,
    pyspark: sparkFunction('pow'),
    evaluate: ([base, exponent]) => asNumber(base) ** asNumber(exponent),
  }),
];

function reals(operands: readonly Operand[]): Misfit | undefined {
  const isReal = ({ type }: Operand) => type.kind === 'double' || isIntegral(type);
  return wrongOperand(operands, isReal, 'a double, int or long');
}

function toWhole(
  name: 'floor' | 'ceil',
  doc: string,
  whole: {
    number(value: number): number;
    digits(value: bigint, unit: bigint): bigint;
  },
): FunctionDefinition {
  const isDecimal = (operand: Operand | undefined) => operand?.type.kind === 'decimal';
  return plain({
    name,
    family: 'math',
    doc: `${doc}; null of NaN and of what does not fit.`,
    takes: [doubleOrDecimal],
    gives: ([operand]) =>
      operand?.type.kind === 'decimal' ? roundedDecimal(operand.type, 0) : long,
    nullable: (operands) => anyNullable(operands) || !isDecimal(operands[0]),
    spark: ([operand]) => (isDecimal(operand) ? { form: 'function', name } : inLongRange(name)),
    evaluate: ([value], [operand]) => {
      if (operand?.type.kind === 'decimal') {
        const unit = 10n ** BigInt(operand.type.scale);
        return whole.digits(unscaled(asString(value)), unit).toString();
      }
      const number = asNumber(value);
      return number >= -limit && number < limit ? BigInt(whole.number(number)) : null;
    },
  });
}

function rounded(
  name: 'round' | 'bround',
  words: string,
  move: (value: bigint, from: number, to: number) => bigint,
): FunctionDefinition {
  return plain({
    name,
    family: 'math',
    doc: `A double or decimal rounded to a constant count of digits (0 to 15) behind the point, ${words}.`,
    takes: [doubleOrDecimal, count(0, 15)],
    gives: roundedType,
    spark: name,
    evaluate: ([value, digits], operands) => {
      const [operand] = operands;
      const type = roundedType(operands);
      if (operand?.type.kind === 'decimal' && type.kind === 'decimal') {
        const moved = move(unscaled(asString(value)), operand.type.scale, type.scale);
        return fitDecimal(moved, type.scale, type);
      }
      return roundDouble(asNumber(value), asNumber(digits), move);
    },
  });
}

const limit = 2 ** 63;

/** Spark turns what does not fit into the nearest long and NaN into 0, which would look like data. NaN is above all numbers. */
function inLongRange(name: 'floor' | 'ceil'): PySparkForm {
  const value = { operand: 0 };
  const bound = (literal: number) => ({ literal, type: 'double' }) as const;
  const compare = (symbol: string, literal: number) =>
    nested({ form: 'operator', symbol }, value, bound(literal));
  const fits = nested(
    { form: 'operator', symbol: '&' },
    compare('>=', -limit),
    compare('<', limit),
  );
  const call = sparkCall(name, value);
  return { form: 'nested', term: sparkCall('when', fits, call) };
}

function roundedType([value, digits]: readonly Operand[]): DataType {
  return value?.type.kind === 'decimal'
    ? roundedDecimal(value.type, Number(digits?.constant))
    : double;
}

/** One more digit before the point than the operand has, since 9.9 rounds to 10. */
function roundedDecimal({ precision, scale }: DecimalType, digits: number): DecimalType {
  const kept = Math.min(scale, digits);
  return boundedDecimal(Math.min(precision - scale + 1 + kept, 38), kept);
}

/** Rounds the decimal digits that a double prints as (Spark: `BigDecimal.valueOf(x)`), not its binary value. */
function roundDouble(
  value: number,
  digits: number,
  move: (value: bigint, from: number, to: number) => bigint,
): Value {
  const parsed = Number.isFinite(value) ? parseDecimal(String(value)) : undefined;
  // Adding zero turns -0.0 into 0.0, since decimal digits have no negative zero.
  if (!parsed || parsed.scale <= digits) return value + 0;
  return Number(decimalText(move(parsed.value, parsed.scale, digits), digits));
}
