import { expect } from 'chai';
import {
  asc,
  avg,
  count,
  date,
  decimal,
  desc,
  job,
  library,
  long,
  string,
  struct,
  timestamp,
  when,
  zone,
} from '#lakewright';
import { printRelation } from '../../algebra/printer.ts';
import { DiagnosticError } from '../../diagnostics/index.ts';
import { libraryOf } from '../../dsl/library-of.ts';
import { stepOf } from '../../dsl/step.ts';
import stedi from '../types/fixtures/stedi.ts';
import {
  accelerometer,
  calendar,
  consenting,
  customers,
  trusted,
} from '../types/fixtures/tables.ts';

const here = { file: '', line: 1, column: 1 };
const printed = (dataset: object) => printRelation(stepOf(dataset, 'test', here).relation);
const last = (dataset: object) => stepOf(dataset, 'test', here).relation;
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner) => (key === 'span' ? undefined : inner)));

describe('a library', () => {
  const declared = libraryOf(stedi);

  it('is plain data behind what its file exports', () => {
    expect(declared?.name).to.equal('stedi');
    expect(JSON.parse(JSON.stringify(declared))).to.deep.equal(declared);
    expect(libraryOf({ name: 'stedi' })).to.equal(undefined);
    expect(libraryOf(undefined)).to.equal(undefined);
  });

  it('names the key of its logs by its ARN', () => {
    const key = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd';
    const secured = library('secured', { jobs: [], security: { logsKey: key } });
    expect(libraryOf(secured)?.security).to.deep.equal({ logsKey: key });
    for (const logsKey of ['alias/logs', '1234abcd', key.replace('key/', 'alias/'), '', 3]) {
      const security = { logsKey } as { logsKey: string }; // as an author without types writes
      expect(() => library('secured', { jobs: [], security })).to.throw(DiagnosticError);
    }
  });

  it('names the topic of its alarms, and nothing that cannot be one', () => {
    const noted = library('noted', { jobs: [], alarms: { topic: 'lake-alarms' } });
    expect(libraryOf(noted)?.alarms).to.deep.equal({ topic: 'lake-alarms' });
    for (const topic of ['', 'a.fifo', 'arn:aws:sns:eu-west-1:111122223333:x', 'a b', 7]) {
      const alarms = { topic } as { topic: string }; // as an author without types writes
      expect(() => library('noted', { jobs: [], alarms })).to.throw(DiagnosticError);
    }
  });

  it('has its jobs in the order of the author', () => {
    expect(declared?.jobs.map(({ name }) => name)).to.deep.equal([
      'customer_trusted',
      'accelerometer_trusted',
      'customer_curated',
      'step_trainer_trusted',
      'machine_learning_curated',
      'step_features_curated',
    ]);
  });

  it('finds zones and declared tables through its jobs', () => {
    expect(
      declared?.zones.map(({ name, purposes, holds }) => [name, purposes, holds]),
    ).to.deep.equal([
      ['landing', [], 'identified'],
      ['trusted', ['research'], 'identified'],
      ['curated', ['research'], 'pseudonymous'],
    ]);
    expect(declared?.tables.map(({ name }) => name)).to.deep.equal([
      'customer',
      'accelerometer',
      'step_trainer',
    ]);
  });

  it("reads a job's table as a source", () => {
    expect(printRelation(declared?.jobs[2]?.rows ?? expect.fail())).to.equal(
      [
        '#1 read trusted.customer',
        '#2 read trusted.accelerometer',
        '#3 keep rows with a partner on email = user (#1, #2)',
      ].join('\n'),
    );
  });

  it('fills in what a job leaves open', () => {
    const one = job('one', { rows: consenting, sink: trusted.sink('one', { doc: 'One.' }) });
    const two = job('two', {
      doc: 'Two.',
      rows: one.table.select('email'),
      sink: trusted.sink('two'),
      schedule: 'cron(0 3 * * ? *)',
      workerType: 'G.2X',
      workers: 5,
      timeout: 10,
      glueVersion: '6.0',
    });
    const jobs = libraryOf(library('a', { jobs: [one, two] }))?.jobs;
    expect(plain(jobs?.map(({ rows, ...rest }) => rest))).to.deep.equal([
      {
        name: 'one',
        sink: { zone: 'trusted', table: 'one', holds: 'identified', doc: 'One.' },
        workerType: 'G.1X',
        workers: 2,
        timeout: 60,
        glueVersion: '5.1',
      },
      {
        name: 'two',
        doc: 'Two.',
        sink: { zone: 'trusted', table: 'two', holds: 'identified' },
        schedule: 'cron(0 3 * * ? *)',
        workerType: 'G.2X',
        workers: 5,
        timeout: 10,
        glueVersion: '6.0',
      },
    ]);
  });

  it('labels consent columns and tells the owner', () => {
    const table = declared?.tables[0];
    expect(table?.owner).to.deep.equal({ kind: 'subject', name: 'customer', column: 'email' });
    expect(table?.consents).to.deep.equal([
      { purpose: 'research', grantedAt: 'shareWithResearchAsOfDate', version: 'lastUpdateDate' },
    ]);
    const consent = table?.columns.find(({ name }) => name === 'shareWithResearchAsOfDate');
    expect(consent?.labels).to.deep.equal(['consent:research']);
    expect(declared?.tables[2]?.owner).to.deep.equal({
      kind: 'alias',
      name: 'device',
      column: 'serialNumber',
    });
  });
});

