import type { Consent } from '../../../algebra/library.ts';
import type { Relation } from '../../../algebra/relation.ts';
import {
  dedupe,
  desc,
  keepConsented,
  over,
  project,
  soleOwner,
  window,
} from '../../verbs/nodes.ts';
import { type Draft, read } from './draft.ts';
import { copies, joined, sinces, stepsOfPeople } from './steps.ts';
import { customers, readings, reviews } from './tables.ts';
import { walk } from './walk.ts';

/** Customers who consent to the purposes; or coaches. */
export function consenting(draft: Draft, purposes: readonly string[], table = customers): Relation {
  const { random } = draft;
  let rows: Relation = read(table);
  const key = table === customers ? 'email' : 'badge';
  if (random.chance(0.25)) rows = versions(draft, rows, key, draft.careful ? 'all' : 'newest');
  if (random.chance(draft.careful ? 0.06 : 0.15)) {
    // All versions are there still, each with what the others tell.
    const made = { [draft.fresh('n')]: over('count') };
    rows = window(rows, { by: [key], order: [] }, made);
  }
  if (!draft.careful && random.chance(0.08)) {
    const strings = draft.typed(rows, 'string');
    rows = soleOwner(rows, random.pick(strings), random.pick(strings));
  }
  const own =
    random.chance(draft.careful ? 0.04 : 0.1) && table === customers
      ? withReviews(draft, rows)
      : rows;
  return keepConsented(own, key, ...consentsOf(draft, own, purposes));
}

/** Every version still, or the newest. */
export function versions(
  draft: Draft,
  rows: Relation,
  key: string,
  which: 'all' | 'newest' = 'newest',
): Relation {
  const { random } = draft;
  if (random.chance(0.3)) return dedupe(rows, draft.names(rows), [], 'distinct');
  if (which === 'all' || random.chance(0.5)) {
    const needed = [key, 'serial', 'updated', 'researchUntil', ...sinces];
    const kept = draft.names(rows).filter((name) => needed.includes(name) || random.chance(0.5));
    return project(rows, copies(kept), 'select');
  }
  return newestBy(draft, rows, key);
}

export function newestBy(draft: Draft, rows: Relation, key: string): Relation {
  const nulls = draft.careful || draft.random.chance(0.5) ? 'first' : 'last';
  const version = draft.careful || draft.random.chance(0.4) ? 'updated' : draft.random.pick(sinces);
  return dedupe(rows, [key], [desc(version, nulls)], 'latestBy');
}

function withReviews(draft: Draft, rows: Relation): Relation {
  const [table, other] = draft.random.pick([
    [reviews, 'author'],
    [readings, 'user'],
  ] as const);
  if (draft.careful || draft.random.chance(0.3))
    return joined(draft, 'left', rows, read(table), { email: other }) ?? rows;
  if (draft.random.chance(0.4)) {
    // Some versions of a person only.
    const how = draft.random.pick(['inner', 'semi', 'anti', 'left'] as const);
    const on = { email: other, score: table === reviews ? 'stars' : 'x' };
    return joined(draft, how, rows, read(table), on) ?? rows;
  }
  // The other way round: who wrote something, with all or some versions of who that is.
  const some = walk(draft, rows, stepsOfPeople, 1);
  const own = joined(draft, 'left', read(reviews), some, { author: 'email' });
  return own ? project(own, { ...copies(draft.names(own)), email: 'author' }) : rows;
}

/** The declared consents by the names that the columns have here. */
export function consentsOf(draft: Draft, rows: Relation, purposes: readonly string[]) {
  const named = (part: string) => draft.playing(rows, part)[0] ?? part;
  const consents = purposes.map(
    (purpose): Consent => ({
      purpose,
      grantedAt: named(`${purpose}Since`),
      version: named('updated'),
      ...(purpose === 'research' ? { withdrawnAt: named('researchUntil') } : {}),
    }),
  );
  const [first, ...more] = consents;
  if (!first) throw new TypeError('a zone has no purpose');
  return [first, ...more] as const;
}

/** Who consents and since when, and perhaps more of them. */
export function consentTimes(
  draft: Draft,
  purposes: readonly string[],
  ...more: readonly string[]
) {
  const rows = consenting(draft, purposes);
  const kept = ['email', ...purposes.map((purpose) => `${purpose}Since`), ...more];
  const names = draft.names(rows);
  return project(rows, copies(kept.filter((name) => names.includes(name))), 'select');
}
