import { expect } from 'chai';
import type { Library, Table } from '../../algebra/library.ts';
import type { Row } from '../../algebra/row.ts';
import { declaredSchema } from '../../check/declared-frame.ts';
import { check } from '../../check/index.ts';
import { interpret } from '../../runtime/interpreter.ts';
import { parseLandingRows } from '../../runtime/landing-rows.ts';
import { tableOf } from '../verbs/given.ts';
import { call, filter, join, keepConsented, nowhere, source } from '../verbs/nodes.ts';
import { people, readings, research } from '../verbs/people.ts';

const peopleTable: Table = { ...tableOf('people', people([])), format: 'json' };
const readingsTable: Table = { ...tableOf('readings', readings([])), format: 'json' };

const job = {
  workerType: 'G.1X',
  workers: 2,
  timeout: 15,
  glueVersion: '5.1',
  span: nowhere,
} as const;

/** Two jobs of which the second reads what the first writes, listed the other way round. */
function library(): Library {
  const consenting = keepConsented(source('people'), 'email', research);
  const trusted = { ...source('people'), table: 'trusted.person' };
  const joined = join('inner', source('readings'), trusted, { user: 'email' });
  const span = nowhere;
  return {
    name: 'sample',
    span,
    zones: [
      { name: 'landing', purposes: [], holds: 'identified', span },
      { name: 'trusted', purposes: ['research'], holds: 'identified', span },
    ],
    tables: [peopleTable, readingsTable],
    jobs: [
      {
        ...job,
        name: 'reading_trusted',
        rows: filter(joined, call('gte', 'taken', 'granted')),
        sink: { zone: 'trusted', table: 'reading', holds: 'identified', span },
      },
      {
        ...job,
        name: 'person_trusted',
        rows: consenting,
        sink: { zone: 'trusted', table: 'person', holds: 'identified', span },
      },
    ],
  };
}

describe('interpret', () => {
  it('runs jobs after those whose tables they read', () => {
    const { checked, diagnostics } = check(library());
    expect(diagnostics.map(({ code }) => code)).to.deep.equal([]);
    if (!checked) throw new TypeError('the library was refused');
    const lines = '{"email":"ada","granted":10,"version":1}\n{"email":"bob","version":1}\n';
    const found = interpret(checked, {
      consentAsOf: 1000n,
      tables: new Map<string, readonly Row[]>([
        ['landing.people', parseLandingRows(lines, declaredSchema(peopleTable)).rows],
        [
          'landing.readings',
          [
            { user: 'ada', taken: 9n, x: 1 },
            { user: 'ada', taken: 10n, x: 2 },
            { user: 'bob', taken: 11n, x: 3 },
          ],
        ],
      ]),
    });
    expect(found.get('trusted.person')).to.have.length(1);
    expect(found.get('trusted.reading')?.map(({ user, taken }) => [user, taken])).to.deep.equal([
      ['ada', 10n],
    ]);
  });

  it('says which table a sample lacks', () => {
    const { checked } = check(library());
    if (!checked) throw new TypeError('the library was refused');
    expect(() => interpret(checked, { consentAsOf: 0n, tables: new Map() })).to.throw(
      'the sample has no rows of landing.people',
    );
  });
});
