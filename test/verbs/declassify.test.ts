import { describeVerb } from './harness.ts';
import { aggregate, declassify, keepConsented, over, project } from './nodes.ts';
import { people, research, version } from './people.ts';

const ada = version('ada', { granted: 10n });
const bob = version('bob');
const given = { people: people([ada, bob]) };
const device = { of: 'column', column: 'device', was: ['alias:device'], is: [] } as const;
const mixed = { of: 'rows', purposes: ['research'] } as const;

describeVerb('declassify', [
  {
    it: 'keeps all rows and lowers the labels of one column',
    given,
    write: (table) =>
      project(declassify(table('people'), device), { email: 'email', device: 'device' }),
    schema: ['email string? [identifier subject:person]', 'device string?'],
    state: 'local person by email (versions)',
    rows: [
      ['ada', null],
      ['bob', null],
    ],
  },
  {
    it: 'refuses to lower nothing',
    given,
    write: (table) =>
      project(
        declassify(table('people'), {
          of: 'column',
          column: 'email',
          was: ['identifier', 'subject:person'],
          is: ['identifier', 'subject:person'],
        }),
        { email: 'email' },
      ),
    problems: ['privacy/declassify-mismatch'],
  },
  {
    it: 'lets mixed rows be used for a purpose, naming nobody',
    given,
    write: (table) => declassify(aggregate(table('people'), [], { n: over('count') }), mixed),
    schema: ['n long'],
    state: 'clean  for research',
    rows: [[2n]],
  },
  {
    it: 'refuses rows that are not mixed',
    given,
    write: (table) => declassify(keepConsented(table('people'), 'email', research), mixed),
    problems: ['privacy/declassify-mismatch'],
  },
  {
    it: 'refuses labels that the column has not, and fewer than it has',
    given,
    write: (table) =>
      declassify(table('people'), { ...device, was: ['alias:device', 'quasi-identifier'] }),
    problems: ['privacy/declassify-mismatch'],
  },
  {
    it: 'refuses a column that is not there',
    given,
    write: (table) => declassify(table('people'), { ...device, column: 'phone' }),
    problems: ['schema/unknown-column'],
  },
]);
