import { type Random, randomFor } from './random.ts';
import { type Session, sessionOf } from './session.ts';
import { BLOCK, type Story, storiesOfBlock } from './stories.ts';

/** A customer of the synthetic world: who, what happened, with which devices, exercising when. */
export interface Customer {
  readonly index: number;
  readonly name: string;
  readonly email: string;
  readonly story: Story;
  readonly session: Session;
  /** Serial number of the device the newest version names. */
  readonly device: string;
  /** The device used before, where the story is `replaces`. */
  readonly formerDevice: string | undefined;
  /** Epoch milliseconds of the newest change, somewhere within the session (`too-early`: after it). */
  readonly changedAt: number;
}

interface Version {
  readonly registered: number;
  readonly updated: number;
  readonly device: string;
  /** The value of shareWithResearchAsOfDate; undefined leaves the key out, as the real feed does. */
  readonly research?: number | string | null;
}

const FIRST = [
  'Adela',
  'Bram',
  'Çelik',
  'Dagny',
  'Eskil',
  'Fenna',
  "D'Arcy",
  'Hyun',
  'Imre',
  'Zoë',
];
const LAST = [
  'Abernathy',
  'Brandvold',
  'Ceesay',
  "O'Dowd",
  'Eskola',
  'Fairbairn',
  'Grünwald',
  'Ito',
];
const FUTURE = Date.UTC(2100, 0, 1);
const HOUR = 3_600_000;

/** Customer number `index` (from 0) of the world that `seed` makes; needs no other customer. */
export function customerAt(seed: number, index: number): Customer {
  const block = Math.floor(index / BLOCK);
  const stories = storiesOfBlock(seed, block);
  const story = stories[index % BLOCK] ?? 'consents';
  const random = randomFor(seed, 'customer', index);
  const [first, last] = [random.pick(FIRST), random.pick(LAST)];
  const session = sessionOf(seed, index);
  const indexOf = (other: Story) => block * BLOCK + stories.indexOf(other);
  return {
    index,
    name: `${first} ${last}`,
    email: `${plain(first)}.${plain(last)}.${index}@example.com`,
    story,
    session,
    device: deviceOf(seed, story, index, indexOf),
    formerDevice: story === 'replaces' ? serialNumber(seed, index, 'former') : undefined,
    changedAt: changeWithin(session, story, random),
  };
}

/** The customer's lines of the feed, newest not always last: each version once (`repeats`: twice). */
export function customerLines(seed: number, customer: Customer): string[] {
  const random = randomFor(seed, 'customer lines', customer.index);
  const birthYear = random.chance(0.1) ? random.integer(967, 999) : random.integer(1000, 1964);
  const phone = `202555${String(random.integer(100, 199)).padStart(4, '0')}`;
  const lines = versionsOf(customer).map((version) => {
    const [friends, everyone] = [random.chance(0.5), random.chance(0.5)];
    const row = {
      customerName: customer.name,
      email: customer.email,
      phone,
      birthDay: `${birthYear}-01-01`,
      serialNumber: version.device,
      registrationDate: version.registered,
      lastUpdateDate: version.updated,
      ...(version.research === undefined ? {} : { shareWithResearchAsOfDate: version.research }),
      ...(everyone ? { shareWithPublicAsOfDate: version.updated } : {}),
      ...(friends ? { shareWithFriendsAsOfDate: version.updated } : {}),
    };
    return spacedJson(row);
  });
  const again = customer.story === 'repeats' ? lines : [];
  return random.shuffle([...lines, ...again]);
}

/** Every version of the customer's row, oldest first. */
function versionsOf(customer: Customer): Version[] {
  const { story, device, session, changedAt: now } = customer;
  const before = session.start - HOUR;
  const first = { registered: now, updated: now, device };
  const later = { registered: before, updated: now, device };
  const consented = { registered: before, updated: before, device, research: before };
  switch (story) {
    case 'refuses':
    case 'borrows':
      return [first];
    case 'null-consent':
      return [{ ...first, research: null }];
    case 'unreadable-consent':
      // The readable older version must not come back to life because the newest is unreadable.
      return [consented, { ...later, research: 'yes' }];
    case 'future-consent':
      return [{ ...first, research: FUTURE }];
    case 'consents-later':
      return [{ ...later, research: now }];
    case 'withdraws':
      return [consented, later];
    case 'renews':
      return [consented, { ...later, updated: before + HOUR / 2 }, { ...later, research: now }];
    case 'contradicts-consent':
      return [{ ...first, research: now }, first];
    case 'contradicts-time':
      return [
        { ...first, research: now },
        { ...first, research: before },
      ];
    case 'replaces':
      return [
        { ...consented, device: customer.formerDevice ?? device },
        { ...later, research: now },
      ];
    case 'consents':
    case 'repeats':
    case 'lends':
    case 'inherits':
    case 'silent':
    case 'too-early':
      return [{ ...first, research: now }];
  }
}

function deviceOf(
  seed: number,
  story: Story,
  index: number,
  indexOf: (other: Story) => number,
): string {
  if (story === 'borrows') return serialNumber(seed, indexOf('lends'), 'current');
  if (story === 'inherits') return serialNumber(seed, indexOf('replaces'), 'former');
  return serialNumber(seed, index, 'current');
}

/** Half of the changes fall exactly on a reading, to try "at or after". */
function changeWithin(session: Session, story: Story, random: Random): number {
  if (story === 'too-early') return session.start + session.times.length * session.interval;
  const tick = session.start + random.integer(2, 5) * session.interval;
  return random.chance(0.5) ? tick : tick + random.integer(1, session.interval - 1);
}

/** A serial number in the shape of the real ones: a random UUID. */
export function serialNumber(seed: number, index: number, which: string): string {
  const random = randomFor(seed, 'serial', which, index);
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => random.integer(0, 15).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
}

/** The name as it stands in an email: letters a to z only. */
function plain(name: string): string {
  return name.normalize('NFD').replace(/[^A-Za-z]/g, '');
}

/** One JSON object on one line with the real customer feed's spaces after comma and colon. */
function spacedJson(row: Readonly<Record<string, string | number | null>>): string {
  const fields = Object.entries(row).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  return `{${fields.join(', ')}}`;
}
