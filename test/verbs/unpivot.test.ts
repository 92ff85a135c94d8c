import type { Given } from './given.ts';
import { describeVerb } from './harness.ts';
import { call, filter, keepConsented, literal, project, unpivot } from './nodes.ts';
import { people, research } from './people.ts';

const axes: Given = {
  columns: { k: 'string?', x: 'double?', y: 'double', z: 'double?' },
  labels: { x: ['sensitive'], z: ['biometric'] },
  rows: [
    ['a', 1.5, Number.NaN, null],
    ['a', 1.5, Number.NaN, null],
    [null, -0, 2, Number.NEGATIVE_INFINITY],
  ],
};

describeVerb('unpivot', [
  {
    it: 'makes a row of each column, in place of the columns, null too',
    given: { axes },
    write: (table) => unpivot(table('axes'), ['x', 'z'], 'axis', 'value'),
    schema: ['k string?', 'y double', 'axis string', 'value double? [biometric sensitive]'],
    state: 'public',
    rows: [
      ['a', Number.NaN, 'x', 1.5],
      ['a', Number.NaN, 'z', null],
      ['a', Number.NaN, 'x', 1.5],
      ['a', Number.NaN, 'z', null],
      [null, 2, 'x', -0],
      [null, 2, 'z', Number.NEGATIVE_INFINITY],
    ],
  },
  {
    it: 'needs no other column, and may give a result the name of one that went',
    given: {
      texts: {
        columns: { b: 'string', a: 'string' },
        rows: [
          ['β', ''],
          ['😀', 'α'],
        ],
      },
    },
    write: (table) => unpivot(table('texts'), ['a', 'b'], 'a', 'b'),
    schema: ['a string', 'b string'],
    rows: [
      ['a', ''],
      ['b', 'β'],
      ['a', 'α'],
      ['b', '😀'],
    ],
  },
  {
    it: 'keeps dates, times, decimals and long numbers as they are',
    given: {
      exact: {
        columns: { a: 'long', b: 'long?' },
        rows: [[9223372036854775807n, -9223372036854775808n]],
      },
    },
    write: (table) =>
      filter(
        unpivot(table('exact'), ['a', 'b'], 'name', 'value'),
        call('gt', 'value', literal('long', '0')),
      ),
    rows: [['a', 9223372036854775807n]],
  },
  {
    it: 'of one column gives as many rows',
    given: { prices: { columns: { k: 'int', p: 'decimal(5,2)' }, rows: [[1, '9.50']] } },
    write: (table) => unpivot(table('prices'), ['p'], 'which', 'price'),
    schema: ['k int', 'which string', 'price decimal(5, 2)'],
    rows: [[1, 'p', '9.50']],
  },
  {
    it: 'of nothing gives nothing',
    given: { axes: { ...axes, rows: [] } },
    write: (table) => unpivot(table('axes'), ['x', 'y', 'z'], 'axis', 'value'),
    rows: [],
  },
  {
    it: 'leaves no version of a person to read consent off',
    given: { people: people([]) },
    write: (table) =>
      keepConsented(
        unpivot(
          project(table('people'), {
            email: 'email',
            granted: 'granted',
            withdrawn: 'withdrawn',
            version: 'version',
            a: 'device',
          }),
          ['a'],
          'name',
          'value',
        ),
        'email',
        research,
      ),
    problems: ['privacy/consent-after-filter'],
  },
  {
    it: 'of whom rows are, and when something happened, is no longer said once those columns went',
    given: { people: people([]) },
    write: (table) =>
      unpivot(
        keepConsented(table('people'), 'email', research),
        ['email', 'device'],
        'which',
        'value',
      ),
    state: 'clean person for research',
  },
  {
    it: 'refuses columns of unlike types',
    given: { mixed: { columns: { a: 'int', b: 'long' }, rows: [] } },
    write: (table) => unpivot(table('mixed'), ['a', 'b'], 'name', 'value'),
    problems: ['schema/unlike-types'],
  },
  {
    it: 'refuses lists',
    given: {
      lists: {
        columns: { a: { kind: 'array', element: { kind: 'int' }, elementNullable: true } },
        rows: [],
      },
    },
    write: (table) => unpivot(table('lists'), ['a'], 'name', 'value'),
    problems: ['schema/wrong-type'],
  },
  {
    it: 'refuses columns that are not there, or none',
    given: { axes },
    write: (table) => unpivot(table('axes'), ['x', 'w'], 'axis', 'value'),
    problems: ['schema/unknown-column'],
  },
  {
    it: 'refuses to turn nothing',
    given: { axes },
    write: (table) => unpivot(table('axes'), [], 'axis', 'value'),
    problems: ['schema/no-columns'],
  },
  {
    it: 'refuses names that are taken, and columns named twice',
    given: { axes },
    write: (table) => unpivot(table('axes'), ['x', 'x'], 'k', 'k'),
    problems: ['schema/duplicate-column', 'schema/duplicate-column', 'schema/duplicate-column'],
  },
]);
