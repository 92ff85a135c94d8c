import { expect } from 'chai';
import { array, count, int, string, sum, zone } from '#lakewright';
import type { DiagnosticError } from '../../diagnostics/index.ts';
import type { Dataset } from '../../dsl/dataset.ts';
import type { State } from '../../dsl/state/state.ts';
import { stepOf } from '../../dsl/step.ts';
import { describeVerb, type VerbCase } from '../verbs/harness.ts';

const trips = zone('landing').table('trip', {
  columns: {
    city: string().nullable(),
    line: int(),
    riders: int(),
    stops: array(string()),
  },
});

const given: VerbCase['given'] = {
  trip: {
    columns: {
      city: 'string?',
      line: 'int',
      riders: 'int',
      stops: { kind: 'array', element: { kind: 'string' }, elementNullable: false },
    },
    rows: [
      ['Rom', 1, 5, []],
      ['Rom', 1, 7, []],
      ['Rom', 2, 1, []],
      [null, 2, 3, []],
    ],
  },
};

const none: VerbCase['given'] = { trip: { columns: given['trip']?.columns ?? {}, rows: [] } };

function relationOf<R, S extends State>(dataset: Dataset<R, S>) {
  return () => stepOf(dataset, 'test', { file: '', line: 1, column: 1 }).relation;
}

describeVerb('grouping sets', [
  {
    it: 'roll up to subtotals and a total, and tell a null of the data from a column left out',
    given,
    write: relationOf(trips.rollup('city', 'line').aggregate((c) => ({ riders: sum(c.riders) }))),
    schema: ['city string?', 'line int?', 'riders long?', 'groupingId int'],
    state: 'public',
    rows: [
      ['Rom', 1, 12n, 0],
      ['Rom', 2, 1n, 0],
      [null, 2, 3n, 0],
      ['Rom', null, 13n, 1],
      [null, null, 3n, 1],
      [null, null, 16n, 3],
    ],
  },
  {
    it: 'of a cube are every choice of the columns',
    given,
    write: relationOf(trips.cube('city', 'line').aggregate(() => ({ trips: count() }))),
    rows: [
      ['Rom', 1, 2n, 0],
      ['Rom', 2, 1n, 0],
      [null, 2, 1n, 0],
      ['Rom', null, 3n, 1],
      [null, null, 1n, 1],
      [null, 1, 2n, 2],
      [null, 2, 2n, 2],
      [null, null, 4n, 3],
    ],
  },
  {
    it: 'are the lists that are given; a column in all of them is never left out',
    given,
    write: relationOf(
      trips.groupingSets(['line', 'city'], ['line']).aggregate(() => ({ trips: count() })),
    ),
    schema: ['line int', 'city string?', 'trips long', 'groupingId int'],
    rows: [
      [1, 'Rom', 2n, 0],
      [2, 'Rom', 1n, 0],
      [2, null, 1n, 0],
      [1, null, 2n, 1],
      [2, null, 2n, 1],
    ],
  },
  {
    it: 'have the total alone of no rows',
    given: none,
    write: relationOf(trips.rollup('city').aggregate(() => ({ trips: count() }))),
    rows: [[null, 0n, 1]],
  },
  {
    it: 'keep the name of their mark to themselves',
    given,
    write: relationOf(trips.rollup('city').aggregate(() => ({ groupingId: count() }))),
    problems: ['schema/duplicate-column', 'schema/duplicate-column'],
  },
]);

describe('grouping sets', () => {
  const refused = (write: () => unknown) =>
    expect(write)
      .to.throw()
      .that.satisfies((error: DiagnosticError) =>
        error.diagnostics.some(({ code }) => code === 'dsl/bad-option'),
      );

  it('are refused of lists, which have no null of their own in Spark', () => {
    refused(() => trips.rollup('stops').aggregate(() => ({ trips: count() })));
  });

  it('ask for no number of people, whom the total would tell of', () => {
    const grouped = trips.rollup('line') as unknown as ReturnType<typeof trips.groupBy>;
    refused(() => grouped.aggregate(() => ({ n: count() }), { atLeastSubjects: 2 } as never));
  });

  it('are refused where they are none or too many', () => {
    refused(() => trips.groupingSets().aggregate(() => ({ trips: count() })));
    const many = ['a', 'b', 'c', 'd', 'e', 'f'] as never[];
    refused(() => trips.cube(...many).aggregate(() => ({ trips: count() })));
  });
});
