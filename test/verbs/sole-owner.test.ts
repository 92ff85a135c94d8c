import { describeVerb } from './harness.ts';
import { call, filter, join, keepConsented, soleOwner } from './nodes.ts';
import { people, research, signals, version } from './people.ts';

const owned = version('ada', { device: 's1', granted: 10n });

describeVerb('soleOwner', [
  {
    it: 'keeps rows of devices that one person owns',
    given: { people: people([owned, version('bob', { device: 's2' })]) },
    write: (table) => soleOwner(table('people'), 'device', 'email'),
    state: 'local person by email device=device (no)',
    rows: [owned, version('bob', { device: 's2' })],
  },
  {
    it: 'leaves out all rows of a shared device, whoever consents',
    given: {
      people: people([
        version('ada', { device: 's1', granted: 10n }),
        version('bob', { device: 's1' }),
        version('ada', { device: 's2', granted: 10n, version: 2n }),
      ]),
    },
    write: (table) => soleOwner(table('people'), 'device', 'email'),
    rows: [version('ada', { device: 's2', granted: 10n, version: 2n })],
  },
  {
    it: 'keeps several rows of one owner',
    given: { people: people([owned, owned, version('ada', { device: 's1', version: 2n })]) },
    write: (table) => soleOwner(table('people'), 'device', 'email'),
    rows: [owned, owned, version('ada', { device: 's1', version: 2n })],
  },
  {
    it: 'leaves out rows without a device, and devices with a row about nobody',
    given: {
      people: people([
        version('ada'),
        version('bob', { device: 's1' }),
        version(null, { device: 's1' }),
        version(null, { device: 's2' }),
      ]),
    },
    write: (table) => soleOwner(table('people'), 'device', 'email'),
    rows: [],
  },
  {
    it: 'gives no rows of none',
    given: { people: people([]) },
    write: (table) => soleOwner(table('people'), 'device', 'email'),
    rows: [],
  },
  {
    it: 'lets rows of a device meet those of its owner',
    given: {
      people: people([
        owned,
        version('bob', { device: 's2', granted: 10n }),
        version('cy', { device: 's2' }),
      ]),
      signals: signals([
        ['s1', 1],
        ['s2', 2],
        [null, 3],
      ]),
    },
    write: (table) =>
      join(
        'inner',
        table('signals'),
        filter(soleOwner(table('people'), 'device', 'email'), call('isNotNull', 'granted')),
        { serial: 'device' },
      ),
    schema: [
      'serial string? [alias:device]',
      'strength int?',
      'email string? [identifier subject:person]',
      'granted long? [consent:research]',
      'withdrawn long? [consent:research]',
      'version long?',
    ],
    state: 'local person by email serial=device (no)',
    rows: [['s1', 1, 'ada', 10n, null, 1n]],
  },
  {
    it: 'is refused once people are missing, since a co-owner may be among them',
    given: { people: people([owned]) },
    write: (table) =>
      soleOwner(filter(table('people'), call('isNotNull', 'granted')), 'device', 'email'),
    problems: ['privacy/owner-after-filter'],
  },
  {
    it: 'is refused after consent, which hides co-owners who said no',
    given: { people: people([owned]) },
    write: (table) =>
      soleOwner(keepConsented(table('people'), 'email', research), 'device', 'email'),
    problems: ['privacy/no-subject'],
  },
  {
    it: 'is refused for a column that is no alias',
    given: { people: people([owned]) },
    write: (table) => soleOwner(table('people'), 'version', 'email'),
    problems: ['privacy/not-an-alias'],
  },
  {
    it: 'is refused for columns that are not there',
    given: { people: people([owned]) },
    write: (table) => soleOwner(table('people'), 'serial', 'mail'),
    problems: ['schema/unknown-column', 'schema/unknown-column'],
  },
]);
