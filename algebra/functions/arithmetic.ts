import { boundedDecimal, fitDecimal, rescale, unscaled } from '../decimals.ts';
import type { Value } from '../row.ts';
import { type DataType, type DecimalType, double, isIntegral, sameType } from '../types.ts';
import type {
  FunctionDefinition,
  Misfit,
  Operand,
  PySparkForm,
  PySparkTerm,
} from './definition.ts';
import {
  anyNullable,
  asBigint,
  asNumber,
  asString,
  countMisfit,
  first,
  isMisfit,
  isNonZero,
  meetNumeric,
  nested,
  second,
  sparkCall,
  strict,
} from './rules.ts';

/** Arithmetic never fails: what does not fit the type, and division by zero, is null on every Spark. */
export const arithmetic: readonly FunctionDefinition[] = [
  exact('add', '+', 'The sum; null if it does not fit the type.', {
    decimal: sumType,
    whole: (left, right) => left + right,
    number: (left, right) => left + right,
  }),
  exact('subtract', '-', 'The difference; null if it does not fit the type.', {
    decimal: sumType,
    whole: (left, right) => left - right,
    number: (left, right) => left - right,
  }),
  exact('multiply', '*', 'The product; null if it does not fit the type.', {
    decimal: (left, right) =>
      boundedDecimal(left.precision + right.precision + 1, left.scale + right.scale),
    whole: (left, right) => left * right,
    number: (left, right) => left * right,
  }),
  strict({
    name: 'divide',
    family: 'arithmetic',
    doc: 'The quotient as a double; null if the divisor is zero.',
    type: (operands) => {
      const type = binary(operands);
      return isMisfit(type) ? type : double;
    },
    nullable: (operands) => anyNullable(operands) || !operands.slice(1).every(isNonZero),
    pyspark: divided,
    evaluate: ([left, right]) => {
      const divisor = toDouble(right);
      return divisor === 0 ? null : toDouble(left) / divisor;
    },
  }),
  strict({
    name: 'modulo',
    family: 'arithmetic',
    doc: 'The remainder, with the sign of the dividend; null if the divisor is zero.',
    type: remainderType,
    nullable: (operands) => anyNullable(operands) || !operands.slice(1).every(isNonZero),
    pyspark: remainder,
    evaluate: ([left, right], operands) =>
      inType(operands, left, right, {
        whole: (a, b) => (b === 0n ? null : a % b),
        number: (a, b) => (b === 0 ? null : a % b),
      }),
  }),
  strict({
    name: 'pmod',
    family: 'arithmetic',
    doc: 'The remainder by a constant above zero, never below zero: of -1 by 24 it is 23.',
    type: positiveRemainder,
    pyspark: () => ({
      form: 'nested',
      term: sparkCall('pmod', first, second),
    }),
    evaluate: ([left, right], operands) =>
      inType(operands, left, right, {
        whole: (a, b) => ((a % b) + b) % b,
        number: (a, b) => (a % b < 0 ? ((a % b) + b) % b : a % b),
      }),
  }),
  strict({
    name: 'negate',
    family: 'arithmetic',
    doc: 'The value with the other sign; null if it does not fit the type.',
    type: unary,
    nullable: (operands) => anyNullable(operands) || overflows(operands),
    pyspark: (operands) =>
      overflows(operands) ? { form: 'nested', term: negated } : { form: 'operator', symbol: '-' },
    evaluate: ([value], operands) =>
      inType(operands, value, 0, {
        whole: (a) => -a,
        number: (a) => -a,
      }),
  }),
  strict({
    name: 'abs',
    family: 'arithmetic',
    doc: 'The value without its sign; null if it does not fit the type.',
    type: unary,
    nullable: (operands) => anyNullable(operands) || overflows(operands),
    pyspark: absolute,
    evaluate: ([value], operands) =>
      inType(operands, value, 0, {
        whole: (a) => (a < 0n ? -a : a),
        number: Math.abs,
      }),
  }),
];

interface Exact {
  readonly decimal: (left: DecimalType, right: DecimalType) => DecimalType;
  readonly whole: (left: bigint, right: bigint) => bigint;
  readonly number: (left: number, right: number) => number;
}

function exact(
  name: 'add' | 'subtract' | 'multiply',
  symbol: string,
  doc: string,
  { decimal, whole, number }: Exact,
): FunctionDefinition {
  const type = (operands: readonly Operand[]): DataType | Misfit => {
    const [left, right, more] = operands.map((operand) => operand.type);
    return left?.kind === 'decimal' && right?.kind === 'decimal' && !more
      ? decimal(left, right)
      : binary(operands);
  };
  return strict({
    name,
    family: 'arithmetic',
    doc,
    type,
    nullable: (operands) => anyNullable(operands) || type(operands).kind !== 'double',
    pyspark: (operands) =>
      type(operands).kind === 'double'
        ? { form: 'operator', symbol }
        : { form: 'function', name: `try_${name}` },
    evaluate: ([left, right], operands) => {
      const result = type(operands);
      const [first, second] = operands.map((operand) => operand.type);
      if (result.kind === 'decimal' && first?.kind === 'decimal' && second?.kind === 'decimal') {
        const isProduct = name === 'multiply';
        const scale = Math.max(first.scale, second.scale);
        const [a, b] = [unscaled(asString(left)), unscaled(asString(right))];
        return isProduct
          ? fitDecimal(whole(a, b), first.scale + second.scale, result)
          : fitDecimal(
              whole(rescale(a, first.scale, scale), rescale(b, second.scale, scale)),
              scale,
              result,
            );
      }
      return inType(operands, left, right, { whole, number });
    },
  });
}

