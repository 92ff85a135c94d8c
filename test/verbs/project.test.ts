import { createHmac } from 'node:crypto';
import { caseKey } from './checked-case.ts';
import { describeVerb } from './harness.ts';
import { branch, call, cast, column, literal, project } from './nodes.ts';
import { people, readings, version } from './people.ts';

const numbers = {
  columns: { k: 'string', x: 'long?', y: 'double?' },
  rows: [
    ['a', 9223372036854775807n, 0.5],
    ['b', null, null],
    ['b', null, null],
  ],
} as const;

const hmac = (text: string) => createHmac('sha256', caseKey).update(text, 'utf8').digest('hex');

describeVerb('project', [
  {
    it: 'selects columns in the order asked for; doubles stay',
    given: { numbers },
    write: (table) => project(table('numbers'), { y: 'y', k: 'k' }),
    schema: ['y double?', 'k string'],
    state: 'public',
    rows: [
      [0.5, 'a'],
      [null, 'b'],
      [null, 'b'],
    ],
  },
  {
    it: 'derives columns; what does not fit is null',
    given: { numbers },
    write: (table) =>
      project(
        table('numbers'),
        {
          k: 'k',
          next: call('add', 'x', literal('long', '1')),
          half: call('divide', 'y', literal('double', 0)),
        },
        'derive',
      ),
    schema: ['k string', 'next long?', 'half double?'],
    rows: [
      ['a', null, null],
      ['b', null, null],
      ['b', null, null],
    ],
  },
  {
    it: 'chooses by the first condition that is true',
    given: { numbers },
    write: (table) =>
      project(table('numbers'), {
        size: {
          kind: 'case',
          branches: [
            branch(call('gt', 'x', literal('long', '0')), literal('int', 1)),
            branch(call('isNull', 'x'), 'x'),
          ],
          otherwise: literal('int', 3),
        },
        none: { kind: 'case', branches: [branch(call('isNull', 'x'), 'k')] },
      }),
    schema: ['size long?', 'none string?'],
    rows: [
      [1n, null],
      [null, 'b'],
      [null, 'b'],
    ],
  },
  {
    it: 'casts; what does not fit is null, never an error',
    given: {
      texts: { columns: { t: 'string?' }, rows: [['7'], [' 8 '], ['1.5'], ['x'], [null]] },
    },
    write: (table) =>
      project(
        table('texts'),
        {
          n: cast('t', { kind: 'int' }),
          d: cast('t', { kind: 'decimal', precision: 2, scale: 1 }),
        },
        'cast',
      ),
    schema: ['n int?', 'd decimal(2, 1)?'],
    rows: [
      [7, '7.0'],
      [8, '8.0'],
      [null, '1.5'],
      [null, null],
      [null, null],
    ],
  },
  {
    it: 'reads fields of structs',
    given: {
      places: {
        columns: {
          at: {
            kind: 'struct',
            fields: [
              { name: 'city', type: { kind: 'string' }, nullable: false },
              { name: 'zip', type: { kind: 'int' }, nullable: true },
            ],
          },
        },
        rows: [[{ city: 'Köln', zip: 50667 }], [{ city: 'Rom', zip: null }], [null]],
      },
    },
    write: (table) =>
      project(table('places'), {
        city: { kind: 'field', input: column('at'), field: 'city' },
        zip: { kind: 'field', input: column('at'), field: 'zip' },
      }),
    schema: ['city string?', 'zip int?'],
    rows: [
      ['Köln', 50667],
      ['Rom', null],
      [null, null],
    ],
  },
  {
    it: 'pseudonymizes: the keyed hash stands for the person',
    given: { people: people([version('ada'), version('Ådä 😀'), version(''), version(null)]) },
    write: (table) =>
      project(
        table('people'),
        { participant: call('pseudonym', 'email', literal('string', 'research')) },
        'pseudonymize',
      ),
    schema: ['participant string? [pseudonym:research]'],
    state: 'local person by participant (versions)',
    rows: [[hmac('ada')], [hmac('Ådä 😀')], [hmac('')], [null]],
  },
  {
    it: 'keeps the person under a new name, and labels through every expression',
    given: { readings: readings([['ada', 5n, 1]]) },
    write: (table) =>
      project(table('readings'), {
        who: 'user',
        secret: call('concat', 'user', literal('string', '!')),
        day: call('bucket', 'taken', literal('long', '4')),
      }),
    schema: [
      'who string? [subject:person]',
      'secret string? [subject:person]',
      'day long? [quasi-identifier]',
    ],
    state: 'local person by who !lost (versions)',
    rows: [['ada', 'ada!', 4n]],
  },
  {
    it: 'mixes people once nothing says whose a row is',
    given: { readings: readings([]) },
    write: (table) => project(table('readings'), { x: 'x' }, 'drop'),
    state: 'mixed',
  },
  {
    it: 'refuses two columns of one name',
    given: { numbers },
    write: (table) => ({
      ...project(table('numbers'), {}),
      columns: ['k', 'x'].map((name) => ({ name: 'a', expression: column(name) })),
    }),
    problems: ['schema/duplicate-column'],
  },
  {
    it: 'refuses to leave no column',
    given: { numbers },
    write: (table) => project(table('numbers'), {}, 'drop'),
    problems: ['schema/no-columns'],
  },
  {
    it: 'refuses casts, fields and functions that there are not',
    given: { numbers },
    write: (table) =>
      project(table('numbers'), {
        a: cast('x', { kind: 'timestamp' }),
        b: { kind: 'field', input: column('k'), field: 'z' },
        c: call('md5', 'k'),
      }),
    problems: ['schema/impossible-cast', 'schema/unknown-field', 'schema/unknown-function'],
  },
]);
