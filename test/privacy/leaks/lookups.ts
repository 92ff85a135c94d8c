import { asc, job, when } from '#lakewright';
import { curated } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import { answers, calendar, consenting, consents, readings, words } from './tables.ts';

const identifier = 'privacy/identifier-in-training-set';
const quasi = 'privacy/quasi-identifier-in-training-set';

/** Answers beside all words and how these are spelled. */
const besideWords = answers
  .derive(() => ({ one: 1 }))
  .join(
    words.derive((c) => ({ one: 1, spelling: c.word.lower() })),
    'one',
  );

/** Lists about nobody, in which people are looked up: what stands beside a name tells the name. */
export const leaksOfLookups: readonly Leak[] = [
  leak('a list of words, kept where they are emails', identifier, 'select', () =>
    job('listed', {
      rows: words.semiJoin(consents, { word: 'email' }).select('word'),
      // @ts-expect-error
      sink: curated.sink('listed'),
    }),
  ),
  leak(
    'a list of words beside their spelling, kept where they are emails',
    identifier,
    'select',
    () =>
      job('spelled', {
        rows: words
          .derive((c) => ({ spelling: c.word.lower() }))
          .semiJoin(consents, { spelling: 'email' })
          .select('word'),
        sink: curated.sink('spelled'),
      }),
  ),
  leak('a list of words, kept where they are not emails', identifier, 'select', () =>
    job('not_listed', {
      rows: words
        .derive((c) => ({ spelling: c.word.lower() }))
        .antiJoin(consents, { spelling: 'email' })
        .select('word'),
      sink: curated.sink('not_listed'),
    }),
  ),
  leak('names looked up in a list', identifier, 'select', () =>
    job('looked_up', {
      rows: answers
        .join(
          words.derive((c) => ({ spelling: c.word.lower() })),
          { respondent: 'spelling' },
        )
        .select('word', 'answer'),
      sink: curated.sink('looked_up'),
    }),
  ),
  leak('clock times looked up in a calendar', quasi, 'select', () =>
    job('looked_up_time', {
      rows: readings
        .join(
          calendar.derive((c) => ({ time: c.day })),
          { timestamp: 'day' },
        )
        .select('time', 'x'),
      sink: curated.sink('looked_up_time'),
    }),
  ),
  leak('words that a filter says are emails', identifier, 'select', () =>
    job('filtered', {
      rows: answers
        .derive(() => ({ one: 1 }))
        .join(
          words.derive(() => ({ one: 1 })),
          'one',
        )
        .filter((c) => c.word.eq(c.respondent))
        .select('word', 'answer'),
      sink: curated.sink('filtered'),
    }),
  ),
  leak('words that are expected to be emails', identifier, 'select', () =>
    job('expected', {
      rows: besideWords
        .expect((c) => ({ 'is theirs': c.word.eq(c.respondent) }), { onFail: 'drop' })
        .select('spelling', 'answer'),
      sink: curated.sink('expected'),
    }),
  ),
  leak('words that two filters in turn say are emails', identifier, 'select', () =>
    job('filtered_twice', {
      rows: besideWords
        .filter((c) => c.word.gte(c.respondent))
        .filter((c) => c.word.lte(c.respondent))
        .select('word', 'answer'),
      sink: curated.sink('filtered_twice'),
    }),
  ),
  leak(
    'how emails are spelled, beside words that a column says are emails',
    identifier,
    'select',
    () =>
      job('flagged', {
        rows: besideWords
          .derive((c) => ({ isTheirs: c.word.eq(c.respondent) }))
          .filter((c) => c.isTheirs)
          .select('spelling', 'answer'),
        sink: curated.sink('flagged'),
      }),
  ),
  leak('words that emails begin with', identifier, 'select', () =>
    job('begun', {
      rows: besideWords.filter((c) => c.respondent.startsWith(c.word)).select('word', 'answer'),
      sink: curated.sink('begun'),
    }),
  ),
  leak('words picked because they are emails', identifier, 'select', () =>
    job('picked', {
      rows: besideWords
        .derive((c) => ({ place: when(c.word.eq(c.respondent), 0).otherwise(1) }))
        .dedupe({ by: ['respondent'], order: [asc('place')] })
        .select('spelling', 'answer'),
      sink: curated.sink('picked'),
    }),
  ),
  leak(
    'how names are spelled, beside words that a second join says are names',
    identifier,
    'select',
    () =>
      job('joined_twice', {
        rows: besideWords
          .join(consenting.select('email', 'customerName'), {
            respondent: 'email',
            word: 'customerName',
          })
          .select('spelling', 'answer'),
        sink: curated.sink('joined_twice'),
      }),
  ),
  leak('pseudonyms of a list of words', identifier, 'select', () =>
    job('dictionary', {
      rows: answers
        .pseudonymize('respondent', { as: 'participant', purpose: 'research' })
        .join(
          words
            .derive((c) => ({ hash: c.word }))
            .pseudonymize('hash', { as: 'hash', purpose: 'research' }),
          { participant: 'hash' },
        )
        .select('word', 'answer'),
      sink: curated.sink('dictionary'),
    }),
  ),
  leak('a text that is the email, since one word is both', identifier, 'select', () =>
    job('both_words', {
      rows: answers.join(words, { respondent: 'word', remark: 'word' }).select('remark', 'answer'),
      sink: curated.sink('both_words'),
    }),
  ),
  leak('emails appended to words', identifier, 'rename', () =>
    job('hidden', {
      rows: words.select('word').union(consenting.select('email').rename({ email: 'word' })),
      // @ts-expect-error
      sink: curated.sink('hidden'),
    }),
  ),
];