/** As Spark has it: all digits of both, and one more before the point. */
function sumType(left: DecimalType, right: DecimalType): DecimalType {
  const scale = Math.max(left.scale, right.scale);
  const whole = Math.max(left.precision - left.scale, right.precision - right.scale);
  return boundedDecimal(whole + scale + 1, scale);
}

function binary(operands: readonly Operand[]): DataType | Misfit {
  return countMisfit(operands, 2, 2) ?? meetNumeric(operands);
}

function positiveRemainder(operands: readonly Operand[]): DataType | Misfit {
  const isAbove = Number(operands[1]?.constant ?? Number.NaN) > 0;
  return operands.length === 2 && !isAbove
    ? { kind: 'wrong', operand: 1, expected: 'a constant above 0' }
    : remainderType(operands);
}

/** Decimals of unlike digits would have a remainder of yet other ones. */
function remainderType(operands: readonly Operand[]): DataType | Misfit {
  const type = binary(operands);
  const isUnlike = operands.some(
    (operand) => type.kind === 'decimal' && !sameType(operand.type, type),
  );
  return isUnlike ? { kind: 'unlike', left: 0, right: 1 } : type;
}

function unary(operands: readonly Operand[]): DataType | Misfit {
  return countMisfit(operands, 1, 1) ?? meetNumeric(operands);
}

function overflows([operand]: readonly Operand[]): boolean {
  return operand !== undefined && isIntegral(operand.type);
}

interface Computation {
  readonly whole: (left: bigint, right: bigint) => bigint | null;
  readonly number: (left: number, right: number) => number | null;
}

/** Computes in the type that the operands meet in, and gives null where the result does not fit it. */
function inType(
  operands: readonly Operand[],
  left: Value | undefined,
  right: Value | undefined,
  { whole, number }: Computation,
): Value {
  const type = meetNumeric(operands);
  if (type.kind === 'decimal') {
    const result = whole(unscaled(asString(left)), unscaled(String(right)));
    return result === null ? null : fitDecimal(result, type.scale, type);
  }
  if (type.kind === 'int' || type.kind === 'long') {
    return wholeInRange(whole(asBigint(left), asBigint(right)), type.kind);
  }
  return number(asNumber(left), asNumber(right));
}

/** A whole number as a value of its type, or null where it is out of the type's range. */
export function wholeInRange(value: bigint | null, kind: 'int' | 'long'): Value {
  if (value === null || BigInt.asIntN(kind === 'int' ? 32 : 64, value) !== value) return null;
  return kind === 'int' ? Number(value) : value;
}

function toDouble(value: Value | undefined): number {
  return typeof value === 'string' ? Number(value) : asNumber(value);
}

const zero: PySparkTerm = { literal: 0, type: 'int' };

/** The negative of the least whole number does not fit; a plain minus would wrap it or fail. */
const negated = sparkCall('try_subtract', zero, first);

/** Of the least whole number there is none that fits. */
function absolute(operands: readonly Operand[]): PySparkForm {
  if (!overflows(operands)) return { form: 'function', name: 'abs' };
  const type = operands[0]?.type.kind === 'int' ? 'int' : 'long';
  const literal = type === 'int' ? -(2 ** 31) : -(2n ** 63n);
  const differs = nested({ form: 'operator', symbol: '!=' }, first, { literal, type });
  return { form: 'nested', term: where(differs, sparkCall('abs', first)) };
}

function divided(operands: readonly Operand[]): PySparkForm {
  if (operands.some((operand) => operand.type.kind === 'decimal')) {
    const cast = (term: PySparkTerm) =>
      nested({ form: 'method', name: 'cast' }, term, { plain: 'double' });
    return { form: 'nested', term: sparkCall('try_divide', cast(first), cast(second)) };
  }
  return operands.slice(1).every(isNonZero)
    ? { form: 'operator', symbol: '/' }
    : { form: 'function', name: 'try_divide' };
}

/** Spark 3.5 has no `try_mod`, and its `nullif` fails on columns that are not resolved yet. */
function remainder(operands: readonly Operand[]): PySparkForm {
  if (operands.slice(1).every(isNonZero)) return { form: 'operator', symbol: '%' };
  const differs = nested({ form: 'operator', symbol: '!=' }, second, zero);
  return {
    form: 'nested',
    term: where(differs, nested({ form: 'operator', symbol: '%' }, first, second)),
  };
}

/** The value where the condition holds, else null; it is not computed elsewhere, so it cannot fail there. */
function where(condition: PySparkTerm, value: PySparkTerm): PySparkTerm {
  return sparkCall('when', condition, value);
}
