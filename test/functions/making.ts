import type { DataType } from '../../algebra/types.ts';
import { call, column, each, field, literal, parameter, struct } from '../verbs/nodes.ts';
import type { Signature } from './signature.ts';

const a = column('a');
const b = column('b');
const texts: DataType = { kind: 'array', element: { kind: 'string' }, elementNullable: false };
const { NaN: nan } = Number;
const { MAX_SAFE_INTEGER: most } = Number;
const text = (value: string) => literal('string', value);

/** Lists, maps and structs made of values, and what is taken out of them again. */
export const making: readonly Signature[] = [
  {
    name: 'listOf',
    of: ['double?', 'double'],
    gives: 'array<double>',
    rows: [
      [1, 2.5, [1, 2.5]],
      [null, nan, [null, nan]],
    ],
  },
  {
    name: 'listOf',
    of: ['int?', 'long?', literal('long', '7')],
    gives: 'array<long>',
    rows: [
      [1, BigInt(most), [1n, BigInt(most), 7n]],
      [null, null, [null, null, 7n]],
    ],
  },
  {
    name: 'listOf',
    of: ['decimal(10,2)?', 'int?'],
    gives: 'array<decimal(12, 2)>',
    rows: [['-1.50', 7, ['-1.50', '7.00']]],
  },
  {
    name: 'listOf',
    of: ['string', { ...texts, elementNullable: true }],
    write: call('listOf', call('listOf', a), b),
    gives: 'array<array<string>>',
    rows: [
      ['a', ['b', null], [['a'], ['b', null]]],
      ['a', null, [['a'], null]],
    ],
  },
  { name: 'listOf', of: ['string', 'int'], problem: 'schema/unlike-types' },
  {
    name: 'listOf',
    of: ['string', 'string'],
    labels: [['identifier'], ['sensitive']],
    write: call('at', call('listOf', a, b), literal('int', 1)),
    gives: 'string? [identifier sensitive]',
  },
  {
    name: 'mapOf',
    of: ['int', 'int?'],
    write: call('mapOf', text('x'), a, text('y'), b),
    gives: 'map<string, int>',
    rows: [
      [
        1,
        2,
        [
          ['x', 1],
          ['y', 2],
        ],
      ],
      [
        1,
        null,
        [
          ['x', 1],
          ['y', null],
        ],
      ],
    ],
  },
  {
    name: 'mapOf',
    of: ['int', 'long?', 'string?'],
    write: call('get', call('mapOf', text('x'), a, text('y'), b), column('c')),
    gives: 'long?',
    rows: [
      [1, 2n, 'x', 1n],
      [1, 2n, 'z', null],
      [1, 2n, null, null],
    ],
  },
  {
    name: 'mapOf',
    of: ['int', 'int'],
    write: call('mapOf', text('x'), a, text('x'), b),
    problem: 'schema/wrong-type',
  },
  { name: 'mapOf', of: ['string', 'int'], problem: 'schema/wrong-type' },
  {
    name: 'structOf',
    of: ['double?', 'string'],
    write: struct({ x: a, name: b }),
    gives: 'struct<x: double, name: string>',
    rows: [
      [1.5, 'a', { x: 1.5, name: 'a' }],
      [null, '', { x: null, name: '' }],
    ],
  },
  {
    name: 'structOf',
    of: ['double?', 'string?'],
    labels: [[], ['identifier']],
    write: field(struct({ x: a, name: b }), 'x'),
    gives: 'double? [identifier]',
    rows: [
      [1.5, 'a', 1.5],
      [null, 'a', null],
    ],
  },
  {
    name: 'structOf',
    of: [texts, 'int?'],
    write: each('transform', [a], ['item'], struct({ word: parameter('item'), n: b })),
    gives: 'array<struct<word: string, n: int>>?',
    rows: [
      [
        ['a', 'b'],
        3,
        [
          { word: 'a', n: 3 },
          { word: 'b', n: 3 },
        ],
      ],
      [[], 3, []],
      [null, 3, null],
    ],
  },
  {
    name: 'structOf',
    of: ['int', 'int'],
    write: struct({ x: a, X: b }),
    problem: 'schema/duplicate-column',
  },
];
