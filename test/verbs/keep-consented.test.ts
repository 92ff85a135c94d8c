import { describeVerb } from './harness.ts';
import { call, dedupe, desc, filter, keepConsented, literal, project } from './nodes.ts';
import { asked, askedPeople, people, research, version } from './people.ts';

const consenting = (table: Parameters<Parameters<typeof describeVerb>[1][number]['write']>[0]) =>
  keepConsented(table('people'), 'email', research);

const ada = version('ada', { granted: 10n });

describeVerb('keepConsented', [
  {
    it: 'keeps people who consent',
    given: { people: people([ada, version('bob')]) },
    write: consenting,
    schema: [
      'email string? [identifier subject:person]',
      'device string? [alias:device]',
      'granted long [consent:research]',
      'withdrawn long? [consent:research]',
      'version long?',
    ],
    state: 'clean person by email for research',
    rows: [ada],
  },
  {
    it: 'reads consent off the newest version only',
    given: {
      people: people([
        version('ada', { granted: 10n, version: 1n }),
        version('ada', { version: 2n }),
        version('bob', { version: 1n }),
        version('bob', { granted: 20n, version: 2n }),
      ]),
    },
    write: consenting,
    rows: [version('bob', { granted: 20n, version: 2n })],
  },
  {
    it: 'takes consent given at the instant of the run, and none given after it',
    given: {
      people: people([version('ada', { granted: 1000n }), version('bob', { granted: 1001n })]),
    },
    write: consenting,
    consentAsOf: 1000n,
    rows: [version('ada', { granted: 1000n })],
  },
  {
    it: 'takes a withdrawal after or at the moment of consent for none',
    given: {
      people: people([
        version('ada', { granted: 10n, withdrawn: 11n }),
        version('bob', { granted: 10n, withdrawn: 10n }),
      ]),
    },
    write: consenting,
    rows: [],
  },
  {
    it: 'takes consent renewed after a withdrawal for consent',
    given: { people: people([version('ada', { granted: 10n, withdrawn: 9n })]) },
    write: consenting,
    rows: [version('ada', { granted: 10n, withdrawn: 9n })],
  },
  {
    it: 'takes a withdrawal without consent for none',
    given: { people: people([version('ada', { withdrawn: 5n })]) },
    write: consenting,
    rows: [],
  },
  {
    it: 'leaves out people with a version of unknown age',
    given: {
      people: people([
        version('ada', { granted: 10n, version: 5n }),
        version('ada', { granted: 10n, version: null }),
        version('bob', { granted: 10n, version: null }),
      ]),
    },
    write: consenting,
    rows: [],
  },
  {
    it: 'leaves out people whose equally new versions disagree on consent',
    given: {
      people: people([
        version('ada', { granted: 10n }),
        version('ada', { granted: 11n }),
        version('bob', { granted: 10n }),
        version('bob'),
        version('cy', { granted: 10n }),
        version('cy', { granted: 10n, withdrawn: 3n }),
      ]),
    },
    write: consenting,
    rows: [],
  },
  {
    it: 'keeps the first of equally new versions that agree, by all columns, nulls last',
    given: {
      people: people([
        version('ada', { device: null, granted: 10n }),
        version('ada', { device: 's2', granted: 10n }),
        version('ada', { device: 's1', granted: 10n }),
        version('ada', { device: 's1', granted: 10n }),
      ]),
    },
    write: consenting,
    rows: [version('ada', { device: 's1', granted: 10n })],
  },
  {
    it: 'leaves out rows about nobody',
    given: { people: people([version(null, { granted: 10n })]) },
    write: consenting,
    rows: [],
  },
  {
    it: 'takes people for the same only if every letter is',
    given: {
      people: people([
        version('Ada', { granted: 10n }),
        version('ada', { version: 2n }),
        version('ada\u0301', { granted: 10n }),
        version('ad\u00e1', { granted: 11n }),
        version('', { granted: 12n }),
      ]),
    },
    write: consenting,
    rows: [
      version('Ada', { granted: 10n }),
      version('ada\u0301', { granted: 10n }),
      version('ad\u00e1', { granted: 11n }),
      version('', { granted: 12n }),
    ],
  },
  {
    it: 'tells versions beyond 2^53 apart',
    given: {
      people: people([
        version('ada', { version: 9007199254740993n }),
        version('ada', { granted: 10n, version: 9007199254740992n }),
      ]),
    },
    write: consenting,
    rows: [],
  },
  {
    it: 'gives no rows of none',
    given: { people: people([]) },
    write: consenting,
    rows: [],
  },
  {
    it: 'reads timestamps, which are finer than the instant of the run',
    given: {
      people: {
        ...people([
          ['ada', null, 1_000_000n, null, 1n],
          ['bob', null, 1_000_001n, null, 1n],
          ['cy', null, 999_999n, 999_999n, 1n],
        ]),
        columns: {
          email: 'string?',
          device: 'string?',
          granted: 'timestamp?',
          withdrawn: 'timestamp?',
          version: 'timestamp?',
        },
      },
    },
    write: consenting,
    rows: [['ada', null, 1_000_000n, null, 1n]],
  },
  {
    it: 'works without a column of withdrawals',
    given: {
      people: {
        ...people([version('ada', { granted: 10n, withdrawn: 11n })]),
        consents: [{ purpose: 'research', grantedAt: 'granted', version: 'version' }],
      },
    },
    write: (table) =>
      keepConsented(table('people'), 'email', {
        purpose: 'research',
        grantedAt: 'granted',
        version: 'version',
      }),
    rows: [version('ada', { granted: 10n, withdrawn: 11n })],
  },
  {
    it: 'is refused once one version was picked, since equally new ones may have disagreed',
    given: { people: people([ada]) },
    write: (table) =>
      keepConsented(
        dedupe(table('people'), ['email'], [desc('version', 'first')], 'latestBy'),
        'email',
        research,
      ),
    problems: ['privacy/consent-after-filter'],
  },
  {
    it: 'is refused once rows are missing, since the newest may be among them',
    given: { people: people([ada]) },
    write: (table) =>
      keepConsented(filter(table('people'), call('isNotNull', 'granted')), 'email', research),
    problems: ['privacy/consent-after-filter'],
  },
  {
    it: 'is refused for a purpose that nobody was asked about',
    given: { people: people([ada]) },
    write: (table) =>
      keepConsented(table('people'), 'email', { ...research, purpose: 'advertising' }),
    problems: ['privacy/unknown-consent'],
  },
  {
    it: 'is refused for consent times that were changed',
    given: { people: people([ada]) },
    write: (table) =>
      keepConsented(
        project(
          table('people'),
          {
            email: 'email',
            granted: call('coalesce', 'granted', literal('long', '0')),
            withdrawn: 'withdrawn',
            version: 'version',
          },
          'derive',
        ),
        'email',
        research,
      ),
    problems: ['privacy/consent-columns-changed'],
  },
  {
    it: 'is refused for a column that does not name the subject',
    given: { people: people([ada]) },
    write: (table) => keepConsented(table('people'), 'device', research),
    problems: ['privacy/no-subject'],
  },
]);

