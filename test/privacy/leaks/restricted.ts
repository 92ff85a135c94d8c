import { job, zone } from '#lakewright';
import { trusted } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import { answers, consenting, surveyLanding } from './tables.ts';

const restricted = zone('restricted');
const odd = surveyLanding.quarantine((c) => ({ answered: c.answer.gt(0) })).quarantined;
const oddAnswers = job('odd_answers', { rows: odd, sink: restricted.sink('odd_answer') });

/** Rows that are for stewards to look at, looked at by jobs. */
export const leaksOfTheRestricted: readonly Leak[] = [
  leak('who has odd answers', 'zones/restricted-read', 'table', () => [
    oddAnswers,
    job('odd_people', {
      // @ts-expect-error
      rows: consenting.semiJoin(oddAnswers.table, { email: 'respondent' }),
      // @ts-expect-error
      sink: trusted.sink('odd_people'),
    }),
  ]),
  leak(
    'rows brought from one restricted table to another',
    'zones/restricted-read',
    'table',
    () => [
      oddAnswers,
      job('odd_again', {
        // @ts-expect-error
        rows: oddAnswers.table,
        sink: restricted.sink('odd_again'),
      }),
    ],
  ),
  leak('names beside pseudonyms, for stewards', 'privacy/other-pseudonym', 'pseudonymize', () =>
    job('odd_handles', {
      rows: answers
        .derive((c) => ({ name: c.respondent }))
        .pseudonymize('respondent', { as: 'handle', purpose: 'research' }),
      sink: restricted.sink('odd_handle'),
    }),
  ),
];
