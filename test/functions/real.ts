import { literal } from '../verbs/nodes.ts';
import type { Signature } from './signature.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const values = [2.5, -1, 0, -0, 1e-10, 700, nan, infinity, -infinity];

/** A function of one real number, at values where engines tend to differ. */
function real(name: string, ...wanted: readonly (number | null)[]): Signature {
  const nullable = wanted.includes(null) ? '?' : '';
  const rows = values.map((value, index) => [value, wanted[index] ?? null]);
  return { name, of: ['double'], gives: `double${nullable}`, rows };
}

export const reals: readonly Signature[] = [
  real('exp', 12.1824939607, 0.367879441171, 1, 1, 1.0000000001, Math.exp(700), nan, infinity, 0),
  real(
    'expm1',
    ...[11.1824939607, -0.632120558829, 0, -0, 1.00000000005e-10],
    ...[Math.exp(700), nan, infinity, -1],
  ),
  real('ln', 0.916290731874, null, null, null, -23.0258509299, 6.55108033504, nan, infinity, null),
  real('log10', 0.397940008672, null, null, null, -10, 2.84509804001, nan, infinity, null),
  real('log2', 1.32192809489, null, null, null, -33.2192809489, 9.45121111183, nan, infinity, null),
  real('log1p', 1.2527629685, null, 0, -0, 9.9999999995e-11, 6.55250788703, nan, infinity, null),
  real('cbrt', 1.3572088083, -1, 0, -0, 4.64158883361e-4, 8.87904001743, nan, infinity, -infinity),
  real('sin', 0.598472144104, -0.841470984808, 0, -0, 1e-10, 0.543970523, nan, nan, nan),
  real('cos', -0.801143615547, 0.540302305868, 1, 1, 1, -0.839104326, nan, nan, nan),
  real('tan', -0.747022297239, -1.55740772465, 0, -0, 1e-10, -0.648275198, nan, nan, nan),
  real('asin', nan, -1.57079632679, 0, -0, 1e-10, nan, nan, nan, nan),
  real('acos', nan, Math.PI, 1.57079632679, 1.57079632679, 1.57079632669, nan, nan, nan, nan),
  real(
    'atan',
    1.19028994968,
    -0.785398163397,
    0,
    -0,
    1e-10,
    1.56936775555,
    nan,
    Math.PI / 2,
    -Math.PI / 2,
  ),
  real(
    'sinh',
    6.05020448104,
    -1.17520119364,
    0,
    -0,
    1e-10,
    Math.exp(700) / 2,
    nan,
    infinity,
    -infinity,
  ),
  real('cosh', 6.13228947966, 1.54308063482, 1, 1, 1, Math.exp(700) / 2, nan, infinity, infinity),
  real('tanh', 0.986614298151, -0.761594155956, 0, -0, 1e-10, 1, nan, 1, -1),
  real(
    'degrees',
    143.239448783,
    -57.2957795131,
    0,
    -0,
    5.72957795131e-9,
    40107.0456592,
    nan,
    infinity,
    -infinity,
  ),
  real(
    'radians',
    0.0436332312999,
    -0.0174532925199,
    0,
    -0,
    1.74532925199e-12,
    12.217304764,
    nan,
    infinity,
    -infinity,
  ),
  real('sign', 1, -1, 0, -0, 1, 1, nan, 1, -1),
  {
    name: 'ln',
    of: ['long?'],
    gives: 'double?',
    rows: [
      [1n, 0],
      [0n, null],
      [null, null],
    ],
  },
  {
    name: 'sign',
    of: ['int'],
    gives: 'double',
    rows: [
      [-7, -1],
      [0, 0],
    ],
  },
  {
    name: 'atan2',
    of: ['double', 'double?'],
    gives: 'double?',
    rows: [
      [1, 1, Math.PI / 4],
      [-0, -1, Math.PI],
      [1, nan, nan],
      [1, null, null],
    ],
  },
  {
    name: 'hypot',
    of: ['double', 'int'],
    gives: 'double',
    rows: [
      [3, 4, 5],
      [1e308, 0, 1e308],
      [nan, 1, nan],
      [-infinity, 0, infinity],
    ],
  },
  {
    name: 'isNaN',
    of: ['double?'],
    gives: 'boolean',
    rows: [
      [nan, true],
      [1, false],
      [null, false],
    ],
  },
  {
    name: 'nanvl',
    of: ['double?', 'double?'],
    gives: 'double?',
    rows: [
      [nan, 1, 1],
      [2, 1, 2],
      [null, 1, null],
      [2, null, 2],
      [nan, null, null],
      [nan, nan, nan],
    ],
  },
  {
    name: 'widthBucket',
    of: ['double?', literal('double', 0), literal('double', 10), literal('int', 5)],
    gives: 'long?',
    rows: [
      [0, 1n],
      [1.99, 1n],
      [2, 2n],
      [9.99, 5n],
      [10, 6n],
      [-0.1, 0n],
      [infinity, 6n],
      [-infinity, 0n],
      [nan, null],
      [null, null],
    ],
  },
  {
    name: 'widthBucket',
    of: ['double', literal('double', 1), literal('double', 1), literal('int', 5)],
    problem: 'schema/wrong-type',
  },
  { name: 'exp', of: ['decimal(4,2)'], problem: 'schema/wrong-type' },
  { name: 'isNaN', of: ['int'], problem: 'schema/wrong-type' },
];
