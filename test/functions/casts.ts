import type { Value } from '../../algebra/row.ts';
import { typeName } from '../../algebra/types.ts';
import { type TypeText, typeOf } from '../verbs/given.ts';
import { cast } from '../verbs/nodes.ts';
import type { Signature } from './signature.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const maxLong = 9223372036854775807n;

function casts(
  from: TypeText,
  to: TypeText,
  nullable: boolean,
  rows: readonly (readonly Value[])[],
): Signature {
  const gives = `${typeName(typeOf(to))}${nullable ? '?' : ''}`;
  return { name: `cast to ${to}`, of: [from], gives, rows, write: cast('a', typeOf(to)) };
}

export const castSignatures: readonly Signature[] = [
  casts('string', 'int', true, [
    ['7', 7],
    [' +7\t', 7],
    ['-0', 0],
    ['007', 7],
    ['1.5', null],
    ['1e3', null],
    ['', null],
    ['\u00a07', null],
    ['0x10', null],
    ['1_000', null],
    ['2147483648', null],
  ]),
  casts('string', 'long', true, [
    ['9223372036854775807', maxLong],
    ['9223372036854775808', null],
    ['-9223372036854775808', -9223372036854775808n],
    ['9007199254740993', 9007199254740993n],
  ]),
  casts('string', 'double', true, [
    ['1.5', 1.5],
    ['1e400', infinity],
    ['.5', 0.5],
    ['5.', 5],
    ['1d', 1],
    ['NaN', nan],
    ['+inf', infinity],
    ['-Infinity', -infinity],
    ['abc', null],
    ['', null],
  ]),
  casts('string', 'decimal(10,2)', true, [
    ['1.005', '1.01'],
    ['-0.005', '-0.01'],
    ['1e3', '1000.00'],
    ['99999999.99', '99999999.99'],
    ['99999999.995', null],
    ['NaN', null],
    ['1e999999', null],
    ['1e-999999', '0.00'],
  ]),
  casts('string', 'boolean', true, [
    ['true', true],
    [' T ', true],
    ['yes', true],
    ['1', true],
    ['No', false],
    ['0', false],
    ['off', null],
    ['', null],
  ]),
  casts('string', 'date', true, [
    ['2020-02-29', '2020-02-29'],
    ['2021-02-29', null],
    ['2020-1-2', '2020-01-02'],
    ['2020', '2020-01-01'],
    ['2020-02', '2020-02-01'],
    ['0967-05-03', '0967-05-03'],
    ['1582-10-10', '1582-10-10'],
    ['967-05-03', null],
    ['2020-01-01T99', '2020-01-01'],
    ['2020-01-01x', null],
    ['now', null],
  ]),
  casts('string', 'timestamp', true, [
    ['1970-01-01', 0n],
    ['1970-01-01T00:00:00.0000019Z', 1n],
    ['1970-01-01 00:00:01', 1_000_000n],
    ['1970-01-01 1:2:3', 3_723_000_000n],
    ['1970-01-01T01:00:00+01:00', 0n],
    ['1970-01-01T00:00:00-0100', 3_600_000_000n],
    ['1970-01-01T00:00:00 UTC', 0n],
    ['1970-01-01T00:00Z', null],
    ['1970-01-01T00:00', 0n],
    ['1970-01-01T00:00:00.Z', 0n],
    ['1969-12-31 23:59:59.999999', -1n],
    ['1970-01-01 24:00:00', null],
    ['1970-01-01T', null],
    ['yesterday', null],
    [' +2020-1-1 1:1', 1_577_840_460_000_000n],
    ['2020', 1_577_836_800_000_000n],
    ['2020 12:30', null],
    ['2020-02T12:30', null],
    // Spark's own cast puts these on the day of the run.
    ['12:30', null],
    [' 1:2:3', null],
    ['T12:30:00+01:00', null],
    ['T12', null],
    ['-2020-01-01', null],
    ['12020-01-01', null],
  ]),
  casts('long', 'int', true, [
    [2147483647n, 2147483647],
    [2147483648n, null],
  ]),
  casts('int', 'long', false, [[-1, -1n]]),
  casts('int', 'double', false, [[-1, -1]]),
  casts('long', 'double', true, [[9007199254740993n, 9007199254740992]]),
  casts('double', 'int', true, [
    [1.9, 1],
    [-1.9, -1],
    [2147483647.9, 2147483647],
    [2147483648, null],
    [nan, null],
  ]),
  casts('double', 'long', true, [
    [-(2 ** 63), -9223372036854775808n],
    [2 ** 63, maxLong],
    [2 ** 63 + 2048, null],
    [infinity, null],
  ]),
  casts('double', 'decimal(10,2)', true, [
    [1.005, '1.01'],
    [-2.5, '-2.50'],
    [1e8, null],
    [nan, null],
  ]),
  casts('decimal(10,2)', 'int', true, [
    ['1.99', 1],
    ['-1.99', -1],
    ['-0.50', 0],
    ['99999999.99', 99999999],
  ]),
  casts('decimal(10,2)', 'double', true, [['0.10', 0.1]]),
  casts('decimal(10,2)', 'decimal(4,1)', true, [
    ['1.25', '1.3'],
    ['999.95', null],
  ]),
  casts('int', 'decimal(3,2)', true, [
    [9, '9.00'],
    [10, null],
  ]),
  casts('double', 'string', false, [
    [1, '1.0'],
    [-0, '-0.0'],
    [1e7, '1.0E7'],
    [123456.789, '123456.789'],
    [9.99e-4, '9.99E-4'],
    [nan, 'NaN'],
    [-infinity, '-Infinity'],
  ]),
  casts('long', 'string', false, [[9007199254740993n, '9007199254740993']]),
  casts('boolean', 'string', false, [[true, 'true']]),
  casts('date', 'string', false, [['0967-05-03', '0967-05-03']]),
  casts('timestamp', 'string', false, [
    [1_500_000n, '1970-01-01 00:00:01.5'],
    [0n, '1970-01-01 00:00:00'],
  ]),
  casts('decimal(10,2)', 'string', false, [['-0.50', '-0.50']]),
  casts('date', 'timestamp', false, [['1969-12-31', -86_400_000_000n]]),
  casts('timestamp', 'date', false, [
    [-1n, '1969-12-31'],
    [86_400_000_000n, '1970-01-02'],
  ]),
  {
    name: 'cast to timestamp',
    of: ['long'],
    problem: 'schema/impossible-cast',
    write: cast('a', { kind: 'timestamp' }),
  },
  {
    name: 'cast to int',
    of: ['boolean'],
    problem: 'schema/impossible-cast',
    write: cast('a', { kind: 'int' }),
  },
];
