import { avg, count, countDistinct, desc, job, max, sum } from '#lakewright';
import { accelerometerLanding } from '../../../examples/stedi/tables/accelerometer.ts';
import { customerLanding } from '../../../examples/stedi/tables/customer.ts';
import { trusted } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import {
  answers,
  calendar,
  consenting,
  consents,
  profileLanding,
  surveyLanding,
} from './tables.ts';

/** Rows that show nobody who refused, yet would differ without them. */
export const leaksOfInfluence: readonly Leak[] = [
  leak('the mean of everybody', 'privacy/mixed-subjects', "sink('mean')", () =>
    job('mean', {
      rows: accelerometerLanding.aggregate((c) => ({ mean: avg(c.x) })),
      // @ts-expect-error
      sink: trusted.sink('mean'),
    }),
  ),
  leak('how many there are', 'privacy/mixed-subjects', "sink('how_many')", () =>
    job('how_many', {
      rows: customerLanding.aggregate((c) => ({ people: countDistinct(c.email) })),
      // @ts-expect-error
      sink: trusted.sink('how_many'),
    }),
  ),
  leak('the mean of each day', 'privacy/mixed-subjects', "sink('daily')", () =>
    job('daily', {
      rows: accelerometerLanding
        .derive((c) => ({ day: c.timestamp.bucket(86_400_000) }))
        .groupBy('day')
        .aggregate((c) => ({ mean: avg(c.x) })),
      // @ts-expect-error
      sink: trusted.sink('daily'),
    }),
  ),
  leak('a distance from the mean of everybody', 'privacy/mixed-subjects', "sink('from_mean')", () =>
    job('from_mean', {
      rows: answers
        .derive(() => ({ one: 1 }))
        .join(
          surveyLanding.aggregate((c) => ({ mean: avg(c.answer) })).derive(() => ({ one: 1 })),
          'one',
        ),
      // @ts-expect-error
      sink: trusted.sink('from_mean'),
    }),
  ),
  leak('the greatest of everybody', 'privacy/mixed-subjects', "sink('greatest')", () =>
    job('greatest', {
      rows: answers.semiJoin(
        surveyLanding.aggregate((c) => ({ greatest: max(c.answer) })),
        { answer: 'greatest' },
      ),
      // @ts-expect-error
      sink: trusted.sink('greatest'),
    }),
  ),
  leak('one row of each answer, whoever gave it', 'privacy/mixed-subjects', "sink('picks')", () =>
    job('picks', {
      rows: surveyLanding
        .dedupe({ by: ['answer'], order: [desc('remark')] })
        .semiJoin(consents, { respondent: 'email' }),
      // @ts-expect-error
      sink: trusted.sink('picks'),
    }),
  ),
  leak('the ten greatest answers of everybody', 'privacy/mixed-subjects', "sink('top_ten')", () =>
    job('top_ten', {
      rows: surveyLanding
        .top(10, { order: [desc('answer')] })
        .semiJoin(consents, { respondent: 'email' }),
      // @ts-expect-error
      sink: trusted.sink('top_ten'),
    }),
  ),
  leak(
    'the two newest versions of each person, then consent',
    'privacy/consent-after-filter',
    "keepConsented('research')",
    () =>
      job('two_versions', {
        rows: customerLanding
          .top(2, { by: ['email'], order: [desc('lastUpdateDate')] })
          // @ts-expect-error
          .keepConsented('research'),
        sink: trusted.sink('two_versions'),
      }),
  ),
  leak(
    'the latest customer of each device, then consent',
    'privacy/no-subject',
    "keepConsented('research')",
    () =>
      job('latest_of_device', {
        rows: customerLanding
          .latestBy('serialNumber', 'lastUpdateDate')
          // @ts-expect-error
          .keepConsented('research'),
        // @ts-expect-error
        sink: trusted.sink('latest_of_device'),
      }),
  ),
  leak('answers that nobody else gave', 'privacy/mixed-subjects', "sink('rare')", () =>
    job('rare', {
      rows: answers
        .select('answer')
        .except(profileLanding.select('birthYear').rename({ birthYear: 'answer' })),
      // @ts-expect-error
      sink: trusted.sink('rare'),
    }),
  ),
  leak('answers that others gave too', 'privacy/mixed-subjects', "sink('common')", () =>
    job('common', {
      rows: answers.select('answer').intersect(surveyLanding.select('answer')),
      // @ts-expect-error
      sink: trusted.sink('common'),
    }),
  ),
  leak('those of all who do not consent', 'privacy/not-consented', "sink('refusing')", () =>
    job('refusing', {
      rows: customerLanding.select('email').except(consenting.select('email')),
      // @ts-expect-error
      sink: trusted.sink('refusing'),
    }),
  ),
  leak(
    'a list of days without those on which somebody was born',
    'privacy/mixed-subjects',
    "sink('days')",
    () =>
      job('days', {
        rows: calendar
          .select('season')
          .except(customerLanding.select('birthDay').rename({ birthDay: 'season' })),
        // @ts-expect-error
        sink: trusted.sink('days'),
      }),
  ),
  leak('birthdays without their people', 'privacy/mixed-subjects', "sink('birthdays')", () =>
    job('birthdays', {
      rows: customerLanding.select('birthDay').distinct(),
      // @ts-expect-error
      sink: trusted.sink('birthdays'),
    }),
  ),
  leak('people of each device', 'privacy/mixed-subjects', "sink('per_device')", () =>
    job('per_device', {
      rows: consenting.join(
        customerLanding.groupBy('serialNumber').aggregate(() => ({ people: count() })),
        'serialNumber',
      ),
      // @ts-expect-error
      sink: trusted.sink('per_device'),
    }),
  ),
  leak('devices that nobody shares', 'privacy/mixed-subjects', "sink('unshared')", () =>
    job('unshared', {
      rows: consenting.antiJoin(
        customerLanding
          .groupBy('serialNumber')
          .aggregate(() => ({ versions: count() }))
          .filter((c) => c.versions.gt(1)),
        'serialNumber',
      ),
      // @ts-expect-error
      sink: trusted.sink('unshared'),
    }),
  ),
  leak('people born on the same day', 'privacy/mixed-subjects', "sink('twins')", () =>
    job('twins', {
      rows: consenting.leftJoin(
        customerLanding.groupBy('birthDay').aggregate(() => ({ people: count() })),
        'birthDay',
      ),
      // @ts-expect-error
      sink: trusted.sink('twins'),
    }),
  ),
  leak('days on which somebody trained', 'privacy/mixed-subjects', "sink('busy')", () =>
    job('busy', {
      rows: calendar.semiJoin(accelerometerLanding, { day: 'timestamp' }),
      // @ts-expect-error
      sink: trusted.sink('busy'),
    }),
  ),
  leak('days on which nobody trained', 'privacy/mixed-subjects', "sink('idle')", () =>
    job('idle', {
      rows: calendar.antiJoin(accelerometerLanding, { day: 'timestamp' }),
      // @ts-expect-error
      sink: trusted.sink('idle'),
    }),
  ),
  leak('days with what people did on them', 'privacy/mixed-subjects', "sink('diary')", () =>
    job('diary', {
      rows: calendar.leftJoin(accelerometerLanding, { day: 'timestamp' }),
      // @ts-expect-error
      sink: trusted.sink('diary'),
    }),
  ),
  leak('days appended to raw times', 'privacy/mixed-subjects', "sink('times')", () =>
    job('times', {
      rows: calendar
        .select('day')
        .union(accelerometerLanding.select('timestamp').rename({ timestamp: 'day' })),
      // @ts-expect-error
      sink: trusted.sink('times'),
    }),
  ),
  leak(
    'answers of people whose device somebody else has too',
    'privacy/mixed-subjects',
    "sink('neighbours')",
    () =>
      job('neighbours', {
        rows: consenting.select('email', 'serialNumber').semiJoin(
          customerLanding.filter((c) => c.phone.isNull()),
          'serialNumber',
        ),
        // @ts-expect-error
        sink: trusted.sink('neighbours'),
      }),
  ),
  leak('a count of everybody, handed on', 'privacy/mixed-subjects', "sink('counts')", () => {
    const counts = job('counts', {
      rows: surveyLanding.groupBy('answer').aggregate(() => ({ people: count() })),
      // @ts-expect-error
      sink: trusted.sink('counts'),
    });
    return [
      counts,
      // Told once, where it is let in: of what was refused before, no more is said.
      job('handed_on', {
        rows: counts.table.filter((c) => c.people.gt(10)),
        // @ts-expect-error
        sink: trusted.sink('handed_on'),
      }),
    ];
  }),
  leak('sums per person with the sum of all', 'privacy/mixed-subjects', "sink('subtotals')", () =>
    job('subtotals', {
      rows: surveyLanding.rollup('respondent').aggregate((c) => ({ total: sum(c.answer) })),
      // @ts-expect-error
      sink: trusted.sink('subtotals'),
    }),
  ),
  leak('the same of those who consent', 'privacy/mixed-subjects', "sink('consenting')", () =>
    job('consenting', {
      rows: surveyLanding
        .groupingSets(['respondent', 'answer'], ['answer'])
        .aggregate(() => ({ answers: count() }))
        .semiJoin(consents, { respondent: 'email' }),
      // @ts-expect-error
      sink: trusted.sink('consenting'),
    }),
  ),
];
