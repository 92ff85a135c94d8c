import { describeVerb } from './harness.ts';
import { call, filter, join, keepConsented } from './nodes.ts';
import { people, readings, research, version } from './people.ts';

const left = {
  columns: { k: 'string?', a: 'int?' },
  rows: [
    ['x', 1],
    ['x', 2],
    ['y', 3],
    [null, 4],
    ['', 5],
  ],
} as const;

const right = {
  columns: { k: 'string?', b: 'int?' },
  rows: [
    ['x', 10],
    ['x', 10],
    ['z', 30],
    [null, 40],
    ['', null],
  ],
} as const;

const two = { left, right };
const on = { k: 'k' };

describeVerb('join', [
  {
    it: 'pairs rows that agree; null agrees with nothing; doubles stay',
    given: two,
    write: (table) => join('inner', table('left'), table('right'), on),
    schema: ['k string?', 'a int?', 'b int?'],
    state: 'public',
    rows: [
      ['x', 1, 10],
      ['x', 1, 10],
      ['x', 2, 10],
      ['x', 2, 10],
      ['', 5, null],
    ],
  },
  {
    it: 'left keeps rows without a partner, with nulls',
    given: two,
    write: (table) => join('left', table('left'), table('right'), on),
    schema: ['k string?', 'a int?', 'b int?'],
    rows: [
      ['x', 1, 10],
      ['x', 1, 10],
      ['x', 2, 10],
      ['x', 2, 10],
      ['y', 3, null],
      [null, 4, null],
      ['', 5, null],
    ],
  },
  {
    it: 'semi keeps each row with a partner once',
    given: two,
    write: (table) => join('semi', table('left'), table('right'), on),
    schema: ['k string?', 'a int?'],
    rows: [
      ['x', 1],
      ['x', 2],
      ['', 5],
    ],
  },
  {
    it: 'anti keeps rows without a partner, those with null too',
    given: two,
    write: (table) => join('anti', table('left'), table('right'), on),
    rows: [
      ['y', 3],
      [null, 4],
    ],
  },
  ...(['left', 'anti'] as const).map((how) => ({
    it: `${how} keeps all rows where the right has none`,
    given: { left: { ...left, rows: [['x', 1]] }, right: { ...right, rows: [] } },
    write: (table: Parameters<Parameters<typeof describeVerb>[1][number]['write']>[0]) =>
      join(how, table('left'), table('right'), on),
    rows: how === 'left' ? [['x', 1, null]] : [['x', 1]],
  })),
  {
    it: 'joins on several columns of other names, keeping the left names',
    given: {
      left,
      right: {
        columns: { key: 'string?', n: 'int?', b: 'string' },
        rows: [
          ['x', 1, 'one'],
          ['x', 9, 'nine'],
          ['y', null, 'null'],
        ],
      },
    },
    write: (table) => join('inner', table('left'), table('right'), { k: 'key', a: 'n' }),
    schema: ['k string?', 'a int?', 'b string'],
    rows: [['x', 1, 'one']],
  },
  {
    it: 'meets an int with a long, exactly',
    given: {
      left: { columns: { a: 'int' }, rows: [[1], [2147483647]] },
      right: {
        columns: { b: 'long', c: 'string' },
        rows: [
          [1n, 'one'],
          [9007199254740993n, 'big'],
        ],
      },
    },
    write: (table) => join('inner', table('left'), table('right'), { a: 'b' }),
    rows: [[1, 'one']],
  },
  {
    it: 'meets longs beyond 2^53 exactly',
    given: {
      left: { columns: { a: 'long' }, rows: [[9007199254740993n]] },
      right: {
        columns: { b: 'long', c: 'int' },
        rows: [
          [9007199254740992n, 1],
          [9007199254740993n, 2],
        ],
      },
    },
    write: (table) => join('inner', table('left'), table('right'), { a: 'b' }),
    rows: [[9007199254740993n, 2]],
  },
  {
    it: 'meets NaN with NaN and 0.0 with -0.0',
    given: {
      left: { columns: { a: 'double?' }, rows: [[Number.NaN], [0], [null]] },
      right: {
        columns: { b: 'double?', c: 'int' },
        rows: [
          [Number.NaN, 1],
          [-0, 2],
          [null, 3],
        ],
      },
    },
    write: (table) => join('inner', table('left'), table('right'), { a: 'b' }),
    rows: [
      [Number.NaN, 1],
      [0, 2],
    ],
  },
  {
    it: 'of events with consenting people on the person is about them alone',
    given: {
      people: people([version('ada', { granted: 10n }), version('bob')]),
      readings: readings([
        ['ada', 9n, 0.5],
        ['ada', 10n, 1.5],
        ['bob', 11n, 2.5],
      ]),
    },
    write: (table) => {
      const consenting = keepConsented(table('people'), 'email', research);
      const joined = join('inner', table('readings'), consenting, { user: 'email' });
      return filter(joined, call('gte', 'taken', 'granted'));
    },
    state: 'clean person by user for research',
    rows: [['ada', 10n, 1.5, null, 10n, null, 1n]],
  },
  {
    it: 'without a comparison with consent leaves the event time open',
    given: { people: people([]), readings: readings([]) },
    write: (table) =>
      join('semi', table('readings'), keepConsented(table('people'), 'email', research), {
        user: 'email',
      }),
    state: 'clean person by user !taken for research',
    rows: [],
  },
  {
    it: 'of people left with consenting ones still holds the others',
    given: { people: people([]), readings: readings([]) },
    write: (table) =>
      join('left', table('readings'), keepConsented(table('people'), 'email', research), {
        user: 'email',
      }),
    state: 'local person by user !taken (versions) with others for research',
    rows: [],
  },
  {
    it: 'refuses a column on both sides',
    given: { left, right: { ...right, columns: { k: 'string?', a: 'int?' } } },
    write: (table) => join('inner', table('left'), table('right'), on),
    problems: ['schema/duplicate-column'],
  },
  {
    it: 'refuses keys of unlike types',
    given: { left, right },
    write: (table) => join('inner', table('left'), table('right'), { k: 'b' }),
    problems: ['schema/unlike-types', 'schema/duplicate-column'],
  },
  {
    it: 'refuses to join on nothing',
    given: { left, right },
    write: (table) => join('semi', table('left'), table('right'), {}),
    problems: ['schema/no-columns'],
  },
  {
    it: 'refuses rows of two people in one',
    given: { people: people([version('ada', { granted: 10n })]), readings: readings([]) },
    write: (table) => {
      const consenting = keepConsented(table('people'), 'email', research);
      const kept = join('semi', table('readings'), consenting, { user: 'email' });
      return join('semi', kept, consenting, { taken: 'granted' });
    },
    problems: ['privacy/cross-subject'],
  },
]);