describe('a step', () => {
  it('says in the algebra what the author said', () => {
    expect(
      printed(
        customers
          .dedupe({ by: ['email'], order: [desc('updated'), asc('name', { nulls: 'first' })] })
          .soleOwner('serialNumber')
          .rename({ email: 'who' })
          .derive((c) => ({ short: c.who.substring(1, 3) }))
          .replace((c) => ({ short: c.short.upper() }))
          .cast({ updated: string() })
          .drop('name')
          .distinct()
          .groupBy('who')
          .aggregate(() => ({ n: count() })),
      ).split('\n'),
    ).to.deep.equal([
      '#1 read landing.customer',
      '#2 keep the first row of each email by updated desc, name asc (#1)',
      '#3 keep rows whose serialNumber belongs to one email only (#2)',
      '#4 rename email to who (#3)',
      '#5 derive short (#4)',
      '#6 derive short (#5)',
      '#7 cast updated (#6)',
      '#8 keep who, birthDay, serialNumber, updated, sharedSince, short (#7)',
      '#9 keep distinct rows (#8)',
      '#10 for each who: n = count() (#9)',
    ]);
  });

  it('leaves the pick of the newest version to keepConsented, which sees equally new ones disagree', () => {
    const latest = customers.latestBy('email', 'updated').drop('name');
    expect(printed(latest).split('\n')[1]).to.equal(
      '#2 keep the first row of each email by updated desc (#1)',
    );
    expect(printed(latest.keepConsented('research')).split('\n')).to.deep.equal([
      '#1 read landing.customer',
      '#2 keep email, birthDay, serialNumber, updated, sharedSince (#1)',
      '#3 keep the newest version of each email that consents to research (#2)',
    ]);
  });

  it('takes the three ways to name what is joined on', () => {
    const other = accelerometer.select('user', 'timestamp');
    const on = (dataset: object) => (last(dataset) as { readonly on?: unknown }).on;
    const user = { left: 'user', right: 'user' };
    expect(on(accelerometer.semiJoin(other, 'user'))).to.deep.equal([user]);
    expect(on(accelerometer.semiJoin(other, ['user', 'timestamp']))).to.deep.equal([
      user,
      { left: 'timestamp', right: 'timestamp' },
    ]);
    expect(on(customers.semiJoin(other, { email: 'user' }))).to.deep.equal([
      { left: 'email', right: 'user' },
    ]);
  });

  it('sends small tables to all executors, where the author does not choose', () => {
    const side = (dataset: object) => (last(dataset) as { readonly broadcast?: string }).broadcast;
    const days = calendar.filter((c) => c.weekday.eq('Monday'));
    expect(side(accelerometer.join(days, { user: 'day' }))).to.equal('right');
    expect(side(days.join(accelerometer, { day: 'user' }))).to.equal('left');
    expect(side(days.leftJoin(accelerometer, { day: 'user' }))).to.equal(undefined);
    expect(side(accelerometer.semiJoin(customers, { user: 'email' }))).to.equal(undefined);
    const chosen = { broadcast: 'left' } as const;
    expect(side(accelerometer.join(days, { user: 'day' }, chosen))).to.equal('left');
  });

  it('finds the consent columns under their new names', () => {
    const renamed = customers
      .rename({ sharedSince: 'since', email: 'who' })
      .keepConsented('research');
    expect(plain(last(renamed))).to.include({ subject: 'who' });
    const { consents } = last(renamed) as { readonly consents?: unknown };
    expect(consents).to.deep.equal([
      { purpose: 'research', grantedAt: 'since', version: 'updated' },
    ]);
  });
});

