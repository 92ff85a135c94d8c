import { literal } from '../verbs/nodes.ts';
import { at, type Signature } from './signature.ts';

const text = (value: string) => literal('string', value);
const int = (value: number) => literal('int', value);
const moment = at('2020-02-29 13:14:15.999999');

const clock = (name: string, ...wanted: readonly number[]): Signature => ({
  name,
  of: ['timestamp?'],
  gives: 'int?',
  rows: [
    ...[-1n, moment, at('0001-01-01')].map((one, index) => [one, wanted[index] ?? null]),
    [null, null],
  ],
});

type Pair = readonly [string, string | null];

function zoned(name: string, zone: string, pairs: readonly Pair[]): Signature {
  const rows = pairs.map(([given, wanted]) => [at(given), wanted === null ? null : at(wanted)]);
  return { name, of: ['timestamp', text(zone)], gives: 'timestamp?', rows };
}

/** Instants in UTC, and what the zone's clocks show. */
const shown = (zone: string, ...pairs: readonly Pair[]) => zoned('fromUtc', zone, pairs);
/** What the zone's clocks show, and the instant in UTC. */
const meant = (zone: string, ...pairs: readonly Pair[]) => zoned('toUtc', zone, pairs);

export const instants: readonly Signature[] = [
  clock('hour', 23, 13, 0),
  clock('minute', 59, 14, 0),
  clock('second', 59, 15, 0),
  { name: 'hour', of: ['date'], problem: 'schema/wrong-type' },
  {
    name: 'addSeconds',
    of: ['timestamp?', int(-3600)],
    gives: 'timestamp?',
    rows: [
      [0n, -3_600_000_000n],
      [at('0001-01-01 00:59:59'), null],
      [null, null],
    ],
  },
  {
    name: 'addSeconds',
    of: ['timestamp', int(1)],
    gives: 'timestamp?',
    rows: [
      [at('9999-12-31 23:59:59.5'), null],
      [moment, moment + 1_000_000n],
    ],
  },
  {
    name: 'toDate',
    of: ['timestamp?'],
    gives: 'date?',
    rows: [
      [-1n, '1969-12-31'],
      [0n, '1970-01-01'],
      [null, null],
    ],
  },
  shown(
    'Europe/Berlin',
    ['2020-03-29 00:59:59', '2020-03-29 01:59:59'],
    ['2020-03-29 01:00:00', '2020-03-29 03:00:00'],
    ['2020-10-25 00:59:59', '2020-10-25 02:59:59'],
    ['2020-10-25 01:00:00', '2020-10-25 02:00:00'],
    ['1800-01-01', '1800-01-01 00:53:28'],
    ['1945-05-01', '1945-05-01 02:00:00'],
    ['2035-07-01', '2035-07-01 02:00:00'],
    ['9999-12-31 23:30:00', null],
  ),
  shown(
    'America/New_York',
    ['0001-01-01', null],
    ['2020-07-01 00:00:00.000001', '2020-06-30 20:00:00.000001'],
  ),
  shown(
    'Pacific/Apia',
    ['2011-12-30 12:00:00', '2011-12-31 02:00:00'],
    ['2011-12-30 09:59:59', '2011-12-29 23:59:59'],
  ),
  shown('Asia/Kolkata', ['1970-01-01', '1970-01-01 05:30:00']),
  shown('UTC', ['1970-01-01', '1970-01-01']),
  meant(
    'Europe/Berlin',
    ['2020-03-29 02:30:00', '2020-03-29 01:30:00'],
    ['2020-10-25 02:30:00', '2020-10-25 00:30:00'],
    ['2020-10-25 03:00:00', '2020-10-25 02:00:00'],
    ['1800-01-01', '1799-12-31 23:06:32'],
    ['0001-01-01', null],
  ),
  meant(
    'America/New_York',
    ['2020-03-08 02:30:00', '2020-03-08 07:30:00'],
    ['2020-11-01 01:30:00', '2020-11-01 05:30:00'],
  ),
  meant('Pacific/Apia', ['2011-12-30 12:00:00', '2011-12-30 22:00:00']),
  meant('Australia/Lord_Howe', ['2020-10-04 02:15:00', '2020-10-03 15:45:00']),
  { name: 'fromUtc', of: ['timestamp', text('Mars/Olympus')], problem: 'schema/wrong-type' },
  { name: 'fromUtc', of: ['timestamp', text('CET')], problem: 'schema/wrong-type' },
  { name: 'fromUtc', of: ['timestamp', 'string'], problem: 'schema/wrong-type' },
  {
    name: 'timestampSeconds',
    of: ['long?'],
    gives: 'timestamp?',
    rows: [
      [-1n, -1_000_000n],
      [253_402_300_799n, at('9999-12-31 23:59:59')],
      [253_402_300_800n, null],
      [9_223_372_036_854_775_807n, null],
      [null, null],
    ],
  },
  {
    name: 'timestampMillis',
    of: ['long?'],
    gives: 'timestamp?',
    rows: [
      [1_582_934_400_001n, 1_582_934_400_001_000n],
      [-62_135_596_800_000n, at('0001-01-01')],
      [-62_135_596_800_001n, null],
      [-9_223_372_036_854_775_808n, null],
      [null, null],
    ],
  },
  {
    name: 'timestampMicros',
    of: ['long'],
    gives: 'timestamp?',
    rows: [
      [-1n, -1n],
      [9_223_372_036_854_775_807n, null],
    ],
  },
  { name: 'timestampMillis', of: ['int'], problem: 'schema/wrong-type' },
  {
    name: 'unixSeconds',
    of: ['timestamp?'],
    gives: 'long?',
    rows: [
      [-1n, -1n],
      [1_999_999n, 1n],
      [null, null],
    ],
  },
  {
    name: 'unixMillis',
    of: ['timestamp'],
    gives: 'long',
    rows: [
      [-1n, -1n],
      [-1000n, -1n],
      [1999n, 1n],
    ],
  },
  { name: 'unixMicros', of: ['timestamp'], gives: 'long', rows: [[-1n, -1n]] },
];
