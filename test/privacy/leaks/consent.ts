import { asc, job, max } from '#lakewright';
import { accelerometerLanding } from '../../../examples/stedi/tables/accelerometer.ts';
import { customerLanding } from '../../../examples/stedi/tables/customer.ts';
import { trusted } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import { consenting, consents, surveyLanding } from './tables.ts';

/** Who is let in: consent that is not asked, asked by hand, or asked of the wrong row. */
export const leaksOfConsent: readonly Leak[] = [
  leak('raw customers', 'privacy/not-consented', "sink('raw')", () =>
    job('raw', {
      rows: customerLanding,
      // @ts-expect-error
      sink: trusted.sink('raw'),
    }),
  ),
  leak('raw readings', 'privacy/not-consented', "sink('raw_readings')", () =>
    job('raw_readings', {
      rows: accelerometerLanding.distinct(),
      // @ts-expect-error
      sink: trusted.sink('raw_readings'),
    }),
  ),
  leak('consent by hand: not null', 'privacy/not-consented', "sink('not_null')", () =>
    job('not_null', {
      rows: customerLanding.filter((c) => c.shareWithResearchAsOfDate.isNotNull()),
      // @ts-expect-error
      sink: trusted.sink('not_null'),
    }),
  ),
  leak('consent as an expectation', 'privacy/not-consented', "sink('expected')", () =>
    job('expected', {
      rows: customerLanding.expect((c) => ({ consents: c.shareWithResearchAsOfDate.isNotNull() }), {
        onFail: 'drop',
      }),
      // @ts-expect-error
      sink: trusted.sink('expected'),
    }),
  ),
  leak('the quarantine of those who were not asked', 'privacy/not-consented', 'sink', () =>
    job('quarantined', {
      rows: customerLanding.quarantine((c) => ({ 'has a phone': c.phone.isNotNull() })).quarantined,
      // @ts-expect-error
      sink: trusted.sink('quarantined'),
    }),
  ),
  leak('consent as a requirement', 'privacy/not-consented', "sink('required')", () =>
    job('required', {
      rows: customerLanding.expect((c) => ({ consents: c.shareWithResearchAsOfDate.isNotNull() })),
      // @ts-expect-error
      sink: trusted.sink('required'),
    }),
  ),
  leak(
    'consent of rows that are as expected',
    'privacy/consent-after-filter',
    "keepConsented('research')",
    () =>
      job('of_expected', {
        rows: customerLanding
          .expect((c) => ({ consents: c.shareWithResearchAsOfDate.isNotNull() }), {
            onFail: 'drop',
          })
          // @ts-expect-error
          .keepConsented('research'),
        sink: trusted.sink('of_expected'),
      }),
  ),
  leak('consent by hand: not zero', 'privacy/not-consented', "sink('not_zero')", () =>
    job('not_zero', {
      rows: customerLanding.filter((c) => c.shareWithResearchAsOfDate.ne(0)),
      // @ts-expect-error
      sink: trusted.sink('not_zero'),
    }),
  ),
  leak('consent by hand: null read as 0', 'privacy/not-consented', "sink('null_as_0')", () =>
    job('null_as_0', {
      rows: customerLanding.filter((c) => c.shareWithResearchAsOfDate.orElse(0).gte(0)),
      // @ts-expect-error
      sink: trusted.sink('null_as_0'),
    }),
  ),
  leak('consent by hand: of the newest row', 'privacy/not-consented', "sink('newest')", () =>
    job('newest', {
      rows: customerLanding
        .latestBy('email', 'lastUpdateDate')
        .filter((c) => c.shareWithResearchAsOfDate.isNotNull()),
      // @ts-expect-error
      sink: trusted.sink('newest'),
    }),
  ),
  leak(
    'consent of each version twice, by its columns',
    'privacy/consent-after-filter',
    "keepConsented('research')",
    () =>
      job('turned', {
        rows: customerLanding
          .unpivot({ columns: ['phone', 'customerName'], name: 'which', value: 'text' })
          // @ts-expect-error
          .keepConsented('research'),
        sink: trusted.sink('turned'),
      }),
  ),
  leak('consent of any row', 'privacy/consent-after-filter', "keepConsented('research')", () =>
    job('any_row', {
      rows: customerLanding
        .filter((c) => c.shareWithResearchAsOfDate.isNotNull())
        // @ts-expect-error
        .keepConsented('research'),
      sink: trusted.sink('any_row'),
    }),
  ),
  leak(
    'consent of the oldest row',
    'privacy/consent-after-filter',
    "keepConsented('research')",
    () =>
      job('oldest_row', {
        rows: customerLanding
          .dedupe({ by: ['email'], order: [asc('lastUpdateDate')] })
          .keepConsented('research'),
        sink: trusted.sink('oldest_row'),
      }),
  ),
  leak(
    'consent of a row per device',
    'privacy/consent-after-filter',
    "keepConsented('research')",
    () =>
      job('row_per_device', {
        rows: customerLanding
          .latestBy(['email', 'serialNumber'], 'registrationDate')
          // @ts-expect-error
          .keepConsented('research'),
        sink: trusted.sink('row_per_device'),
      }),
  ),
  leak(
    'consent of customers who have readings',
    'privacy/consent-after-filter',
    "keepConsented('research')",
    () =>
      job('with_readings', {
        rows: customerLanding
          .semiJoin(accelerometerLanding, { email: 'user' })
          // @ts-expect-error
          .keepConsented('research'),
        sink: trusted.sink('with_readings'),
      }),
  ),
  leak(
    'consent that null gives',
    'privacy/consent-columns-changed',
    "keepConsented('research')",
    () =>
      job('null_consents', {
        rows: customerLanding
          .replace((c) => ({ shareWithResearchAsOfDate: c.shareWithResearchAsOfDate.orElse(0) }))
          .keepConsented('research'),
        sink: trusted.sink('null_consents'),
      }),
  ),
  leak(
    'consent to show data in public, taken for that to research',
    'privacy/consent-columns-changed',
    "keepConsented('research')",
    () =>
      job('public_consent', {
        rows: customerLanding
          .drop('shareWithResearchAsOfDate')
          .rename({ shareWithPublicAsOfDate: 'shareWithResearchAsOfDate' })
          // @ts-expect-error
          .keepConsented('research'),
        sink: trusted.sink('public_consent'),
      }),
  ),
  leak(
    'consent by a version that is the same for all rows',
    'privacy/consent-columns-changed',
    "keepConsented('research')",
    () =>
      job('no_version', {
        rows: customerLanding
          .replace((c) => ({ lastUpdateDate: c.lastUpdateDate.times(0) }))
          .keepConsented('research'),
        sink: trusted.sink('no_version'),
      }),
  ),
  leak(
    'consent without the version',
    'privacy/consent-columns-changed',
    "keepConsented('research')",
    () =>
      job('without_version', {
        rows: customerLanding.drop('lastUpdateDate').keepConsented('research'),
        sink: trusted.sink('without_version'),
      }),
  ),
  leak(
    'consent of a table that tells none',
    'privacy/unknown-consent',
    "keepConsented('research')",
    () =>
      job('consent_of_readings', {
        // @ts-expect-error
        rows: accelerometerLanding.keepConsented('research'),
        sink: trusted.sink('consent_of_readings'),
      }),
  ),
  leak(
    'readings of people of whom nothing is known',
    'privacy/not-consented',
    "sink('left_join')",
    () =>
      job('left_join', {
        rows: accelerometerLanding.leftJoin(consents, { user: 'email' }),
        // @ts-expect-error
        sink: trusted.sink('left_join'),
      }),
  ),
  leak('those who refuse', 'privacy/not-consented', "sink('refusing')", () =>
    job('refusing', {
      rows: customerLanding.antiJoin(consents, 'email'),
      // @ts-expect-error
      sink: trusted.sink('refusing'),
    }),
  ),
  leak('raw rows appended', 'privacy/not-consented', "sink('appended')", () =>
    job('appended', {
      rows: consenting.union(customerLanding),
      // @ts-expect-error
      sink: trusted.sink('appended'),
    }),
  ),
  leak('raw rows appended to', 'privacy/not-consented', "sink('appended_to')", () =>
    job('appended_to', {
      rows: customerLanding.union(consenting),
      // @ts-expect-error
      sink: trusted.sink('appended_to'),
    }),
  ),
  leak('a join with raw rows only', 'privacy/not-consented', "sink('raw_join')", () =>
    job('raw_join', {
      rows: surveyLanding.join(customerLanding, { respondent: 'email' }),
      // @ts-expect-error
      sink: trusted.sink('raw_join'),
    }),
  ),
  leak('sums per person, of everybody', 'privacy/not-consented', "sink('per_person')", () =>
    job('per_person', {
      rows: accelerometerLanding.groupBy('user').aggregate((c) => ({ most: max(c.x) })),
      // @ts-expect-error
      sink: trusted.sink('per_person'),
    }),
  ),
];
