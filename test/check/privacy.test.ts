import { expect } from 'chai';
import type { Relation } from '../../algebra/relation.ts';
import { check } from '../../check/index.ts';
import {
  aggregate,
  asc,
  calendar,
  call,
  cast,
  column,
  dedupe,
  desc,
  filter,
  job,
  join,
  keepConsented,
  library,
  literal,
  over,
  project,
  select,
  sink,
  soleOwner,
  source,
  standardTables,
  standardZones,
  table,
  union,
  when,
  zone,
} from './plain.ts';

const customer = () => source('landing.customer');
const reading = () => source('landing.reading');
const review = () => source('landing.review');
const step = () => source('landing.step');
const consenting = () => keepConsented(customer());
const consents = () => select(consenting(), 'email', 'researchSince');

/** Readings of those who consent, taken since. */
const consentedReadings = () =>
  filter(
    join('inner', reading(), consents(), { user: 'email' }),
    call('gte', 'time', 'researchSince'),
  );

function codesInTrusted(rows: Relation): readonly string[] {
  return codes(library([job('the_job', rows, sink('trusted', 'output'))]));
}

function codesInCurated(rows: Relation): readonly string[] {
  return codes(library([job('the_job', rows, sink('curated', 'output'))]));
}

function codes(given: Parameters<typeof check>[0]): readonly string[] {
  return check(given).diagnostics.map((one) => one.code);
}

interface Case {
  readonly it: string;
  readonly rows: () => Relation;
  readonly codes: readonly string[];
}

