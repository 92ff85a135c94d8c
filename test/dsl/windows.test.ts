import { expect } from 'chai';
import {
  asc,
  avg,
  count,
  date,
  desc,
  lag,
  long,
  max,
  rank,
  rowNumber,
  string,
  sum,
  timestamp,
  zone,
} from '#lakewright';
import type { DiagnosticError } from '../../diagnostics/index.ts';
import { stepOf } from '../../dsl/step.ts';
import { accelerometer, calendar, customers } from '../types/fixtures/tables.ts';
import { describeVerb } from '../verbs/harness.ts';
import { agree, agreeOnColumns } from './agreement.ts';

const visits = zone('landing').table('visit', {
  columns: {
    who: string().nullable(),
    at: long().nullable(),
    day: date(),
    instant: timestamp(),
  },
});

const min64 = -9223372036854775808n;
const max64 = 9223372036854775807n;

const given = {
  visit: {
    columns: { who: 'string?', at: 'long?', day: 'date', instant: 'timestamp' },
    rows: [
      ['a', 1n, '2024-02-28', 0n],
      ['a', 11n, '2024-03-01', 2_000_000n],
      ['a', 11n, '2024-03-01', 2_000_001n],
      ['a', 22n, '2024-03-04', 4_000_001n],
      ['a', null, '2024-03-04', 9_000_000n],
      ['b', min64, '0001-01-01', 0n],
      ['b', max64, '9999-12-31', 0n],
      [null, 5n, '2024-03-04', 0n],
    ],
  },
} as const;

const relationOf = (dataset: object) =>
  stepOf(dataset, 'test', { file: '', line: 1, column: 1 }).relation;

describeVerb('sessionize', [
  {
    it: 'begins a session wherever more than the gap lies before a row',
    given,
    write: () =>
      relationOf(
        visits
          .sessionize({ by: ['who'], time: 'at', gap: 10, as: 'session' })
          .select('who', 'at', 'session'),
      ),
    schema: ['who string?', 'at long?', 'session long?'],
    rows: [
      ['a', 1n, 1n],
      ['a', 11n, 1n],
      ['a', 11n, 1n],
      ['a', 22n, 22n],
      ['a', null, null],
      ['b', min64, min64],
      ['b', max64, max64],
      [null, 5n, 5n],
    ],
  },
  {
    it: 'counts days, and microseconds of instants',
    given,
    write: () =>
      relationOf(
        visits
          .sessionize({ by: ['who'], time: 'day', gap: 2, as: 'days' })
          .sessionize({ by: ['who'], time: 'instant', gap: 2, as: 'instants' })
          .select('who', 'instant', 'days', 'instants'),
      ),
    rows: [
      ['a', 0n, '2024-02-28', 0n],
      ['a', 2_000_000n, '2024-02-28', 0n],
      ['a', 2_000_001n, '2024-02-28', 0n],
      ['a', 4_000_001n, '2024-03-04', 0n],
      ['a', 9_000_000n, '2024-03-04', 9_000_000n],
      ['b', 0n, '0001-01-01', 0n],
      ['b', 0n, '9999-12-31', 0n],
      [null, 0n, '2024-03-04', 0n],
    ],
  },
]);

