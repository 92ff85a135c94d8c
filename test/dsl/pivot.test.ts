import { expect } from 'chai';
import { avg, count, double, int, max, string, sum, zone } from '#lakewright';
import type { DiagnosticError } from '../../diagnostics/index.ts';
import { stepOf } from '../../dsl/step.ts';
import { describeVerb } from '../verbs/harness.ts';

const readings = zone('landing').table('reading', {
  columns: {
    user: string().nullable(),
    axis: string().nullable().quasi(),
    hour: int(),
    reading: double().nullable().sensitive(),
  },
});

const given = {
  reading: {
    columns: { user: 'string?', axis: 'string?', hour: 'int', reading: 'double?' },
    labels: { axis: ['quasi-identifier'], reading: ['sensitive'] },
    rows: [
      ['ada', 'x', 8, 1.5],
      ['ada', 'x', 9, 2.5],
      ['ada', 'y', 8, null],
      ['ada', 'other', 9, 7],
      ['bob', 'other', 8, 1],
      [null, 'y', 8, -0.5],
      [null, null, 8, 9],
    ],
  },
} as const;

const relationOf = (dataset: object) =>
  stepOf(dataset, 'test', { file: '', line: 1, column: 1 }).relation;

const byAxis = readings.pivot({
  by: ['user'],
  on: 'axis',
  values: ['x', 'y', 'z'],
  measure: (c) => sum(c.reading),
});

const byHour = readings.pivot({
  by: [],
  on: 'hour',
  values: { early: 8, late: 9, never: 10 },
  measure: () => count(),
});

const back = byAxis
  .unpivot({ columns: ['x', 'y', 'z'], name: 'axis', value: 'reading' })
  .filter((c) => c.reading.isNotNull())
  .pivot({ by: ['user'], on: 'axis', values: ['x', 'y'], measure: (c) => max(c.reading) });

describeVerb('pivot', [
  {
    it: 'makes a column of each value, null where a group has none',
    given,
    write: () => relationOf(byAxis),
    schema: [
      'user string?',
      'x double? [quasi-identifier sensitive]',
      'y double? [quasi-identifier sensitive]',
      'z double? [quasi-identifier sensitive]',
    ],
    rows: [
      ['ada', 4, null, null],
      ['bob', null, null, null],
      [null, null, -0.5, null],
    ],
  },
  {
    it: 'takes other constants than texts under names, and all rows as one group',
    given,
    write: () => relationOf(byHour),
    schema: ['early long', 'late long', 'never long'],
    rows: [[5n, 2n, 0n]],
  },
  {
    it: 'undoes unpivot',
    given,
    write: () => relationOf(back),
    rows: [
      ['ada', 4, null],
      [null, null, -0.5],
    ],
  },
]);

describe('pivot', () => {
  const codeOf = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return (error as DiagnosticError).diagnostics[0]?.code;
    }
    return undefined;
  };
  const spec = { by: ['user'], on: 'axis', values: ['x'], measure: () => count() } as const;

  it('refuses what is no list of columns, no column, no values and no measure', () => {
    const loose = readings as unknown as { pivot(spec: object): unknown };
    for (const wrong of [
      { by: 'user' },
      { on: 1 },
      { values: 'x' },
      { values: [1] },
      { measure: 1 },
    ])
      expect(codeOf(() => loose.pivot({ ...spec, ...wrong }))).to.equal('dsl/bad-option');
    expect(codeOf(() => loose.pivot({ ...spec, on: 'axes' }))).to.equal('dsl/unknown-column');
    expect(
      codeOf(() => loose.pivot({ ...spec, measure: (c: { hour: unknown }) => c.hour })),
    ).to.equal('dsl/not-an-aggregate');
    expect(codeOf(() => loose.pivot({ ...spec, values: { x: {} } }))).to.equal(
      'dsl/not-an-expression',
    );
  });

  it('does not take a mean of a text', () => {
    // @ts-expect-error
    const make = () => readings.pivot({ ...spec, measure: (c) => avg(c.axis) });
    expect(relationOf(make()).kind).to.equal('aggregate');
  });
});