/** Leaks that tests of "no row of a non-consenting person" mostly let through. */
const leaksOfRows: readonly Case[] = [
  { it: 'raw landing rows', rows: customer, codes: ['privacy/not-consented'] },
  {
    it: 'a left join that keeps people of whom the consented side has none',
    rows: () => join('left', review(), consents(), { author: 'email' }),
    codes: ['privacy/not-consented'],
  },
  {
    it: 'an anti join, which gives just those who do not consent',
    rows: () => join('anti', review(), consents(), { author: 'email' }),
    codes: ['privacy/not-consented'],
  },
  {
    it: "another purpose's consent",
    rows: () => keepConsented(customer(), 'marketing'),
    codes: ['privacy/other-purpose'],
  },
  {
    it: 'consent written by hand: coalesce(consent, 0) >= 0',
    rows: () =>
      filter(
        customer(),
        call('gte', call('coalesce', 'researchSince', literal('long', '0')), literal('long', '0')),
      ),
    codes: ['privacy/not-consented'],
  },
  {
    it: 'consent written by hand: is not null',
    rows: () => filter(customer(), call('isNotNull', 'researchSince')),
    codes: ['privacy/not-consented'],
  },
  {
    it: 'readings from before consent',
    rows: () => join('inner', reading(), consents(), { user: 'email' }),
    codes: ['privacy/before-consent'],
  },
  {
    it: 'the consent time compared the wrong way round',
    rows: () =>
      filter(
        join('inner', reading(), consents(), { user: 'email' }),
        call('lte', 'time', 'researchSince'),
      ),
    codes: ['privacy/before-consent'],
  },
  {
    it: 'the consent time compared only in one branch of an or',
    rows: () =>
      filter(
        join('inner', reading(), consents(), { user: 'email' }),
        call('or', call('gte', 'time', 'researchSince'), call('gt', 'x', literal('double', 0))),
      ),
    codes: ['privacy/before-consent'],
  },
  {
    it: 'the event time compared with another time of the customer',
    rows: () =>
      filter(
        join('inner', reading(), select(consenting(), 'email', 'updated'), { user: 'email' }),
        call('gte', 'time', 'updated'),
      ),
    codes: ['privacy/before-consent'],
  },
  {
    it: 'the event time compared after a shift',
    rows: () =>
      filter(
        join(
          'inner',
          reading(),
          project(consents(), {
            email: 'email',
            researchSince: call('subtract', 'researchSince', literal('long', '86400000')),
          }),
          { user: 'email' },
        ),
        call('gte', 'time', 'researchSince'),
      ),
    codes: ['privacy/before-consent'],
  },
  {
    it: 'the event time dropped before it is compared',
    rows: () => join('inner', select(reading(), 'user', 'x'), consents(), { user: 'email' }),
    codes: ['privacy/before-consent'],
  },
  {
    it: 'whether somebody has readings from before consent',
    rows: () => join('semi', consents(), reading(), { email: 'user' }),
    codes: ['privacy/before-consent'],
  },
  {
    it: 'whether somebody has no readings, from before consent either',
    rows: () => join('anti', consents(), reading(), { email: 'user' }),
    codes: ['privacy/before-consent'],
  },
  {
    it: 'consent of any version instead of the newest',
    rows: () => keepConsented(filter(customer(), call('isNotNull', 'researchSince'))),
    codes: ['privacy/consent-after-filter'],
  },
  {
    it: 'consent of any version, brought by a left join',
    rows: () =>
      keepConsented(
        join('left', review(), filter(customer(), call('isNotNull', 'researchSince')), {
          author: 'email',
        }),
        'research',
        'author',
      ),
    codes: ['privacy/unknown-consent'],
  },
  {
    it: 'consent after a pick of the oldest version',
    rows: () =>
      keepConsented(
        dedupe(customer(), ['email'], [{ column: 'updated', direction: 'asc', nulls: 'last' }]),
      ),
    codes: ['privacy/consent-after-filter'],
  },
  {
    it: 'consent after a pick of the newest version, which hides an equally new one that disagrees',
    rows: () => keepConsented(dedupe(customer(), ['email'], [desc('updated')], 'latestBy')),
    codes: ['privacy/consent-after-filter'],
  },
  {
    it: 'the first reading of each person, which may be from before consent and hide a later one',
    rows: () =>
      filter(
        join('inner', dedupe(reading(), ['user'], [asc('time')]), consents(), { user: 'email' }),
        call('gte', 'time', 'researchSince'),
      ),
    codes: ['privacy/before-consent'],
  },
  {
    it: 'one reading of each person, picked by the step that reads consent',
    rows: () =>
      filter(
        keepConsented(join('left', customer(), reading(), { email: 'user' })),
        call('gte', 'time', 'researchSince'),
      ),
    codes: ['privacy/before-consent'],
  },
  {
    it: 'a device told by a rule of the author, which nobody declared whose it is',
    rows: () =>
      soleOwner(
        project(customer(), {
          email: 'email',
          serial: call('coalesce', 'serial', literal('string', 'D1')),
        }),
      ),
    codes: ['privacy/not-an-alias'],
  },
  {
    it: 'ownership looked up among those who are sole owners of something else',
    rows: () => soleOwner(soleOwner(dedupe(customer(), ['email'], [desc('updated')], 'latestBy'))),
    codes: ['privacy/owner-after-filter'],
  },
  {
    it: 'consent read off a computed column',
    rows: () =>
      keepConsented(
        project(customer(), {
          email: 'email',
          updated: 'updated',
          researchSince: call('coalesce', 'researchSince', literal('long', '0')),
        }),
      ),
    codes: ['privacy/consent-columns-changed'],
  },
  {
    it: 'a join on a serial number that is not known to have one owner',
    rows: () =>
      filter(
        join('inner', step(), select(consenting(), 'serial', 'researchSince'), {
          device: 'serial',
        }),
        call('gte', 'at', 'researchSince'),
      ),
    codes: ['privacy/mixed-subjects'],
  },
  {
    it: 'ownership looked up among those who consent only, so that a co-owner who refuses is not counted',
    rows: () => soleOwner(consenting()),
    codes: ['privacy/no-subject'],
  },
  {
    it: 'ownership looked up after a filter',
    rows: () => soleOwner(filter(customer(), call('isNotNull', 'name'))),
    codes: ['privacy/owner-after-filter'],
  },
  {
    it: 'a join on time alone',
    rows: () =>
      join(
        'inner',
        select(consentedReadings(), 'user', 'time', 'x'),
        project(consentedReadings(), { other: 'user', time: 'time' }),
        { time: 'time' },
      ),
    codes: ['privacy/cross-subject'],
  },
  {
    it: 'a union with a raw branch',
    rows: () => union(consenting(), customer()),
    codes: ['privacy/not-consented'],
  },
  {
    it: 'a global mean before the consent filter, joined back',
    rows: () =>
      join(
        'inner',
        project(consenting(), { email: 'email', stars: cast('serial', { kind: 'double' }) }),
        aggregate(review(), [], { stars: over('avg', 'stars') }),
        { stars: 'stars' },
      ),
    codes: ['privacy/mixed-subjects'],
  },
  {
    it: 'counts over people, of everybody',
    rows: () => aggregate(review(), ['stars'], { n: over('count') }),
    codes: ['privacy/mixed-subjects'],
  },
  {
    it: 'a pick across people before the consent join',
    rows: () =>
      join('semi', dedupe(review(), ['stars'], [desc('author')]), consents(), {
        author: 'email',
      }),
    codes: ['privacy/mixed-subjects'],
  },
  {
    it: 'a semi join with everybody: whether somebody unconsented exists',
    rows: () => join('semi', select(consenting(), 'email', 'serial'), step(), { serial: 'device' }),
    codes: ['privacy/mixed-subjects'],
  },
];

