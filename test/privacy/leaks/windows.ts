import {
  asc,
  avg,
  count,
  denseRank,
  desc,
  firstValue,
  job,
  lag,
  rank,
  rowNumber,
} from '#lakewright';
import { accelerometerLanding } from '../../../examples/stedi/tables/accelerometer.ts';
import { customerLanding } from '../../../examples/stedi/tables/customer.ts';
import { curated, trusted } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import { answers, consents, profileLanding, readings, surveyLanding } from './tables.ts';

const identifier = 'privacy/identifier-in-training-set';
const quasi = 'privacy/quasi-identifier-in-training-set';

/** What the rows of a window tell of other rows. */
export const leaksOfWindows: readonly Leak[] = [
  leak('a place among everybody', 'privacy/mixed-subjects', "sink('place')", () =>
    job('place', {
      rows: surveyLanding
        .window({ by: [], order: [desc('answer')] }, () => ({ place: rank() }))
        .semiJoin(consents, { respondent: 'email' }),
      // @ts-expect-error
      sink: trusted.sink('place'),
    }),
  ),
  leak('how many gave the same answer', 'privacy/mixed-subjects', "sink('alike')", () =>
    job('alike', {
      rows: surveyLanding
        .window({ by: ['answer'] }, () => ({ alike: count() }))
        .semiJoin(consents, { respondent: 'email' }),
      // @ts-expect-error
      sink: trusted.sink('alike'),
    }),
  ),
  leak('the answer of whoever comes before', 'privacy/mixed-subjects', "sink('neighbour')", () =>
    job('neighbour', {
      rows: surveyLanding
        .window({ by: [], order: [asc('respondent')] }, (c) => ({ before: lag(c.answer) }))
        .semiJoin(consents, { respondent: 'email' }),
      // @ts-expect-error
      sink: trusted.sink('neighbour'),
    }),
  ),
  leak(
    'numbers in place of names, given to everybody',
    'privacy/mixed-subjects',
    "sink('ids')",
    () =>
      job('ids', {
        rows: customerLanding
          .window({ by: [], order: [asc('email')] }, () => ({ id: denseRank() }))
          .semiJoin(consents, 'email'),
        // @ts-expect-error
        sink: trusted.sink('ids'),
      }),
  ),
  leak('how many people trained at the same instant', quasi, 'drop', () =>
    job('alike_in_time', {
      rows: readings
        .window({ by: ['timestamp'] }, () => ({ alike: count() }))
        .drop('user', 'timestamp'),
      // @ts-expect-error
      sink: curated.sink('alike_in_time'),
    }),
  ),
  leak('sessions of a device', 'privacy/mixed-subjects', "sink('per_place')", () =>
    job('per_place', {
      rows: profileLanding
        .sessionize({ by: ['city'], time: 'joined', gap: 60_000, as: 'wave' })
        .semiJoin(consents, { person: 'email' }),
      // @ts-expect-error
      sink: trusted.sink('per_place'),
    }),
  ),
  leak(
    'the reading before, which may be from before consent',
    'privacy/before-consent',
    "sink('steps')",
    () =>
      job('steps', {
        rows: accelerometerLanding
          .window({ by: ['user'], order: [asc('timestamp')] }, (c) => ({ before: lag(c.x) }))
          .join(consents, { user: 'email' })
          .filter((c) => c.timestamp.gte(c.shareWithResearchAsOfDate)),
        sink: trusted.sink('steps'),
      }),
  ),
  leak('a mean over time from before consent', 'privacy/before-consent', "sink('moving')", () =>
    job('moving', {
      rows: accelerometerLanding
        .join(consents, { user: 'email' })
        .window({ by: ['user'], order: [asc('timestamp')], range: [-1000, 0] }, (c) => ({
          mean: avg(c.x),
        }))
        .filter((c) => c.timestamp.gte(c.shareWithResearchAsOfDate)),
      sink: trusted.sink('moving'),
    }),
  ),
  leak(
    'a pick of the newest version, then what others told of it',
    'privacy/consent-after-filter',
    "keepConsented('research')",
    () =>
      job('picked', {
        rows: customerLanding
          .latestBy('email', 'lastUpdateDate')
          .window({ by: ['email'] }, () => ({ versions: count() }))
          // @ts-expect-error
          .keepConsented('research'),
        sink: trusted.sink('picked'),
      }),
  ),
  leak('a number in the order of names', identifier, 'select', () =>
    job('numbered', {
      rows: answers
        .window({ by: [], order: [asc('respondent')] }, () => ({ id: rowNumber() }))
        .select('answer', 'id'),
      // @ts-expect-error
      sink: curated.sink('numbered'),
    }),
  ),
  leak('a number in any order, for which names decide among ties', identifier, 'select', () =>
    job('tied', {
      rows: answers
        .derive(() => ({ one: 1 }))
        .window({ by: [], order: [asc('one')] }, () => ({ id: rowNumber() }))
        .select('answer', 'id'),
      // @ts-expect-error
      sink: curated.sink('tied'),
    }),
  ),
  leak('how many of the group of one name there are', identifier, 'select', () =>
    job('singled', {
      rows: answers
        .derive((c) => ({ group: c.respondent.eq('ann@example.org') }))
        .window({ by: ['group'] }, () => ({ n: count() }))
        .select('answer', 'n'),
      // @ts-expect-error
      sink: curated.sink('singled'),
    }),
  ),
  leak('the name of whoever answers first', identifier, 'select', () =>
    job('first', {
      rows: answers
        .window({ by: ['respondent'], order: [asc('answer')] }, (c) => ({
          who: firstValue(c.respondent),
        }))
        .select('answer', 'who'),
      // @ts-expect-error
      sink: curated.sink('first'),
    }),
  ),
  leak('a place in time', quasi, 'select', () =>
    job('in_time', {
      rows: readings
        .window({ by: [], order: [asc('timestamp')] }, () => ({ place: rank() }))
        .select('x', 'place'),
      // @ts-expect-error
      sink: curated.sink('in_time'),
    }),
  ),
  leak('when sessions began', quasi, 'select', () =>
    job('sessions', {
      rows: readings
        .sessionize({ by: ['user'], time: 'timestamp', gap: 60_000, as: 'session' })
        .select('x', 'session'),
      // @ts-expect-error
      sink: curated.sink('sessions'),
    }),
  ),
];
