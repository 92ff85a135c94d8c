import type { Value } from '../../algebra/row.ts';
import { literal } from '../verbs/nodes.ts';
import { at, type Signature } from './signature.ts';

const text = (value: string) => literal('string', value);
const int = (value: number) => literal('int', value);

const days = ['2020-02-29', '0001-01-01', '9999-12-31', '2021-01-03', '2018-12-31', '1582-10-10'];

/** A part of a day, at days where calendars tend to differ, and of an instant just before 1970. */
function part(name: string, ofDays: readonly Value[], before1970: Value): readonly Signature[] {
  const rows = days.map((day, index) => [day, ofDays[index] ?? null]);
  return [
    { name, of: ['date?'], gives: 'int?', rows: [...rows, [null, null]] },
    { name, of: ['timestamp'], gives: 'int', rows: [[-1n, before1970]] },
  ];
}

const moment = at('2020-02-29 13:14:15.123456');
const trunc = (unit: string, ofDay: string, ofInstant: string): readonly Signature[] => [
  {
    name: 'dateTrunc',
    of: ['date?', text(unit)],
    gives: 'date?',
    rows: [
      ['2020-02-29', ofDay],
      [null, null],
    ],
  },
  truncInstant(unit, ofInstant),
];
const truncInstant = (unit: string, wanted: string): Signature => ({
  name: 'dateTrunc',
  of: ['timestamp', text(unit)],
  gives: 'timestamp',
  rows: [
    [moment, at(wanted)],
    [at('0001-01-01'), at('0001-01-01')],
  ],
});

