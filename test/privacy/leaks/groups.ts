import { avg, count, countDistinct, job, max, when } from '#lakewright';
import { accelerometerLanding } from '../../../examples/stedi/tables/accelerometer.ts';
import { curated } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import { consenting, profileLanding, profiles } from './tables.ts';

const quasi = 'privacy/quasi-identifier-in-training-set';
const many = { atLeastSubjects: 20 } as const;

/** Aggregates over many people that tell of one, or of people who did not agree. */
export const leaksOfGroups: readonly Leak[] = [
  leak(
    'a mean over many people, of whom some did not agree',
    'privacy/mixed-subjects',
    "sink('all')",
    () =>
      job('all', {
        rows: profileLanding.groupBy('city').aggregate((c) => ({ born: avg(c.birthYear) }), many),
        // @ts-expect-error
        sink: curated.sink('all'),
      }),
  ),
  leak('the greatest of many, which is one person’s', quasi, 'aggregate', () =>
    job('greatest', {
      rows: profiles.groupBy('city').aggregate((c) => ({ weight: max(c.weight) }), many),
      // @ts-expect-error
      sink: curated.sink('greatest'),
    }),
  ),
  leak(
    'a mean of which all but one were left out',
    'privacy/identifier-in-training-set',
    'aggregate',
    () =>
      job('one_of_many', {
        rows: profiles
          .derive((c) => ({ hers: when(c.person.eq('ann@example.org'), c.birthYear).otherwise(0) }))
          .groupBy('city')
          .aggregate((c) => ({ born: avg(c.hers) }), many),
        sink: curated.sink('one_of_many'),
      }),
  ),
  leak('the same in the measure itself', 'schema/wrong-type', 'avg', () =>
    job('in_measure', {
      rows: profiles
        .groupBy('city')
        .aggregate(
          (c) => ({ born: avg(when(c.person.eq('ann'), c.birthYear).otherwise(0)) }),
          many,
        ),
      sink: curated.sink('in_measure'),
    }),
  ),
  leak('what many people are grouped by', quasi, 'aggregate', () =>
    job('grouped', {
      rows: profiles.groupBy('birthYear').aggregate(() => ({ people: count() }), many),
      // @ts-expect-error
      sink: curated.sink('grouped'),
    }),
  ),
  leak('groups of one', 'schema/wrong-type', 'aggregate', () =>
    job('single', {
      rows: profiles
        .groupBy('city')
        .aggregate((c) => ({ born: avg(c.birthYear) }), { atLeastSubjects: 1 }),
      sink: curated.sink('single'),
    }),
  ),
  leak('many rows of one person', 'privacy/no-subject', 'aggregate', () =>
    job('own_groups', {
      rows: profiles
        .groupBy('person', 'city')
        .aggregate((c) => ({ born: avg(c.birthYear) }), many)
        .drop('person'),
      sink: curated.sink('own_groups'),
    }),
  ),
  leak(
    'events from before consent, of many people',
    'privacy/before-consent',
    "sink('early')",
    () =>
      job('early', {
        rows: accelerometerLanding
          .semiJoin(consenting, { user: 'email' })
          .aggregate((c) => ({ mean: avg(c.x), people: countDistinct(c.user) }), many),
        sink: curated.sink('early'),
      }),
  ),
];
