import { job, long, string, zone } from '#lakewright';
import { customer, device } from '../../../examples/stedi/people.ts';
import { customerLanding } from '../../../examples/stedi/tables/customer.ts';
import { curated, landing, trusted } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import {
  advertising,
  answers,
  consenting,
  consents,
  memberLanding,
  partners,
  pseudonymousPartners,
  readings,
} from './tables.ts';

const forResearch = memberLanding.keepConsented('research').select('email', 'points');
const forMarketing = memberLanding.keepConsented('marketing').select('email', 'points');

/** Consent to one thing, used for another; and tables that say of themselves what is not so. */
export const leaksOfPurposes: readonly Leak[] = [
  leak("research's people for marketing", 'privacy/other-purpose', "sink('campaign')", () =>
    job('campaign', {
      rows: forResearch,
      // @ts-expect-error
      sink: advertising.sink('campaign'),
    }),
  ),
  leak('one consent for two purposes', 'privacy/other-purpose', "sink('shared')", () =>
    job('shared', {
      rows: forMarketing,
      // @ts-expect-error
      sink: partners.sink('shared'),
    }),
  ),
  leak(
    'consent that nobody was asked for',
    'privacy/unknown-consent',
    "keepConsented('sale')",
    () =>
      job('sale', {
        // @ts-expect-error
        rows: memberLanding.keepConsented('sale'),
        // @ts-expect-error
        sink: trusted.sink('sale'),
      }),
  ),
  leak('those of either purpose', 'privacy/mixed-subjects', "sink('either')", () =>
    job('either', {
      rows: forResearch.union(forMarketing),
      // @ts-expect-error
      sink: trusted.sink('either'),
    }),
  ),
  leak('a pseudonym for another purpose', 'privacy/other-pseudonym', 'pseudonymize', () =>
    job('handle', {
      rows: answers
        .select('respondent', 'answer')
        .pseudonymize('respondent', { as: 'handle', purpose: 'marketing' }),
      // @ts-expect-error
      sink: curated.sink('handle'),
    }),
  ),
  leak(
    'a pseudonym for another purpose, from a table between',
    'privacy/other-pseudonym',
    'select',
    () => {
      const handles = job('handles', {
        rows: memberLanding
          .keepConsented('research', 'marketing')
          .pseudonymize('email', { as: 'handle', purpose: 'research' }),
        sink: trusted.sink('handles'),
      });
      return [
        handles,
        job('linked', {
          rows: handles.table.select('handle', 'points'),
          sink: advertising.sink('linked'),
        }),
      ];
    },
  ),
  leak(
    'pseudonyms of two purposes side by side',
    'privacy/pseudonyms-of-two-purposes',
    'pseudonymize',
    () =>
      job('both', {
        rows: memberLanding
          .keepConsented('research', 'marketing')
          .derive((c) => ({ other: c.email }))
          .pseudonymize('email', { as: 'handle', purpose: 'research' })
          .pseudonymize('other', { as: 'target', purpose: 'marketing' })
          .select('handle', 'target'),
        sink: pseudonymousPartners.sink('both'),
      }),
  ),
  leak("a zone's files read around the language", 'privacy/not-consented', "sink('around')", () => {
    const around = trusted.table('outside', {
      about: 'email',
      columns: { email: string().identifier().subject(customer) },
    });
    return job('around', {
      rows: around,
      // @ts-expect-error
      sink: trusted.sink('around'),
    });
  }),
  leak('consent that a device gives', 'privacy/consent-without-subject', 'table', () => {
    const devices = landing.table('consenting_device', {
      about: 'serialNumber',
      consent: { research: { grantedAt: 'since', version: 'updated' } },
      columns: {
        serialNumber: string().alias(device),
        updated: long().quasi(),
        since: long().nullable(),
      },
    });
    return job('device', {
      rows: devices.keepConsented('research'),
      sink: trusted.sink('device'),
    });
  }),
  leak('who agreed in one of two tables', 'privacy/consent-in-two-tables', 'table', () => {
    const visitors = landing.table('visitor', {
      about: 'email',
      consent: { research: { grantedAt: 'since', version: 'updated' } },
      columns: {
        email: string().identifier().subject(customer),
        updated: long().quasi(),
        since: long().nullable(),
      },
    });
    return job('agreed_somewhere', {
      rows: consents.select('email').union(visitors.keepConsented('research').select('email')),
      sink: trusted.sink('agreed_somewhere'),
    });
  }),
  leak('a zone without a purpose', 'zones/without-purpose', 'zone', () => {
    const anything = zone('curated', {});
    return job('anything', {
      rows: customerLanding,
      // @ts-expect-error
      sink: anything.sink('anything'),
    });
  }),
  leak('pseudonymous data back among names', 'zones/backwards', "job('named_again'", () => {
    const pseudonymous = job('pseudonymous', {
      rows: readings
        .pseudonymize('user', { as: 'participant', purpose: 'research' })
        .select('participant', 'x'),
      sink: curated.sink('pseudonymous'),
    });
    const named = consenting
      .derive((c) => ({ participant: c.email }))
      .pseudonymize('participant', { as: 'participant', purpose: 'research' })
      .select('participant', 'customerName');
    return [
      pseudonymous,
      job('named_again', {
        rows: pseudonymous.table.join(named, 'participant'),
        // @ts-expect-error
        sink: trusted.sink('named_again'),
      }),
    ];
  }),
];
