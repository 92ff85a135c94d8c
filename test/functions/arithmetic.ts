import { literal } from '../verbs/nodes.ts';
import type { Signature } from './signature.ts';

const maxInt = 2147483647;
const minInt = -2147483648;
const maxLong = 9223372036854775807n;
const minLong = -9223372036854775808n;
const nines = '9'.repeat(38);

/** Decimals of about as many digits as Spark computes with, and with most of them on either side of the point. */
function ofLongDecimals(name: 'negate' | 'abs'): readonly Signature[] {
  const types: readonly (readonly [precision: number, scale: number])[] = [
    [34, 6],
    [35, 5],
    [37, 10],
    [38, 0],
    [38, 5],
    [38, 6],
    [38, 10],
    [38, 38],
  ];
  return types.map(([precision, scale]) => {
    const whole = nines.slice(scale + 38 - precision) || '0';
    const least = scale === 0 ? `-${whole}` : `-${whole}.${nines.slice(38 - scale)}`;
    const zero = scale === 0 ? '0' : `0.${'0'.repeat(scale)}`;
    const most = least.slice(1);
    return {
      name,
      of: [`decimal(${precision},${scale})?`],
      gives: `decimal(${precision}, ${scale})?`,
      rows: [
        [least, most],
        [most, name === 'abs' ? most : least],
        [zero, zero],
        [null, null],
      ],
    };
  });
}