describe('the types and the algebra agree on', () => {
  const id = { identifier: true, 'subject:customer': true } as const;
  const clock = { 'quasi-identifier': true } as const;
  const body = { sensitive: true } as const;
  const readings = {
    user: ['string', id],
    timestamp: ['long', clock],
    x: ['double', body],
    y: ['double', body],
  } as const;

  it('windows over the rows of one person', () => {
    agree(
      accelerometer.window({ by: ['user'], order: [asc('timestamp')] }, (c) => ({
        number: rowNumber(),
        place: rank(),
        before: lag(c.x),
        mean: avg(c.y),
      })),
      {
        ...readings,
        number: ['int', { ...clock, ...body }],
        place: ['int', clock],
        before: ['double', { ...clock, ...body, null: true }],
        mean: ['double', { ...clock, ...body, null: true }],
      },
      { kind: 'local', keys: ['user'], aliases: [], complete: 'versions' },
    );
  });

  it('windows of all rows of one person, and of frames', () => {
    agreeOnColumns(
      accelerometer
        .window({ by: ['user'] }, (c) => ({ most: max(c.x), n: count() }))
        .window({ by: ['user', 'x'], order: [desc('y')], range: ['unbounded', 0] }, () => ({
          ranged: count(),
        }))
        .window({ by: ['user'], order: [desc('y')], rows: [-2, 0] }, () => ({ near: count() }))
        .select('most', 'n', 'ranged', 'near'),
      {
        most: ['double', { ...body, null: true }],
        n: ['long', {}],
        ranged: ['long', body],
        near: ['long', { ...body, ...clock }],
      },
    );
  });

  it('windows across people', () => {
    agree(
      customers
        .keepConsented('research')
        .select('email', 'updated')
        .window({ by: [], order: [asc('updated')] }, () => ({ place: rank(), n: rowNumber() })),
      {
        email: ['string', id],
        updated: ['long', clock],
        place: ['int', clock],
        n: ['int', { ...id, ...clock }],
      },
      { kind: 'clean', keys: [], aliases: [], purposes: ['research'] },
    );
    agree(
      accelerometer.select('user', 'x').window({ by: ['x'] }, () => ({ alike: count() })),
      { user: ['string', id], x: ['double', body], alike: ['long', body] },
      { kind: 'mixed', keys: [], aliases: [] },
    );
  });

  it('windows over pseudonyms, which stay such, and over rows about nobody', () => {
    agree(
      accelerometer
        .pseudonymize('user', { as: 'who', purpose: 'research' })
        .select('who', 'x')
        .window({ by: ['who'] }, (c) => ({ total: sum(c.x) })),
      {
        who: ['string', { 'pseudonym:research': true }],
        x: ['double', body],
        total: ['double', { ...body, 'pseudonym:research': true, null: true }],
      },
      { kind: 'local', keys: ['who'], aliases: [], complete: 'versions' },
    );
    agree(
      calendar.window({ by: [], order: [asc('day')] }, (c) => ({ before: lag(c.day) })),
      { day: ['string', {}], weekday: ['string', {}], before: ['string', { null: true }] },
      { kind: 'public', keys: [], aliases: [] },
    );
  });

  it('versions, of which a pick is no longer the newest', () => {
    agree(
      customers
        .latestBy('email', 'updated')
        .window({ by: ['email'] }, () => ({ n: count() }))
        .select('email', 'n'),
      { email: ['string', id], n: ['long', {}] },
      { kind: 'local', keys: ['email'], aliases: [], complete: 'no' },
    );
  });

  it('sessions', () => {
    agree(
      accelerometer.sessionize({ by: ['user'], time: 'timestamp', gap: 5, as: 'session' }),
      { ...readings, session: ['long', { ...clock, null: true }] },
      { kind: 'local', keys: ['user'], aliases: [], complete: 'versions' },
    );
  });
});

describe('a window', () => {
  const codesOf = (write: () => unknown) => {
    try {
      write();
    } catch (error) {
      return (error as DiagnosticError).diagnostics.map(({ code }) => code);
    }
    return [];
  };
  const untyped = calendar as unknown as Record<string, (...values: unknown[]) => unknown>;

  it('refuses frames that are none, both kinds at once, and what is no window function', () => {
    const order = [asc('day')];
    const make = () => ({ n: count() });
    for (const rows of [5, [1], [-1, 0, 1], ['all', 0], [Number.NaN, 0]])
      expect(codesOf(() => untyped['window']?.({ by: [], order, rows }, make))).to.deep.equal([
        'dsl/bad-option',
      ]);
    const both = { by: [], order, rows: [0, 1], range: [0, 1] };
    expect(codesOf(() => untyped['window']?.(both, make))).to.deep.equal(['dsl/bad-option']);
    const plain = () => untyped['window']?.({ by: [] }, () => ({ n: 1 }));
    expect(codesOf(plain)).to.deep.equal(['dsl/not-an-aggregate']);
  });

  it('refuses sessions without a gap, of no column, and of no time', () => {
    const spec = { by: [], time: 'day', gap: 1, as: 'session' };
    expect(codesOf(() => untyped['sessionize']?.(spec))).to.deep.equal(['dsl/bad-option']);
    expect(codesOf(() => untyped['sessionize']?.({ ...spec, time: 'no' }))).to.deep.equal([
      'dsl/unknown-column',
    ]);
    const gap = () =>
      (visits as unknown as typeof untyped)['sessionize']?.({ ...spec, time: 'at', gap: 0 });
    expect(codesOf(gap)).to.deep.equal(['dsl/bad-option']);
  });

  it('takes no value of each row for a window, and no window for a value', () => {
    // @ts-expect-error
    expect(codesOf(() => calendar.window({ by: [] }, (c) => ({ n: c.day })))).to.have.length(1);
    // @ts-expect-error
    expect(codesOf(() => calendar.derive(() => ({ n: rowNumber() })))).to.have.length(1);
    // @ts-expect-error
    expect(codesOf(() => calendar.filter(() => rank()))).to.have.length(1);
    // @ts-expect-error
    expect(codesOf(() => calendar.aggregate(() => ({ n: rank() })))).to.have.length(1);
    // @ts-expect-error
    const twice = calendar.window({ by: [] }, () => ({ day: count() }));
    expect(stepOf(twice, 'test', { file: '', line: 1, column: 1 }).frame.state.kind).to.equal(
      'mixed',
    );
  });
});