const leaksOfLabels: readonly Case[] = [
  {
    it: 'the email',
    rows: () => select(consenting(), 'email'),
    codes: ['privacy/identifier-in-training-set'],
  },
  {
    it: 'the email, renamed',
    rows: () => project(consenting(), { handle: 'email' }, 'rename'),
    codes: ['privacy/identifier-in-training-set'],
  },
  {
    it: 'the email in lower case, without its beginning',
    rows: () =>
      project(consenting(), {
        part: call('substring', call('lower', 'email'), literal('int', 2), literal('int', 9)),
      }),
    codes: ['privacy/identifier-in-training-set'],
  },
  {
    it: 'the name, copied through a case',
    rows: () =>
      project(consenting(), {
        copy: when(call('eq', 'name', literal('string', 'Ann')), 'Ann', 'other'),
      }),
    codes: ['privacy/identifier-in-training-set'],
  },
  {
    it: 'a list of emails from outside, matched with those who consent',
    rows: () =>
      select(join('inner', source('landing.text'), consents(), { listed: 'email' }), 'listed'),
    codes: ['privacy/identifier-in-training-set'],
  },
  {
    it: 'a list of emails from outside, kept where somebody consents',
    rows: () =>
      select(join('semi', source('landing.text'), consents(), { listed: 'email' }), 'listed'),
    codes: ['privacy/identifier-in-training-set'],
  },
  ...[
    call('eq', 'listed', 'email'),
    call('not', call('ne', 'email', 'listed')),
    call('and', call('gte', 'listed', 'email'), call('lte', 'listed', 'email')),
  ].map((where) => ({
    it: `a list of emails from outside, filtered by ${where.function} for those who consent`,
    rows: () =>
      select(
        filter(
          join(
            'inner',
            project(consents(), { email: 'email', n: literal('int', 1) }),
            project(source('landing.text'), { listed: 'listed', one: literal('int', 1) }),
            { n: 'one' },
          ),
          where,
        ),
        'listed',
      ),
    codes: ['privacy/identifier-in-training-set'],
  })),
  {
    it: 'how an email is spelled, from a list that a filter looks it up in',
    rows: () =>
      select(
        filter(
          join(
            'inner',
            project(consents(), { email: 'email', n: literal('int', 1) }),
            project(source('landing.text'), {
              listed: 'listed',
              spelling: call('upper', 'listed'),
              one: literal('int', 1),
            }),
            { n: 'one' },
          ),
          call('eq', 'listed', 'email'),
        ),
        'spelling',
      ),
    codes: ['privacy/identifier-in-training-set'],
  },
  {
    it: 'the serial number of the device',
    rows: () => select(consenting(), 'serial'),
    codes: ['privacy/alias-in-training-set'],
  },
  {
    it: 'the exact birthday',
    rows: () => select(consenting(), 'birthday'),
    codes: ['privacy/quasi-identifier-in-training-set'],
  },
  {
    it: 'the consent time',
    rows: () => select(consenting(), 'researchSince'),
    codes: ['privacy/consent-time-in-training-set'],
  },
  {
    it: 'the latest name of all',
    rows: () => aggregate(consenting(), [], { last: over('max', 'name') }),
    codes: ['privacy/identifier-in-training-set'],
  },
  {
    it: 'a pseudonym of another purpose',
    rows: () =>
      project(
        consenting(),
        { handle: call('pseudonym', 'email', literal('string', 'marketing')) },
        'pseudonymize',
      ),
    codes: ['privacy/other-pseudonym'],
  },
  {
    it: 'a clock time less a constant, which is still a clock time',
    rows: () =>
      project(consentedReadings(), {
        since: call('elapsedSince', 'time', literal('long', '0')),
      }),
    codes: ['privacy/quasi-identifier-in-training-set'],
  },
];

const firstOf = (rows: Relation, by: readonly string[]) =>
  aggregate(rows, by, { first: over('min', 'time') });