export const arithmetic: readonly Signature[] = [
  {
    name: 'add',
    of: ['int', 'int?'],
    gives: 'int?',
    rows: [
      [1, 2, 3],
      [maxInt, 1, null],
      [minInt, -1, null],
      [1, null, null],
    ],
  },
  {
    name: 'add',
    of: ['int', 'long'],
    gives: 'long?',
    rows: [
      [maxInt, 1n, 2147483648n],
      [1, maxLong, null],
      [-1, 9007199254740993n, 9007199254740992n],
    ],
  },
  {
    name: 'add',
    of: ['long', literal('long', '1')],
    gives: 'long?',
    rows: [
      [9007199254740992n, 9007199254740993n],
      [maxLong, null],
    ],
  },
  {
    name: 'add',
    of: ['double', 'int'],
    gives: 'double',
    rows: [
      [0.5, 1, 1.5],
      [Number.NaN, 1, Number.NaN],
      [1e308, maxInt, 1e308],
    ],
  },
  {
    name: 'add',
    of: ['double', 'double'],
    gives: 'double',
    rows: [
      [1e308, 1e308, Number.POSITIVE_INFINITY],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN],
    ],
  },
  {
    name: 'add',
    of: ['decimal(4,2)', 'decimal(4,2)'],
    gives: 'decimal(5, 2)?',
    rows: [
      ['99.99', '0.01', '100.00'],
      ['-0.05', '0.05', '0.00'],
    ],
  },
  {
    name: 'add',
    of: ['decimal(38,0)', 'decimal(38,0)'],
    gives: 'decimal(38, 0)?',
    rows: [
      [nines, '1', null],
      ['1', '1', '2'],
    ],
  },
  {
    name: 'add',
    of: ['decimal(38,10)', 'decimal(38,10)'],
    gives: 'decimal(38, 9)?',
    rows: [
      ['0.0000000004', '0.0000000001', '0.000000001'],
      ['-0.0000000004', '-0.0000000001', '-0.000000001'],
      ['0.0000000003', '0.0000000001', '0.000000000'],
    ],
  },
  {
    name: 'subtract',
    of: ['int', 'int'],
    gives: 'int?',
    rows: [
      [minInt, 1, null],
      [1, 2, -1],
    ],
  },
  {
    name: 'subtract',
    of: ['long', 'long?'],
    gives: 'long?',
    rows: [
      [0n, minLong, null],
      [9007199254740993n, 1n, 9007199254740992n],
      [1n, null, null],
    ],
  },
  { name: 'subtract', of: ['double', 'double'], gives: 'double', rows: [[0.5, 0.25, 0.25]] },
  {
    name: 'subtract',
    of: ['decimal(4,2)', 'decimal(4,2)'],
    gives: 'decimal(5, 2)?',
    rows: [['-99.99', '99.99', '-199.98']],
  },
  {
    name: 'multiply',
    of: ['int', 'int'],
    gives: 'int?',
    rows: [
      [65536, 32768, null],
      [-65536, 32768, minInt],
    ],
  },
  {
    name: 'multiply',
    of: ['long', 'int'],
    gives: 'long?',
    rows: [
      [4611686018427387904n, 2, null],
      [4611686018427387904n, -2, minLong],
    ],
  },
  {
    name: 'multiply',
    of: ['double', 'double'],
    gives: 'double',
    rows: [[1e200, 1e200, Number.POSITIVE_INFINITY]],
  },
  {
    name: 'multiply',
    of: ['decimal(4,2)', 'decimal(4,2)'],
    gives: 'decimal(9, 4)?',
    rows: [['-99.99', '0.01', '-0.9999']],
  },
  {
    name: 'multiply',
    of: ['decimal(38,10)', 'decimal(38,10)'],
    gives: 'decimal(38, 6)?',
    rows: [
      ['1.5000000000', '0.0000010000', '0.000002'],
      ['9999999999999999999.0000000000', '9999999999999999999.0000000000', null],
    ],
  },
  {
    name: 'divide',
    of: ['int', 'int'],
    gives: 'double?',
    rows: [
      [1, 2, 0.5],
      [1, 0, null],
      [0, 0, null],
    ],
  },
  {
    name: 'divide',
    of: ['long', 'long?'],
    gives: 'double?',
    rows: [
      [9007199254740993n, 1n, 9007199254740992],
      [1n, null, null],
    ],
  },
  {
    name: 'divide',
    of: ['double', 'double'],
    gives: 'double?',
    rows: [
      [1, 0, null],
      [1, -0, null],
      [1, Number.NaN, Number.NaN],
      [-1, Number.POSITIVE_INFINITY, -0],
    ],
  },
  { name: 'divide', of: ['long', literal('long', '4')], gives: 'double', rows: [[-6n, -1.5]] },
  { name: 'divide', of: ['double?', literal('double', 0)], gives: 'double?', rows: [[1, null]] },
  {
    name: 'divide',
    of: ['decimal(5,2)', 'decimal(5,2)'],
    gives: 'double?',
    rows: [
      ['1.00', '3.00', 1 / 3],
      ['1.00', '0.00', null],
    ],
  },
  {
    name: 'modulo',
    of: ['int', 'int'],
    gives: 'int?',
    rows: [
      [7, 3, 1],
      [-7, 3, -1],
      [7, -3, 1],
      [7, 0, null],
      [minInt, -1, 0],
    ],
  },
  {
    name: 'modulo',
    of: ['long', literal('long', '2')],
    gives: 'long',
    rows: [
      [9007199254740993n, 1n],
      [-3n, -1n],
    ],
  },
  {
    name: 'modulo',
    of: ['long', 'int'],
    gives: 'long?',
    rows: [
      [minLong, -1, 0n],
      [5n, 0, null],
    ],
  },
  {
    name: 'modulo',
    of: ['double', 'double'],
    gives: 'double?',
    rows: [
      [5.5, 2, 1.5],
      [-5.5, 2, -1.5],
      [1, 0, null],
      [1, -0, null],
      [Number.NaN, 1, Number.NaN],
      [1, Number.POSITIVE_INFINITY, 1],
    ],
  },
  {
    name: 'modulo',
    of: ['decimal(5,2)', 'decimal(5,2)'],
    gives: 'decimal(5, 2)?',
    rows: [
      ['5.50', '2.00', '1.50'],
      ['-5.50', '2.00', '-1.50'],
      ['5.50', '0.00', null],
    ],
  },
  {
    name: 'negate',
    of: ['int'],
    gives: 'int?',
    rows: [
      [1, -1],
      [minInt, null],
    ],
  },
  {
    name: 'negate',
    of: ['long?'],
    gives: 'long?',
    rows: [
      [1n, -1n],
      [minLong, null],
      [null, null],
    ],
  },
  {
    name: 'negate',
    of: ['double'],
    gives: 'double',
    rows: [
      [1.5, -1.5],
      [Number.NaN, Number.NaN],
    ],
  },
  { name: 'negate', of: ['decimal(4,2)'], gives: 'decimal(4, 2)', rows: [['99.99', '-99.99']] },
  ...ofLongDecimals('negate'),
  {
    name: 'abs',
    of: ['int'],
    gives: 'int?',
    rows: [
      [-1, 1],
      [minInt, null],
      [maxInt, maxInt],
    ],
  },
  {
    name: 'abs',
    of: ['long?'],
    gives: 'long?',
    rows: [
      [-1n, 1n],
      [minLong, null],
      [null, null],
    ],
  },
  {
    name: 'abs',
    of: ['double'],
    gives: 'double',
    rows: [
      [-1.5, 1.5],
      [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    ],
  },
  { name: 'abs', of: ['decimal(4,2)'], gives: 'decimal(4, 2)', rows: [['-99.99', '99.99']] },
  ...ofLongDecimals('abs'),
  {
    name: 'add',
    of: ['decimal(5,2)', 'decimal(6,4)'],
    gives: 'decimal(8, 4)?',
    rows: [
      ['999.99', '99.9999', '1099.9899'],
      ['-0.05', '0.0500', '0.0000'],
    ],
  },
  {
    name: 'subtract',
    of: ['decimal(38,10)', 'decimal(20,0)'],
    gives: 'decimal(38, 9)?',
    rows: [
      ['1.0000000005', '1', '0.000000001'],
      ['-1.0000000004', '99999999999999999999', '-100000000000000000000.000000000'],
    ],
  },
  {
    name: 'multiply',
    of: ['decimal(12,2)', 'decimal(13,2)?'],
    gives: 'decimal(26, 4)?',
    rows: [
      ['100.10', '0.94', '94.0940'],
      ['1.00', null, null],
    ],
  },
  {
    name: 'pmod',
    of: ['int?', literal('int', 24)],
    gives: 'int?',
    rows: [
      [-1, 23],
      [25, 1],
      [-24, 0],
      [minInt, 16],
      [null, null],
    ],
  },
  {
    name: 'pmod',
    of: ['long', literal('long', '9223372036854775807')],
    gives: 'long',
    rows: [
      [minLong, 9223372036854775806n],
      [-1n, 9223372036854775806n],
    ],
  },
  {
    name: 'pmod',
    of: ['double', literal('double', 2)],
    gives: 'double',
    rows: [
      [-7.5, 0.5],
      [Number.NaN, Number.NaN],
      [-1e-300, 0],
      [Number.POSITIVE_INFINITY, Number.NaN],
    ],
  },
  { name: 'pmod', of: ['int', 'int'], problem: 'schema/wrong-type' },
  { name: 'pmod', of: ['int', literal('int', 0)], problem: 'schema/wrong-type' },
  { name: 'add', of: ['string', 'string'], problem: 'schema/wrong-type' },
  { name: 'add', of: ['long', 'double'], problem: 'schema/unlike-types' },
  {
    name: 'multiply',
    of: ['decimal(4,2)', 'int?'],
    gives: 'decimal(15, 2)?',
    rows: [
      ['-99.99', maxInt, '-214726889863.53'],
      ['0.01', minInt, '-21474836.48'],
      ['1.00', null, null],
    ],
  },
  {
    name: 'multiply',
    of: ['long', 'decimal(20,10)'],
    gives: 'decimal(38, 7)?',
    rows: [
      [3n, '0.0000000500', '0.0000002'],
      [maxLong, '9999999999.9999999999', '92233720368547758069077662796.3145224'],
      [minLong, '0.0000000000', '0.0000000'],
    ],
  },
  {
    name: 'add',
    of: ['int', 'decimal(4,2)'],
    gives: 'decimal(13, 2)?',
    rows: [
      [maxInt, '0.01', '2147483647.01'],
      [-1, '0.99', '-0.01'],
    ],
  },
  {
    name: 'subtract',
    of: [literal('int', 1), 'decimal(4,2)'],
    gives: 'decimal(13, 2)?',
    rows: [['0.05', '0.95']],
  },
  {
    name: 'subtract',
    of: ['decimal(38,0)', 'long'],
    gives: 'decimal(38, 0)?',
    rows: [
      [`-${nines}`, 1n, null],
      [nines, 1n, `${'9'.repeat(37)}8`],
    ],
  },
  { name: 'divide', of: ['decimal(5,2)', 'long'], gives: 'double?', rows: [['1.00', 4n, 0.25]] },
  {
    name: 'divide',
    of: ['decimal(38,0)', 'decimal(38,10)'],
    gives: 'double?',
    rows: [[nines, '2.0000000000', 5e37]],
  },
  { name: 'multiply', of: ['decimal(4,2)', 'double'], problem: 'schema/unlike-types' },
  { name: 'negate', of: ['int', 'int'], problem: 'schema/wrong-type' },
  {
    name: 'add',
    of: ['int', 'int'],
    labels: [['quasi-identifier'], []],
    gives: 'int? [quasi-identifier]',
  },
];
