import type { DataType, MapType } from '../../algebra/types.ts';
import { type TypeText, typeOf } from '../verbs/given.ts';
import { literal } from '../verbs/nodes.ts';
import type { Signature } from './signature.ts';

const list = (element: TypeText): DataType => ({
  kind: 'array',
  element: typeOf(element),
  elementNullable: element.endsWith('?'),
});
const map: MapType = {
  kind: 'map',
  key: { kind: 'string' },
  value: { kind: 'long' },
  valueNullable: true,
};
const texts = list('string?');
const sure = list('string');
const { NaN: nan } = Number;
const text = (value: string) => literal('string', value);
const int = (value: number) => literal('int', value);

/** Columns of nested types may be null. */
export const collections: readonly Signature[] = [
  {
    name: 'size',
    of: [texts],
    gives: 'int?',
    rows: [
      [['a', null], 2],
      [[], 0],
      [null, null],
    ],
  },
  {
    name: 'includes',
    of: [texts, 'string?'],
    gives: 'boolean?',
    rows: [
      [['a', 'b'], 'b', true],
      [['a', null], 'b', null],
      [['a', null], 'a', true],
      [[], 'a', false],
      [['a'], null, null],
      [null, 'a', null],
    ],
  },
  {
    name: 'includes',
    of: [list('double'), literal('double', 0)],
    gives: 'boolean?',
    rows: [
      [[-0], true],
      [[nan], false],
    ],
  },
  {
    name: 'includes',
    of: [list('long'), literal('long', '7')],
    gives: 'boolean?',
    rows: [[[7n], true]],
  },
  { name: 'includes', of: [texts, int(1)], problem: 'schema/wrong-type' },
  {
    name: 'at',
    of: [texts, int(2)],
    gives: 'string?',
    rows: [
      [['a', 'b'], 'b'],
      [['a'], null],
      [['a', null], null],
      [null, null],
    ],
  },
  {
    name: 'at',
    of: [list('int'), int(-1)],
    gives: 'int?',
    rows: [
      [[1, 2], 2],
      [[], null],
    ],
  },
  { name: 'at', of: [texts, int(0)], problem: 'schema/wrong-type' },
  {
    name: 'slice',
    of: [texts, int(2), int(2)],
    gives: 'array<string>?',
    rows: [
      [
        ['a', 'b', null, 'd'],
        ['b', null],
      ],
      [['a'], []],
      [null, null],
    ],
  },
  {
    name: 'arrayDistinct',
    of: [texts],
    gives: 'array<string>?',
    rows: [
      [
        ['b', 'a', 'b', null, null],
        ['b', 'a', null],
      ],
      [null, null],
    ],
  },
  { name: 'arrayDistinct', of: [list('double')], problem: 'schema/wrong-type' },
  {
    name: 'sorted',
    of: [texts],
    gives: 'array<string>?',
    rows: [
      [
        ['b', null, '😀', '\uffee', 'a'],
        [null, 'a', 'b', '\uffee', '😀'],
      ],
      [null, null],
    ],
  },
  {
    name: 'sorted',
    of: [list('double')],
    gives: 'array<double>?',
    rows: [
      [
        [nan, 2.5, -1],
        [-1, 2.5, nan],
      ],
    ],
  },
  {
    name: 'sorted',
    of: [{ kind: 'array', element: texts, elementNullable: false }],
    problem: 'schema/wrong-type',
  },
  {
    name: 'arrayMin',
    of: [list('long?')],
    gives: 'long?',
    rows: [
      [[3n, null, 2n], 2n],
      [[null], null],
      [[], null],
      [null, null],
    ],
  },
  {
    name: 'arrayMax',
    of: [list('double?')],
    gives: 'double?',
    rows: [
      [[1, nan, null], nan],
      [[], null],
    ],
  },
  {
    name: 'arrayJoin',
    of: [texts, text(', ')],
    gives: 'string?',
    rows: [
      [['a', null, 'b'], 'a, b'],
      [[], ''],
      [null, null],
    ],
  },
  {
    name: 'arrayUnion',
    of: [texts, sure],
    gives: 'array<string>?',
    rows: [
      [
        ['b', null, 'b'],
        ['c', 'b'],
        ['b', null, 'c'],
      ],
      [null, ['a'], null],
    ],
  },
  {
    name: 'arrayIntersect',
    of: [texts, texts],
    gives: 'array<string>?',
    rows: [
      [
        ['b', 'a', 'b', null],
        ['c', null, 'b'],
        ['b', null],
      ],
      [['a'], null, null],
    ],
  },
  {
    name: 'arrayExcept',
    of: [texts, texts],
    gives: 'array<string>?',
    rows: [
      [
        ['b', 'a', 'b', null, 'c', 'c'],
        ['a', null],
        ['b', 'c'],
      ],
      [['b', null], ['a'], ['b', null]],
    ],
  },
  { name: 'arrayUnion', of: [texts, list('int')], problem: 'schema/unlike-types' },
  {
    name: 'flatten',
    of: [{ kind: 'array', element: texts, elementNullable: true }],
    gives: 'array<string>?',
    rows: [
      [
        [['a', null], [], ['b']],
        ['a', null, 'b'],
      ],
      [[['a'], null], null],
      [null, null],
    ],
  },
  {
    name: 'mapKeys',
    of: [map],
    gives: 'array<string>?',
    rows: [
      [
        [
          ['a', 1n],
          ['b', null],
        ],
        ['a', 'b'],
      ],
      [[], []],
      [null, null],
    ],
  },
  {
    name: 'mapValues',
    of: [map],
    gives: 'array<long>?',
    rows: [
      [
        [
          ['a', 1n],
          ['b', null],
        ],
        [1n, null],
      ],
    ],
  },
  {
    name: 'get',
    of: [map, 'string?'],
    gives: 'long?',
    rows: [
      [
        [
          ['a', 1n],
          ['b', null],
        ],
        'a',
        1n,
      ],
      [
        [
          ['a', 1n],
          ['b', null],
        ],
        'b',
        null,
      ],
      [[['a', 1n]], 'c', null],
      [[['a', 1n]], null, null],
      [null, 'a', null],
    ],
  },
  {
    name: 'hasKey',
    of: [map, text('b')],
    gives: 'boolean?',
    rows: [
      [[['b', null]], true],
      [[['a', 1n]], false],
      [null, null],
    ],
  },
  { name: 'get', of: [map, int(1)], problem: 'schema/wrong-type' },
  { name: 'size', of: [map], problem: 'schema/wrong-type' },
  { name: 'at', of: [texts, int(1)], labels: [['identifier']], gives: 'string? [identifier]' },
];
