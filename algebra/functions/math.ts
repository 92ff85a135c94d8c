import {
  boundedDecimal,
  decimalText,
  fitDecimal,
  parseDecimal,
  rescale,
  unscaled,
} from '../decimals.ts';
import type { Value } from '../row.ts';
import { type DataType, type DecimalType, double, isIntegral, long } from '../types.ts';
import type { FunctionDefinition, Misfit, Operand, PySparkForm } from './definition.ts';
import {
  always,
  asNumber,
  asString,
  countMisfit,
  nested,
  sparkFunction,
  strict,
  wrongOperand,
} from './rules.ts';

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
  toWhole('floor', 'The greatest whole number (long) not above a double', Math.floor),
  toWhole('ceil', 'The least whole number (long) not below a double', Math.ceil),
  strict({
    name: 'round',
    family: 'math',
    doc: 'A double or decimal rounded to a constant count of digits behind the point, halves away from zero.',
    type: roundedType,
    constants: [1],
    pyspark: sparkFunction('round'),
    evaluate: ([value, digits], [operand, scale]) => {
      const type = roundedType(operand && scale ? [operand, scale] : []);
      if (operand?.type.kind === 'decimal' && type.kind === 'decimal') {
        return fitDecimal(unscaled(asString(value)), operand.type.scale, type);
      }
      return roundDouble(asNumber(value), asNumber(digits));
    },
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
  whole: (value: number) => number,
): FunctionDefinition {
  const isDouble = (operand: Operand) => operand.type.kind === 'double';
  return strict({
    name,
    family: 'math',
    doc: `${doc}; null of NaN and of what does not fit.`,
    type: (operands) =>
      countMisfit(operands, 1, 1) ?? wrongOperand(operands, isDouble, 'a double') ?? long,
    nullable: always,
    pyspark: () => inLongRange(name),
    evaluate: ([value]) => {
      const number = asNumber(value);
      return number >= -limit && number < limit ? BigInt(whole(number)) : null;
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
  const call = nested({ form: 'function', name }, value);
  return { form: 'nested', term: nested({ form: 'function', name: 'when' }, fits, call) };
}

function roundedType(operands: readonly Operand[]): DataType | Misfit {
  const count = countMisfit(operands, 2, 2);
  const [value, digits] = operands;
  if (count || !value || !digits) return count ?? { kind: 'count', expected: '2 arguments' };
  const scale = Number(digits.constant ?? Number.NaN);
  if (!isIntegral(digits.type) || !Number.isInteger(scale) || scale < 0 || scale > 15) {
    return { kind: 'wrong', operand: 1, expected: 'a constant from 0 to 15' };
  }
  if (value.type.kind === 'decimal') return roundedDecimal(value.type, scale);
  if (value.type.kind === 'double') return double;
  return { kind: 'wrong', operand: 0, expected: 'a double or decimal' };
}

/** One more digit before the point than the operand has, since 9.9 rounds to 10. */
function roundedDecimal({ precision, scale }: DecimalType, digits: number): DecimalType {
  const kept = Math.min(scale, digits);
  return boundedDecimal(Math.min(precision - scale + 1 + kept, 38), kept);
}

/** Rounds the decimal digits that a double prints as (Spark: `BigDecimal.valueOf(x)`), not its binary value. */
function roundDouble(value: number, digits: number): Value {
  const parsed = Number.isFinite(value) ? parseDecimal(String(value)) : undefined;
  // Adding zero turns -0.0 into 0.0, since decimal digits have no negative zero.
  if (!parsed || parsed.scale <= digits) return value + 0;
  return Number(decimalText(rescale(parsed.value, parsed.scale, digits), digits));
}