const consentingToBoth = (
  table: Parameters<Parameters<typeof describeVerb>[1][number]['write']>[0],
) => keepConsented(table('people'), 'email', ...asked);

describeVerb('keepConsented for two purposes', [
  {
    it: 'keeps people who consent to both',
    given: {
      people: askedPeople([
        ['ada', 10n, null, 20n, null, 1n],
        ['bob', 10n, null, null, null, 1n],
        ['cy', null, null, 20n, null, 1n],
        ['dee', null, null, null, null, 1n],
      ]),
    },
    write: consentingToBoth,
    schema: [
      'email string? [identifier subject:person]',
      'granted long [consent:research]',
      'withdrawn long? [consent:research]',
      'adsGranted long [consent:marketing]',
      'adsWithdrawn long? [consent:marketing]',
      'version long?',
    ],
    state: 'clean person by email for research, marketing',
    rows: [['ada', 10n, null, 20n, null, 1n]],
  },
  {
    it: 'takes a withdrawal of either, or consent to either from after the run, for none',
    given: {
      people: askedPeople([
        ['ada', 10n, 11n, 20n, null, 1n],
        ['bob', 10n, null, 20n, 20n, 1n],
        ['cy', 1001n, null, 20n, null, 1n],
        ['dee', 10n, null, 1001n, null, 1n],
        ['eve', 10n, 9n, 20n, 19n, 1n],
      ]),
    },
    write: consentingToBoth,
    consentAsOf: 1000n,
    rows: [['eve', 10n, 9n, 20n, 19n, 1n]],
  },
  {
    it: 'reads both off the newest version, never each off another',
    given: {
      people: askedPeople([
        ['ada', 10n, null, null, null, 1n],
        ['ada', null, null, 20n, null, 2n],
        ['bob', 10n, null, null, null, 1n],
        ['bob', 10n, null, 20n, null, 2n],
        ['cy', 10n, null, 20n, null, 1n],
        ['cy', 10n, null, null, null, 2n],
      ]),
    },
    write: consentingToBoth,
    rows: [['bob', 10n, null, 20n, null, 2n]],
  },
  {
    it: 'leaves out people whose equally new versions disagree on either',
    given: {
      people: askedPeople([
        ['ada', 10n, null, 20n, null, 1n],
        ['ada', 11n, null, 20n, null, 1n],
        ['bob', 10n, null, 20n, null, 1n],
        ['bob', 10n, null, 21n, null, 1n],
        ['cy', 10n, null, 20n, null, 1n],
        ['cy', 10n, null, 20n, 5n, 1n],
        ['dee', 10n, null, 20n, null, 1n],
        ['dee', 10n, null, 20n, null, 1n],
        ['eve', 10n, null, 20n, null, null],
      ]),
    },
    write: consentingToBoth,
    rows: [['dee', 10n, null, 20n, null, 1n]],
  },
  {
    it: 'takes one column for both where the form asked once',
    given: {
      people: {
        ...people([version('ada', { granted: 10n }), version('bob')]),
        consents: [research, { ...research, purpose: 'marketing' }],
      },
    },
    write: (table) =>
      keepConsented(table('people'), 'email', research, { ...research, purpose: 'marketing' }),
    state: 'clean person by email for research, marketing',
    rows: [version('ada', { granted: 10n })],
  },
  {
    it: 'is refused for a purpose of the two that nobody was asked about',
    given: { people: people([ada]) },
    write: consentingToBoth,
    problems: ['privacy/unknown-consent'],
  },
  {
    it: 'is refused where each consent has its own newest version',
    given: {
      people: {
        ...askedPeople([]),
        consents: [asked[0], { ...asked[1], version: 'adsWithdrawn' }],
      },
    },
    write: (table) =>
      keepConsented(table('people'), 'email', asked[0], { ...asked[1], version: 'adsWithdrawn' }),
    problems: ['privacy/consents-of-two-versions'],
  },
  {
    it: "is refused after a pick of the newest version by another consent's column",
    given: {
      people: {
        ...askedPeople([]),
        consents: [asked[0], { ...asked[1], version: 'adsWithdrawn' }],
      },
    },
    write: (table) =>
      keepConsented(
        dedupe(table('people'), ['email'], [desc('adsWithdrawn')], 'latestBy'),
        'email',
        asked[0],
      ),
    problems: ['privacy/consent-after-filter'],
  },
]);
