import { avg, job } from '#lakewright';
import { curated, trusted } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import { batchLanding, consents, holderLanding } from './tables.ts';

const samples = batchLanding
  .join(consents, { user: 'email' })
  .drop('shareWithResearchAsOfDate')
  .explode('samples', { as: 'sample', position: 'place' });

/** What comes out of lists, a row for each element. */
export const leaksOfLists: readonly Leak[] = [
  leak(
    'consent of the newest version that has a phone',
    'privacy/consent-after-filter',
    "keepConsented('research')",
    () =>
      job('with_phone', {
        rows: holderLanding
          .explode('phones', { as: 'phone' })
          // @ts-expect-error
          .keepConsented('research'),
        sink: trusted.sink('with_phone'),
      }),
  ),
  leak(
    'the same with a row for whoever has none, of whose phones one would be left',
    'privacy/consent-after-filter',
    "keepConsented('research')",
    () =>
      job('with_any_phone', {
        rows: holderLanding
          .explode('phones', { as: 'phone', outer: true })
          // @ts-expect-error
          .keepConsented('research'),
        sink: trusted.sink('with_any_phone'),
      }),
  ),
  leak(
    'owners looked up among those who have a phone',
    'privacy/owner-after-filter',
    "soleOwner('watch')",
    () =>
      job('owners_with_phone', {
        rows: holderLanding
          .explode('phones', { as: 'phone' })
          // @ts-expect-error
          .soleOwner('watch')
          .select('email', 'watch')
          .join(holderLanding.keepConsented('research').select('email'), 'email'),
        sink: trusted.sink('owners_with_phone'),
      }),
  ),
  leak('phones, one by one', 'privacy/identifier-in-training-set', 'select', () =>
    job('phones', {
      rows: holderLanding
        .keepConsented('research')
        .explode('phones', { as: 'phone' })
        .select('phone'),
      // @ts-expect-error
      sink: curated.sink('phones'),
    }),
  ),
  leak('which phone of theirs it is', 'privacy/identifier-in-training-set', 'select', () =>
    job('places', {
      rows: holderLanding
        .keepConsented('research')
        .explode('phones', { as: 'phone', position: 'place' })
        .select('place'),
      // @ts-expect-error
      sink: curated.sink('places'),
    }),
  ),
  leak('the clock time in each element', 'privacy/quasi-identifier-in-training-set', 'select', () =>
    job('clocks', {
      rows: samples.derive((c) => ({ at: c.sample.at })).select('at'),
      // @ts-expect-error
      sink: curated.sink('clocks'),
    }),
  ),
  leak('a mean of elements of everybody', 'privacy/mixed-subjects', "sink('everybody')", () =>
    job('everybody', {
      rows: batchLanding
        .explode('samples', { as: 'sample' })
        .derive((c) => ({ x: c.sample.x }))
        .groupBy('kind')
        .aggregate((c) => ({ mean: avg(c.x) })),
      // @ts-expect-error
      sink: trusted.sink('everybody'),
    }),
  ),
];
