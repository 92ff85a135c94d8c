import type { Table } from '../../../algebra/library.ts';
import { column, table, zone } from '../../check/plain.ts';

/**
 * A clinic's feeds with everything in them that rules speak of: two kinds of people, two kinds of things that belong to them,
 * rows of several versions, event times, rows without one, and rows about nobody. Keys of all kinds share their values, so that
 * a join of unlike things finds partners and shows that it is wrong.
 */
const consentColumns = {
  updated: column('long?', 'quasi-identifier'),
  researchSince: column('long?'),
  researchUntil: column('long?'),
  marketingSince: column('long?'),
} as const;

const consents = [
  {
    purpose: 'research',
    grantedAt: 'researchSince',
    withdrawnAt: 'researchUntil',
    version: 'updated',
  },
  { purpose: 'marketing', grantedAt: 'marketingSince', version: 'updated' },
];

/** People, a row per version. Their devices are those that the newest version names. */
export const customers = table(
  'customer',
  {
    email: column('string?', 'identifier', 'subject:customer'),
    name: column('string?', 'identifier'),
    birthday: column('long?', 'quasi-identifier'),
    serial: column('string?', 'alias:device'),
    card: column('string?', 'alias:card'),
    score: column('long?'),
    ...consentColumns,
  },
  { owner: { kind: 'subject', name: 'customer', column: 'email' }, consents },
);

/** People of another kind, whose badges may read as customers' emails do. */
export const coaches = table(
  'coach',
  {
    badge: column('string?', 'identifier', 'subject:coach'),
    score: column('long?'),
    ...consentColumns,
  },
  { owner: { kind: 'subject', name: 'coach', column: 'badge' }, consents },
);

/** What customers' phones measured. */
export const readings = table(
  'reading',
  {
    user: column('string?', 'identifier', 'subject:customer'),
    time: column('long?', 'quasi-identifier'),
    x: column('long?', 'sensitive'),
  },
  { owner: { kind: 'subject', name: 'customer', column: 'user' }, eventTime: 'time' },
);

/** What devices measured: about whoever owns the device. */
export const steps = table(
  'step',
  {
    device: column('string?', 'alias:device'),
    at: column('long?', 'quasi-identifier'),
    distance: column('long?', 'sensitive'),
  },
  { owner: { kind: 'alias', name: 'device', column: 'device' }, eventTime: 'at' },
);

/** What customers wrote, without a time. A title may be anybody's name, which nobody can tell but by comparing it. */
export const reviews = table(
  'review',
  {
    author: column('string?', 'subject:customer'),
    title: column('string?'),
    stars: column('long?'),
  },
  { owner: { kind: 'subject', name: 'customer', column: 'author' } },
);

/** About nobody; beside each day another time of it. */
export const calendar = table('calendar', {
  day: column('long?'),
  noon: column('long?'),
  rank: column('long?'),
});

/** Words of unknown meaning, declared as being about nobody: some are somebody's email, and beside it is how it is spelled. */
export const words = table('word', {
  listed: column('string?'),
  spelling: column('string?'),
  rank: column('long?'),
});

export const searchTables: readonly Table[] = [
  customers,
  coaches,
  readings,
  steps,
  reviews,
  calendar,
  words,
];

/** Zones of a library whose trusted and curated zones are used for the purposes. */
export function zonesFor(purposes: Readonly<Record<'trusted' | 'curated', readonly string[]>>) {
  return [
    zone('landing'),
    zone('trusted', { purposes: purposes.trusted, holds: 'identified' }),
    zone('curated', { purposes: purposes.curated }),
  ];
}