describe('a constant', () => {
  const types = zone('landing').table('types', {
    columns: {
      large: long(),
      price: decimal(5, 2),
      day: date(),
      at: timestamp(),
      text: string(),
      place: struct({ city: string(), isNull: string() }),
    },
  });
  const where = (dataset: object) =>
    plain(
      (last(dataset) as { readonly where?: { readonly arguments?: readonly unknown[] } }).where
        ?.arguments?.[1],
    );

  it('takes the type beside it', () => {
    expect(where(types.filter((c) => c.large.eq(5)))).to.deep.equal({
      kind: 'literal',
      type: { kind: 'long' },
      value: '5',
    });
    expect(where(types.filter((c) => c.large.eq(2n ** 62n)))).to.have.property(
      'value',
      '4611686018427387904',
    );
    expect(where(types.filter((c) => c.price.eq(1.5)))).to.deep.equal({
      kind: 'literal',
      type: { kind: 'decimal', precision: 5, scale: 2 },
      value: '1.50',
    });
    expect(where(types.filter((c) => c.day.gte('2024-02-29')))).to.have.nested.property(
      'type.kind',
      'date',
    );
    expect(where(types.filter((c) => c.at.gte('2024-02-29T00:00:00.5Z')))).to.have.nested.property(
      'type.kind',
      'timestamp',
    );
    expect(where(accelerometer.filter((c) => c.x.gt(-0)))).to.have.property('value', 0);
  });

  it('is checked against the calendar and the scale', () => {
    for (const day of ['2023-02-29', '2024-13-01', '0000-01-01'] as const) {
      expect(() => types.filter((c) => c.day.eq(day))).to.throw(/dsl\/bad-literal/);
    }
    expect(() => types.filter((c) => c.at.eq('2024-01-01T24:00:00Z'))).to.throw(/dsl\/bad-literal/);
    expect(() => types.filter((c) => c.price.eq(1.005))).to.throw(/dsl\/bad-literal/);
    expect(() => types.filter((c) => c.price.eq(1000))).to.throw(/dsl\/bad-literal/);
  });

  it('takes the type of the other results in a case', () => {
    const made = types.derive((c) => ({
      n: when(c.text.eq('a'), 1).when(c.text.eq('b'), 2).otherwise(3),
    }));
    expect(stepOf(made, 'test', here).frame.schema.at(-1)?.type.kind).to.equal('int');
    const large = types.derive((c) => ({ n: when(c.text.eq('a'), c.large).otherwise(3) }));
    expect(stepOf(large, 'test', here).frame.schema.at(-1)?.type.kind).to.equal('long');
  });

  it('is no field: fields are read by name', () => {
    const made = types.derive((c) => ({ city: c.place.city, odd: c.place.field('isNull') }));
    expect(printed(made)).to.include('derive city, odd');
    expect(() =>
      // @ts-expect-error there is no such field
      types.derive((c) => ({ a: c.place.town })),
    ).to.throw(/schema\/unknown-field/);
    expect(printed(types.filter((c) => c.place.isNull()))).to.include('isNull(place)');
  });

  it('in a measure is none', () => {
    expect(printed(accelerometer.aggregate((c) => ({ m: avg(c.x.times(2)) })))).to.include(
      'm = avg(x * 2)',
    );
  });
});
