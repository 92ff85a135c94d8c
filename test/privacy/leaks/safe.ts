import {
  asc,
  avg,
  count,
  countDistinct,
  desc,
  double,
  job,
  lag,
  max,
  min,
  rank,
  rowNumber,
  stddev,
  sum,
  zone,
} from '#lakewright';
import { accelerometerLanding } from '../../../examples/stedi/tables/accelerometer.ts';
import { customerLanding } from '../../../examples/stedi/tables/customer.ts';
import { curated, trusted } from '../../../examples/stedi/zones.ts';
import { type Safe, safe } from './leak.ts';
import {
  advertising,
  answers,
  batchLanding,
  calendar,
  consenting,
  consents,
  deviceLanding,
  holderLanding,
  memberLanding,
  nextMonth,
  partners,
  profiles,
  readings,
  steps,
  suppressed,
  surveyLanding,
} from './tables.ts';

const restricted = zone('restricted');

export { safeOuterJoins } from './safe-joins.ts';

/** What looks like a leak and is none, or is what a lakehouse is for. */
export const safeJobs: readonly Safe[] = [
  safe('those who consent', () =>
    job('consenting', { rows: consenting, sink: trusted.sink('consenting') }),
  ),
  safe('odd rows of everybody, for stewards', () =>
    job('odd_readings', {
      rows: accelerometerLanding.quarantine((c) => ({ 'x is a number': c.x.isNaN().not() }))
        .quarantined,
      sink: restricted.sink('odd_reading'),
    }),
  ),
  safe('what nobody knows the people of, for stewards', () =>
    job('odd_answers', {
      rows: surveyLanding.aggregate((c) => ({ least: min(c.answer), mean: avg(c.answer) })),
      sink: restricted.sink('odd_answer'),
    }),
  ),
  safe('everybody who does not consent, for stewards', () =>
    job('refusing', {
      rows: customerLanding.antiJoin(consents, 'email'),
      sink: restricted.sink('refusing', { doc: 'To be asked again.' }),
    }),
  ),
  safe('those who consent, narrowed after', () =>
    job('with_phone', {
      rows: consenting.filter((c) => c.phone.isNotNull()).drop('birthDay'),
      sink: trusted.sink('with_phone'),
    }),
  ),
  safe('the latest version of each, then consent', () =>
    job('latest', {
      rows: customerLanding.latestBy('email', 'lastUpdateDate').keepConsented('research'),
      sink: trusted.sink('latest'),
    }),
  ),
  safe('what is expected of everybody, then consent', () =>
    job('expected', {
      rows: customerLanding
        .expect((c) => ({ 'has a phone': c.phone.isNotNull() }), { onFail: 'warn' })
        .keepConsented('research'),
      sink: trusted.sink('expected'),
    }),
  ),
  safe('readings of which something is expected, since consent', () =>
    job('expected_readings', {
      rows: accelerometerLanding
        .expect((c) => ({ 'x is a number': c.x.isNaN().not() }), { onFail: 'drop' })
        .join(consents, { user: 'email' })
        .expect((c) => ({ 'since consent': c.timestamp.gte(c.shareWithResearchAsOfDate) }), {
          onFail: 'drop',
        }),
      sink: trusted.sink('expected_readings'),
    }),
  ),
  safe('columns chosen and renamed, then consent', () =>
    job('chosen', {
      rows: customerLanding
        .select('email', 'shareWithResearchAsOfDate', 'lastUpdateDate')
        .rename({ shareWithResearchAsOfDate: 'agreed', email: 'who' })
        .keepConsented('research'),
      sink: trusted.sink('chosen'),
    }),
  ),
  safe('whole rows once, then consent', () =>
    job('once', {
      rows: customerLanding.distinct().keepConsented('research'),
      sink: trusted.sink('once'),
    }),
  ),
  safe('phones of those who consent, one by one', () =>
    job('phones', {
      rows: holderLanding
        .keepConsented('research')
        .explode('phones', { as: 'phone', position: 'place', outer: true }),
      sink: trusted.sink('phones'),
    }),
  ),
  safe('what was measured, one by one, then consent', () =>
    job('values', {
      rows: batchLanding
        .drop('samples')
        .explode('values', { as: 'value' })
        .semiJoin(consents, { user: 'email' })
        .select('kind', 'value'),
      sink: curated.sink('values'),
    }),
  ),
  safe('how many have each hobby', () =>
    job('hobbies', {
      rows: holderLanding
        .keepConsented('research')
        .explode('hobbies', { as: 'hobby' })
        .groupBy('hobby')
        .aggregate(() => ({ people: count() })),
      sink: curated.sink('hobbies'),
    }),
  ),
  safe('emails of customers who consent', () =>
    job('among_all', {
      rows: customerLanding.select('email').intersect(consenting.select('email')),
      sink: trusted.sink('among_all'),
    }),
  ),
  safe('emails of those who consent and did not ask to be left out', () =>
    job('not_suppressed', {
      rows: consenting.select('email').except(suppressed.select('email')),
      sink: trusted.sink('not_suppressed'),
    }),
  ),
  safe('answers that some who consent gave and others did not', () =>
    job('unlike', {
      rows: answers
        .select('answer')
        .except(answers.filter((c) => c.remark.isNull()).select('answer')),
      sink: curated.sink('unlike'),
    }),
  ),
  safe('means of axes, turned to rows and back', () =>
    job('axes', {
      rows: readings
        .unpivot({ columns: ['x', 'y', 'z'], name: 'axis', value: 'reading' })
        .pivot({ by: ['user'], on: 'axis', values: ['x', 'y'], measure: (c) => avg(c.reading) })
        .drop('user'),
      sink: curated.sink('axes'),
    }),
  ),
  safe('readings since consent', () =>
    job('readings', { rows: readings, sink: trusted.sink('readings') }),
  ),
  safe('the comparison the other way round', () =>
    job('other_way', {
      rows: accelerometerLanding
        .join(consents, { user: 'email' })
        .filter((c) => c.x.gt(0).and(c.shareWithResearchAsOfDate.lte(c.timestamp))),
      sink: trusted.sink('other_way'),
    }),
  ),
  safe('readings of a device by its one owner', () =>
    job('steps', { rows: steps, sink: trusted.sink('steps') }),
  ),
  safe('a device without events by its one owner', () =>
    job('devices', {
      rows: deviceLanding.join(
        customerLanding
          .select('email', 'serialNumber')
          .soleOwner('serialNumber')
          .join(consents.select('email'), 'email')
          .select('email', 'serialNumber'),
        'serialNumber',
      ),
      sink: trusted.sink('devices'),
    }),
  ),
  safe('a sum per person, then consent', () =>
    job('sums', {
      rows: surveyLanding
        .groupBy('respondent')
        .aggregate((c) => ({ answers: count(), total: sum(c.answer) }))
        .join(consents, { respondent: 'email' }),
      sink: trusted.sink('sums'),
    }),
  ),
  safe('sums per person and answer, and per person, then consent', () =>
    job('subtotals', {
      rows: surveyLanding
        .groupingSets(['respondent', 'answer'], ['respondent'])
        .aggregate(() => ({ answers: count() }))
        .join(consents, { respondent: 'email' }),
      sink: trusted.sink('subtotals'),
    }),
  ),
  safe('every subtotal of those who consent', () =>
    job('cube', {
      rows: readings
        .select('x', 'y')
        .cube('x', 'y')
        .aggregate(() => ({ readings: count() })),
      sink: curated.sink('cube'),
    }),
  ),
  safe('one row per person, then consent', () =>
    job('best', {
      rows: surveyLanding
        .dedupe({ by: ['respondent'], order: [desc('answer'), asc('remark')] })
        .semiJoin(consents, { respondent: 'email' }),
      sink: trusted.sink('best'),
    }),
  ),
  safe('the first rows of each person, then consent', () =>
    job('best_three', {
      rows: surveyLanding
        .top(3, { by: ['respondent'], order: [desc('answer')] })
        .semiJoin(consents, { respondent: 'email' }),
      sink: trusted.sink('best_three'),
    }),
  ),
  safe('raw rows of one person joined, then consent', () =>
    job('profiles', {
      rows: surveyLanding
        .join(
          suppressed.derive(() => ({ leaves: true })),
          { respondent: 'email' },
        )
        .semiJoin(consents, { respondent: 'email' }),
      sink: trusted.sink('profiles'),
    }),
  ),
  safe('consenting people, with what else there is of them', () =>
    job('with_answers', {
      rows: consents.leftJoin(surveyLanding, { email: 'respondent' }),
      sink: trusted.sink('with_answers'),
    }),
  ),
  safe('consenting people who are on no suppression list', () =>
    job('unsuppressed', {
      rows: consenting.antiJoin(suppressed, 'email'),
      sink: trusted.sink('unsuppressed'),
    }),
  ),
  safe('the mean of everybody who consents', () =>
    job('mean', {
      rows: answers.aggregate((c) => ({ people: count(), mean: avg(c.answer) })),
      sink: curated.sink('mean'),
    }),
  ),
  safe('two lists of people who consent', () =>
    job('two_lists', {
      rows: answers
        .select('respondent')
        .rename({ respondent: 'email' })
        .union(consenting.select('email')),
      sink: trusted.sink('two_lists'),
    }),
  ),
  safe('a calendar', () =>
    job('dated', {
      rows: readings
        .derive((c) => ({ day: c.timestamp.bucket(86_400_000) }))
        .leftJoin(calendar, 'day'),
      sink: trusted.sink('dated'),
    }),
  ),
  safe('the calendar itself', () => job('days', { rows: calendar, sink: curated.sink('days') })),
  safe('a zone of two purposes', () =>
    job('both', {
      rows: memberLanding.keepConsented('research', 'marketing'),
      sink: partners.sink('both'),
    }),
  ),
  safe('a zone of one of two purposes', () =>
    job('one_of_two', {
      rows: memberLanding.keepConsented('research', 'marketing').select('email', 'points'),
      sink: advertising.sink('one_of_two'),
    }),
  ),
  safe('people who did not refuse advertising, among those who consent', () =>
    job('refined', {
      rows: consenting.filter((c) => c.shareWithPublicAsOfDate.isNull()),
      sink: trusted.sink('refined'),
    }),
  ),
  safe('values under a pseudonym', () =>
    job('values', {
      rows: readings
        .pseudonymize('user', { as: 'participant', purpose: 'research' })
        .select('participant', 'x', 'y', 'z'),
      sink: curated.sink('values'),
    }),
  ),
  safe("the time since one's own first reading", () =>
    job('elapsed', {
      rows: readings
        .join(
          readings.groupBy('user').aggregate((c) => ({ first: min(c.timestamp) })),
          'user',
        )
        .derive((c) => ({ elapsed: c.timestamp.elapsedSince(c.first) }))
        .pseudonymize('user', { as: 'participant', purpose: 'research' })
        .select('participant', 'elapsed', 'x'),
      sink: curated.sink('elapsed'),
    }),
  ),
  safe('how long each trained, in bands of a minute', () =>
    job('bands', {
      rows: readings
        .groupBy('user')
        .aggregate((c) => ({ first: min(c.timestamp), last: max(c.timestamp) }))
        .derive((c) => ({ minutes: c.last.elapsedSince(c.first).bucket(60_000) }))
        .groupBy('minutes')
        .aggregate(() => ({ people: count() })),
      sink: curated.sink('bands'),
    }),
  ),
  safe('how many people, and how old, of each city with enough of them', () =>
    job('enough', {
      rows: profiles
        .groupBy('city')
        .aggregate((c) => ({ people: countDistinct(c.person), born: avg(c.birthYear) }), {
          atLeastSubjects: 20,
        }),
      sink: curated.sink('enough'),
    }),
  ),
  safe('an age band', () =>
    job('age_band', {
      rows: profiles.derive((c) => ({ decade: c.birthYear.band(10) })).select('decade', 'city'),
      sink: curated.sink('age_band'),
    }),
  ),
  safe('a wider age band, of a copy under another name, through a table', () => {
    const kept = job('kept', { rows: profiles, sink: trusted.sink('kept') });
    return [
      kept,
      job('generations', {
        rows: kept.table
          .rename({ birthYear: 'born' })
          .derive((c) => ({ generation: c.born.band(30), decade: c.born.band(20) }))
          .groupBy('generation', 'decade')
          .aggregate(() => ({ people: count() })),
        sink: curated.sink('generations'),
      }),
    ];
  }),
  safe('features of each participant', () =>
    job('features', {
      rows: readings
        .pseudonymize('user', { as: 'participant', purpose: 'research' })
        .groupBy('participant')
        .aggregate((c) => ({ mean: avg(c.x), deviation: stddev(c.x), most: max(c.y) })),
      sink: curated.sink('features'),
    }),
  ),
  safe('moving features of each participant, in the order of time since their first reading', () =>
    job('moving_features', {
      rows: readings
        .window({ by: ['user'] }, (c) => ({ start: min(c.timestamp) }))
        .derive((c) => ({ since: c.timestamp.elapsedSince(c.start) }))
        .drop('timestamp', 'start')
        .window({ by: ['user'], order: [asc('since')], rows: [-4, 0] }, (c) => ({
          number: rowNumber(),
          before: lag(c.x),
          mean: avg(c.x),
        }))
        .drop('user'),
      sink: curated.sink('moving_features'),
    }),
  ),
  safe('how many readings a participant has of the same instant', () =>
    job('same_instant', {
      rows: readings
        .window({ by: ['user', 'timestamp'] }, () => ({ alike: count() }))
        .drop('user', 'timestamp'),
      sink: curated.sink('same_instant'),
    }),
  ),
  safe('sessions of each participant', () =>
    job('sessions', {
      rows: readings
        .sessionize({ by: ['user'], time: 'timestamp', gap: 60_000, as: 'session' })
        .groupBy('user', 'session')
        .aggregate((c) => ({ readings: count(), mean: avg(c.x) }))
        .drop('user', 'session'),
      sink: curated.sink('sessions'),
    }),
  ),
  safe('a tenth of the participants, then their histories', () =>
    job('histories', {
      rows: surveyLanding
        .sample(0.1, { by: ['respondent'] })
        .scdType2({ by: ['respondent'], time: 'answer' })
        .semiJoin(consents, { respondent: 'email' }),
      sink: trusted.sink('histories'),
    }),
  ),
  safe('what SQL made of readings, since somebody looked at it', () =>
    job('middles', {
      rows: readings
        .select('x')
        .sql('SELECT approx_percentile(x, 0.5) AS middle FROM input', { middle: double() })
        .declassify({
          from: 'mixed',
          to: 'research',
          reason: 'One number of all readings.',
          reviewer: 'privacy@example.org',
          expires: nextMonth,
        }),
      sink: curated.sink('middles'),
    }),
  ),
  safe('a place among those who consent', () =>
    job('places', {
      rows: readings.select('x').window({ by: [], order: [desc('x')] }, () => ({ place: rank() })),
      sink: curated.sink('places'),
    }),
  ),
  safe('how many rows each person has, then consent', () =>
    job('per_person', {
      rows: surveyLanding
        .window({ by: ['respondent'] }, () => ({ answers: count() }))
        .semiJoin(consents, { respondent: 'email' }),
      sink: trusted.sink('per_person'),
    }),
  ),
  safe('versions counted before consent is read off them', () =>
    job('versions', {
      rows: customerLanding
        .window({ by: ['email'] }, () => ({ versions: count() }))
        .keepConsented('research'),
      sink: trusted.sink('versions'),
    }),
  ),
  safe('pairs of people, where the author says why', () =>
    job('pairs', {
      rows: readings
        .select('user', 'timestamp', 'x')
        .join(readings.select('user', 'timestamp').rename({ user: 'other' }), 'timestamp', {
          crossSubject: 'who trains together',
        }),
      sink: trusted.sink('pairs'),
    }),
  ),
];
