import { literal } from '../verbs/nodes.ts';
import { results, type Signature } from './signature.ts';

const T = true;
const F = false;
const big = 9007199254740993n;

const longs = [
  [1n, 2n],
  [2n, 2n],
  [big, big - 1n],
  [null, 1n],
  [1n, null],
  [null, null],
] as const;

const doubles = [
  [0, -0],
  [Number.NaN, Number.NaN],
  [Number.NaN, Number.POSITIVE_INFINITY],
  [Number.NEGATIVE_INFINITY, -1e308],
  [0.1, 0.2],
] as const;

const texts = [
  ['a', 'A'],
  ['\uffee', '😀'],
  ['é', 'e\u0301'],
  ['', 'a'],
  ['a ', 'a'],
  [null, ''],
] as const;

function compared(name: string, of: readonly (readonly (boolean | null)[])[]): Signature[] {
  const [ofLongs = [], ofDoubles = [], ofTexts = []] = of;
  return [
    { name, of: ['long?', 'long?'], gives: 'boolean?', rows: results(longs, ofLongs) },
    { name, of: ['double', 'double'], gives: 'boolean', rows: results(doubles, ofDoubles) },
    { name, of: ['string?', 'string'], gives: 'boolean?', rows: results(texts, ofTexts) },
  ];
}

function extremes(
  name: string,
  ofLongs: readonly (bigint | null)[],
  ofDoubles: readonly number[],
): Signature[] {
  return [
    { name, of: ['long?', 'long?'], gives: 'long?', rows: results(longs, ofLongs) },
    { name, of: ['double', 'double'], gives: 'double', rows: results(doubles, ofDoubles) },
  ];
}