/** Clock times that `elapsedSince` would declare to be none. */
const leaksOfClocks: readonly Case[] = [
  {
    it: 'the time since itself less itself',
    rows: () =>
      project(consentedReadings(), {
        t: call('elapsedSince', 'time', call('subtract', 'time', 'time')),
      }),
    codes: ['privacy/elapsed-time'],
  },
  {
    it: 'the time since a zero that was computed a step before',
    rows: () =>
      project(
        project(consentedReadings(), {
          user: 'user',
          time: 'time',
          zero: call('subtract', 'time', 'time'),
        }),
        { t: call('elapsedSince', 'time', 'zero') },
      ),
    codes: ['privacy/elapsed-time'],
  },
  {
    it: 'the time since the greatest of zeros',
    rows: () =>
      project(
        join(
          'inner',
          consentedReadings(),
          aggregate(consentedReadings(), ['user'], {
            zero: over('max', call('subtract', 'time', 'time')),
          }),
          { user: 'user' },
        ),
        { t: call('elapsedSince', 'time', 'zero') },
      ),
    codes: ['privacy/elapsed-time'],
  },
  {
    it: 'the time since the first reading of all people',
    rows: () =>
      project(
        join(
          'inner',
          consentedReadings(),
          firstOf(consentedReadings(), ['x']),
          { x: 'x' },
          {
            crossSubject: 'one zero for all',
          },
        ),
        { t: call('elapsedSince', 'time', 'first') },
      ),
    codes: ['privacy/elapsed-time'],
  },
  {
    it: 'the time since a number that is no time',
    rows: () =>
      project(
        join(
          'inner',
          consentedReadings(),
          project(consenting(), { who: 'email', year: cast('birthday', { kind: 'long' }) }),
          { user: 'who' },
        ),
        { t: call('elapsedSince', 'time', 'year') },
      ),
    codes: ['privacy/elapsed-time'],
  },
];

const safeInTrusted: readonly Omit<Case, 'codes'>[] = [
  { it: 'the newest versions of those who consent', rows: consenting },
  { it: 'readings since consent', rows: consentedReadings },
  {
    it: 'the latest reading of each person: if it is since consent, nothing before it matters',
    rows: () =>
      filter(
        join('inner', dedupe(reading(), ['user'], [desc('time')], 'latestBy'), consents(), {
          user: 'email',
        }),
        call('gte', 'time', 'researchSince'),
      ),
  },
  {
    it: 'a pick among the readings of one time',
    rows: () =>
      filter(
        join('inner', dedupe(reading(), ['user', 'time'], [asc('x')]), consents(), {
          user: 'email',
        }),
        call('gte', 'time', 'researchSince'),
      ),
  },
  {
    it: 'an aggregate per subject before consent',
    rows: () =>
      join('inner', aggregate(review(), ['author'], { n: over('count') }), consents(), {
        author: 'email',
      }),
  },
  {
    it: 'a pick per subject before consent',
    rows: () =>
      join('semi', dedupe(review(), ['author'], [desc('stars')]), consents(), { author: 'email' }),
  },
  {
    it: 'clean left local on the subject',
    rows: () => join('left', consents(), review(), { email: 'author' }),
  },
  {
    it: 'a mean over all, after consent',
    rows: () =>
      aggregate(join('semi', review(), consents(), { author: 'email' }), [], {
        mean: over('avg', 'stars'),
      }),
  },
  {
    it: 'a union of two clean tables',
    rows: () => union(consents(), select(consenting(), 'email', 'researchSince')),
  },
  {
    it: 'a suppression list: clean anti local on the subject',
    rows: () => join('anti', consents(), review(), { email: 'author' }),
  },
  {
    it: 'a calendar',
    rows: () => join('left', consentedReadings(), source('landing.calendar'), { time: 'day' }),
  },
  {
    it: 'device readings by a verified owner',
    rows: () =>
      filter(
        join(
          'inner',
          step(),
          join('inner', select(soleOwner(customer()), 'email', 'serial'), consents(), {
            email: 'email',
          }),
          { device: 'serial' },
        ),
        call('gte', 'at', 'researchSince'),
      ),
  },
  {
    it: 'two people in one row, where the author says why',
    rows: () =>
      join(
        'inner',
        select(consentedReadings(), 'user', 'time', 'x'),
        project(consentedReadings(), { other: 'user', time: 'time' }),
        { time: 'time' },
        { crossSubject: 'pairs of people who trained at one time' },
      ),
  },
];

