import { describeVerb } from './harness.ts';
import { across, asc, desc, keepConsented, literal, over, window } from './nodes.ts';
import { people, readings, research, version } from './people.ts';

const steps = {
  columns: { k: 'string?', t: 'long?', x: 'int?' },
  rows: [
    ['a', 1n, 5],
    ['a', 2n, null],
    ['a', 2n, 3],
    ['a', 4n, 7],
    ['b', 1n, 1],
    ['b', null, 2],
    [null, 3n, null],
  ],
} as const;

const one = literal('int', 1);

describeVerb('window', [
  {
    it: 'numbers the rows of each key; ties go by the other columns, nulls last',
    given: { steps },
    write: (table) =>
      window(
        table('steps'),
        { by: ['k'], order: [asc('t')] },
        { n: across('rowNumber'), r: across('rank'), d: across('denseRank') },
      ),
    schema: ['k string?', 't long?', 'x int?', 'n int', 'r int', 'd int'],
    state: 'public',
    rows: [
      ['a', 1n, 5, 1, 1, 1],
      ['a', 2n, 3, 2, 2, 2],
      ['a', 2n, null, 3, 2, 2],
      ['a', 4n, 7, 4, 4, 3],
      ['b', 1n, 1, 1, 1, 1],
      ['b', null, 2, 2, 2, 2],
      [null, 3n, null, 1, 1, 1],
    ],
  },
  {
    it: 'tells which share of rows comes before, and cuts rows into parts',
    given: { steps },
    write: (table) =>
      window(
        table('steps'),
        { by: ['k'], order: [desc('t', 'first')] },
        {
          p: across('percentRank'),
          c: across('cumeDist'),
          half: across('ntile', literal('int', 2)),
          many: across('ntile', literal('int', 3)),
        },
      ),
    rows: [
      ['a', 4n, 7, 0, 0.25, 1, 1],
      ['a', 2n, 3, 1 / 3, 0.75, 1, 1],
      ['a', 2n, null, 1 / 3, 0.75, 2, 2],
      ['a', 1n, 5, 1, 1, 2, 3],
      ['b', null, 2, 0, 0.5, 1, 1],
      ['b', 1n, 1, 1, 1, 2, 2],
      [null, 3n, null, 0, 1, 1, 1],
    ],
  },
  {
    it: 'gives values of rows before and behind',
    given: { steps },
    write: (table) =>
      window(
        table('steps'),
        { by: ['k'], order: [asc('t')] },
        { before: across('lag', 'x', one), second: across('lead', 'x', literal('int', 2)) },
      ),
    schema: ['k string?', 't long?', 'x int?', 'before int?', 'second int?'],
    rows: [
      ['a', 1n, 5, null, null],
      ['a', 2n, 3, 5, 7],
      ['a', 2n, null, 3, null],
      ['a', 4n, 7, null, null],
      ['b', 1n, 1, null, null],
      ['b', null, 2, 1, null],
      [null, 3n, null, null, null],
    ],
  },
  {
    it: 'fills gaps with the last value that is known; the first and the last value may be null',
    given: { steps },
    write: (table) =>
      window(
        table('steps'),
        { by: ['k'], order: [desc('t')], frame: { unit: 'rows', from: null, to: 0 } },
        {
          first: across('firstValue', 'x'),
          last: across('lastValue', 'x'),
          known: across('lastKnown', 'x'),
          early: across('firstKnown', 'x'),
        },
      ),
    rows: [
      ['a', 4n, 7, 7, 7, 7, 7],
      ['a', 2n, 3, 7, 3, 3, 7],
      ['a', 2n, null, 7, null, 3, 7],
      ['a', 1n, 5, 7, 5, 5, 7],
      ['b', 1n, 1, 1, 1, 1, 1],
      ['b', null, 2, 1, 2, 2, 1],
      [null, 3n, null, null, null, null, null],
    ],
  },
  {
    it: 'sums up to the last equal row where no frame is said, and all rows where no order is',
    given: { steps },
    write: (table) =>
      window(
        window(table('steps'), { by: ['k'], order: [asc('t')] }, { running: over('sum', 'x') }),
        { by: ['k'], order: [] },
        { total: over('sum', 'x'), n: over('count') },
      ),
    schema: ['k string?', 't long?', 'x int?', 'running long?', 'total long?', 'n long'],
    rows: [
      ['a', 1n, 5, 5n, 15n, 4n],
      ['a', 2n, 3, 8n, 15n, 4n],
      ['a', 2n, null, 8n, 15n, 4n],
      ['a', 4n, 7, 15n, 15n, 4n],
      ['b', 1n, 1, 1n, 3n, 2n],
      ['b', null, 2, 3n, 3n, 2n],
      [null, 3n, null, null, null, 1n],
    ],
  },
  {
    it: 'takes all aggregates over rows before and behind; a frame may have no rows',
    given: { steps },
    write: (table) =>
      window(
        table('steps'),
        { by: ['k'], order: [asc('t')], frame: { unit: 'rows', from: -1, to: -1 } },
        {
          n: over('count', 'x'),
          all: over('collectSorted', 'x'),
          middle: over('median', 'x'),
          last: across('lastValue', 'x'),
        },
      ),
    rows: [
      ['a', 1n, 5, 0n, [], null, null],
      ['a', 2n, 3, 1n, [5], 5, 5],
      ['a', 2n, null, 1n, [3], 3, 3],
      ['a', 4n, 7, 0n, [], null, null],
      ['b', 1n, 1, 0n, [], null, null],
      ['b', null, 2, 1n, [1], 1, 1],
      [null, 3n, null, 0n, [], null, null],
    ],
  },
  {
    it: 'takes all rows but the last ones before; the first ones have none then',
    given: { steps },
    write: (table) =>
      window(
        table('steps'),
        { by: ['k'], order: [asc('t')], frame: { unit: 'rows', from: null, to: -2 } },
        {
          n: over('count', 'x'),
          all: over('collectSorted', 'x'),
          known: across('lastKnown', 'x'),
        },
      ),
    rows: [
      ['a', 1n, 5, 0n, [], null],
      ['a', 2n, 3, 0n, [], null],
      ['a', 2n, null, 1n, [5], 5],
      ['a', 4n, 7, 2n, [3, 5], 3],
      ['b', 1n, 1, 0n, [], null],
      ['b', null, 2, 0n, [], null],
      [null, 3n, null, 0n, [], null],
    ],
  },
  {
    it: 'takes rows of a distance, ties included; null is at no distance but from null',
    given: { steps },
    write: (table) =>
      window(
        table('steps'),
        { by: ['k'], order: [desc('t')], frame: { unit: 'range', from: -2, to: 1 } },
        { n: over('count'), least: over('min', 't'), most: over('max', 't') },
      ),
    rows: [
      ['a', 4n, 7, 1n, 4n, 4n],
      ['a', 2n, 3, 4n, 1n, 4n],
      ['a', 2n, null, 4n, 1n, 4n],
      ['a', 1n, 5, 3n, 1n, 2n],
      ['b', 1n, 1, 1n, 1n, 1n],
      ['b', null, 2, 1n, null, null],
      [null, 3n, null, 1n, 3n, 3n],
    ],
  },
  {
    it: 'takes distances at the ends of long, in days, and in seconds of instants',
    given: {
      ends: {
        columns: { n: 'long', d: 'date', at: 'timestamp' },
        rows: [
          [-9223372036854775808n, '2024-02-28', 0n],
          [-9223372036854775807n, '2024-03-01', 1_500_000n],
          [9223372036854775807n, '9999-12-31', 1_501_000n],
        ],
      },
    },
    write: (table) => {
      const near = (from: number | null, to: number | null) =>
        ({ unit: 'range', from, to }) as const;
      const n = window(
        table('ends'),
        { by: [], order: [asc('n')], frame: near(-1, 1e12) },
        { ns: over('count') },
      );
      const d = window(
        n,
        { by: [], order: [desc('d')], frame: near(-2, 0) },
        { ds: over('count') },
      );
      return window(
        d,
        { by: [], order: [asc('at')], frame: near(-1.5, null) },
        { ats: over('count') },
      );
    },
    rows: [
      [-9223372036854775808n, '2024-02-28', 0n, 2n, 2n, 3n],
      [-9223372036854775807n, '2024-03-01', 1_500_000n, 2n, 1n, 3n],
      [9223372036854775807n, '9999-12-31', 1_501_000n, 1n, 1n, 2n],
    ],
  },
  {
    it: 'ranks NaN above all numbers, 0.0 with -0.0, and text by its UTF-8 bytes',
    given: {
      numbers: {
        columns: { x: 'double?', w: 'string' },
        rows: [
          [Number.NaN, '😀'],
          [Number.POSITIVE_INFINITY, '\uffee'],
          [0, 'z'],
          [-0, 'z'],
          [null, ''],
        ],
      },
    },
    write: (table) =>
      window(
        window(table('numbers'), { by: [], order: [asc('x')] }, { r: across('rank') }),
        { by: [], order: [desc('w')] },
        { w2: across('denseRank') },
      ),
    rows: [
      [Number.NaN, '😀', 4, 1],
      [Number.POSITIVE_INFINITY, '\uffee', 3, 2],
      [0, 'z', 1, 3],
      [-0, 'z', 1, 3],
      [null, '', 5, 4],
    ],
  },
  {
    it: 'has no rows of none',
    given: { steps: { ...steps, rows: [] } },
    write: (table) => window(table('steps'), { by: [], order: [] }, { n: over('count') }),
    rows: [],
  },
  {
    it: 'of one person stays about that person, and consent may be read off all versions still',
    given: { people: people([version('ada', { version: 1n }), version('ada', { version: 2n })]) },
    write: (table) =>
      window(table('people'), { by: ['email'], order: [asc('version')] }, { n: across('rank') }),
    state: 'local person by email (versions)',
  },
  {
    it: 'across people mixes them, since a rank tells of the others',
    given: { readings: readings([]) },
    write: (table) =>
      window(table('readings'), { by: [], order: [asc('x')] }, { n: across('rank') }),
    state: 'mixed',
  },
  {
    it: 'across consenting people names nobody',
    given: { people: people([]) },
    write: (table) =>
      window(
        keepConsented(table('people'), 'email', research),
        { by: ['device'], order: [] },
        { n: over('count') },
      ),
    schema: [
      'email string? [identifier subject:person]',
      'device string? [alias:device]',
      'granted long [consent:research]',
      'withdrawn long? [consent:research]',
      'version long?',
      'n long [alias:device]',
    ],
    state: 'clean person for research',
  },
  {
    it: 'refuses what has no value without an order, and frames that are none',
    given: { steps },
    write: (table) =>
      window(
        table('steps'),
        { by: ['k'], order: [], frame: { unit: 'rows', from: 2, to: 1 } },
        { n: across('rowNumber'), d: over('countDistinct', 'x'), k: over('count') },
      ),
    problems: [
      ...['schema/duplicate-column', 'schema/wrong-type', 'schema/wrong-type'],
      'schema/wrong-type',
    ],
  },
  {
    it: 'refuses distances of texts',
    given: { steps },
    write: (table) =>
      window(
        table('steps'),
        { by: [], order: [asc('k')], frame: { unit: 'range', from: -1, to: 0 } },
        { n: over('count') },
      ),
    problems: ['schema/wrong-type'],
  },
  {
    it: 'refuses columns that are not there',
    given: { steps },
    write: (table) => window(table('steps'), { by: ['key'], order: [asc('time')] }, {}),
    problems: ['schema/unknown-column', 'schema/unknown-column'],
  },
  {
    it: 'refuses rows that no order can tell apart, where each needs its place',
    given: {
      lists: {
        columns: {
          k: 'int',
          list: { kind: 'array', element: { kind: 'int' }, elementNullable: false },
        },
        rows: [],
      },
    },
    write: (table) =>
      window(table('lists'), { by: [], order: [asc('k')] }, { n: across('rowNumber') }),
    problems: ['schema/order-without-total'],
  },
]);
