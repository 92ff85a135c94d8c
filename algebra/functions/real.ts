import type { Value } from '../row.ts';
import { boolean, double, long } from '../types.ts';
import type { FunctionDefinition } from './definition.ts';
import { constantWhere, count, doubleNumber, plain, realNumber } from './parameters.ts';
import { always, asNumber, sparkCall } from './rules.ts';

const limit = constantWhere(
  'a constant number',
  (value) => typeof value === 'number' && Number.isFinite(value),
);

/** Functions of real numbers, computed as doubles; NaN of NaN. The last digit may differ from Spark's. */
export const real: readonly FunctionDefinition[] = [
  of('exp', 'the number e to the power of the number', Math.exp),
  of('expm1', 'the number e to the power of the number, less 1', Math.expm1),
  logarithm('ln', 'log', 'The natural logarithm', Math.log),
  logarithm('log10', 'log10', 'The logarithm to base 10', Math.log10),
  logarithm('log2', 'log2', 'The logarithm to base 2', Math.log2),
  plain({
    name: 'log1p',
    family: 'math',
    doc: 'The natural logarithm of the number and 1, exact for small numbers; null at -1 and below.',
    takes: [realNumber],
    gives: double,
    nullable: always,
    spark: 'log1p',
    evaluate: ([value]) => (asNumber(value) <= -1 ? null : Math.log1p(asNumber(value))),
  }),
  of('cbrt', 'the cube root', Math.cbrt),
  of('sin', 'the sine of radians', Math.sin),
  of('cos', 'the cosine of radians', Math.cos),
  of('tan', 'the tangent of radians', Math.tan),
  of('asin', 'the angle in radians (NaN outside -1 to 1) of a sine', Math.asin),
  of('acos', 'the angle in radians (NaN outside -1 to 1) of a cosine', Math.acos),
  of('atan', 'the angle of a tangent, in radians', Math.atan),
  of('sinh', 'the hyperbolic sine', Math.sinh),
  of('cosh', 'the hyperbolic cosine', Math.cosh),
  of('tanh', 'the hyperbolic tangent', Math.tanh),
  of('degrees', 'degrees of radians', (value) => (value * 180) / Math.PI),
  of('radians', 'radians of degrees', (value) => (value / 180) * Math.PI),
  of('sign', 'the sign, -1 or 1, and 0 of 0', Math.sign, 'signum'),
  plain({
    name: 'atan2',
    family: 'math',
    doc: 'The angle of a point (y, x) in radians, from -pi to pi.',
    takes: [realNumber, realNumber],
    gives: double,
    spark: 'atan2',
    // Spark adds 0.0 to both, so that -0.0 is 0.0.
    evaluate: ([y, x]) => Math.atan2(asNumber(y) + 0, asNumber(x) + 0),
  }),
  plain({
    name: 'hypot',
    family: 'math',
    doc: 'The length of the line from (0, 0) to a point.',
    takes: [realNumber, realNumber],
    gives: double,
    spark: 'hypot',
    evaluate: ([x, y]) => Math.hypot(asNumber(x), asNumber(y)),
  }),
  plain({
    name: 'isNaN',
    family: 'math',
    doc: 'Whether a double is NaN; of null it is false.',
    takes: [doubleNumber],
    takesNull: true,
    gives: boolean,
    nullable: () => false,
    spark: 'isnan',
    evaluate: ([value]) => Number.isNaN(value),
  }),
  plain({
    name: 'nanvl',
    family: 'math',
    doc: 'The first double, or the second where the first is NaN; a null second matters only there.',
    takes: [doubleNumber, doubleNumber],
    takesNull: true,
    gives: double,
    spark: 'nanvl',
    evaluate: ([value = null, other = null]) => (Number.isNaN(value) ? other : value),
  }),
  plain({
    name: 'widthBucket',
    family: 'math',
    doc: 'The number (from 1) of the bucket that a double lies in, of a constant count of equal ones between two constants; 0 below, one more than the count above, null of NaN.',
    takes: [doubleNumber, limit, limit, count(1, 1_000_000)],
    gives: ([, least, most]) =>
      Number(least?.constant) < Number(most?.constant)
        ? long
        : { kind: 'wrong', operand: 2, expected: 'a constant above the one before' },
    nullable: always,
    spark: () => {
      const operands = [0, 1, 2, 3].map((operand) => ({ operand }));
      return { form: 'nested', term: sparkCall('width_bucket', ...operands) };
    },
    evaluate: ([value, ...limits]) => bucketNumber(asNumber(value), limits.map(asNumber)),
  }),
];

function of(
  name: string,
  words: string,
  compute: (value: number) => number,
  spark = name,
): FunctionDefinition {
  return plain({
    name,
    family: 'math',
    doc: `${words.charAt(0).toUpperCase()}${words.slice(1)}, as a double.`,
    takes: [realNumber],
    gives: double,
    spark,
    evaluate: ([value]) => compute(asNumber(value)),
  });
}

function logarithm(
  name: string,
  spark: string,
  words: string,
  compute: (value: number) => number,
): FunctionDefinition {
  return plain({
    name,
    family: 'math',
    doc: `${words}, as a double; null of zero and below.`,
    takes: [realNumber],
    gives: double,
    nullable: always,
    spark,
    evaluate: ([value]) => (asNumber(value) <= 0 ? null : compute(asNumber(value))),
  });
}

function bucketNumber(value: number, [least = 0, most = 1, buckets = 1]: readonly number[]): Value {
  if (Number.isNaN(value)) return null;
  if (value < least) return 0n;
  if (value >= most) return BigInt(buckets + 1);
  return BigInt(Math.trunc((buckets * (value - least)) / (most - least) + 1));
}
