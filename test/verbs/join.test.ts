import type { JoinKind } from '../../algebra/verbs/join.ts';
import { describeVerb } from './harness.ts';
import { call, filter, join, keepConsented, project } from './nodes.ts';
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
    it: 'full keeps the rows of both sides, with the key of the side that has a row',
    given: two,
    write: (table) => join('full', table('left'), table('right'), on),
    schema: ['k string?', 'a int?', 'b int?'],
    state: 'public',
    rows: [
      ['x', 1, 10],
      ['x', 1, 10],
      ['x', 2, 10],
      ['x', 2, 10],
      ['y', 3, null],
      [null, 4, null],
      ['', 5, null],
      ['z', null, 30],
      [null, null, 40],
    ],
  },
  ...(['left', 'right'] as const).map((side) => ({
    it: `full keeps all rows where the ${side} has none`,
    given: { ...two, [side]: { ...two[side], rows: [] } },
    write: (table: Parameters<Parameters<typeof describeVerb>[1][number]['write']>[0]) =>
      join('full', table('left'), table('right'), on),
    rows:
      side === 'left'
        ? right.rows.map(([k, b]) => [k, null, b])
        : left.rows.map(([k, a]) => [k, a, null]),
  })),
  {
    it: 'full joins on several columns of two types, in the type in which they meet',
    given: {
      left: {
        columns: { i: 'int', d: 'double?', a: 'string?' },
        rows: [
          [1, 0, 'one'],
          [2, Number.NaN, 'two'],
          [3, null, 'three'],
        ],
      },
      right: {
        columns: { l: 'long', e: 'int?', b: 'string' },
        rows: [
          [1n, 0, 'eins'],
          [9007199254740993n, 7, 'viel'],
          [3n, null, 'drei'],
        ],
      },
    },
    write: (table) => join('full', table('left'), table('right'), { i: 'l', d: 'e' }),
    schema: ['i long', 'd double?', 'a string?', 'b string?'],
    rows: [
      [1n, 0, 'one', 'eins'],
      [2n, Number.NaN, 'two', null],
      [3n, null, 'three', null],
      [9007199254740993n, 7, null, 'viel'],
      [3n, null, null, 'drei'],
    ],
  },
  {
    it: 'cross pairs each row with each, null or not',
    given: {
      left: { columns: { a: 'int?' }, rows: [[1], [null], [1]] },
      right: { columns: { b: 'string?' }, rows: [['x'], [null]] },
    },
    write: (table) => join('cross', table('left'), table('right'), {}),
    schema: ['a int?', 'b string?'],
    rows: [
      [1, 'x'],
      [1, null],
      [1, 'x'],
      [1, null],
      [null, 'x'],
      [null, null],
    ],
  },
  {
    it: 'cross with nothing gives nothing',
    given: {
      left: { columns: { a: 'int?' }, rows: [[1]] },
      right: { columns: { b: 'string?' }, rows: [] },
    },
    write: (table) => join('cross', table('left'), table('right'), {}),
    rows: [],
  },
  ...Object.entries({
    inner: [
      ['x', 5n, 'first', 9n],
      ['x', 5n, 'first', 9n],
      ['x', 5n, 'second', null],
    ],
    left: [
      ['x', 5n, 'first', 9n],
      ['x', 5n, 'first', 9n],
      ['x', 5n, 'second', null],
      ['x', -1n, null, null],
      ['y', 5n, null, null],
      [null, 5n, null, null],
    ],
    semi: [['x', 5n]],
    anti: [
      ['x', -1n],
      ['y', 5n],
      [null, 5n],
    ],
  } as const).map(([how, rows]) => ({
    it: `${how} where a condition of the pair is true, not where it is null`,
    given: {
      left: {
        columns: { k: 'string?', at: 'long' },
        rows: [
          ['x', 5n],
          ['x', -1n],
          ['y', 5n],
          [null, 5n],
        ],
      },
      right: {
        columns: { k: 'string?', name: 'string?', until: 'long?', start: 'long?' },
        rows: [
          ['x', 'first', 9n, 5n],
          ['x', 'first', 9n, 4n],
          ['x', 'second', null, 0n],
          ['x', 'third', 5n, 4n],
          ['x', 'fourth', 9n, null],
          ['y', 'fifth', 5n, 5n],
          [null, 'sixth', 9n, 0n],
        ],
      },
    } as const,
    write: (table: Parameters<Parameters<typeof describeVerb>[1][number]['write']>[0]) => {
      const ends = call('or', call('isNull', 'until'), call('lt', 'at', 'until'));
      const where = call('and', call('lte', 'start', 'at'), ends);
      const joined = join(how as JoinKind, table('left'), table('right'), on, { where });
      return how === 'semi' || how === 'anti'
        ? joined
        : project(joined, { k: 'k', at: 'at', name: 'name', until: 'until' });
    },
    rows,
  })),
  ...(['left', 'semi', 'anti', 'inner'] as const).map((how) => ({
    it: `${how} on no columns, where a condition is true`,
    given: {
      left: { columns: { a: 'int?' }, rows: [[1], [2], [null]] },
      right: { columns: { b: 'int?' }, rows: [[1], [0], [null]] },
    } as const,
    write: (table: Parameters<Parameters<typeof describeVerb>[1][number]['write']>[0]) =>
      join(how, table('left'), table('right'), {}, { where: call('gt', 'a', 'b') }),
    rows: {
      inner: [
        [1, 0],
        [2, 1],
        [2, 0],
      ],
      left: [
        [1, 0],
        [2, 1],
        [2, 0],
        [null, null],
      ],
      semi: [[1], [2]],
      anti: [[null]],
    }[how],
  })),
  {
    it: 'takes a name of both sides for the left one in a condition',
    given: {
      left: { columns: { k: 'string', a: 'int' }, rows: [['x', 1]] },
      right: {
        columns: { K: 'string', a: 'int', b: 'int' },
        rows: [['x', 9, 5]],
      },
    },
    write: (table) =>
      join('semi', table('left'), table('right'), { k: 'K' }, { where: call('lt', 'a', 'b') }),
    rows: [['x', 1]],
  },
  {
    it: 'refuses a condition that is none',
    given: two,
    write: (table) =>
      join('semi', table('left'), table('right'), on, { where: call('add', 'a', 'b') }),
    problems: ['schema/wrong-type'],
  },
  {
    it: 'refuses an equation of both sides as a condition',
    given: two,
    write: (table) =>
      join('semi', table('left'), table('right'), on, { where: call('eq', 'b', 'a') }),
    problems: ['schema/equal-in-condition'],
  },
  {
    it: 'full of one kind of people knows each row by the columns joined on',
    given: {
      people: people([version('ada', { granted: 10n })]),
      readings: readings([['bob', 9n, 0.5]]),
    },
    write: (table) => join('full', table('readings'), table('people'), { user: 'email' }),
    state: 'local person by user !taken (no)',
    rows: [
      ['ada', null, null, null, 10n, null, 1n],
      ['bob', 9n, 0.5, null, null, null, null],
    ],
  },
  {
    it: 'full of consenting people with any is of any',
    given: { people: people([]), readings: readings([]) },
    write: (table) =>
      join('full', keepConsented(table('people'), 'email', research), table('readings'), {
        email: 'user',
      }),
    state: 'local person by email !taken (no) with others for research',
    rows: [],
  },
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
