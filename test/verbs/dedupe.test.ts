import { describeVerb } from './harness.ts';
import { asc, dedupe, desc, keepConsented, top } from './nodes.ts';
import { people, readings, research, version } from './people.ts';

const events = {
  columns: { k: 'string?', t: 'long?', v: 'string?' },
  rows: [
    ['a', 1n, 'old'],
    ['a', 2n, 'z'],
    ['a', 2n, null],
    ['a', 2n, 'b'],
    ['b', null, 'undated'],
    ['b', 1n, 'dated'],
    [null, 1n, 'first'],
    [null, 2n, 'second'],
  ],
} as const;

const numbers = { columns: { x: 'double?', y: 'int' } } as const;

describeVerb('dedupe', [
  {
    it: 'keeps the newest row of each key; ties go by the other columns, nulls last',
    given: { events },
    write: (table) => dedupe(table('events'), ['k'], [desc('t')]),
    schema: ['k string?', 't long?', 'v string?'],
    state: 'public',
    rows: [
      ['a', 2n, 'b'],
      ['b', 1n, 'dated'],
      [null, 2n, 'second'],
    ],
  },
  {
    it: 'puts nulls where the author says',
    given: { events },
    write: (table) => dedupe(table('events'), ['k'], [desc('t', 'first'), desc('v')]),
    rows: [
      ['a', 2n, 'z'],
      ['b', null, 'undated'],
      [null, 2n, 'second'],
    ],
  },
  {
    it: 'picks the same rows however they lie',
    given: { events: { ...events, rows: events.rows.toReversed() } },
    write: (table) => dedupe(table('events'), ['k'], [asc('t', 'first')]),
    rows: [
      ['a', 1n, 'old'],
      ['b', null, 'undated'],
      [null, 1n, 'first'],
    ],
  },
  {
    it: 'keeps distinct rows, in which null equals null',
    given: {
      events: {
        ...events,
        rows: [
          ['a', null, null],
          ['a', null, null],
          ['a', 0n, null],
          ['A', null, null],
          [null, null, null],
          [null, null, null],
        ],
      },
    },
    write: (table) => dedupe(table('events'), ['k', 't', 'v'], [], 'distinct'),
    rows: [
      ['a', null, null],
      ['a', 0n, null],
      ['A', null, null],
      [null, null, null],
    ],
  },
  {
    it: 'takes NaN for one value, and 0.0 and -0.0 too',
    given: {
      numbers: {
        ...numbers,
        rows: [
          [Number.NaN, 2],
          [Number.NaN, 1],
          [0, 2],
          [-0, 1],
          [null, 1],
        ],
      },
    },
    write: (table) => dedupe(table('numbers'), ['x'], [asc('y')]),
    rows: [
      [Number.NaN, 1],
      [0, 1],
      [null, 1],
    ],
  },
  {
    it: 'orders NaN above all numbers, and text by its UTF-8 bytes',
    given: {
      numbers: {
        ...numbers,
        rows: [
          [Number.POSITIVE_INFINITY, 1],
          [Number.NaN, 1],
        ],
      },
      words: {
        columns: { k: 'int', w: 'string' },
        rows: [
          [1, '😀'],
          [1, '\uffee'],
          [1, 'z'],
        ],
      },
    },
    write: (table) => dedupe(table('words'), ['k'], [desc('w')]),
    rows: [[1, '😀']],
  },
  {
    it: 'orders decimals by value',
    given: {
      prices: {
        columns: { k: 'int', p: 'decimal(5,2)' },
        rows: [
          [1, '9.50'],
          [1, '10.25'],
          [2, '-9.50'],
          [2, '-10.25'],
        ],
      },
    },
    write: (table) => dedupe(table('prices'), ['k'], [desc('p')]),
    rows: [
      [1, '10.25'],
      [2, '-9.50'],
    ],
  },
  {
    it: 'keeps one row of all without keys, and none of none',
    given: { events: { ...events, rows: [] } },
    write: (table) => dedupe(table('events'), ['k'], [desc('t')]),
    rows: [],
  },
  {
    it: 'keeps the newest version of each person, off which owners may still be told',
    given: { people: people([version('ada', { version: 1n }), version('ada', { version: 2n })]) },
    write: (table) => dedupe(table('people'), ['email'], [desc('version', 'first')], 'latestBy'),
    state: 'local person by email (newest)',
    rows: [version('ada', { version: 2n })],
  },
  {
    it: 'may miss the newest version of a person where rows without a version come last',
    given: { people: people([]) },
    write: (table) => dedupe(table('people'), ['email'], [desc('version', 'last')], 'latestBy'),
    state: 'local person by email (no)',
  },
  {
    it: 'keeps any version of each person, off which consent may not be read',
    given: { people: people([]) },
    write: (table) => dedupe(table('people'), ['email'], [asc('version')]),
    state: 'local person by email (no)',
  },
  {
    it: 'across people mixes them, since one may hide the row of another',
    given: { readings: readings([]) },
    write: (table) => dedupe(table('readings'), ['taken'], [asc('x')]),
    state: 'mixed',
  },
  {
    it: 'across consenting people names nobody',
    given: { people: people([]) },
    write: (table) =>
      dedupe(keepConsented(table('people'), 'email', research), ['device'], [asc('version')]),
    state: 'clean person for research',
  },
  {
    it: 'refuses columns that are not there',
    given: { events },
    write: (table) => dedupe(table('events'), ['key'], [asc('time')]),
    problems: ['schema/unknown-column', 'schema/unknown-column'],
  },
  {
    it: 'refuses rows that no order can tell apart',
    given: {
      lists: {
        columns: {
          k: 'int',
          list: { kind: 'array', element: { kind: 'int' }, elementNullable: false },
        },
        rows: [],
      },
    },
    write: (table) => dedupe(table('lists'), ['k'], []),
    problems: ['schema/order-without-total'],
  },
  {
    it: 'keeps the first few rows of each key, equal ones as often as they came',
    given: { events: { ...events, rows: [...events.rows, ['a', 2n, 'b'], ['a', 2n, 'b']] } },
    write: (table) => top(2, table('events'), ['k'], [desc('t')]),
    schema: ['k string?', 't long?', 'v string?'],
    rows: [
      ['a', 2n, 'b'],
      ['a', 2n, 'b'],
      ['b', null, 'undated'],
      ['b', 1n, 'dated'],
      [null, 1n, 'first'],
      [null, 2n, 'second'],
    ],
  },
  {
    it: 'keeps the first few of all rows; ties go by the other columns',
    given: { events },
    write: (table) => top(3, table('events'), [], [desc('t')]),
    rows: [
      ['a', 2n, 'b'],
      ['a', 2n, 'z'],
      ['a', 2n, null],
    ],
  },
  {
    it: 'keeps all rows where there are fewer, and none of none',
    given: { events: { ...events, rows: [] } },
    write: (table) => top(3, table('events'), [], [desc('t')]),
    rows: [],
  },
  {
    it: 'keeps the first rows of each person, off which consent may not be read',
    given: { people: people([]) },
    write: (table) => top(2, table('people'), ['email'], [desc('version', 'first')]),
    state: 'local person by email (no)',
  },
  {
    it: 'across people mixes them, since one takes the place of another',
    given: { readings: readings([]) },
    write: (table) => top(10, table('readings'), [], [desc('x')]),
    state: 'mixed',
  },
]);