export const comparison: readonly Signature[] = [
  ...compared('eq', [
    [F, T, F, null, null, null],
    [T, T, F, F, F],
    [F, F, F, F, F, null],
  ]),
  ...compared('ne', [
    [T, F, T, null, null, null],
    [F, F, T, T, T],
    [T, T, T, T, T, null],
  ]),
  ...compared('gt', [
    [F, F, T, null, null, null],
    [F, F, T, F, F],
    [T, F, T, F, T, null],
  ]),
  ...compared('gte', [
    [F, T, T, null, null, null],
    [T, T, T, F, F],
    [T, F, T, F, T, null],
  ]),
  ...compared('lt', [
    [T, F, F, null, null, null],
    [F, F, F, T, T],
    [F, T, F, T, F, null],
  ]),
  ...compared('lte', [
    [T, T, F, null, null, null],
    [T, T, F, T, T],
    [F, T, F, T, F, null],
  ]),
  {
    name: 'eq',
    of: ['int', 'long'],
    gives: 'boolean',
    rows: [
      [1, 1n, T],
      [-1, 4294967295n, F],
    ],
  },
  {
    name: 'lt',
    of: ['int', 'double'],
    gives: 'boolean',
    rows: [
      [2147483647, 2147483647.5, T],
      [1, Number.NaN, T],
    ],
  },
  {
    name: 'gt',
    of: ['decimal(5,2)', 'decimal(5,2)'],
    gives: 'boolean',
    rows: [
      ['10.25', '9.50', T],
      ['-10.25', '-9.50', F],
    ],
  },
  {
    name: 'gte',
    of: ['date', literal('date', '2020-02-29')],
    gives: 'boolean',
    rows: [
      ['2020-02-29', T],
      ['0967-12-31', F],
    ],
  },
  {
    name: 'lt',
    of: ['timestamp', literal('timestamp', '2020-01-01T00:00:00.000001Z')],
    gives: 'boolean',
    rows: [
      [1_577_836_800_000_000n, T],
      [1_577_836_800_000_001n, F],
    ],
  },
  {
    name: 'gt',
    of: ['boolean', 'boolean'],
    gives: 'boolean',
    rows: [
      [T, F, T],
      [F, T, F],
    ],
  },
  { name: 'eq', of: ['string', 'long'], problem: 'schema/unlike-types' },
  { name: 'eq', of: ['long', 'double'], problem: 'schema/unlike-types' },
  {
    name: 'lt',
    of: ['decimal(5,2)', 'decimal(6,4)'],
    gives: 'boolean',
    rows: [
      ['10.25', '10.2501', T],
      ['10.25', '10.2500', F],
      ['-999.99', '-99.9999', T],
    ],
  },
  {
    name: 'eqNullSafe',
    of: ['decimal(5,2)', 'decimal(6,4)?'],
    gives: 'boolean',
    rows: [
      ['10.25', '10.2500', T],
      ['10.25', null, F],
    ],
  },
  { name: 'lt', of: ['decimal(38,0)', 'decimal(2,1)'], problem: 'schema/unlike-types' },
  ...extremes('greatest', [2n, 2n, big, 1n, 1n, null], [0, Number.NaN, Number.NaN, -1e308, 0.2]),
  ...extremes(
    'least',
    [1n, 2n, big - 1n, 1n, 1n, null],
    [0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1],
  ),
  {
    name: 'greatest',
    of: ['int?', 'long'],
    gives: 'long',
    rows: [
      [3, 2n, 3n],
      [null, 2n, 2n],
    ],
  },
  {
    name: 'least',
    of: ['decimal(5,2)', 'decimal(6,4)'],
    gives: 'decimal(7, 4)',
    rows: [['10.25', '10.2501', '10.2500']],
  },
  {
    name: 'greatest',
    of: ['string?', 'string?'],
    gives: 'string?',
    rows: [
      ['\uffee', '😀', '😀'],
      ['a', null, 'a'],
      [null, null, null],
    ],
  },
  { name: 'greatest', of: ['string', 'int'], problem: 'schema/unlike-types' },
  {
    name: 'nullIf',
    of: ['string?', 'string?'],
    gives: 'string?',
    rows: [
      ['', '', null],
      ['a', '', 'a'],
      ['a', null, 'a'],
      [null, 'a', null],
      [null, null, null],
    ],
  },
  {
    name: 'nullIf',
    of: ['double', literal('double', 0)],
    gives: 'double?',
    rows: [
      [-0, null],
      [Number.NaN, Number.NaN],
    ],
  },
  {
    name: 'nullIf',
    of: ['int', 'long'],
    gives: 'int?',
    rows: [
      [1, 1n, null],
      [1, 2n, 1],
    ],
  },
  {
    name: 'eq',
    of: [
      { kind: 'struct', fields: [] },
      { kind: 'struct', fields: [] },
    ],
    problem: 'schema/wrong-type',
  },
  { name: 'eq', of: ['int'], problem: 'schema/wrong-type' },
  {
    name: 'eqNullSafe',
    of: ['long?', 'long?'],
    gives: 'boolean',
    rows: results(longs, [F, T, F, F, F, T]),
  },
  {
    name: 'eqNullSafe',
    of: ['double', 'double'],
    gives: 'boolean',
    rows: results(doubles, [T, T, F, F, F]),
  },
  {
    name: 'isIn',
    of: ['string?', literal('string', 'a'), literal('string', 'é')],
    gives: 'boolean?',
    rows: [
      ['a', T],
      ['é', T],
      ['e\u0301', F],
      ['', F],
      [null, null],
    ],
  },
  {
    name: 'isIn',
    of: ['long', literal('long', '1'), literal('long', '9007199254740993')],
    gives: 'boolean',
    rows: [
      [1n, T],
      [big, T],
      [big - 1n, F],
    ],
  },
  {
    name: 'isIn',
    of: ['date', literal('date', '2020-01-01')],
    gives: 'boolean',
    rows: [
      ['2020-01-01', T],
      ['2020-01-02', F],
    ],
  },
  { name: 'isIn', of: ['string'], problem: 'schema/wrong-type' },
  { name: 'isIn', of: ['string', 'string'], problem: 'schema/wrong-type' },
  { name: 'isIn', of: ['double', literal('double', 1.5)], problem: 'schema/wrong-type' },
  { name: 'isIn', of: ['string', literal('string', null)], problem: 'schema/wrong-type' },
  { name: 'isIn', of: ['string', literal('int', 1)], problem: 'schema/unlike-types' },
  {
    name: 'gt',
    of: ['int', 'decimal(10,2)'],
    gives: 'boolean',
    rows: [
      [2, '1.99', true],
      [2, '2.00', false],
      [-2147483648, '-999.99', false],
    ],
  },
  {
    name: 'eq',
    of: ['decimal(10,2)', 'long?'],
    gives: 'boolean?',
    rows: [
      ['7.00', 7n, true],
      ['7.01', 7n, false],
      ['7.00', null, null],
    ],
  },
  {
    name: 'eqNullSafe',
    of: ['long?', 'decimal(5,2)'],
    gives: 'boolean',
    rows: [[7n, '7.00', true]],
  },
  {
    name: 'greatest',
    of: ['int?', 'decimal(10,2)'],
    gives: 'decimal(12, 2)',
    rows: [
      [3, '2.50', '3.00'],
      [null, '2.50', '2.50'],
    ],
  },
  { name: 'lt', of: ['long', 'decimal(38,30)'], problem: 'schema/unlike-types' },
];
