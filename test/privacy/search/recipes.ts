import type { Job, Library, ZoneName } from '../../../algebra/library.ts';
import type { Relation } from '../../../algebra/relation.ts';
import {
  aggregate,
  call,
  expectRows,
  filter,
  literal,
  nowhere,
  over,
  project,
  soleOwner,
} from '../../verbs/nodes.ts';
import { consenting, consentTimes, newestBy, versions } from './consents.ts';
import { Draft, read } from './draft.ts';
import { randomOf } from './random.ts';
import {
  copies,
  joined,
  keysOf,
  people,
  pickOr,
  plain,
  reunited,
  sinces,
  stepsAcross,
  stepsOfPeople,
  times,
  unlikeUnion,
} from './steps.ts';
import {
  coaches,
  customers,
  readings,
  reviews,
  searchTables,
  steps,
  words,
  zonesFor,
} from './tables.ts';
import { amongAuthors, tricks } from './tricks.ts';
import { mostlyPeople, mostSteps, walk } from './walk.ts';

/**
 * A library of one or two jobs that is mostly as it should be: consent first, then what the author wants. What is wrong with it
 * comes from `faults.ts`, and from steps that do not fit each other.
 */
export function drawLibrary(
  seed: number,
  careful: boolean,
): { readonly library: Library; readonly draft: Draft } {
  const draft = new Draft(randomOf(seed), careful);
  const { random } = draft;
  const trusted = random.pick([
    ['research'],
    ['research'],
    ['marketing'],
    ['research', 'marketing'],
  ]);
  draft.purpose = trusted[0] ?? '';
  const curated =
    careful || random.chance(0.5) ? trusted : random.pick([['research'], ['marketing']]);
  const jobs: Job[] = [];
  if (random.chance(0.35)) {
    const rows = consentingRows(draft, trusted);
    jobs.push(job('first', rows, 'trusted', 'identified'));
    draft.write('trusted.first', rows);
    jobs.push(secondJob(draft, curated));
  } else if (random.chance(0.5)) {
    jobs.push(job('only', mostly(draft, consentingRows(draft, trusted)), 'trusted', 'identified'));
  } else {
    const consented = mostly(draft, consentingRows(draft, curated));
    const timed = random.chance(careful ? 0.3 : 0.5) ? withFirstTime(draft, consented) : consented;
    const isUnlike = random.chance(careful ? 0.02 : 0.2);
    const whole = isUnlike ? (unlikeUnion(draft, timed) ?? timed) : timed;
    const rows = withoutNames(draft, whole, curated);
    jobs.push(job('only', rows, 'curated', 'pseudonymous'));
  }
  const zones = zonesFor({ trusted, curated });
  const library = { name: 'clinic', zones, tables: searchTables, jobs, span: nowhere };
  return { library, draft };
}

export function job(
  name: string,
  rows: Relation,
  zone: ZoneName,
  holds: 'identified' | 'pseudonymous',
): Job {
  return {
    name,
    rows,
    sink: { zone, table: name, holds, span: nowhere },
    workerType: 'G.1X',
    workers: 2,
    timeout: 60,
    glueVersion: '5.1',
    span: nowhere,
  };
}

function secondJob(draft: Draft, purposes: readonly string[]): Job {
  const { random } = draft;
  const written = read('trusted.first');
  const key = pickOr(draft, draft.playing(written, 'email', 'user', 'author'));
  const more =
    key !== undefined && random.chance(0.5)
      ? joined(draft, 'inner', ...personalRows(draft, written, key))
      : undefined;
  const rows = mostly(draft, since(draft, more ?? written));
  if (random.chance(0.5)) return job('second', rows, 'curated', 'identified');
  return job('second', withoutNames(draft, rows, purposes), 'curated', 'pseudonymous');
}

function personalRows(
  draft: Draft,
  written: Relation,
  key: string,
): readonly [Relation, Relation, Readonly<Record<string, string>>] {
  const canSettle = !draft.careful || draft.playing(written, ...sinces).length > 0;
  const [table, own] = draft.random.pick([
    [reviews, 'author'],
    canSettle ? [readings, 'user'] : [reviews, 'author'],
  ] as const);
  return [read(table), written, { [own]: key }];
}

/** A few more steps, across people sometimes. */
function mostly(draft: Draft, rows: Relation): Relation {
  const { random } = draft;
  const after = walk(draft, rows, stepsOfPeople, random.integer(mostSteps));
  return random.chance(0.25) ? walk(draft, after, [...stepsAcross, reunited], 1) : after;
}

/** Rows of people who consent to the purposes, with no event from before. */
function consentingRows(draft: Draft, purposes: readonly string[]): Relation {
  const { random } = draft;
  const choice = random.integer(13);
  if (choice < 2) return mostlyPeople(draft, consenting(draft, purposes));
  if (choice < 3) return coachesToo(draft, purposes);
  if (choice < 6) return deviceRows(draft, purposes);
  if (choice < 7) return strangers(draft, purposes);
  if (choice < 8) {
    const first = consentingRows(draft, purposes);
    return reunited(draft, first) ?? first;
  }
  if (choice < 9) return leftRows(draft, purposes);
  return personRows(draft, purposes);
}

