import { describeVerb } from './harness.ts';
import { source } from './nodes.ts';
import { readings } from './people.ts';

describeVerb('source', [
  {
    it: 'reads the rows of a table about people',
    given: {
      readings: readings([
        ['ada', 1n, 0.5],
        ['ada', 1n, 0.5],
        [null, null, null],
      ]),
    },
    write: (table) => table('readings'),
    schema: ['user string? [subject:person]', 'taken long? [quasi-identifier]', 'x double?'],
    state: 'local person by user !taken (versions)',
    rows: [
      ['ada', 1n, 0.5],
      ['ada', 1n, 0.5],
      [null, null, null],
    ],
  },
  {
    it: 'reads only the columns it is told to',
    given: { readings: readings([['ada', 1n, 0.5]]) },
    write: (table) => ({ ...table('readings'), columns: ['x', 'user'] }),
    schema: ['user string? [subject:person]', 'x double?'],
    rows: [['ada', 0.5]],
  },
  {
    it: 'refuses a table that is not there',
    given: { readings: readings([]) },
    write: () => source('people'),
    problems: ['schema/unknown-table'],
  },
]);
