import { describeVerb } from './harness.ts';
import { aggregate, call, column, keepConsented, literal, over, project } from './nodes.ts';
import { people, readings, research, signals } from './people.ts';

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

/** Who lives where, and what some of them told. */
const homes = {
  columns: { who: 'string?', city: 'string?', year: 'int?', told: 'double?' },
  labels: {
    who: ['identifier', 'subject:person'],
    year: ['quasi-identifier'],
    told: ['sensitive'],
  },
  about: { kind: 'subject', name: 'person', column: 'who' },
  rows: [
    ['ann', 'Bern', 1950, 1],
    ['ann', 'Bern', 1950, 2],
    ['bob', 'Bern', 1960, 3],
    ['cy', 'Bern', null, null],
    ['ann', 'Genf', 1950, 1],
    ['ann', 'Genf', 1950, 1],
    ['dee', 'Lund', 1970, 4],
    ['eve', 'Lund', 1980, null],
    ['fay', null, 1990, 5],
    ['gus', null, 1990, 6],
    [null, 'Genf', 1990, 7],
  ],
} as const;
const two = { subjects: 2, key: 'who' };
const three = { subjects: 3, key: 'who' };

describeVerb('aggregate', [
  {
    it: 'leaves out groups of fewer people, whatever their rows, and what is made of many names none',
    given: { homes },
    write: (table) =>
      aggregate(
        table('homes'),
        ['city'],
        {
          rows: over('count'),
          people: over('countDistinct', 'who'),
          born: over('avg', 'year'),
          first: over('min', 'year'),
        },
        two,
      ),
    schema: [
      'city string?',
      'rows long',
      'people long',
      'born double?',
      'first int? [quasi-identifier]',
    ],
    state: 'mixed',
    rows: [
      ['Bern', 4n, 3n, 1953.3333333333333, 1950],
      ['Lund', 2n, 2n, 1975, 1970],
      [null, 2n, 2n, 1990, 1990],
    ],
  },
  {
    it: 'leaves out groups in which fewer have a value to measure',
    given: { homes },
    write: (table) =>
      aggregate(
        table('homes'),
        ['city'],
        { born: over('sum', 'year'), told: over('max', 'told') },
        two,
      ),
    schema: ['city string?', 'born long?', 'told double? [sensitive]'],
    rows: [
      ['Bern', 5860n, 3],
      [null, 3980n, 6],
    ],
  },
  {
    it: 'leaves out groups also where nothing is measured',
    given: { homes },
    write: (table) => aggregate(table('homes'), ['city'], {}, three),
    schema: ['city string?'],
    rows: [['Bern']],
  },
  {
    it: 'makes no row of all where there are too few people, whatever the rows',
    given: { homes },
    write: (table) => aggregate(table('homes'), [], { n: over('count') }, { ...two, subjects: 8 }),
    rows: [],
  },
  {
    it: 'makes one row of all of enough people',
    given: { homes },
    write: (table) => aggregate(table('homes'), [], { n: over('count') }, { ...two, subjects: 7 }),
    rows: [[11n]],
  },
  {
    it: 'leaves labels on what was computed, since all but one could have been left out',
    given: { homes },
    write: (table) =>
      aggregate(
        project(table('homes'), {
          who: 'who',
          city: 'city',
          other: call('add', 'year', literal('int', 0)),
        }),
        ['city'],
        { born: over('avg', 'other') },
        two,
      ),
    schema: ['city string?', 'born double? [quasi-identifier]'],
  },
  {
    it: 'leaves all labels on a measure of two columns, which picks one person’s value',
    given: { homes },
    write: (table) =>
      aggregate(table('homes'), ['city'], { told: over('minBy', 'told', 'year') }, two),
    schema: ['city string?', 'told double? [quasi-identifier sensitive]'],
  },
  {
    it: 'refuses to measure what it cannot count people for',
    given: { homes },
    write: (table) =>
      aggregate(
        table('homes'),
        ['city'],
        { born: over('avg', call('add', 'year', literal('int', 1))) },
        two,
      ),
    problems: ['schema/wrong-type'],
  },
  {
    it: 'refuses groups of one',
    given: { homes },
    write: (table) => aggregate(table('homes'), ['city'], {}, { ...two, subjects: 1 }),
    problems: ['schema/wrong-type'],
  },
  {
    it: 'refuses groups of one person each',
    given: { homes },
    write: (table) => aggregate(table('homes'), ['who', 'city'], {}, two),
    problems: ['privacy/no-subject'],
  },
  {
    it: 'refuses to count what is not the key of a person',
    given: { homes },
    write: (table) => aggregate(table('homes'), ['who'], {}, { subjects: 2, key: 'city' }),
    problems: ['privacy/no-subject'],
  },
  {
    it: 'refuses to count devices, of which somebody may have several',
    given: { signals: signals([]) },
    write: (table) => aggregate(table('signals'), ['strength'], {}, { subjects: 2, key: 'serial' }),
    problems: ['privacy/no-subject'],
  },
  {
    it: 'refuses to count people who are mixed already',
    given: { homes },
    write: (table) =>
      aggregate(
        aggregate(table('homes'), ['city'], { who: over('max', 'who') }),
        ['city'],
        {},
        two,
      ),
    problems: ['privacy/no-subject'],
  },
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