const safeInCurated: readonly Omit<Case, 'codes'>[] = [
  {
    it: 'a pseudonym of the purpose, with sensitive values',
    rows: () =>
      project(consentedReadings(), {
        participant: call('pseudonym', 'user', literal('string', 'research')),
        x: 'x',
      }),
  },
  {
    it: 'the time since another time of the same person',
    rows: () =>
      project(
        join(
          'inner',
          consentedReadings(),
          aggregate(consentedReadings(), ['user'], { first: over('min', 'time') }),
          { user: 'user' },
        ),
        { elapsed: call('elapsedSince', 'time', 'first') },
      ),
  },
  {
    it: 'the difference of numbers that single nobody out',
    rows: () =>
      project(join('semi', review(), consents(), { author: 'email' }), {
        more: call('elapsedSince', 'stars', call('multiply', 'stars', 'stars')),
      }),
  },
  {
    it: 'counts over consenting people',
    rows: () => aggregate(consenting(), [], { n: over('count') }),
  },
];

describe('privacy of what reaches a zone', () => {
  for (const one of leaksOfRows)
    it(`refuses ${one.it}`, () => expect(codesInTrusted(one.rows())).to.deep.equal(one.codes));
  for (const one of leaksOfLabels)
    it(`refuses in pseudonymous data ${one.it}`, () =>
      expect(codesInCurated(one.rows())).to.deep.equal(one.codes));
  for (const one of leaksOfClocks)
    it(`refuses in pseudonymous data ${one.it}`, () =>
      expect(codesInCurated(one.rows())).to.deep.equal(one.codes));
  for (const one of safeInTrusted)
    it(`accepts ${one.it}`, () => expect(codesInTrusted(one.rows())).to.deep.equal([]));
  for (const one of safeInCurated)
    it(`accepts in pseudonymous data ${one.it}`, () =>
      expect(codesInCurated(one.rows())).to.deep.equal([]));

  it('refuses in a zone of two purposes those who consent to one of them', () => {
    const zones = [
      zone('landing'),
      zone('trusted', { purposes: ['research', 'marketing'], holds: 'identified' }),
    ];
    const given = library([job('the_job', consents(), sink('trusted', 'output'))], { zones });
    const [found] = check(given).diagnostics;
    expect(found?.code).to.equal('privacy/other-purpose');
    expect(found?.parameters).to.deep.include({ missing: ['marketing'], consented: ['research'] });
  });

  describe('in zones of two purposes', () => {
    const both = ['research', 'marketing'] as const;
    const zones = [
      zone('landing'),
      zone('trusted', { purposes: both, holds: 'identified' }),
      zone('curated', { purposes: both }),
    ];
    const codesOf = (rows: Relation, zoneName: 'trusted' | 'curated' = 'trusted') =>
      codes(library([job('the_job', rows, sink(zoneName, 'output'))], { zones }));
    const consentingToBoth = () => keepConsented(customer(), both);
    const theirReadings = () => join('inner', reading(), consentingToBoth(), { user: 'email' });
    const since = (rows: Relation, ...purposes: readonly string[]) =>
      purposes.reduce((so, purpose) => filter(so, call('gte', 'time', `${purpose}Since`)), rows);

    it('accepts those who consent to both', () => {
      expect(codesOf(consentingToBoth())).to.deep.equal([]);
    });

    it('refuses a join of those who consent to one with those who consent to the other', () => {
      const other = select(keepConsented(customer(), 'marketing'), 'email');
      const rows = join('inner', consenting(), other, { email: 'email' });
      expect(codesOf(rows)).to.deep.equal(['privacy/mixed-subjects']);
    });

    it('accepts readings since consent to both, compared in one step or in two', () => {
      expect(codesOf(since(theirReadings(), ...both))).to.deep.equal([]);
      const together = filter(
        theirReadings(),
        call('and', call('gte', 'time', 'researchSince'), call('lte', 'marketingSince', 'time')),
      );
      expect(codesOf(together)).to.deep.equal([]);
    });

    for (const purpose of both) {
      it(`refuses readings that were compared with consent to ${purpose} only`, () => {
        expect(codesOf(since(theirReadings(), purpose))).to.deep.equal(['privacy/before-consent']);
      });
    }

    it('refuses readings compared with consent to either', () => {
      const either = call(
        'or',
        call('gte', 'time', 'researchSince'),
        call('gte', 'time', 'marketingSince'),
      );
      expect(codesOf(filter(theirReadings(), either))).to.deep.equal(['privacy/before-consent']);
    });

    it('lets into a zone of one purpose what was compared with its consent, and no further', () => {
      const own = zones.map((one) =>
        one.name === 'trusted' ? { ...one, purposes: ['research'] } : one,
      );
      const first = job('first', since(theirReadings(), 'research'), sink('trusted', 'readings'));
      const second = job(
        'second',
        select(source('trusted.readings'), 'x'),
        sink('curated', 'output'),
      );
      expect(codes(library([first], { zones: own }))).to.deep.equal([]);
      expect(codes(library([first, second], { zones: own }))).to.deep.equal([
        'privacy/before-consent',
      ]);
    });

    const pseudonym = (purpose: string) => call('pseudonym', 'email', literal('string', purpose));

    it('accepts pseudonyms for either purpose', () => {
      for (const purpose of both) {
        const rows = project(consentingToBoth(), { who: pseudonym(purpose) });
        expect(codesOf(rows, 'curated')).to.deep.equal([]);
      }
    });

    it('refuses a job that makes pseudonyms for both, wherever it makes them', () => {
      const refused = ['privacy/pseudonyms-of-two-purposes'];
      const who = { who: pseudonym('research') };
      const isHim = call('eq', pseudonym('marketing'), literal('string', 'a'));
      expect(codesOf(project(filter(consentingToBoth(), isHim), who), 'curated')).to.deep.equal(
        refused,
      );
      const counted = aggregate(project(consentingToBoth(), { ...who, email: 'email' }), ['who'], {
        n: over('countDistinct', pseudonym('marketing')),
      });
      expect(codesOf(select(counted, 'who'), 'curated')).to.deep.equal(refused);
      const nested = call('pseudonym', pseudonym('marketing'), literal('string', 'research'));
      expect(codesOf(project(consentingToBoth(), { who: nested }), 'curated')).to.deep.equal(
        refused,
      );
    });

    it('refuses a table with pseudonyms for both, one of them made by another job', () => {
      const named = project(consentingToBoth(), { email: 'email', one: pseudonym('research') });
      const first = job('first', named, sink('trusted', 'named'));
      const rows = project(source('trusted.named'), { one: 'one', two: pseudonym('marketing') });
      const second = job('second', rows, sink('curated', 'output'));
      expect(codes(library([first, second], { zones }))).to.deep.equal([
        'privacy/pseudonyms-of-two-purposes',
      ]);
    });
  });

  it('refuses pseudonyms for another purpose where people are named, too', () => {
    const other = call('pseudonym', 'email', literal('string', 'marketing'));
    expect(codesInTrusted(project(consenting(), { email: 'email', other }))).to.deep.equal([
      'privacy/other-pseudonym',
    ]);
    const own = call('pseudonym', 'email', literal('string', 'research'));
    expect(codesInTrusted(project(consenting(), { email: 'email', own }))).to.deep.equal([]);
  });

  it('refuses a purpose of pseudonyms that could not be part of the name of a secret', () => {
    for (const purpose of ['*', 'a/b', 'resear?h', 'a$b', 'Research', 'a'.repeat(101)]) {
      const odd = call('pseudonym', 'email', literal('string', purpose));
      const rows = select(project(consenting(), { email: 'email', odd }), 'email');
      expect(codesInTrusted(rows), purpose).to.deep.equal(['names/bad-name']);
    }
  });

  it('derives the labels of a written table, whatever a reader declares', () => {
    const claimed = table(
      'handles',
      { handle: column('string') },
      { zone: 'trusted', format: 'parquet' },
    );
    const writes = job(
      'writes_handles',
      project(consenting(), { handle: 'email' }),
      sink('trusted', 'handles'),
    );
    const reads = job('reads_handles', source('trusted.handles'), sink('curated', 'output'));
    const tables = [...standardTables, claimed];
    expect(codes(library([reads, writes], { tables }))).to.deep.equal([
      'privacy/identifier-in-training-set',
    ]);
  });

  it('never trusts a table about people from outside, whatever zone it is in', () => {
    const outside = table(
      'partner',
      { email: column('string', 'subject:customer') },
      { zone: 'trusted', owner: { kind: 'subject', name: 'customer', column: 'email' } },
    );
    const reads = job('copies', source('trusted.partner'), sink('trusted', 'copy'));
    expect(codes(library([reads], { tables: [outside] }))).to.deep.equal(['privacy/not-consented']);
  });

  it('accepts reference data from outside', () => {
    const reads = job('copies', source('landing.calendar'), sink('curated', 'days'));
    expect(codes(library([reads], { tables: [calendar], zones: standardZones }))).to.deep.equal([]);
  });
});
