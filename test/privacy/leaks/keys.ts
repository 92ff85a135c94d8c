import { int, job, string, struct, structOf } from '#lakewright';
import { curated, trusted } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import { answers, consents, memberLanding, nextMonth, profileLanding } from './tables.ts';

const identifier = 'privacy/identifier-in-training-set';

/** Hashes, samples, histories and JSON, which hide nothing. */
export const leaksOfKeys: readonly Leak[] = [
  leak('a hash in place of the email', identifier, 'drop', () =>
    job('hashed', {
      rows: answers
        .surrogateKey({ of: ['respondent', 'answer'], as: 'key' })
        .drop('respondent', 'remark'),
      // @ts-expect-error
      sink: curated.sink('hashed'),
    }),
  ),
  leak('the email within JSON', identifier, 'select', () =>
    job('as_json', {
      rows: answers
        .derive((c) => ({ said: structOf({ answer: c.answer, by: c.respondent }) }))
        .derive((c) => ({ text: c.said.toJson() }))
        .select('text'),
      // @ts-expect-error
      sink: curated.sink('as_json'),
    }),
  ),
  leak('the city of a contact, out of JSON', identifier, 'drop', () =>
    job('out_of_json', {
      rows: memberLanding
        .keepConsented('research')
        .derive((c) => ({ text: c.contact.toJson() }))
        .select('text')
        .derive((c) => ({
          home: c.text.fromJson(struct({ city: string() })),
        }))
        .flatten()
        .drop('text'),
      // @ts-expect-error
      sink: curated.sink('out_of_json'),
    }),
  ),
  leak(
    'the history of a city, of whoever lives there',
    'privacy/mixed-subjects',
    "sink('cities')",
    () =>
      job('cities', {
        rows: profileLanding
          .scdType2({ by: ['city'], time: 'joined' })
          .semiJoin(consents, { person: 'email' }),
        // @ts-expect-error
        sink: trusted.sink('cities'),
      }),
  ),
  leak(
    'a sample of people, then consent read off what is left',
    'privacy/consent-after-filter',
    "keepConsented('research')",
    () =>
      job('sampled', {
        rows: memberLanding
          .sample(0.5, { by: ['points'] })
          // @ts-expect-error
          .keepConsented('research'),
        sink: trusted.sink('sampled'),
      }),
  ),
  leak('rows that went through SQL', 'privacy/mixed-subjects', "sink('queried')", () =>
    job('queried', {
      rows: answers.sql('SELECT respondent, answer FROM input', {
        respondent: string(),
        answer: int(),
      }),
      // @ts-expect-error
      sink: trusted.sink('queried'),
    }),
  ),
  leak(
    'a constant out of SQL, allowed for all rows, which may be the email',
    identifier,
    'sql("SELECT',
    () =>
      job('queried_label', {
        rows: answers.sql("SELECT 'x' AS word FROM input", { word: string() }).declassify({
          from: 'mixed',
          to: 'research',
          reason: 'It is an x.',
          reviewer: 'privacy@example.org',
          expires: nextMonth,
        }),
        // @ts-expect-error
        sink: curated.sink('queried_label'),
      }),
  ),
];
