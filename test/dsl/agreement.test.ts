import {
  array,
  avg,
  count,
  countDistinct,
  date,
  decimal,
  double,
  int,
  job,
  long,
  max,
  min,
  stddev,
  string,
  struct,
  sum,
  timestamp,
  when,
  zone,
} from '#lakewright';
import {
  accelerometer,
  calendar,
  consenting,
  customer,
  customers,
  landing,
  stepTrainer,
} from '../types/fixtures/tables.ts';
import { agree, agreeOnColumns } from './agreement.ts';

const id = { identifier: true, 'subject:customer': true } as const;
const thing = { 'alias:device': true } as const;
const clock = { 'quasi-identifier': true } as const;
const body = { sensitive: true } as const;
const shared = { 'consent:research': true } as const;

const all = landing.table('all', {
  about: 'key',
  columns: {
    key: string().subject(customer),
    text: string().nullable().identifier(),
    whole: int().quasi(),
    large: long().quasi(),
    real: double().sensitive(),
    price: decimal(10, 2),
    day: date(),
    at: timestamp().quasi(),
    place: struct({ city: string().quasi(), zip: int().nullable() }),
  },
});

const lists = landing.table('lists', {
  about: 'key',
  columns: {
    key: string().subject(customer),
    words: array(string().nullable()).nullable().sensitive(),
    pairs: array(struct({ a: int().quasi(), b: int().nullable() })),
  },
});

const ages = landing.table('ages', {
  about: 'key',
  columns: {
    key: string().subject(customer),
    year: int().quasi({ band: 10 }).sensitive(),
    day: long().nullable().identifier().quasi({ band: 7 }),
  },
});

