import { boundedDecimal, fitDecimal, rescale, unscaled } from '../decimals.ts';
import type { Value } from '../row.ts';
import {
  asDecimal,
  type DataType,
  type DecimalType,
  double,
  isIntegral,
  sameType,
  typeName,
} from '../types.ts';
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
    doc: 'The quotient as a double, also of decimals; null if the divisor is zero.',
    type: (operands) => {
      const type = asDecimals(operands) ? double : binary(operands);
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
    pyspark: negative,
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
    const decimals = asDecimals(operands);
    return decimals ? decimal(...decimals) : binary(operands);
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
        : { form: 'nested', term: sparkCall(`try_${name}`, ...exactly(operands)) },
    evaluate: ([left, right], operands) => {
      const result = type(operands);
      const decimals = asDecimals(operands);
      if (result.kind !== 'decimal' || !decimals)
        return inType(operands, left, right, { whole, number });
      const [first, second] = decimals;
      const [a, b] = [unscaled(String(left)), unscaled(String(right))];
      if (name === 'multiply') return fitDecimal(whole(a, b), first.scale + second.scale, result);
      const scale = Math.max(first.scale, second.scale);
      const total = whole(rescale(a, first.scale, scale), rescale(b, second.scale, scale));
      return fitDecimal(total, scale, result);
    },
  });
}

/** The types of two operands of which one is a decimal and the other one too, or a whole number. */
function asDecimals(operands: readonly Operand[]): readonly [DecimalType, DecimalType] | undefined {
  const [left, right, more] = operands.map(({ type }) => asDecimal(type));
  const isOne = operands.some(({ type }) => type.kind === 'decimal');
  return left && right && isOne && operands.length === 2 && !more ? [left, right] : undefined;
}

/** Both operands; a whole number beside a decimal as the decimal that Spark takes a column of it for, also where it is constant. */
function exactly(operands: readonly Operand[]): readonly PySparkTerm[] {
  const decimals = asDecimals(operands);
  return operands.map(({ type }, operand) => {
    const to = decimals?.[operand];
    return to && type.kind !== 'decimal' ? castTo({ operand }, typeName(to)) : { operand };
  });
}

function castTo(term: PySparkTerm, type: string): PySparkTerm {
  return nested({ form: 'method', name: 'cast' }, term, { plain: type });
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
function negative(operands: readonly Operand[]): PySparkForm {
  const long = longDecimal(operands);
  if (long) return { form: 'nested', term: timesMinusOne(long) };
  return overflows(operands)
    ? { form: 'nested', term: sparkCall('try_subtract', zero, first) }
    : { form: 'operator', symbol: '-' };
}

/** Of the least whole number there is none that fits. */
function absolute(operands: readonly Operand[]): PySparkForm {
  const long = longDecimal(operands);
  if (long) return { form: 'nested', term: sparkCall('greatest', first, timesMinusOne(long)) };
  if (!overflows(operands)) return { form: 'function', name: 'abs' };
  const type = operands[0]?.type.kind === 'int' ? 'int' : 'long';
  const literal = type === 'int' ? -(2 ** 31) : -(2n ** 63n);
  const differs = nested({ form: 'operator', symbol: '!=' }, first, { literal, type });
  return { form: 'nested', term: where(differs, sparkCall('abs', first)) };
}

/**
 * The type of a decimal of more than 34 digits: of those, Spark 4's minus and `abs` round the last ones away, since Scala
 * 2.13 computes them as IEEE's decimal128 (github.com/scala/bug/issues/11764).
 */
function longDecimal([operand]: readonly Operand[]): DecimalType | undefined {
  const type = operand?.type;
  return type?.kind === 'decimal' && type.precision > 34 ? type : undefined;
}

/** By the one of the two whose result has room for all digits on both sides of the point (`DecimalType.adjustPrecisionScale`). */
function timesMinusOne(type: DecimalType): PySparkTerm {
  const name = type.scale < 6 ? 'try_multiply' : 'try_divide';
  const minusOne = castTo({ literal: -1, type: 'int' }, 'decimal(1, 0)');
  return castTo(sparkCall(name, first, minusOne), typeName(type));
}

function divided(operands: readonly Operand[]): PySparkForm {
  if (operands.some((operand) => operand.type.kind === 'decimal')) {
    const [left, right] = [castTo(first, 'double'), castTo(second, 'double')];
    return { form: 'nested', term: sparkCall('try_divide', left, right) };
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
