import { describeVerb } from './harness.ts';
import { call, column, filter, literal } from './nodes.ts';

const numbers = {
  columns: { k: 'string', x: 'long?' },
  rows: [
    ['a', 1n],
    ['b', 0n],
    ['c', null],
    ['d', 9007199254740993n],
  ],
} as const;

describeVerb('filter', [
  {
    it: 'keeps rows for which the condition is true; null is not',
    given: { numbers },
    write: (table) => filter(table('numbers'), call('gt', 'x', literal('long', '0'))),
    schema: ['k string', 'x long?'],
    state: 'public',
    rows: [
      ['a', 1n],
      ['d', 9007199254740993n],
    ],
  },
  {
    it: 'does not keep a row because a condition is not known to be false',
    given: { numbers },
    write: (table) => filter(table('numbers'), call('not', call('gt', 'x', literal('long', '0')))),
    rows: [['b', 0n]],
  },
  {
    it: 'tells whole numbers beyond 2^53 apart',
    given: { numbers },
    write: (table) =>
      filter(table('numbers'), call('eq', 'x', literal('long', '9007199254740992'))),
    rows: [],
  },
  {
    it: 'compares text by its UTF-8 bytes',
    given: {
      words: { columns: { w: 'string' }, rows: [['\uffee'], ['😀'], ['z'], ['é'], ['']] },
    },
    write: (table) => filter(table('words'), call('gte', 'w', literal('string', '\uffee'))),
    rows: [['\uffee'], ['😀']],
  },
  {
    it: 'takes NaN for the greatest number, equal to itself',
    given: {
      numbers: {
        columns: { x: 'double?' },
        rows: [[Number.NaN], [Number.POSITIVE_INFINITY], [-0], [null]],
      },
    },
    write: (table) =>
      filter(
        table('numbers'),
        call(
          'or',
          call('gt', 'x', literal('double', 1e308)),
          call('eq', 'x', literal('double', 0)),
        ),
      ),
    rows: [[Number.NaN], [Number.POSITIVE_INFINITY], [0]],
  },
  {
    it: 'gives no rows of none',
    given: { numbers: { ...numbers, rows: [] } },
    write: (table) => filter(table('numbers'), call('isNull', 'x')),
    rows: [],
  },
  {
    it: 'refuses what is no condition',
    given: { numbers },
    write: (table) => filter(table('numbers'), column('k')),
    problems: ['schema/wrong-type'],
  },
  {
    it: 'refuses a column that is not there',
    given: { numbers },
    write: (table) => filter(table('numbers'), call('isNull', 'y')),
    problems: ['schema/unknown-column'],
  },
  {
    it: 'refuses to compare unlike types',
    given: { numbers },
    write: (table) => filter(table('numbers'), call('eq', 'k', 'x')),
    problems: ['schema/unlike-types'],
  },
]);
