import { avg, count, job, listOf, long, mapOf, max, min, structOf, when } from '#lakewright';
import { curated, trusted } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import { answers, consenting, consents, memberLanding, readings } from './tables.ts';

const identifier = 'privacy/identifier-in-training-set';
const quasi = 'privacy/quasi-identifier-in-training-set';

/** Columns of pseudonymous data that tell who people are. */
export const leaksOfLabels: readonly Leak[] = [
  leak('the email', identifier, 'select', () =>
    job('user_email', {
      rows: readings.select('user', 'x', 'y', 'z'),
      // @ts-expect-error
      sink: curated.sink('user_email'),
    }),
  ),
  leak('the email among other texts', identifier, 'select', () =>
    job('among', {
      rows: consenting
        .unpivot({ columns: ['email', 'customerName'], name: 'which', value: 'text' })
        .select('text'),
      // @ts-expect-error
      sink: curated.sink('among'),
    }),
  ),
  leak('who has which email, a column for each guess', identifier, 'select', () =>
    job('guessed', {
      rows: readings
        .pivot({
          by: ['user'],
          on: 'user',
          values: { ann: 'ann@example.org' },
          measure: (c) => avg(c.x),
        })
        .select('ann'),
      // @ts-expect-error
      sink: curated.sink('guessed'),
    }),
  ),
  leak('the email under another name', identifier, 'rename', () =>
    job('renamed', {
      rows: readings.select('user', 'x').rename({ user: 'id' }),
      // @ts-expect-error
      sink: curated.sink('renamed'),
    }),
  ),
  leak('the email beside its pseudonym', identifier, 'drop', () =>
    job('beside', {
      rows: readings
        .derive((c) => ({ contact: c.user }))
        .pseudonymize('user', { as: 'participant', purpose: 'research' })
        .drop('timestamp'),
      // @ts-expect-error
      sink: curated.sink('beside'),
    }),
  ),
  leak('why an email is in quarantine', identifier, 'select', () =>
    job('why', {
      rows: readings
        .quarantine((c) => ({ 'is not ann': c.user.ne('ann@example.org') }))
        .quarantined.select('reason', 'x'),
      // @ts-expect-error
      sink: curated.sink('why'),
    }),
  ),
  leak('the email in lower case', identifier, 'select', () =>
    job('lower', {
      rows: readings.derive((c) => ({ mail: c.user.lower().trim() })).select('mail', 'x'),
      // @ts-expect-error
      sink: curated.sink('lower'),
    }),
  ),
  leak('the part of the email before the @', identifier, 'select', () =>
    job('part', {
      rows: readings.derive((c) => ({ part: c.user.substring(1, 5) })).select('part', 'x'),
      // @ts-expect-error
      sink: curated.sink('part'),
    }),
  ),
  leak('the email in a longer text', identifier, 'select', () =>
    job('text', {
      rows: answers
        .derive((c) => ({ line: c.remark.orElse('').concat(' by ', c.respondent) }))
        .select('line'),
      // @ts-expect-error
      sink: curated.sink('text'),
    }),
  ),
  leak('the email copied through a condition', identifier, 'select', () =>
    job('condition', {
      rows: answers
        .derive((c) => ({
          who: when(c.respondent.eq('ann@example.org'), 'Ann').otherwise('somebody'),
        }))
        .select('who', 'answer'),
      // @ts-expect-error
      sink: curated.sink('condition'),
    }),
  ),
  leak('remarks but for those unlike the email', identifier, 'select', () =>
    job('not_unlike', {
      rows: answers
        .except(answers.filter((c) => c.remark.ne(c.respondent)))
        .select('remark', 'answer'),
      sink: curated.sink('not_unlike'),
    }),
  ),
  leak('remarks without those unlike the email', identifier, 'select', () =>
    job('no_partner', {
      rows: answers
        .antiJoin(
          answers.filter((c) => c.remark.ne(c.respondent)),
          ['respondent', 'remark'],
        )
        .select('remark', 'answer'),
      sink: curated.sink('no_partner'),
    }),
  ),
  leak('whether the email is one', identifier, 'select', () =>
    job('is_ann', {
      rows: answers
        .derive((c) => ({ isAnn: c.respondent.startsWith('ann@') }))
        .select('isAnn', 'answer'),
      // @ts-expect-error
      sink: curated.sink('is_ann'),
    }),
  ),
  leak('how long the email is', identifier, 'select', () =>
    job('length', {
      rows: answers.derive((c) => ({ size: c.respondent.length() })).select('size', 'answer'),
      // @ts-expect-error
      sink: curated.sink('length'),
    }),
  ),
  leak('the email in place of a missing remark', identifier, 'select', () =>
    job('instead', {
      rows: answers.derive((c) => ({ said: c.remark.orElse(c.respondent) })).select('said'),
      // @ts-expect-error
      sink: curated.sink('instead'),
    }),
  ),
  leak('the email in a struct', identifier, 'select', () =>
    job('in_struct', {
      rows: answers
        .derive((c) => ({ both: structOf({ answer: c.answer, by: c.respondent }) }))
        .derive((c) => ({ given: c.both.answer }))
        .select('given'),
      // @ts-expect-error
      sink: curated.sink('in_struct'),
    }),
  ),
  leak('the email in a list', identifier, 'select', () =>
    job('in_list', {
      rows: answers
        .derive((c) => ({ all: listOf(c.respondent, 'nobody') }))
        .select('all', 'answer'),
      // @ts-expect-error
      sink: curated.sink('in_list'),
    }),
  ),
  leak('the email as what a map has', identifier, 'select', () =>
    job('in_map', {
      rows: answers
        .derive((c) => ({ has: mapOf({ by: c.respondent }).filterEntries((key) => key.eq('no')) }))
        .select('has', 'answer'),
      // @ts-expect-error
      sink: curated.sink('in_map'),
    }),
  ),
  leak('whether a word of a remark is the email', identifier, 'select', () =>
    job('word', {
      rows: answers
        .derive((c) => ({
          said: c.remark.split(' ').exists((item) => item.eq(c.respondent)),
        }))
        .select('said', 'answer'),
      // @ts-expect-error
      sink: curated.sink('word'),
    }),
  ),
  leak('a count of the parts of the email', identifier, 'select', () =>
    job('letters', {
      rows: answers
        .derive((c) => ({
          size: c.respondent.split('@').reduce(0, (total) => total.plus(1)),
        }))
        .select('size', 'answer'),
      // @ts-expect-error
      sink: curated.sink('letters'),
    }),
  ),
  leak('the words that come before the email', identifier, 'select', () =>
    job('before', {
      rows: answers
        .derive((c) => ({
          words: c.respondent
            .split('@')
            .filterItems((item) => item.lt(c.respondent))
            .size(),
        }))
        .select('words', 'answer'),
      // @ts-expect-error
      sink: curated.sink('before'),
    }),
  ),
  leak('the phone', identifier, 'select', () =>
    job('phone', {
      rows: consenting.select('phone'),
      // @ts-expect-error
      sink: curated.sink('phone'),
    }),
  ),
  leak('a field of a person', identifier, 'select', () =>
    job('field', {
      rows: memberLanding
        .keepConsented('research')
        .derive((c) => ({ city: c.contact.city }))
        .select('city', 'points'),
      // @ts-expect-error
      sink: curated.sink('field'),
    }),
  ),
  leak('the last name in the alphabet', identifier, 'aggregate', () =>
    job('last_name', {
      rows: consenting.aggregate((c) => ({ last: max(c.customerName) })),
      // @ts-expect-error
      sink: curated.sink('last_name'),
    }),
  ),
  leak('people counted by name', identifier, 'aggregate', () =>
    job('by_name', {
      rows: consenting.groupBy('customerName').aggregate(() => ({ people: count() })),
      // @ts-expect-error
      sink: curated.sink('by_name'),
    }),
  ),
  leak('the email through a table between', identifier, 'select', () => {
    const between = job('between', {
      rows: consenting.select('email', 'serialNumber').rename({ email: 'code' }),
      sink: trusted.sink('between'),
    });
    return [
      between,
      job('through', {
        rows: between.table.select('code'),
        // @ts-expect-error
        sink: curated.sink('through'),
      }),
    ];
  }),
  leak('the serial number', 'privacy/alias-in-training-set', 'select', () =>
    job('serial', {
      rows: consenting.select('serialNumber'),
      // @ts-expect-error
      sink: curated.sink('serial'),
    }),
  ),
  leak('the birthday', quasi, 'select', () =>
    job('birthday', {
      rows: consenting.select('birthDay'),
      // @ts-expect-error
      sink: curated.sink('birthday'),
    }),
  ),
  leak('the year of birth', quasi, 'select', () =>
    job('birth_year', {
      rows: consenting.derive((c) => ({ year: c.birthDay.substring(1, 4) })).select('year'),
      // @ts-expect-error
      sink: curated.sink('birth_year'),
    }),
  ),
  leak('the birthday as a number', quasi, 'cast', () =>
    job('birth_number', {
      rows: consenting.select('birthDay').cast({ birthDay: long() }),
      // @ts-expect-error
      sink: curated.sink('birth_number'),
    }),
  ),
  leak('people counted by birthday', quasi, 'aggregate', () =>
    job('by_birthday', {
      rows: consenting.groupBy('birthDay').aggregate(() => ({ people: count() })),
      // @ts-expect-error
      sink: curated.sink('by_birthday'),
    }),
  ),
  leak('the registration time', quasi, 'select', () =>
    job('registration', {
      rows: consenting.select('registrationDate'),
      // @ts-expect-error
      sink: curated.sink('registration'),
    }),
  ),
  leak('the clock time of each reading', quasi, 'select', () =>
    job('clock', {
      rows: readings.select('timestamp', 'x', 'y', 'z'),
      // @ts-expect-error
      sink: curated.sink('clock'),
    }),
  ),
  leak('the mean clock time', quasi, 'aggregate', () =>
    job('mean_clock', {
      rows: readings
        .pseudonymize('user', { as: 'participant', purpose: 'research' })
        .groupBy('participant')
        .aggregate((c) => ({ mean: avg(c.timestamp) })),
      // @ts-expect-error
      sink: curated.sink('mean_clock'),
    }),
  ),
  leak('the consent time', 'privacy/consent-time-in-training-set', 'select', () =>
    job('consent_time', {
      rows: consenting.select('shareWithResearchAsOfDate'),
      // @ts-expect-error
      sink: curated.sink('consent_time'),
    }),
  ),
  leak('the time from consent to reading', 'privacy/consent-time-in-training-set', 'select', () =>
    job('since_consent', {
      rows: readings
        .groupBy('user')
        .aggregate((c) => ({ first: min(c.timestamp) }))
        .join(consents, { user: 'email' })
        .derive((c) => ({ since: c.first.elapsedSince(c.shareWithResearchAsOfDate) }))
        .select('since'),
      // @ts-expect-error
      sink: curated.sink('since_consent'),
    }),
  ),
  leak('an email that is null in some groups', identifier, 'aggregate', () =>
    job('some_emails', {
      rows: readings.groupingSets(['x'], ['user']).aggregate(() => ({ readings: count() })),
      // @ts-expect-error
      sink: curated.sink('some_emails'),
    }),
  ),
];