describe('the types and the algebra agree on', () => {
  it('groups of many people', () => {
    const measured = consenting.groupBy('birthDay').aggregate(
      (c) => ({
        people: countDistinct(c.email),
        named: count(c.name),
        when: avg(c.updated),
        latest: max(c.updated),
      }),
      { atLeastSubjects: 20 },
    );
    agree(
      measured,
      {
        birthDay: ['string', { ...clock, null: true }],
        people: ['long', {}],
        named: ['long', {}],
        when: ['double', { null: true }],
        latest: ['long', { ...clock, null: true }],
      },
      { kind: 'clean', keys: [], aliases: [], purposes: ['research'] },
    );
    agreeOnColumns(
      consenting.aggregate((c) => ({ people: countDistinct(c.email) }), { atLeastSubjects: 2 }),
      { people: ['long', {}] },
    );
  });

  it('grouping sets', () => {
    agree(
      all.groupingSets(['key', 'day'], ['key']).aggregate(() => ({ n: count() })),
      {
        key: ['string', { 'subject:customer': true }],
        day: ['date', { null: true }],
        n: ['long', {}],
        groupingId: ['int', {}],
      },
      { kind: 'local', keys: ['key'], aliases: [], complete: 'no' },
    );
    agree(
      ages.cube('year').aggregate((c) => ({ first: min(c.key) })),
      {
        year: ['int', { ...clock, ...body, null: true }],
        first: ['string', { 'subject:customer': true, null: true }],
        groupingId: ['int', {}],
      },
      { kind: 'mixed', keys: [], aliases: [] },
    );
    agree(
      consenting.rollup('email').aggregate(() => ({ n: count() })),
      {
        email: ['string', { ...id, null: true }],
        n: ['long', {}],
        groupingId: ['int', {}],
      },
      { kind: 'clean', keys: [], aliases: [], purposes: ['research'] },
    );
  });

  it('declassification', () => {
    const permit = { reason: 'r', reviewer: 'a@example.org', expires: '2027-03-31' } as const;
    const one = { column: 'real', from: 'sensitive', to: 'none', ...permit } as const;
    agreeOnColumns(all.declassify(one).select('real', 'price'), {
      real: ['double', {}],
      price: ['decimal', {}],
    });
    const two = ages.declassify({
      column: 'day',
      from: ['identifier', 'quasi-identifier'],
      to: ['quasi-identifier'],
      ...permit,
    });
    agreeOnColumns(two.select('day'), { day: ['long', { ...clock, 'band:7': true, null: true }] });
    const mixed = all.aggregate(() => ({ n: count() }));
    agree(
      mixed.declassify({ from: 'mixed', to: ['research', 'care'], ...permit }),
      { n: ['long', {}] },
      { kind: 'clean', keys: [], aliases: [], purposes: ['care', 'research'] as never },
    );
  });

  it('bands', () => {
    agreeOnColumns(
      ages.derive((c) => ({ decade: c.year.band(10), week: c.day.band(14) })),
      {
        key: ['string', { 'subject:customer': true }],
        year: ['int', { ...clock, ...body, 'band:10': true }],
        day: ['long', { identifier: true, ...clock, 'band:7': true, null: true }],
        decade: ['int', { ...body, null: true }],
        week: ['long', { identifier: true, null: true }],
      },
    );
  });

  it('comparisons and logic', () => {
    const made = all.aggregate(() => ({ n: count() }));
    agreeOnColumns(made, { n: ['long', {}] });
    agreeOnColumns(
      all
        .derive((c) => ({
          eq: c.text.eq('a'),
          lt: c.whole.lt(c.large),
          isIn: c.key.isIn('a', 'b'),
          both: c.real.gt(0).and(c.text.isNull()),
          either: c.real.gt(0).or(c.text.eq(c.key)),
          no: c.real.gt(0).not(),
          known: c.text.orElse('none'),
          unknown: c.text.orElse(c.text),
        }))
        .select('eq', 'lt', 'isIn', 'both', 'either', 'no', 'known', 'unknown'),
      {
        eq: ['boolean', { identifier: true, null: true }],
        lt: ['boolean', clock],
        isIn: ['boolean', { 'subject:customer': true }],
        both: ['boolean', { ...body, identifier: true }],
        either: ['boolean', { ...body, ...id, null: true }],
        no: ['boolean', body],
        known: ['string', { identifier: true }],
        unknown: ['string', { identifier: true, null: true }],
      },
    );
  });

  it('numbers', () => {
    agreeOnColumns(
      all
        .derive((c) => ({
          sum: c.whole.plus(1),
          wide: c.whole.times(c.large),
          half: c.real.times(0.5),
          ratio: c.whole.dividedBy(c.large),
          rest: c.large.modulo(c.whole),
          minus: c.real.negate(),
          abs: c.whole.abs(),
          root: c.large.sqrt(),
          power: c.whole.power(2),
          floor: c.real.floor(),
        }))
        .select('sum', 'wide', 'half', 'ratio', 'rest', 'minus', 'abs', 'root', 'power', 'floor')
        .filter((c) => c.half.gt(1)),
      {
        sum: ['int', { ...clock, null: true }],
        wide: ['long', { ...clock, null: true }],
        half: ['double', body],
        ratio: ['double', { ...clock, null: true }],
        rest: ['long', { ...clock, null: true }],
        minus: ['double', body],
        abs: ['int', { ...clock, null: true }],
        root: ['double', clock],
        power: ['double', clock],
        floor: ['long', { ...body, null: true }],
      },
    );
    agreeOnColumns(
      all
        .derive((c) => ({
          mixed: c.whole.minus(c.real),
          round: c.real.round(1),
          bucket: c.large.bucket(10),
          span: c.at.elapsedSince(c.at),
          since: c.large.elapsedSince(c.whole),
          plain: c.whole.elapsedSince(c.whole),
          total: c.price.plus(1),
          value: c.large.times(c.price),
          pieces: c.price.times(c.whole),
          near: c.price.toDouble(),
        }))
        .select(
          ...(['mixed', 'round', 'bucket', 'span', 'since', 'plain'] as const),
          ...(['total', 'value', 'pieces', 'near'] as const),
        ),
      {
        mixed: ['double', { ...clock, ...body }],
        round: ['double', body],
        bucket: ['long', { ...clock, null: true }],
        span: ['long', { null: true }],
        since: ['long', { null: true }],
        plain: ['int', { null: true }],
        total: ['decimal', { null: true }],
        value: ['decimal', { ...clock, null: true }],
        pieces: ['decimal', { ...clock, null: true }],
        near: ['double', {}],
      },
    );
  });

  it('aggregates with a condition', () => {
    agreeOnColumns(
      all.aggregate((c) => ({
        n: count().where(c.text.eq('a')),
        total: sum(c.price).where(c.whole.gt(1)),
      })),
      {
        n: ['long', { identifier: true }],
        total: ['decimal', { ...clock, null: true }],
      },
    );
  });

  it('text, structs, cases and constants', () => {
    agreeOnColumns(
      all
        .derive((c) => ({
          lower: c.text.lower(),
          length: c.text.length(),
          joined: c.key.concat(', ', c.text),
          part: c.key.substring(1, 2),
          starts: c.key.startsWith('a'),
          city: c.place.city,
          zip: c.place.zip,
          band: when(c.real.gt(1), 'far').otherwise('near'),
          some: when(c.text.isNull(), c.whole).otherwise(null),
          text2: 'constant',
          one: 1,
          half: 0.5,
          yes: true,
        }))
        .drop('key', 'text', 'whole', 'large', 'real', 'price', 'day', 'at', 'place'),
      {
        lower: ['string', { identifier: true, null: true }],
        length: ['int', { identifier: true, null: true }],
        joined: ['string', { 'subject:customer': true, identifier: true, null: true }],
        part: ['string', { 'subject:customer': true }],
        starts: ['boolean', { 'subject:customer': true }],
        city: ['string', clock],
        zip: ['int', { ...clock, null: true }],
        band: ['string', body],
        some: ['int', { ...clock, identifier: true, null: true }],
        text2: ['string', {}],
        one: ['int', {}],
        half: ['double', {}],
        yes: ['boolean', {}],
      },
    );
  });

  it('casts', () => {
    const typed = all.select('key', 'whole', 'large', 'at', 'text');
    agreeOnColumns(
      typed.cast({ key: long(), whole: double(), large: int(), at: date(), text: string() }),
      {
        key: ['long', { 'subject:customer': true, null: true }],
        whole: ['double', clock],
        large: ['int', { ...clock, null: true }],
        at: ['date', clock],
        text: ['string', { identifier: true, null: true }],
      },
    );
  });

  it('aggregates', () => {
    agree(
      accelerometer.groupBy('user').aggregate((c) => ({
        rows: count(),
        known: count(c.x),
        times: countDistinct(c.timestamp),
        total: sum(c.x),
        mean: avg(c.x),
        first: min(c.timestamp),
        last: max(c.timestamp),
        spread: stddev(c.y),
      })),
      {
        user: ['string', id],
        rows: ['long', {}],
        known: ['long', body],
        times: ['long', clock],
        total: ['double', { ...body, null: true }],
        mean: ['double', { ...body, null: true }],
        first: ['long', { ...clock, null: true }],
        last: ['long', { ...clock, null: true }],
        spread: ['double', { ...body, null: true }],
      },
      { kind: 'local', keys: ['user'], aliases: [], complete: 'no' },
    );
    agree(
      accelerometer.groupBy('timestamp').aggregate(() => ({ n: count() })),
      { timestamp: ['long', clock], n: ['long', {}] },
      { kind: 'mixed', keys: [], aliases: [] },
    );
    agree(
      consenting.aggregate(() => ({ n: count() })),
      { n: ['long', {}] },
      { kind: 'clean', keys: [], aliases: [], purposes: ['research'] },
    );
  });

  it('select, drop, rename, derive, replace and pseudonymize', () => {
    agree(
      customers.select('email', 'name').rename({ email: 'who', name: 'called' }),
      { who: ['string', id], called: ['string', { identifier: true, null: true }] },
      { kind: 'local', keys: ['who'], aliases: [], complete: 'versions' },
    );
    agree(
      customers.select('name'),
      { name: ['string', { identifier: true, null: true }] },
      { kind: 'mixed', keys: [], aliases: [] },
    );
    agree(
      consenting.select('email', 'updated').drop('email'),
      { updated: ['long', clock] },
      { kind: 'clean', keys: [], aliases: [], purposes: ['research'] },
    );
    agree(
      customers.select('email').replace((c) => ({ email: c.email.lower() })),
      { email: ['string', id] },
      { kind: 'mixed', keys: [], aliases: [] },
    );
    agree(
      consenting.select('email').pseudonymize('email', { as: 'who', purpose: 'research' }),
      { who: ['string', { 'pseudonym:research': true }] },
      { kind: 'clean', keys: ['who'], aliases: [], purposes: ['research'] },
    );
  });

  it('filter, dedupe, latestBy, distinct and keepConsented', () => {
    const few = customers.select('email', 'updated');
    const row = { email: ['string', id], updated: ['long', clock] } as const;
    const local = { kind: 'local', keys: ['email'], aliases: [] } as const;
    agree(few, row, { ...local, complete: 'versions' });
    agree(
      few.filter((c) => c.updated.gt(1)),
      row,
      { ...local, complete: 'no' },
    );
    agree(
      few.expect((c) => ({ 'is new': c.updated.gt(1) }), { onFail: 'drop' }),
      row,
      { ...local, complete: 'no' },
    );
    agree(
      few.expect((c) => ({ 'is new': c.updated.gt(1) }), { onFail: 'warn' }),
      row,
      { ...local, complete: 'versions' },
    );
    agree(
      few.expect((c) => ({ 'is new': c.updated.gt(1) })),
      row,
      { ...local, complete: 'versions' },
    );
    const { kept, quarantined } = few.quarantine((c) => ({ 'is new': c.updated.gt(1) }));
    agree(kept, row, { ...local, complete: 'no' });
    agree(quarantined, { ...row, reason: ['string', clock] }, { ...local, complete: 'no' });
    agree(few.latestBy('email', 'updated'), row, { ...local, complete: 'newest' });
    agree(few.distinct(), row, { ...local, complete: 'versions' });
    agree(few.latestBy('updated', 'updated'), row, { kind: 'mixed', keys: [], aliases: [] });
    agree(consenting.select('email', 'updated'), row, {
      kind: 'clean',
      keys: ['email'],
      aliases: [],
      purposes: ['research'],
    });
  });

  it('keepConsented for two purposes', () => {
    const form = landing.table('form', {
      about: 'email',
      consent: {
        research: { grantedAt: 'since', version: 'updated' },
        marketing: { grantedAt: 'adsSince', withdrawnAt: 'adsUntil', version: 'updated' },
      },
      columns: {
        email: string().subject(customer),
        updated: long(),
        since: long().nullable(),
        adsSince: long().nullable(),
        adsUntil: long().nullable(),
      },
    });
    const row = { email: ['string', { 'subject:customer': true }] } as const;
    const clean = { kind: 'clean', keys: ['email'], aliases: [] } as const;
    const both = form.keepConsented('research', 'marketing').select('email');
    agree(both, row, { ...clean, purposes: ['research', 'marketing'] });
    agree(form.keepConsented('research', 'research').select('email'), row, {
      ...clean,
      purposes: ['research'],
    });
    agree(both.semiJoin(form.keepConsented('research').select('email'), 'email'), row, {
      ...clean,
      purposes: ['research'],
    });
    const shared = zone('trusted', { purposes: ['research', 'marketing'], holds: 'identified' });
    job('both', { rows: both, sink: shared.sink('both') });
    const one = form.keepConsented('marketing').select('email');
    // @ts-expect-error: consent to both is needed
    job('one', { rows: one, sink: shared.sink('one') });
  });

  it('joins on the subject', () => {
    const readings = accelerometer.select('user', 'x');
    const row = { user: ['string', id], x: ['double', body] } as const;
    const clean = { kind: 'clean', keys: ['user'], aliases: [], purposes: ['research'] } as const;
    agree(readings.semiJoin(consenting, { user: 'email' }), row, clean);
    agree(
      readings.join(consenting.select('email', 'updated'), { user: 'email' }),
      { ...row, updated: ['long', clock] },
      clean,
    );
    agree(
      readings.leftJoin(consenting.select('email', 'updated'), { user: 'email' }),
      { ...row, updated: ['long', { ...clock, null: true }] },
      { kind: 'local', keys: ['user'], aliases: [], complete: 'versions' },
    );
    agree(
      consenting.select('email').leftJoin(readings, { email: 'user' }),
      { email: ['string', id], x: ['double', { ...body, null: true }] },
      { kind: 'clean', keys: ['email'], aliases: [], purposes: ['research'] },
    );
    // In a row without a partner the other column may name somebody else, and a thing be of anybody.
    agree(
      customers.select('email', 'name').leftJoin(readings, { email: 'user', name: 'user' }),
      {
        email: ['string', id],
        name: ['string', { ...id, null: true }],
        x: ['double', { ...body, null: true }],
      },
      { kind: 'local', keys: ['email'], aliases: [], complete: 'versions' },
    );
    const things = customers.select('email', 'serialNumber');
    agree(
      things.leftJoin(things.soleOwner('serialNumber'), ['email', 'serialNumber']),
      { email: ['string', id], serialNumber: ['string', thing] },
      { kind: 'local', keys: ['email'], aliases: [], complete: 'versions' },
    );
    agree(readings.antiJoin(consenting, { user: 'email' }), row, {
      kind: 'local',
      keys: ['user'],
      aliases: [],
      complete: 'no',
    });
    agree(readings.join(consenting.select('name'), { user: 'name' }), row, {
      kind: 'mixed',
      keys: [],
      aliases: [],
    });
  });

  it('right, full and cross joins', () => {
    const readings = accelerometer.select('user', 'x');
    const agreed = consenting.select('email', 'updated');
    const kept = { user: ['string', id], updated: ['long', clock] } as const;
    agree(
      readings.rightJoin(agreed, { user: 'email' }),
      { ...kept, x: ['double', { ...body, null: true }] },
      { kind: 'clean', keys: ['user'], aliases: [], purposes: ['research'] },
    );
    agree(
      readings.fullJoin(agreed, { user: 'email' }),
      {
        user: ['string', id],
        x: ['double', { ...body, null: true }],
        updated: ['long', { ...clock, null: true }],
      },
      { kind: 'local', keys: ['user'], aliases: [], complete: 'no' },
    );
    const measured = readings.semiJoin(agreed, { user: 'email' });
    agree(
      measured.fullJoin(agreed, { user: 'email' }),
      {
        user: ['string', id],
        x: ['double', { ...body, null: true }],
        updated: ['long', { ...clock, null: true }],
      },
      { kind: 'clean', keys: ['user'], aliases: [], purposes: ['research'] },
    );
    agreeOnColumns(
      all.select('whole', 'day').fullJoin(ages.select('day').rename({ day: 'number' }), {
        whole: 'number',
      }),
      {
        whole: ['long', { identifier: true, ...clock, null: true }],
        day: ['date', { null: true }],
      },
    );
    agree(
      consenting.select('email').crossJoin(calendar),
      { email: ['string', id], day: ['string', {}], weekday: ['string', {}] },
      { kind: 'clean', keys: ['email'], aliases: [], purposes: ['research'] },
    );
    agree(
      agreed.select('updated').crossJoin(
        measured.aggregate((c) => ({ mean: avg(c.x) })),
        {
          crossSubject: 'compared with all',
        },
      ),
      { updated: ['long', clock], mean: ['double', { ...body, null: true }] },
      { kind: 'clean', keys: [], aliases: [], purposes: ['research'] },
    );
    agree(
      readings.crossJoin(agreed),
      { ...kept, email: ['string', id], x: ['double', body] },
      { kind: 'mixed', keys: [], aliases: [] },
    );
  });

  it('joins under a condition of the pair', () => {
    const readings = accelerometer.select('user', 'timestamp');
    const agreed = consenting.select('email', 'sharedSince');
    const row = { user: ['string', id], timestamp: ['long', clock] } as const;
    const clean = { kind: 'clean', keys: ['user'], aliases: [], purposes: ['research'] } as const;
    agree(
      readings.semiJoin(agreed, { user: 'email' }, { where: (l, r) => l.user.lte(r.email) }),
      row,
      clean,
    );
    agree(
      readings.leftJoin(calendar, [], { where: (l, r) => r.day.gt(l.user) }),
      {
        ...row,
        day: ['string', { null: true }],
        weekday: ['string', { null: true }],
      },
      { kind: 'local', keys: ['user'], aliases: [], complete: 'versions' },
    );
  });

  it('as-of joins', () => {
    const agreed = consenting.select('email', 'updated');
    const times = { left: 'timestamp', right: 'updated' } as const;
    agree(
      accelerometer
        .select('user', 'timestamp')
        .asOfJoin(agreed, { on: { user: 'email' }, time: times, match: 'nearest', tolerance: 5 }),
      {
        user: ['string', id],
        timestamp: ['long', clock],
        updated: ['long', { ...clock, null: true }],
      },
      { kind: 'local', keys: ['user'], aliases: [], complete: 'versions' },
    );
  });

  it('joins on a verified thing of the subject', () => {
    const owners = customers.select('email', 'serialNumber', 'updated').soleOwner('serialNumber');
    const steps = stepTrainer.select('serialNumber', 'distance');
    agree(
      steps.join(owners.drop('updated'), 'serialNumber'),
      {
        serialNumber: ['string', thing],
        distance: ['int', body],
        email: ['string', id],
      },
      {
        kind: 'local',
        keys: ['email'],
        aliases: [['serialNumber', 'device']],
        complete: 'no',
      },
    );
    agree(
      steps.join(
        owners.semiJoin(consenting, 'email').select('email', 'serialNumber').rename({
          serialNumber: 'own',
        }),
        { serialNumber: 'own' },
      ),
      { serialNumber: ['string', thing], distance: ['int', body], email: ['string', id] },
      {
        kind: 'clean',
        keys: ['email'],
        aliases: [['serialNumber', 'device']],
        purposes: ['research'],
      },
    );
    agree(
      steps.join(customers.select('email', 'serialNumber'), 'serialNumber'),
      { serialNumber: ['string', thing], distance: ['int', body], email: ['string', id] },
      { kind: 'mixed', keys: [], aliases: [] },
    );
  });

  it('joins of consenting strangers, with a reason', () => {
    const one = consenting.select('updated');
    const two = consenting.select('updated', 'sharedSince');
    const row = { updated: ['long', clock], sharedSince: ['long', { ...shared }] } as const;
    const joined = one.join(two, 'updated', { crossSubject: 'who else wrote then' });
    // keepConsented leaves only rows with a consent time; the types are careful and still say that it can be null.
    agree(
      joined.drop('sharedSince'),
      { updated: row.updated },
      {
        kind: 'clean',
        keys: [],
        aliases: [],
        purposes: ['research'],
      },
    );
  });

  it('joins and unions with rows about nobody', () => {
    const day = { day: ['string', {}], weekday: ['string', {}] } as const;
    agree(calendar, day, { kind: 'public', keys: [], aliases: [] });
    agree(
      accelerometer.select('user').join(calendar, { user: 'day' }),
      { user: ['string', id], weekday: ['string', {}] },
      { kind: 'local', keys: ['user'], aliases: [], complete: 'no' },
    );
    agree(
      calendar.join(accelerometer.select('user'), { day: 'user' }),
      { ...day, day: ['string', id] },
      { kind: 'local', keys: ['day'], aliases: [], complete: 'no' },
    );
    agree(
      calendar.select('day').union(consenting.select('email').rename({ email: 'day' })),
      { day: ['string', id] },
      { kind: 'clean', keys: [], aliases: [], purposes: ['research'] },
    );
  });

  it('lists, a row for each element', () => {
    const spread = lists.explode('words', { as: 'word', position: 'place' });
    const key = ['string', { 'subject:customer': true }] as const;
    agreeOnColumns(spread.select('word', 'place'), {
      word: ['string', { sensitive: true, null: true }],
      place: ['int', { sensitive: true }],
    });
    const outer = lists.select('key', 'pairs').explode('pairs', { as: 'pairs', outer: true });
    agree(
      outer.derive((c) => ({ a: c.pairs.a, b: c.pairs.b })).drop('pairs'),
      {
        key,
        a: ['int', { ...clock, null: true }],
        b: ['int', { ...clock, null: true }],
      },
      { kind: 'local', keys: ['key'], aliases: [], complete: 'no' },
    );
    agree(
      lists.select('key', 'pairs').explode('pairs', { as: 'pair' }).select('key'),
      { key },
      { kind: 'local', keys: ['key'], aliases: [], complete: 'no' },
    );
  });

  it('columns that become rows, and rows that become columns', () => {
    const turned = accelerometer.unpivot({ columns: ['x', 'y'], name: 'axis', value: 'reading' });
    agree(
      turned,
      {
        user: ['string', id],
        timestamp: ['long', clock],
        axis: ['string', {}],
        reading: ['double', body],
      },
      { kind: 'local', keys: ['user'], aliases: [], complete: 'no' },
    );
    agree(
      customers
        .unpivot({ columns: ['name', 'email'], name: 'which', value: 'text' })
        .select('text'),
      { text: ['string', { ...id, null: true }] },
      { kind: 'mixed', keys: [], aliases: [] },
    );
    const axes = { x: ['double', { ...body, null: true }] } as const;
    agree(
      turned.pivot({ by: ['user'], on: 'axis', values: ['x'], measure: (c) => avg(c.reading) }),
      { user: ['string', id], ...axes },
      { kind: 'local', keys: ['user'], aliases: [], complete: 'no' },
    );
    agree(
      turned.pivot({ by: [], on: 'timestamp', values: { x: 5 }, measure: (c) => avg(c.reading) }),
      { x: ['double', { ...body, ...clock, null: true }] },
      { kind: 'mixed', keys: [], aliases: [] },
    );
  });

  it('set operations', () => {
    const good = consenting.select('email');
    const raw = accelerometer.select('user').rename({ user: 'email' });
    const row = { email: ['string', id] } as const;
    const clean = { kind: 'clean', keys: ['email'], aliases: [], purposes: ['research'] } as const;
    agree(raw.intersect(good), row, clean);
    agree(good.except(raw), row, clean);
    agree(raw.except(raw), row, { kind: 'local', keys: ['email'], aliases: [], complete: 'no' });
    agree(
      consenting
        .select('name')
        .intersect(consenting.select('birthDay').rename({ birthDay: 'name' })),
      { name: ['string', { identifier: true, ...clock, null: true }] },
      { ...clean, keys: [] },
    );
    agree(raw.except(calendar.select('day').rename({ day: 'email' })), row, {
      kind: 'local',
      keys: ['email'],
      aliases: [],
      complete: 'no',
    });
    agree(
      calendar.select('day').except(good.rename({ email: 'day' })),
      { day: ['string', id] },
      { ...clean, keys: [] },
    );
    agree(
      calendar.select('day').antiJoin(good, { day: 'email' }),
      { day: ['string', id] },
      { ...clean, keys: [] },
    );
  });

  it('unions', () => {
    const raw = customers.select('email');
    const good = consenting.select('email');
    const row = { email: ['string', id] } as const;
    agree(good.union(good), row, {
      kind: 'clean',
      keys: ['email'],
      aliases: [],
      purposes: ['research'],
    });
    agree(good.union(raw), row, { kind: 'local', keys: ['email'], aliases: [], complete: 'no' });
    agree(raw.union(raw.select('email').rename({ email: 'email' })), row, {
      kind: 'local',
      keys: ['email'],
      aliases: [],
      complete: 'no',
    });
  });
});
