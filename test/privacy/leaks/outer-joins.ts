import { avg, count, job } from '#lakewright';
import { accelerometerLanding } from '../../../examples/stedi/tables/accelerometer.ts';
import { customerLanding } from '../../../examples/stedi/tables/customer.ts';
import { curated, trusted } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import {
  answers,
  calendar,
  consents,
  deviceLanding,
  profiles,
  readings,
  surveyLanding,
  words,
} from './tables.ts';

const everybody = 'privacy/not-consented';
const mixed = 'privacy/mixed-subjects';

/** Right, full and cross joins, and joins under a condition of the pair. */
export const leaksOfOuterJoins: readonly Leak[] = [
  leak('whom a right join keeps', everybody, "sink('kept_right')", () =>
    job('kept_right', {
      rows: consents.rightJoin(surveyLanding, { email: 'respondent' }),
      // @ts-expect-error
      sink: trusted.sink('kept_right'),
    }),
  ),
  leak('whom a full join keeps of the left', everybody, "sink('kept_full')", () =>
    job('kept_full', {
      rows: surveyLanding.fullJoin(consents, { respondent: 'email' }),
      // @ts-expect-error
      sink: trusted.sink('kept_full'),
    }),
  ),
  leak('whom a full join keeps of the right', everybody, "sink('kept_of_right')", () =>
    job('kept_of_right', {
      rows: consents.fullJoin(surveyLanding, { email: 'respondent' }),
      // @ts-expect-error
      sink: trusted.sink('kept_of_right'),
    }),
  ),
  leak('days that nobody was measured on', mixed, "sink('quiet_days')", () =>
    job('quiet_days', {
      rows: calendar.fullJoin(accelerometerLanding, { day: 'timestamp' }),
      // @ts-expect-error
      sink: trusted.sink('quiet_days'),
    }),
  ),
  leak('devices without an owner who consents, fully joined', mixed, "sink('devices')", () =>
    job('devices', {
      rows: customerLanding
        .select('email', 'serialNumber', 'lastUpdateDate')
        .soleOwner('serialNumber')
        .drop('lastUpdateDate')
        .fullJoin(deviceLanding, 'serialNumber'),
      // @ts-expect-error
      sink: trusted.sink('devices'),
    }),
  ),
  leak("everybody's mean beside those who consent", mixed, "sink('beside_mean')", () =>
    job('beside_mean', {
      rows: consents.crossJoin(accelerometerLanding.aggregate((c) => ({ mean: avg(c.x) }))),
      // @ts-expect-error
      sink: trusted.sink('beside_mean'),
    }),
  ),
  leak('how many there are, beside days', mixed, "sink('counted_days')", () =>
    job('counted_days', {
      rows: calendar.crossJoin(customerLanding.aggregate(() => ({ people: count() }))),
      // @ts-expect-error
      sink: trusted.sink('counted_days'),
    }),
  ),
  leak('each beside each without a reason', 'privacy/cross-subject', 'crossJoin', () =>
    job('each', {
      rows: answers.crossJoin(consents),
      // @ts-expect-error
      sink: trusted.sink('each'),
    }),
  ),
  leak('a full join with rows before consent', 'privacy/before-consent', "sink('early')", () =>
    job('early', {
      rows: consents.fullJoin(accelerometerLanding.semiJoin(consents, { user: 'email' }), {
        email: 'user',
      }),
      sink: trusted.sink('early'),
    }),
  ),
  leak('partners found by a condition alone', mixed, "sink('nearby')", () =>
    job('nearby', {
      rows: accelerometerLanding.semiJoin(consents, [], {
        where: (reading, consent) => reading.timestamp.gte(consent.shareWithResearchAsOfDate),
      }),
      // @ts-expect-error
      sink: trusted.sink('nearby'),
    }),
  ),
  leak('who was measured next before, whoever that is', mixed, "sink('next_before')", () =>
    job('next_before', {
      rows: consents.asOfJoin(accelerometerLanding, {
        on: [],
        time: { left: 'shareWithResearchAsOfDate', right: 'timestamp' },
        match: 'before',
      }),
      // @ts-expect-error
      sink: trusted.sink('next_before'),
    }),
  ),
  leak(
    'readings next to ones from before consent',
    'privacy/before-consent',
    "sink('nearest')",
    () =>
      job('nearest', {
        rows: consents
          .asOfJoin(accelerometerLanding, {
            on: { email: 'user' },
            time: { left: 'shareWithResearchAsOfDate', right: 'timestamp' },
            match: 'nearest',
          })
          .filter((c) => c.timestamp.gte(c.shareWithResearchAsOfDate)),
        sink: trusted.sink('nearest'),
      }),
  ),
  leak('strangers found by a condition', 'privacy/cross-subject', 'semiJoin', () =>
    job('strangers', {
      rows: answers.semiJoin(consents, [], {
        where: (answer, consent) => answer.respondent.gt(consent.email),
      }),
      // @ts-expect-error
      sink: trusted.sink('strangers'),
    }),
  ),
  leak(
    'words between which an email lies, that is words that are emails',
    'privacy/identifier-in-training-set',
    'select',
    () =>
      job('between', {
        rows: words
          .semiJoin(consents, [], {
            where: (word, consent) =>
              word.word.gte(consent.email).and(word.word.lte(consent.email)),
          })
          .select('word'),
        sink: curated.sink('between'),
      }),
  ),
  leak(
    'words beside what stands for a clock time of the pair',
    'privacy/quasi-identifier-in-training-set',
    'select',
    () =>
      job('seasons', {
        rows: readings
          .join(calendar, [], { where: (reading, on) => on.day.lte(reading.timestamp) })
          .select('x', 'season'),
        sink: curated.sink('seasons'),
      }),
  ),
  leak(
    'a weight that is said to equal a phone number',
    'privacy/identifier-in-training-set',
    'select',
    () =>
      job('equal', {
        rows: answers
          .join(
            profiles.select('person', 'phone'),
            { respondent: 'person' },
            {
              where: (one, other) => other.phone.eqNullSafe(one.answer),
            },
          )
          .select('answer'),
        sink: curated.sink('equal'),
      }),
  ),
];
