import { job, max } from '#lakewright';
import { curated } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import { profiles } from './tables.ts';

const quasi = 'privacy/quasi-identifier-in-training-set';
const refused = 'schema/wrong-type';

/** Bands that tell more than their declaration lets them. */
export const leaksOfBands: readonly Leak[] = [
  leak('a narrower band', refused, 'band(5)', () =>
    job('narrower', {
      rows: profiles.derive((c) => ({ lustrum: c.birthYear.band(5) })).select('lustrum'),
      sink: curated.sink('narrower'),
    }),
  ),
  leak('two bands whose overlap is narrower', refused, 'band(15)', () =>
    job('overlap', {
      rows: profiles
        .derive((c) => ({ decade: c.birthYear.band(10), other: c.birthYear.band(15) }))
        .select('decade', 'other'),
      sink: curated.sink('overlap'),
    }),
  ),
  leak('a band that begins elsewhere', refused, 'band(10)', () =>
    job('moved_band', {
      rows: profiles.derive((c) => ({ moved: c.birthYear.plus(5).band(10) })).select('moved'),
      sink: curated.sink('moved_band'),
    }),
  ),
  leak('a band of a scaled copy', refused, 'band(10)', () =>
    job('scaled', {
      rows: profiles
        .derive((c) => ({ tenfold: c.birthYear.times(10) }))
        .derive((c) => ({ exact: c.tenfold.band(10) }))
        .select('exact'),
      sink: curated.sink('scaled'),
    }),
  ),
  leak('a band of what has none', refused, 'band(10)', () =>
    job('undeclared', {
      // @ts-expect-error
      rows: profiles.derive((c) => ({ about: c.weight.band(10) })).select('about'),
      sink: curated.sink('undeclared'),
    }),
  ),
  leak('a bucket, which is no band', quasi, 'select', () =>
    job('bucket', {
      rows: profiles.derive((c) => ({ decade: c.birthYear.bucket(10) })).select('decade'),
      // @ts-expect-error
      sink: curated.sink('bucket'),
    }),
  ),
  leak('a band of a phone number', 'privacy/identifier-in-training-set', 'select', () =>
    job('area', {
      rows: profiles.derive((c) => ({ area: c.phone.band(1000) })).select('area'),
      // @ts-expect-error
      sink: curated.sink('area'),
    }),
  ),
  leak(
    'the time since an instant that is shown in bands',
    'privacy/elapsed-time',
    'elapsedSince',
    () =>
      job('since_band', {
        rows: profiles
          .derive((c) => ({
            day: c.joined.band(86_400_000),
            stayed: c.left.elapsedSince(c.joined),
          }))
          .select('day', 'stayed'),
        sink: curated.sink('since_band'),
      }),
  ),
  leak('a band of what equals another quasi-identifier', refused, 'band(10)', () =>
    job('equal', {
      rows: profiles
        .filter((c) => c.birthYear.eq(c.weight))
        .derive((c) => ({ about: c.birthYear.band(10) }))
        .select('about'),
      sink: curated.sink('equal'),
    }),
  ),
  leak('the band of the newest of several', refused, 'band(10)', () =>
    job('newest', {
      rows: profiles
        .groupBy('person')
        .aggregate((c) => ({ born: max(c.birthYear) }))
        .derive((c) => ({ decade: c.born.band(10) }))
        .select('decade'),
      sink: curated.sink('newest'),
    }),
  ),
];
