import { literal } from '../verbs/nodes.ts';
import type { Signature } from './signature.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

export const math: readonly Signature[] = [
  {
    name: 'sqrt',
    of: ['double?'],
    gives: 'double?',
    rows: [
      [2, Math.SQRT2],
      [-1, nan],
      [infinity, infinity],
      [null, null],
    ],
  },
  { name: 'sqrt', of: ['long'], gives: 'double', rows: [[9n, 3]] },
  {
    name: 'floor',
    of: ['double?'],
    gives: 'long?',
    rows: [
      [1.9, 1n],
      [-1.1, -2n],
      [-0, 0n],
      [nan, null],
      [infinity, null],
      [9.3e18, null],
      [-(2 ** 63), -9223372036854775808n],
      [2 ** 63, null],
      [9007199254740992, 9007199254740992n],
      [null, null],
    ],
  },
  {
    name: 'ceil',
    of: ['double'],
    gives: 'long?',
    rows: [
      [1.1, 2n],
      [-1.9, -1n],
      [-0.5, 0n],
      [nan, null],
      [-infinity, null],
      [2 ** 63, null],
    ],
  },
  {
    name: 'round',
    of: ['double?', literal('int', 2)],
    gives: 'double?',
    rows: [
      [1.005, 1.01],
      [2.675, 2.68],
      [-2.675, -2.68],
      [0.1, 0.1],
      [-0.001, 0],
      [1e300, 1e300],
      [nan, nan],
      [infinity, infinity],
      [null, null],
    ],
  },
  {
    name: 'round',
    of: ['double', literal('int', 0)],
    gives: 'double',
    rows: [
      [2.5, 3],
      [-2.5, -3],
      [0.49999999999999994, 0],
    ],
  },
  {
    name: 'round',
    of: ['decimal(5,3)', literal('int', 1)],
    gives: 'decimal(4, 1)',
    rows: [
      ['99.950', '100.0'],
      ['-0.050', '-0.1'],
      ['-0.049', '0.0'],
    ],
  },
  {
    name: 'round',
    of: ['decimal(5,1)', literal('int', 3)],
    gives: 'decimal(6, 1)',
    rows: [['9.9', '9.9']],
  },
  {
    name: 'power',
    of: ['double', 'double'],
    gives: 'double',
    rows: [
      [2, 0.5, Math.SQRT2],
      [0, 0, 1],
      [-8, 1 / 3, nan],
      [0, -1, infinity],
      [1, nan, nan],
      [10, 400, infinity],
    ],
  },
  { name: 'power', of: ['int', literal('int', 2)], gives: 'double', rows: [[65536, 4294967296]] },
  { name: 'sqrt', of: ['decimal(5,2)'], problem: 'schema/wrong-type' },
  { name: 'floor', of: ['long'], problem: 'schema/wrong-type' },
  { name: 'round', of: ['double', 'int'], problem: 'schema/wrong-type' },
  { name: 'round', of: ['double', literal('int', -1)], problem: 'schema/wrong-type' },
  { name: 'round', of: ['long', literal('int', 1)], problem: 'schema/wrong-type' },
];
