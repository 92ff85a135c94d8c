import { describeVerb } from './harness.ts';
import { aggregate, call, column, keepConsented, over } from './nodes.ts';
import { people, readings, research } from './people.ts';

const points = {
  columns: { k: 'string?', n: 'long?', x: 'double?', p: 'decimal(6,2)?', w: 'string?' },
  rows: [
    ['a', 1n, 1.5, '1.10', 'b'],
    ['a', 2n, 2.5, '2.25', 'B'],
    ['a', null, null, null, null],
    ['a', 2n, -4, '-0.05', 'é'],
    ['b', null, null, null, null],
    [null, 9223372036854775807n, Number.NaN, '9999.99', '😀'],
    [null, 1n, 0, '9999.99', '\uffee'],
  ],
} as const;

describeVerb('aggregate', [
  {
    it: 'counts rows, values and distinct values of each group; null is a group',
    given: { points },
    write: (table) =>
      aggregate(table('points'), ['k'], {
        rows: over('count'),
        values: over('count', 'n'),
        distinct: over('countDistinct', 'n'),
      }),
    schema: ['k string?', 'rows long', 'values long', 'distinct long'],
    state: 'public',
    rows: [
      ['a', 4n, 3n, 2n],
      ['b', 1n, 0n, 0n],
      [null, 2n, 2n, 2n],
    ],
  },
  {
    it: 'adds up; a sum that does not fit is null, as is the sum of nothing',
    given: { points },
    write: (table) =>
      aggregate(table('points'), ['k'], {
        n: over('sum', 'n'),
        x: over('sum', 'x'),
        p: over('sum', 'p'),
      }),
    schema: ['k string?', 'n long?', 'x double?', 'p decimal(16, 2)?'],
    rows: [
      ['a', 5n, 0, '3.30'],
      ['b', null, null, null],
      [null, null, Number.NaN, '19999.98'],
    ],
  },
  {
    it: 'adds ints up in a long',
    given: { ints: { columns: { i: 'int' }, rows: [[2147483647], [2147483647]] } },
    write: (table) =>
      aggregate(table('ints'), [], { sum: over('sum', 'i'), mean: over('avg', 'i') }),
    schema: ['sum long?', 'mean double?'],
    rows: [[4294967294n, 2147483647]],
  },
  {
    it: 'finds means and deviations of samples',
    given: { points },
    write: (table) =>
      aggregate(table('points'), ['k'], {
        mean: over('avg', 'x'),
        meanPrice: over('avg', 'p'),
        spread: over('stddev', 'x'),
      }),
    schema: ['k string?', 'mean double?', 'meanPrice double?', 'spread double?'],
    rows: [
      ['a', 0, 1.1, Math.sqrt((1.5 ** 2 + 2.5 ** 2 + 16) / 2)],
      ['b', null, null, null],
      [null, Number.NaN, 9999.99, Number.NaN],
    ],
  },
  {
    it: 'gives no deviation of one value',
    given: { points: { ...points, rows: [['a', 7n, 3.5, null, null]] } },
    write: (table) =>
      aggregate(table('points'), [], { spread: over('stddev', 'x'), n: over('stddev', 'n') }),
    rows: [[null, null]],
  },
  {
    it: 'finds the least and greatest; NaN is above all numbers, text goes by UTF-8 bytes',
    given: { points },
    write: (table) =>
      aggregate(table('points'), ['k'], {
        x: over('max', 'x'),
        first: over('min', 'w'),
        last: over('max', 'w'),
        p: over('min', 'p'),
        n: over('max', 'n'),
      }),
    rows: [
      ['a', 2.5, 'B', 'é', '-0.05', 2n],
      ['b', null, null, null, null, null],
      [null, Number.NaN, '\uffee', '😀', '9999.99', 9223372036854775807n],
    ],
  },
  {
    it: 'finds the least and greatest of times, dates and conditions',
    given: {
      times: {
        columns: { t: 'timestamp?', d: 'date?', b: 'boolean?' },
        rows: [
          [-1n, '0967-05-03', true],
          [1_600_000_000_123_456n, '2020-02-29', null],
          [null, null, false],
        ],
      },
    },
    write: (table) =>
      aggregate(table('times'), [], {
        t: over('min', 't'),
        d: over('min', 'd'),
        lastDay: over('max', 'd'),
        b: over('min', 'b'),
      }),
    rows: [[-1n, '0967-05-03', '2020-02-29', false]],
  },
  {
    it: 'computes arguments per row first',
    given: { points },
    write: (table) =>
      aggregate(table('points'), [], {
        n: over('sum', call('multiply', 'x', 'x')),
        known: over('count', call('add', 'n', 'n')),
      }),
    rows: [[Number.NaN, 4n]],
  },
  {
    it: 'over all rows of none gives one row',
    given: { points: { ...points, rows: [] } },
    write: (table) =>
      aggregate(table('points'), [], {
        rows: over('count'),
        sum: over('sum', 'n'),
        most: over('max', 'w'),
      }),
    rows: [[0n, null, null]],
  },
  {
    it: 'by key of none gives none',
    given: { points: { ...points, rows: [] } },
    write: (table) => aggregate(table('points'), ['k'], { rows: over('count') }),
    rows: [],
  },
  {
    it: 'takes NaN for one key, and 0.0 and -0.0 too',
    given: {
      numbers: { columns: { x: 'double?' }, rows: [[Number.NaN], [Number.NaN], [0], [-0], [null]] },
    },
    write: (table) => aggregate(table('numbers'), ['x'], { rows: over('count') }),
    rows: [
      [Number.NaN, 2n],
      [0, 2n],
      [null, 1n],
    ],
  },
  {
    it: 'counts distinct numbers as it groups them',
    given: {
      numbers: { columns: { x: 'double?' }, rows: [[Number.NaN], [Number.NaN], [0], [-0], [null]] },
    },
    write: (table) => aggregate(table('numbers'), [], { distinct: over('countDistinct', 'x') }),
    rows: [[2n]],
  },
  {
    it: 'of each person is about that person; labels go along',
    given: {
      readings: readings([
        ['ada', 5n, 1],
        ['ada', 3n, 2],
      ]),
    },
    write: (table) => aggregate(table('readings'), ['user'], { first: over('min', 'taken') }),
    schema: ['user string? [subject:person]', 'first long? [quasi-identifier]'],
    state: 'local person by user !lost (no)',
    rows: [['ada', 3n]],
  },
  {
    it: 'over everybody mixes them',
    given: { readings: readings([]) },
    write: (table) => aggregate(table('readings'), [], { rows: over('count') }),
    state: 'mixed',
  },
  {
    it: 'over consenting people names nobody',
    given: { people: people([]) },
    write: (table) =>
      aggregate(keepConsented(table('people'), 'email', research), [], { rows: over('count') }),
    state: 'clean person for research',
  },
  {
    it: 'refuses what cannot be added up',
    given: { points },
    write: (table) => aggregate(table('points'), [], { sum: over('sum', 'w') }),
    problems: ['schema/wrong-type'],
  },
  {
    it: 'refuses an aggregate without its argument',
    given: { points },
    write: (table) => aggregate(table('points'), [], { sum: over('sum') }),
    problems: ['schema/wrong-type'],
  },
  {
    it: 'refuses two columns of one name, and columns that are not there',
    given: { points },
    write: (table) =>
      aggregate(table('points'), ['k', 'q'], { k: over('count'), y: over('min', column('y')) }),
    problems: ['schema/unknown-column', 'schema/duplicate-column', 'schema/unknown-column'],
  },
]);