export const dates: readonly Signature[] = [
  ...part('year', [2020, 1, 9999, 2021, 2018, 1582], 1969),
  ...part('quarter', [1, 1, 4, 1, 4, 4], 4),
  ...part('month', [2, 1, 12, 1, 12, 10], 12),
  ...part('day', [29, 1, 31, 3, 31, 10], 31),
  ...part('dayOfWeek', [7, 2, 6, 1, 2, 1], 4),
  ...part('dayOfYear', [60, 1, 365, 3, 365, 283], 365),
  ...part('weekOfYear', [9, 1, 52, 53, 1, 40], 1),
  ...trunc('year', '2020-01-01', '2020-01-01'),
  ...trunc('quarter', '2020-01-01', '2020-01-01'),
  ...trunc('month', '2020-02-01', '2020-02-01'),
  ...trunc('week', '2020-02-24', '2020-02-24'),
  truncInstant('day', '2020-02-29'),
  truncInstant('hour', '2020-02-29 13:00'),
  truncInstant('minute', '2020-02-29 13:14'),
  truncInstant('second', '2020-02-29 13:14:15'),
  {
    name: 'dateTrunc',
    of: ['timestamp', text('minute')],
    gives: 'timestamp',
    rows: [[-1n, -60_000_000n]],
  },
  { name: 'dateTrunc', of: ['date', text('hour')], problem: 'schema/wrong-type' },
  { name: 'dateTrunc', of: ['date', text('decade')], problem: 'schema/wrong-type' },
  {
    name: 'addDays',
    of: ['date?', 'int?'],
    gives: 'date?',
    rows: [
      ['2020-02-28', 1, '2020-02-29'],
      ['2020-03-01', -1, '2020-02-29'],
      ['9999-12-31', 1, null],
      ['0001-01-01', -1, null],
      ['2020-02-28', 2147483647, null],
      ['2020-02-28', -2147483648, null],
      [null, 1, null],
      ['2020-02-28', null, null],
    ],
  },
  { name: 'addDays', of: ['date', int(-30)], gives: 'date?', rows: [['2020-01-30', '2019-12-31']] },
  {
    name: 'addMonths',
    of: ['date?', int(1)],
    gives: 'date?',
    rows: [
      ['2020-01-31', '2020-02-29'],
      ['2019-01-31', '2019-02-28'],
      ['2020-02-29', '2020-03-29'],
      ['9999-12-01', null],
      [null, null],
    ],
  },
  {
    name: 'addMonths',
    of: ['date', int(-14)],
    gives: 'date?',
    rows: [
      ['2020-02-29', '2018-12-29'],
      ['0002-01-31', null],
      ['2020-04-30', '2019-02-28'],
    ],
  },
  { name: 'addMonths', of: ['date', 'int'], problem: 'schema/wrong-type' },
  {
    name: 'lastDay',
    of: ['date?'],
    gives: 'date?',
    rows: [
      ['2020-02-01', '2020-02-29'],
      ['1900-02-01', '1900-02-28'],
      ['9999-12-01', '9999-12-31'],
      [null, null],
    ],
  },
  {
    name: 'nextDay',
    of: ['date?', text('Mon')],
    gives: 'date?',
    rows: [
      ['2020-02-01', '2020-02-03'],
      ['2020-02-03', '2020-02-10'],
      ['9999-12-31', null],
      [null, null],
    ],
  },
  {
    name: 'nextDay',
    of: ['date', text('Sun')],
    gives: 'date?',
    rows: [['2020-02-01', '2020-02-02']],
  },
  { name: 'nextDay', of: ['date', text('Montag')], problem: 'schema/wrong-type' },
  {
    name: 'dateDiff',
    of: ['date', 'date?'],
    gives: 'int?',
    rows: [
      ['2020-03-01', '2020-02-01', 29],
      ['0001-01-01', '9999-12-31', -3652058],
      ['2020-03-01', null, null],
    ],
  },
  {
    name: 'dateDiff',
    of: ['date', literal('date', '2020-01-01')],
    gives: 'int',
    rows: [['2020-01-31', 30]],
  },
  {
    name: 'monthsBetween',
    of: ['date', 'date?'],
    gives: 'double?',
    rows: [
      ['2020-02-29', '2020-01-31', 1],
      ['2020-03-15', '2020-01-15', 2],
      ['2020-03-15', '2020-01-31', 1.48387097],
      ['2020-01-01', null, null],
    ],
  },
  {
    name: 'monthsBetween',
    of: ['timestamp', 'timestamp'],
    gives: 'double',
    rows: [
      [at('1997-02-28 10:30:00'), at('1996-10-30'), 3.94959677],
      [at('2020-03-15 12:00:00'), at('2020-01-15 01:00:00'), 2],
      [at('1969-12-31 12:00:00'), at('1970-03-01'), -2.01612903],
    ],
  },
  { name: 'monthsBetween', of: ['date', 'timestamp'], problem: 'schema/unlike-types' },
  {
    name: 'toTimestamp',
    of: ['date?'],
    gives: 'timestamp?',
    rows: [
      ['1969-12-31', -86_400_000_000n],
      [null, null],
    ],
  },
  {
    name: 'format',
    of: ['timestamp?', text("yyyy-MM-dd'T'HH:mm:ss.SSS 'o''clock'")],
    gives: 'string?',
    rows: [
      [moment, "2020-02-29T13:14:15.123 o'clock"],
      [-1n, "1969-12-31T23:59:59.999 o'clock"],
      [null, null],
    ],
  },
  {
    name: 'format',
    of: ['timestamp', text('HHmmssSSSSSS')],
    gives: 'string',
    rows: [[moment, '131415123456']],
  },
  {
    name: 'format',
    of: ['date', text('dd/MM/yyyy HH')],
    gives: 'string',
    rows: [['0967-05-03', '03/05/0967 00']],
  },
  ...['EEEE', 'yyyy#MM', "yyyy'", '', 'y', "dd '[HH"].map(
    (format): Signature => ({
      name: 'format',
      of: ['date', text(format)],
      problem: 'schema/wrong-type',
    }),
  ),
  {
    name: 'parseDate',
    of: ['string?', text('dd.MM.yyyy')],
    gives: 'date?',
    rows: [
      ['29.02.2020', '2020-02-29'],
      ['29.02.2021', null],
      ['13.13.2020', null],
      ['1.2.2020', null],
      ['29-02-2020', null],
      ['29.02.2020 ', null],
      ['29.02.2020\n', null],
      ['٢٩.02.2020', null],
      ['03.05.0967', '0967-05-03'],
      ['2020', null],
      ['', null],
      [null, null],
    ],
  },
  {
    name: 'parseDate',
    of: ['string', text('yyyyMMdd')],
    gives: 'date?',
    rows: [['20200229', '2020-02-29']],
  },
  ...['dd.MM', 'dd.MM.yyyy HH', 'dd.MM.yyyy dd'].map(
    (format): Signature => ({
      name: 'parseDate',
      of: ['string', text(format)],
      problem: 'schema/wrong-type',
    }),
  ),
  {
    name: 'parseTimestamp',
    of: ['string?', text("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")],
    gives: 'timestamp?',
    rows: [
      ['2020-02-29T13:14:15.123Z', at('2020-02-29 13:14:15.123')],
      ['2016-12-31T23:59:60.000Z', null],
      ['2020-02-29T24:00:00.000Z', null],
      ['2020-02-29T13:14:15Z', null],
      ['12:30', null],
      [null, null],
    ],
  },
  {
    name: 'parseTimestamp',
    of: ['string', text('MM/dd/yyyy HH')],
    gives: 'timestamp?',
    rows: [['02/29/2020 07', at('2020-02-29 07:00')]],
  },
  ...['yyyy-MM-dd', 'yyyy-MM-dd HH:ss', 'yyyy-MM-dd HH:mm:ss SSS SSSSSS'].map(
    (format): Signature => ({
      name: 'parseTimestamp',
      of: ['string', text(format)],
      problem: 'schema/wrong-type',
    }),
  ),
  {
    name: 'year',
    of: ['date'],
    labels: [['quasi-identifier']],
    gives: 'int [quasi-identifier]',
  },
];