/** What customers did, since they consent. */
function personRows(draft: Draft, purposes: readonly string[]): Relation {
  const { random } = draft;
  const [table, key] = random.pick([
    [readings, 'user'],
    [readings, 'user'],
    [reviews, 'author'],
  ] as const);
  const plain = mostlyPeople(draft, read(table));
  const raw = draft.careful || random.chance(0.8) ? plain : walk(draft, plain, tricks, 1);
  const own = draft.names(raw).includes(key) ? raw : read(table);
  const asked = draft.careful || random.chance(0.8) ? purposes : ['marketing'];
  const consents = consentTimes(draft, asked, ...random.some(['serial', 'score', 'name'], 0.3));
  const settles = draft.careful && table === readings;
  const others = draft.careful ? (['semi'] as const) : (['semi', 'left', 'anti'] as const);
  const how = random.chance(0.2) && !settles ? random.pick(others) : 'inner';
  const strings = draft.typed(consents, 'string');
  const other =
    draft.careful || random.chance(0.85) ? 'email' : (pickOr(draft, strings) ?? 'email');
  const rows = random.chance(0.7)
    ? joined(draft, how, own, consents, { [key]: other })
    : joined(draft, 'inner', consents, own, { email: key });
  const among = draft.careful ? stepsOfPeople : [...stepsOfPeople, ...stepsAcross];
  return since(draft, walk(draft, rows ?? own, among, random.integer(2)));
}

/** Everybody who consents, with what they did. */
function leftRows(draft: Draft, purposes: readonly string[]): Relation {
  const consents = consentTimes(draft, purposes, 'score');
  const raw = mostlyPeople(draft, read(reviews));
  const own = draft.names(raw).includes('author') ? raw : read(reviews);
  const how = draft.random.pick(['left', 'left', 'anti', 'semi'] as const);
  return joined(draft, how, consents, own, { email: 'author' }) ?? consents;
}

/** What devices of one owner measured, since the owner consents. */
function deviceRows(draft: Draft, purposes: readonly string[]): Relation {
  const { random } = draft;
  const consents = consentTimes(draft, purposes);
  const owners = joined(draft, 'inner', ownersOfDevices(draft), consents, { email: 'email' });
  const serial = owners && pickOr(draft, draft.playing(owners, 'serial'));
  if (!owners || serial === undefined) return consents;
  if (random.chance(0.15)) return owners;
  const raw = walk(draft, read(steps), stepsOfPeople, random.integer(2));
  const own = draft.names(raw).includes('device') ? raw : read(steps);
  const how = draft.careful ? 'inner' : random.pick(['inner', 'inner', 'semi'] as const);
  const isTurned = how === 'inner' && random.chance(0.3);
  const rows =
    (isTurned
      ? joined(draft, how, owners, own, { [serial]: 'device' })
      : joined(draft, how, own, owners, { device: serial })) ?? owners;
  const device = isTurned ? serial : 'device';
  const [table, key] =
    draft.careful || random.chance(0.6)
      ? ([steps, 'device'] as const)
      : ([reviews, 'author'] as const);
  const again =
    random.chance(0.25) && draft.names(rows).includes(device)
      ? joined(draft, table === steps ? 'left' : 'inner', rows, read(table), { [device]: key })
      : undefined;
  return since(draft, again ?? rows);
}

function ownersOfDevices(draft: Draft): Relation {
  const { random } = draft;
  let rows: Relation = read(customers);
  if (random.chance(0.5)) {
    rows = newestBy(draft, rows, 'email');
  } else if (random.chance(0.3)) {
    rows = versions(draft, rows, 'email');
  }
  const alias = draft.careful || random.chance(0.7) ? 'serial' : 'card';
  if (!draft.careful && random.chance(0.5))
    rows = walk(draft, rows, [...stepsOfPeople, reunited, reunited, amongAuthors], 1);
  const first = random.chance(0.06) ? soleOwner(rows, 'card', 'email') : rows;
  const owners = soleOwner(first, alias, 'email');
  const name = random.chance(0.8) ? 'serial' : draft.fresh('serial');
  return project(owners, { email: 'email', [name]: alias }, 'select');
}

/** People of one kind beside people of another, or rows of two people in one. */
function coachesToo(draft: Draft, purposes: readonly string[]): Relation {
  const { random } = draft;
  const badges = consenting(draft, purposes, coaches);
  const coachRows = random.chance(0.5)
    ? project(badges, copies(['badge', 'score']), 'select')
    : aggregate(badges, ['score'], { [draft.fresh('n')]: over('count') });
  if (random.chance(0.3)) return coachRows;
  const rows = consentTimes(draft, purposes, 'score');
  return joined(draft, 'inner', rows, coachRows, { score: 'score' }, 'by score') ?? rows;
}

