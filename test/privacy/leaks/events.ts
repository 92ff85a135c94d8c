import { job, min } from '#lakewright';
import { accelerometerLanding } from '../../../examples/stedi/tables/accelerometer.ts';
import { curated, trusted } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import { consents, readings } from './tables.ts';

const consented = accelerometerLanding.join(consents, { user: 'email' });

/** What happened before consent, which the types do not follow. */
export const leaksOfEvents: readonly Leak[] = [
  leak('the consent time is dropped', 'privacy/before-consent', "sink('dropped')", () =>
    job('dropped', {
      rows: consented.drop('shareWithResearchAsOfDate'),
      sink: trusted.sink('dropped'),
    }),
  ),
  leak('the consent time is not looked at', 'privacy/before-consent', "sink('semi')", () =>
    job('semi', {
      rows: accelerometerLanding.semiJoin(consents, { user: 'email' }),
      sink: trusted.sink('semi'),
    }),
  ),
  leak('the comparison is reversed', 'privacy/before-consent', "sink('reversed')", () =>
    job('reversed', {
      rows: consented.filter((c) => c.timestamp.lte(c.shareWithResearchAsOfDate)),
      sink: trusted.sink('reversed'),
    }),
  ),
  leak('the comparison is one of two', 'privacy/before-consent', "sink('one_of_two')", () =>
    job('one_of_two', {
      rows: consented.filter((c) => c.timestamp.gte(c.shareWithResearchAsOfDate).or(c.x.gt(0))),
      sink: trusted.sink('one_of_two'),
    }),
  ),
  leak('the comparison only warns', 'privacy/before-consent', "sink('warned')", () =>
    job('warned', {
      rows: consented.expect(
        (c) => ({ 'since consent': c.timestamp.gte(c.shareWithResearchAsOfDate) }),
        { onFail: 'warn' },
      ),
      sink: trusted.sink('warned'),
    }),
  ),
  leak('the event is moved', 'privacy/before-consent', "sink('moved')", () =>
    job('moved', {
      rows: consented.filter((c) => c.timestamp.plus(86_400_000).gte(c.shareWithResearchAsOfDate)),
      sink: trusted.sink('moved'),
    }),
  ),
  leak('the event is replaced', 'privacy/before-consent', "sink('replaced')", () =>
    job('replaced', {
      rows: consented
        .replace((c) => ({ timestamp: c.timestamp.abs() }))
        .filter((c) => c.timestamp.gte(c.shareWithResearchAsOfDate)),
      sink: trusted.sink('replaced'),
    }),
  ),
  leak('the consent is moved', 'privacy/before-consent', "sink('moved_consent')", () =>
    job('moved_consent', {
      rows: consented.filter((c) => c.timestamp.gte(c.shareWithResearchAsOfDate.minus(1))),
      sink: trusted.sink('moved_consent'),
    }),
  ),
  leak('the event is compared with a constant', 'privacy/before-consent', "sink('constant')", () =>
    job('constant', {
      rows: consented.filter((c) => c.timestamp.gte(1_655_296_678_763)),
      sink: trusted.sink('constant'),
    }),
  ),
  leak('the event is dropped before', 'privacy/before-consent', "sink('event_dropped')", () =>
    job('event_dropped', {
      rows: consented.select('user', 'x', 'y', 'z'),
      sink: trusted.sink('event_dropped'),
    }),
  ),
  leak('the first event is compared', 'privacy/before-consent', "sink('summed_before')", () =>
    job('summed_before', {
      rows: accelerometerLanding
        .groupBy('user')
        .aggregate((c) => ({ first: min(c.timestamp), least: min(c.x) }))
        .join(consents, { user: 'email' })
        .filter((c) => c.first.gte(c.shareWithResearchAsOfDate)),
      sink: trusted.sink('summed_before'),
    }),
  ),
  leak("another's consent is compared", 'privacy/before-consent', "sink('of_another')", () =>
    job('of_another', {
      rows: accelerometerLanding
        .semiJoin(consents, { user: 'email' })
        .join(
          consents.rename({ email: 'friend' }),
          { timestamp: 'shareWithResearchAsOfDate' },
          { crossSubject: 'friends who joined when somebody trained' },
        ),
      sink: trusted.sink('of_another'),
    }),
  ),
  leak(
    'partners are sought among events before consent',
    'privacy/before-consent',
    "sink('partners')",
    () =>
      job('partners', {
        rows: consents.semiJoin(accelerometerLanding, { email: 'user' }),
        sink: trusted.sink('partners'),
      }),
  ),
  leak(
    'those without events before consent',
    'privacy/before-consent',
    "sink('without_partners')",
    () =>
      job('without_partners', {
        rows: consents.antiJoin(accelerometerLanding, { email: 'user' }),
        sink: trusted.sink('without_partners'),
      }),
  ),
  leak('events from before consent appended', 'privacy/before-consent', "sink('also_before')", () =>
    job('also_before', {
      rows: readings.union(consented.drop('shareWithResearchAsOfDate')),
      sink: trusted.sink('also_before'),
    }),
  ),
];

/** Clock times in pseudonymous data, passed off as elapsed time. */
export const leaksOfClocks: readonly Leak[] = [
  leak('the time since 1970', 'privacy/quasi-identifier-in-training-set', 'select', () =>
    job('since_1970', {
      // @ts-expect-error
      rows: readings.derive((c) => ({ since: c.timestamp.elapsedSince(0) })).select('since', 'x'),
      sink: curated.sink('since_1970'),
    }),
  ),
  leak('the time since a computed zero', 'privacy/elapsed-time', 'elapsedSince', () =>
    job('since_zero', {
      rows: readings
        .derive((c) => ({ zero: c.timestamp.minus(c.timestamp) }))
        .derive((c) => ({ since: c.timestamp.elapsedSince(c.zero) }))
        .select('since', 'x'),
      sink: curated.sink('since_zero'),
    }),
  ),
  leak('the time since the first of all people', 'privacy/elapsed-time', 'elapsedSince', () =>
    job('since_all', {
      rows: readings
        .join(
          readings.groupBy('x').aggregate((c) => ({ first: min(c.timestamp) })),
          'x',
          { crossSubject: 'one zero for all' },
        )
        .derive((c) => ({ since: c.timestamp.elapsedSince(c.first) }))
        .select('since', 'x'),
      sink: curated.sink('since_all'),
    }),
  ),
  leak(
    'a clock time in buckets of an hour',
    'privacy/quasi-identifier-in-training-set',
    'select',
    () =>
      job('by_hour', {
        rows: readings.derive((c) => ({ hour: c.timestamp.bucket(3_600_000) })).select('hour', 'x'),
        // @ts-expect-error
        sink: curated.sink('by_hour'),
      }),
  ),
];
