import { describeVerb } from './harness.ts';
import { keepConsented, project, union } from './nodes.ts';
import { people, research, version } from './people.ts';

describeVerb('union', [
  {
    it: 'keeps all rows, doubles too, and finds columns by name',
    given: {
      left: {
        columns: { a: 'int', b: 'string?' },
        rows: [
          [1, 'x'],
          [1, 'x'],
        ],
      },
      right: {
        columns: { b: 'string', a: 'int?' },
        rows: [
          ['x', 1],
          ['y', null],
        ],
      },
    },
    write: (table) => union(table('left'), table('right')),
    schema: ['a int?', 'b string?'],
    state: 'public',
    rows: [
      [1, 'x'],
      [1, 'x'],
      [1, 'x'],
      [null, 'y'],
    ],
  },
  {
    it: 'adds nothing to none, and none to something',
    given: {
      left: { columns: { a: 'int', b: 'int' }, rows: [] },
      right: { columns: { b: 'int', a: 'int' }, rows: [[2, 1]] },
    },
    write: (table) => union(union(table('left'), table('right')), table('left')),
    rows: [[1, 2]],
  },
  {
    it: 'unites labels',
    given: {
      left: { columns: { a: 'string' }, labels: { a: ['sensitive'] }, rows: [] },
      right: { columns: { a: 'string' }, labels: { a: ['biometric'] }, rows: [] },
    },
    write: (table) => union(table('left'), table('right')),
    schema: ['a string [biometric sensitive]'],
    state: 'public',
  },
  {
    it: 'of consenting people with all people is about all',
    given: { people: people([version('ada', { granted: 10n }), version('bob')]) },
    write: (table) =>
      union(
        project(keepConsented(table('people'), 'email', research), { email: 'email' }),
        project(table('people'), { email: 'email' }),
      ),
    state: 'local person by email (no) with others for research',
    rows: [['ada'], ['ada'], ['bob']],
  },
  {
    it: 'refuses unlike columns',
    given: {
      left: { columns: { a: 'int', c: 'int' }, rows: [] },
      right: { columns: { a: 'long', b: 'int' }, rows: [] },
    },
    write: (table) => union(table('left'), table('right')),
    problems: ['schema/unlike-union'],
  },
]);