function strangers(draft: Draft, purposes: readonly string[]): Relation {
  const { random } = draft;
  const rows = personRows(draft, purposes);
  const timeless = random.chance(0.5) ? consenting(draft, purposes) : personRows(draft, purposes);
  const others = draft.careful || random.chance(0.7) ? timeless : everEvents(draft, purposes);
  const listed = random.chance(0.3) ? foundInList(draft, rows, others) : undefined;
  if (listed) return since(draft, listed);
  const shared = draft
    .typed(rows, 'long')
    .filter((name) => draft.typed(others, 'long').includes(name));
  const column = pickOr(draft, shared);
  if (column === undefined) return rows;
  const how = random.pick(['inner', 'left', 'semi', 'anti', 'full', 'cross'] as const);
  const why = draft.careful || random.chance(0.7) ? 'of one number' : undefined;
  const on = how === 'cross' ? {} : { [column]: column };
  return since(draft, joined(draft, how, rows, others, on, why) ?? rows);
}

/** What consenting people did at any time. */
function everEvents(draft: Draft, purposes: readonly string[]): Relation {
  const consents = consentTimes(draft, purposes);
  return joined(draft, 'inner', read(readings), consents, { user: 'email' }) ?? consents;
}

/** Rows beside words of a list that are somebody else's key, whoever that is. */
function foundInList(draft: Draft, rows: Relation, others: Relation): Relation | undefined {
  const number = pickOr(draft, draft.playing(rows, 'x', 'score', 'stars'));
  const key = pickOr(draft, draft.playing(others, ...people));
  const both = number && joined(draft, 'inner', rows, read(words), { [number]: 'rank' });
  const word = both && draft.playing(both, 'listed').at(-1);
  if (!both || key === undefined || word === undefined) return undefined;
  const how = draft.random.pick(['inner', 'semi'] as const);
  return joined(draft, how, both, others, { [word]: key }, 'in a list');
}

/** Rows whose events are since consent to everything that there is a time of. */
function since(draft: Draft, rows: Relation): Relation {
  if (!draft.careful && draft.random.chance(0.1)) return rows;
  const events = draft.playing(rows, ...times);
  const consents = draft.playing(rows, ...sinces);
  const conditions = events.flatMap((event) =>
    consents.map((consent) =>
      draft.random.chance(0.7) ? call('gte', event, consent) : call('lte', consent, event),
    ),
  );
  const [first, ...more] = conditions;
  if (!first) return rows;
  if (draft.random.chance(0.1)) {
    const named = conditions.map((one, index) => [`since ${index}`, one] as const);
    return expectRows(rows, 'drop', Object.fromEntries(named));
  }
  return filter(rows, more.length > 0 ? call('and', first, ...more) : first);
}

/** The same rows without what tells who they are about. */
function withoutNames(draft: Draft, rows: Relation, purposes: readonly string[]): Relation {
  const { random } = draft;
  const key = pickOr(draft, draft.playing(rows, ...people));
  const plain = draft
    .names(rows)
    .filter((name) => /^(x|distance|score|stars|title|rank|holiday|n|m|p|t)\d*$/.test(name));
  const purpose = draft.careful || random.chance(0.8) ? (purposes[0] ?? '') : 'marketing';
  const columns: Record<string, string | ReturnType<typeof call>> = {
    ...copies(draft.careful || random.chance(0.8) ? plain : draft.names(rows)),
    ...(draft.careful ? {} : copies(random.some(draft.names(rows), 0.05))),
    ...(key !== undefined && random.chance(0.7)
      ? { [draft.fresh('p')]: call('pseudonym', key, literal('string', purpose)) }
      : {}),
  };
  const [time, ...later] = draft.playing(rows, ...times);
  const knowsWhose = !draft.careful || key !== undefined;
  const measures = draft.careful ? [] : draft.playing(rows, 'm');
  const other = pickOr(draft, [...later, ...draft.playing(rows, 'updated', 'first'), ...measures]);
  if (time !== undefined && other !== undefined && knowsWhose && random.chance(0.6))
    columns[draft.fresh('t')] = call('elapsedSince', time, other);
  if (random.chance(draft.careful ? 0.3 : 0.8)) {
    const beside = draft.playing(rows, 'spelling', 'noon');
    const until = draft.careful ? [] : draft.playing(rows, 'researchUntil');
    const found = [...beside, ...until, ...draft.playing(rows, 'listed', 'day')];
    const word = pickOr(draft, [...beside, ...found]);
    if (word !== undefined) columns[word] = word;
  }
  if (Object.keys(columns).length === 0)
    return aggregate(rows, [], { [draft.fresh('n')]: over('count') });
  return project(rows, columns, 'select');
}

/** The rows with each person's first time beside them. */
function withFirstTime(draft: Draft, rows: Relation): Relation {
  const { random } = draft;
  const time = pickOr(draft, draft.playing(rows, ...times));
  const [key] = keysOf(draft, rows);
  if (time === undefined || key === undefined) return rows;
  const shared = draft.careful || random.chance(0.4) ? [] : draft.playing(rows, ...plain);
  const by = pickOr(draft, shared) ?? key;
  const name = random.chance(0.8) ? 'min' : random.pick(['max', 'sum'] as const);
  const firsts = aggregate(rows, [by], { [draft.fresh('first')]: over(name, time) });
  return joined(draft, 'inner', rows, firsts, { [by]: by }, 'by chance') ?? rows;
}
