import { array, double, int, long, string, struct, zone } from '#lakewright';
import { customer, device } from '../../../examples/stedi/people.ts';
import { accelerometerLanding } from '../../../examples/stedi/tables/accelerometer.ts';
import { customerLanding } from '../../../examples/stedi/tables/customer.ts';
import { stepTrainerLanding } from '../../../examples/stedi/tables/step-trainer.ts';
import { landing } from '../../../examples/stedi/zones.ts';

/** What else a library like STEDI's has: tables for the cases that its own three cannot tell. */

/** Who answered what; without an event time. */
export const surveyLanding = landing.table('survey', {
  about: 'respondent',
  columns: {
    respondent: string().identifier().subject(customer),
    answer: int(),
    remark: string().nullable().sensitive(),
  },
});

/** People who may consent to research, to marketing, or to both. */
export const memberLanding = landing.table('member', {
  about: 'email',
  consent: {
    research: { grantedAt: 'researchSince', version: 'updated' },
    marketing: { grantedAt: 'marketingSince', withdrawnAt: 'marketingUntil', version: 'updated' },
  },
  columns: {
    email: string().identifier().subject(customer),
    contact: struct({ phone: string(), city: string() }).identifier(),
    points: int(),
    updated: long().quasi(),
    researchSince: long().nullable(),
    marketingSince: long().nullable(),
    marketingUntil: long().nullable(),
  },
});

/** What people are, as they said once: some of it may be shown in bands. */
export const profileLanding = landing.table('profile', {
  about: 'person',
  columns: {
    person: string().identifier().subject(customer),
    birthYear: int().quasi({ band: 10 }),
    weight: int().nullable().quasi().sensitive(),
    phone: long().identifier().quasi({ band: 1000 }),
    joined: long().quasi({ band: 86_400_000 }),
    left: long().quasi(),
    city: string(),
  },
});

/** People with all their phones, who may consent to research. */
export const holderLanding = landing.table('holder', {
  about: 'email',
  consent: { research: { grantedAt: 'researchSince', version: 'updated' } },
  columns: {
    email: string().identifier().subject(customer),
    phones: array(string().identifier()).nullable(),
    watch: string().alias(device),
    hobbies: array(string()),
    updated: long().quasi(),
    researchSince: long().nullable(),
  },
});

/** What people's phones measured, many samples at a time. */
export const batchLanding = landing.table('batch', {
  about: 'user',
  columns: {
    user: string().identifier().subject(customer),
    kind: string(),
    samples: array(struct({ at: long().quasi(), x: double() })),
    values: array(double().sensitive().nullable()),
  },
});

/** Customers who asked to be left out. */
export const suppressed = landing.table('suppressed', {
  about: 'email',
  columns: { email: string().identifier().subject(customer) },
});

/** About nobody. */
export const calendar = landing.table('calendar', {
  size: 'small',
  columns: { day: long(), season: string() },
});

/** About nobody, as its author says. */
export const words = landing.table('word', { columns: { word: string() } });

/** A zone for another purpose than STEDI's, and one for two. */
export const advertising = zone('curated', { purpose: 'marketing', holds: 'identified' });
export const partners = zone('curated', {
  purposes: ['research', 'marketing'],
  holds: 'identified',
});
export const pseudonymousPartners = zone('curated', { purposes: ['research', 'marketing'] });

export const consenting = customerLanding.keepConsented('research');
export const consents = consenting.select('email', 'shareWithResearchAsOfDate');

/** Phone readings of those who consent, since they did. */
export const readings = accelerometerLanding
  .join(consents, { user: 'email' })
  .filter((c) => c.timestamp.gte(c.shareWithResearchAsOfDate))
  .drop('shareWithResearchAsOfDate');

/** Device readings of those who consent, since they did, with their owners. */
export const steps = stepTrainerLanding
  .join(
    customerLanding
      .select('email', 'serialNumber', 'lastUpdateDate')
      .latestBy('email', 'lastUpdateDate')
      .soleOwner('serialNumber')
      .select('email', 'serialNumber')
      .join(consents, 'email'),
    'serialNumber',
  )
  .filter((c) => c.sensorReadingTime.gte(c.shareWithResearchAsOfDate))
  .drop('shareWithResearchAsOfDate');

/** Answers of those who consent. */
export const answers = surveyLanding.semiJoin(consents, { respondent: 'email' });

/** Profiles of those who consent. */
export const profiles = profileLanding.semiJoin(consents, { person: 'email' });

/** The device of each owner as a table of its own would tell it; used where an alias must be declared anew. */
export const deviceLanding = landing.table('device', {
  about: 'serialNumber',
  columns: { serialNumber: string().alias(device), weight: double().sensitive() },
});

const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** A day until which permits may hold. */
export const nextMonth = inAMonth as `${number}-${number}-${number}`;
