import type { DataType, MapType } from '../../algebra/types.ts';
import { branch, call, column, each, field, literal, parameter } from '../verbs/nodes.ts';
import type { Signature } from './signature.ts';

const listOf = (element: DataType, elementNullable = true): DataType => ({
  kind: 'array',
  element,
  elementNullable,
});
const doubles = listOf({ kind: 'double' });
const ints = listOf({ kind: 'int' });
const longs = listOf({ kind: 'long' });
const texts = listOf({ kind: 'string' });
const surely = listOf({ kind: 'string' }, false);
const map: MapType = {
  kind: 'map',
  key: { kind: 'string' },
  value: { kind: 'long' },
  valueNullable: true,
};
const readings = listOf({
  kind: 'struct',
  fields: [
    { name: 'x', type: { kind: 'double' }, nullable: true },
    { name: 'y', type: { kind: 'double' }, nullable: false },
  ],
});
const { NaN: nan } = Number;
const a = column('a');
const b = column('b');
const item = parameter('item');
const inner = parameter('item_2');
const place = parameter('place');
const total = parameter('total');
const other = parameter('other');
const key = parameter('key');
const value = parameter('value');
const int = (digits: number) => literal('int', digits);

/** Functions that a lambda is given to. */
export const eaches: readonly Signature[] = [
  {
    name: 'transform',
    of: [doubles],
    write: each('transform', [a], ['item'], call('multiply', item, literal('double', 2))),
    gives: 'array<double>?',
    rows: [
      [
        [1, 2.5],
        [2, 5],
      ],
      [
        [nan, null],
        [nan, null],
      ],
      [[], []],
      [null, null],
    ],
  },
  {
    name: 'transform',
    of: [ints],
    write: each('transform', [a], ['item', 'place'], call('add', item, place)),
    gives: 'array<int>?',
    rows: [
      [
        [5, null, 5],
        [5, null, 7],
      ],
      [
        [0, 2147483647],
        [0, null],
      ],
    ],
  },
  {
    name: 'transform',
    of: [texts, 'string?'],
    write: each('transform', [a], ['item'], call('coalesce', item, b)),
    gives: 'array<string>?',
    rows: [
      [['a', null], '😀', ['a', '😀']],
      [[null], null, [null]],
    ],
  },
  {
    name: 'transform',
    of: [readings],
    write: each('transform', [a], ['item'], call('add', field(item, 'x'), field(item, 'y'))),
    gives: 'array<double>?',
    rows: [
      [
        [{ x: 1, y: 2 }, { x: null, y: 1 }, null],
        [3, null, null],
      ],
    ],
  },
  {
    name: 'transform',
    of: [listOf(ints), 'int?'],
    write: each(
      'transform',
      [a],
      ['item'],
      each('filterItems', [item], ['item_2'], call('gt', inner, b)),
    ),
    gives: 'array<array<int>>?',
    rows: [
      [[[1, 2, 3], [], null, [null, 4]], 1, [[2, 3], [], null, [4]]],
      [[[1]], null, [[]]],
    ],
  },
  {
    // The inner lambda's parameter hides that of the lambda around.
    name: 'transform',
    of: [listOf(ints, false)],
    write: each(
      'transform',
      [a],
      ['item'],
      each(
        'reduce',
        [item, int(0)],
        ['total', 'item'],
        call('coalesce', call('add', total, item), total),
      ),
    ),
    gives: 'array<int>?',
    rows: [
      [
        [[1, null, 3], []],
        [4, 0],
      ],
    ],
  },
  {
    name: 'transform',
    of: [ints],
    write: each('transform', [a], ['item'], {
      kind: 'case',
      branches: [branch(call('gt', item, int(2)), literal('string', 'high'))],
      otherwise: literal('string', 'low'),
    }),
    gives: 'array<string>?',
    rows: [
      [
        [1, 3, null],
        ['low', 'high', 'low'],
      ],
    ],
  },
  {
    name: 'filterItems',
    of: [ints],
    write: each('filterItems', [a], ['item'], call('gt', item, int(1))),
    gives: 'array<int>?',
    rows: [
      [
        [1, null, 2, 3],
        [2, 3],
      ],
      [[], []],
      [null, null],
    ],
  },
  {
    name: 'filterItems',
    of: [texts],
    write: each(
      'filterItems',
      [a],
      ['item', 'place'],
      call('eq', call('modulo', place, int(2)), int(0)),
    ),
    gives: 'array<string>?',
    rows: [
      [
        ['a', 'b', null],
        ['a', null],
      ],
    ],
  },
  {
    name: 'exists',
    of: [doubles],
    write: each('exists', [a], ['item'], call('gt', item, literal('double', 1))),
    gives: 'boolean?',
    rows: [
      [[1, 2], true],
      [[null, 2], true],
      [[null, 1], null],
      [[1, 0.5], false],
      [[nan], true],
      [[], false],
      [null, null],
    ],
  },
  {
    name: 'forall',
    of: [doubles],
    write: each('forall', [a], ['item'], call('gt', item, literal('double', 1))),
    gives: 'boolean?',
    rows: [
      [[3, 2], true],
      [[null, 1], false],
      [[null, 2], null],
      [[], true],
      [null, null],
    ],
  },
  {
    name: 'reduce',
    of: [longs],
    write: each('reduce', [a, literal('long', '0')], ['total', 'item'], call('add', total, item)),
    gives: 'long?',
    rows: [
      [[1n, 2n, 3n], 6n],
      [[], 0n],
      [[1n, null, 3n], null],
      [[9223372036854775807n, 1n], null],
      [null, null],
    ],
  },
  {
    name: 'reduce',
    of: [texts, 'string?'],
    write: each('reduce', [a, b], ['total', 'item'], call('coalesce', item, total)),
    gives: 'string?',
    rows: [
      [['a', null], 'z', 'a'],
      [[null], 'z', 'z'],
      [['a'], null, 'a'],
      [[], null, null],
      [null, 'z', null],
    ],
  },
  {
    name: 'reduce',
    of: [ints],
    write: each('reduce', [a, literal('long', '0')], ['total', 'item'], item),
    problem: 'schema/unlike-types',
  },
  {
    name: 'zipWith',
    of: [ints, surely],
    write: each('zipWith', [a, b], ['item', 'other'], call('concat', other, call('bin', item))),
    gives: 'array<string>?',
    rows: [
      [
        [1, 2],
        ['x', 'y', 'z'],
        ['x1', 'y10', null],
      ],
      [[], [], []],
      [[1], null, null],
      [null, ['x'], null],
    ],
  },
  {
    name: 'filterEntries',
    of: [map],
    write: each('filterEntries', [a], ['key', 'value'], call('gt', value, literal('long', '1'))),
    gives: 'map<string, long>?',
    rows: [
      [
        [
          ['a', 1n],
          ['b', null],
          ['c', 2n],
        ],
        [['c', 2n]],
      ],
      [[], []],
      [null, null],
    ],
  },
  {
    name: 'transformValues',
    of: [map],
    write: each(
      'transformValues',
      [a],
      ['key', 'value'],
      call('coalesce', call('bin', value), key),
    ),
    gives: 'map<string, string>?',
    rows: [
      [
        [
          ['a', 2n],
          ['b', null],
        ],
        [
          ['a', '10'],
          ['b', 'b'],
        ],
      ],
      [null, null],
    ],
  },
  {
    name: 'exists',
    of: [texts],
    write: each('exists', [a], ['item'], item),
    problem: 'schema/wrong-type',
  },
  {
    name: 'transform',
    of: ['string'],
    write: each('transform', [a], ['item'], item),
    problem: 'schema/wrong-type',
  },
  {
    name: 'transform',
    of: [texts],
    write: each('transform', [a], ['item'], inner),
    problem: 'schema/unknown-column',
  },
  {
    name: 'transform',
    of: [texts, 'string'],
    labels: [['identifier'], ['sensitive']],
    write: each('transform', [a], ['item'], call('concat', item, b)),
    gives: 'array<string>? [identifier sensitive]',
  },
  {
    name: 'filterItems',
    of: [texts, 'string'],
    labels: [[], ['identifier']],
    write: each('filterItems', [a], ['item'], call('eq', item, b)),
    gives: 'array<string>? [identifier]',
  },
];
