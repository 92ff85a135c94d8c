import type { Expression } from '../../../algebra/expressions.ts';
import type { Relation } from '../../../algebra/relation.ts';
import type { JoinKind } from '../../../algebra/verbs/join.ts';
import { bringsColumns } from '../../../algebra/verbs/join-columns.ts';
import {
  aggregate,
  asc,
  call,
  dedupe,
  desc,
  expectRows,
  explode,
  filter,
  join,
  literal,
  over,
  project,
  setOperation,
  top,
  union,
  unpivot,
} from '../../verbs/nodes.ts';
import { type Draft, partOf, read } from './draft.ts';
import { saidEqual } from './equations.ts';
import { valueByElements } from './nested.ts';
import { calendar, customers, readings, reviews, words } from './tables.ts';
import { windowed } from './window-steps.ts';
import { firstTime } from './world.ts';

/** One step more; undefined where the rows do not lend themselves to it. */
export type Step = (draft: Draft, rows: Relation) => Relation | undefined;

export const people = ['email', 'user', 'author', 'badge'] as const;
export const things = ['device', 'serial', 'card'] as const;
export const times = ['time', 'at'] as const;
export const sinces = ['researchSince', 'marketingSince'] as const;

/** Numbers by which nobody is found. */
export const plain: readonly string[] = ['x', 'distance', 'score', 'stars', 'rank', 'n', 'm'];

/** Steps of one row each, or of one person's rows. */
export const stepsOfPeople: readonly Step[] = [
  filtered,
  filtered,
  derived,
  derived,
  computed,
  selected,
  pickedPerPerson,
  pickedPerPerson,
  groupedPerPerson,
  windowedPerPerson,
  distinct,
  withReference,
  withOwnRows,
  withOwnRows,
  pseudonymized,
  filteredTwice,
  expected,
  matched,
  exploded,
  compared,
  unpivoted,
];

/** Steps across people. */
export const stepsAcross: readonly Step[] = [
  (draft, rows) => grouped(draft, rows, draft.random.some(draft.names(rows), 0.25)),
  (draft, rows) => {
    const by = draft.random.some(draft.names(rows), 0.3);
    return by.length > 0 ? dedupe(rows, by, orders(draft, rows)) : undefined;
  },
  (draft, rows) => {
    const names = draft.names(rows);
    const values = draft.typed(rows, 'long');
    const by = draft.random.chance(0.5)
      ? draft.random.some(draft.playing(rows, ...plain), 0.5)
      : [];
    return windowed(draft, rows, by, { values, orders: names });
  },
  (draft, rows) => {
    const order = orders(draft, rows);
    const by = draft.random.some(draft.names(rows), 0.1);
    return order.length > 0 ? top(1 + draft.random.integer(3), rows, by, order) : undefined;
  },
  (draft, rows) => {
    // Whoever agrees on something of small numbers.
    const column = pickOr(draft, draft.playing(rows, ...plain));
    if (column === undefined) return undefined;
    const totals = grouped(draft, rows, [column]);
    return totals && joined(draft, 'inner', rows, totals, { [column]: column }, 'across');
  },
];

/** Joins two relations on pairs of columns; names that both have are told apart. */
export function joined(
  draft: Draft,
  how: JoinKind,
  left: Relation,
  right: Relation,
  on: Readonly<Record<string, string>>,
  crossSubject?: string,
): Relation | undefined {
  const other = bringsColumns(how) ? draft.apart(right, left, Object.values(on)) : right;
  const why = crossSubject === undefined ? {} : { crossSubject };
  const isConditional = how !== 'full' && how !== 'cross' && draft.random.chance(0.15);
  const where = isConditional ? pairCondition(draft, left, other) : undefined;
  const relation = join(how, left, other, on, { ...why, ...(where ? { where } : {}) });
  return draft.schema(relation) ? relation : undefined;
}

/** What must be true of a pair besides, where both sides have a column of one type. */
function pairCondition(draft: Draft, left: Relation, right: Relation): Expression | undefined {
  const { random } = draft;
  const kind = random.pick(['long', 'long', 'string']);
  const own = draft.names(left);
  const first = pickOr(draft, draft.typed(left, kind));
  const others = draft.typed(right, kind).filter((name) => !own.includes(name));
  const like = others.filter((name) => first !== undefined && isTime(name) === isTime(first));
  const second = pickOr(draft, like);
  if (first === undefined || second === undefined) return undefined;
  const way = random.pick(['gte', 'lte', 'lt', 'ne', 'eqNullSafe', 'eq']);
  const one = random.chance(0.5) ? call(way, first, second) : call(way, second, first);
  // An equation of its own is for the columns joined on.
  if (way === 'eq') return call('or', one, call('isNull', second));
  return random.chance(0.3) ? call('and', one, call('gte', second, first)) : one;
}

function filtered(draft: Draft, rows: Relation): Relation | undefined {
  const where = condition(draft, rows);
  return where && filter(rows, where);
}

/** A condition on values of the data, which settles no time. */
function condition(draft: Draft, rows: Relation): Expression | undefined {
  const { random } = draft;
  const name = pickOr(draft, draft.names(rows));
  if (name === undefined) return undefined;
  const isNumber = draft.typed(rows, 'long').includes(name);
  const other = pickOr(
    draft,
    draft
      .typed(rows, isNumber ? 'long' : 'string')
      .filter((one) => one !== name && isTime(one) === isTime(name)),
  );
  // Beside a title, a name makes a name of it.
  const isApart = !draft.careful || ![name, other ?? name].some((one) => partOf(one) === 'title');
  if (other !== undefined && isApart && random.chance(0.2))
    return call(random.pick(['eq', 'eqNullSafe', 'gte', 'lte', 'ne']), name, other);
  if (!isNumber || random.chance(0.3))
    return call(random.chance(0.8) ? 'isNotNull' : 'isNull', name);
  const number = literal(
    'long',
    String((isTime(name) ? firstTime : 0n) + BigInt(random.integer(4))),
  );
  return call(random.pick(['gte', 'lt', 'ne', 'eq']), name, number);
}

function isTime(name: string): boolean {
  return [...times, ...sinces, 'updated', 'day', 'noon'].includes(partOf(name));
}

function filteredTwice(draft: Draft, rows: Relation): Relation | undefined {
  const [first, second] = [condition(draft, rows), condition(draft, rows)];
  return first && second && filter(rows, call(draft.random.pick(['and', 'or']), first, second));
}

/** What is required of all rows, or the run fails, is not drawn: of a run that fails nothing can be seen. */
function expected(draft: Draft, rows: Relation): Relation | undefined {
  const [first, second] = [condition(draft, rows), condition(draft, rows)];
  const { random } = draft;
  const found = {
    ...(first ? { first } : {}),
    ...(second && random.chance(0.5) ? { second } : {}),
  };
  return expectRows(rows, random.pick(['drop', 'drop', 'warn']), found);
}

/** All columns and one more, of numbers. */
function derived(draft: Draft, rows: Relation): Relation | undefined {
  const { random } = draft;
  const numbers = draft.typed(rows, 'long').filter((name) => plain.includes(partOf(name)));
  const [left, right] = [pickOr(draft, numbers), pickOr(draft, numbers)];
  if (left === undefined || right === undefined) return undefined;
  const value = random.pick([
    call('add', left, right),
    call('multiply', left, literal('long', '2')),
    call('coalesce', left, literal('long', '1')),
    call('bucket', left, literal('long', '2')),
  ]);
  return project(rows, { ...copies(draft.names(rows)), [draft.fresh('m')]: value }, 'derive');
}

/** All columns, one of them computed anew: a part that it played may be lost. */
function computed(draft: Draft, rows: Relation): Relation | undefined {
  const { random, careful } = draft;
  const name = pickOr(draft, careful ? draft.playing(rows, ...plain) : draft.names(rows));
  if (name === undefined) return undefined;
  const others = draft.names(rows).filter((one) => one !== name);
  const value = random.chance(0.5) ? name : replacement(draft, rows, name);
  if (value === undefined) return undefined;
  if (random.chance(0.5)) return project(rows, { ...copies(others), [name]: value }, 'derive');
  return project(rows, { ...copies([...others, name]), [draft.fresh(partOf(name))]: value });
}

/** Another value for a column, of its type; none for a column that is neither a number nor a text. */
export function replacement(draft: Draft, rows: Relation, name: string): Expression | undefined {
  const { random } = draft;
  const kind = draft.typed(rows, 'long').includes(name) ? 'long' : 'string';
  const like = pickOr(draft, draft.typed(rows, kind));
  if (like === undefined) return undefined;
  if (kind === 'string') {
    const own = [
      call('lower', name),
      call('substring', name, literal('int', 1), literal('int', random.integer(3))),
      call('concat', name, like),
      call('coalesce', name, like),
    ];
    // A title may stand in any table, and with it a text that the author wrote: who that names is not the rules' matter.
    if (partOf(name) === 'title') return random.pick(own);
    return random.pick([
      ...own,
      call('coalesce', name, literal('string', random.pick(['ααα', 'βββ', 'γγγ']))),
      thingOf(name, random.pick(['ααα', 'βββ', 'γγγ'])),
      random.pick(valueByElements(name, like)),
    ]);
  }
  const amount = random.chance(0.5) ? '1' : '3';
  return random.pick([
    call('add', name, literal('long', amount)),
    call('subtract', name, literal('long', amount)),
    call('coalesce', name, like),
    call('coalesce', name, literal('long', String(isTime(name) ? firstTime + 1n : 1n))),
    call('multiply', name, literal('long', '0')),
    call('subtract', name, name),
  ]);
}

/** A thing told by another rule than the one by which it was declared. */
function thingOf(name: string, text: string): Expression {
  return {
    kind: 'case',
    branches: [
      // biome-ignore lint/suspicious/noThenProperty: the algebra's branches are named so; nothing awaits them
      { when: call('isNull', name), then: literal('string', text) },
    ],
    otherwise: literal('string', 'κκκ'),
  };
}

function selected(draft: Draft, rows: Relation): Relation | undefined {
  const { random } = draft;
  const needed = draft.playing(rows, ...people, ...things, ...times, ...sinces, 'updated');
  const kept = draft.names(rows).filter((name) => needed.includes(name) || random.chance(0.6));
  const most = kept.filter((name) => partOf(name) !== 'x' || random.chance(0.9));
  return most.length > 0 ? project(rows, copies(most), 'select') : undefined;
}

function pickedPerPerson(draft: Draft, rows: Relation): Relation | undefined {
  const by = keysOf(draft, rows);
  if (by.length === 0) return undefined;
  const time = draft.playing(rows, ...times);
  if (time.length === 1 && draft.random.chance(0.4)) {
    const way = draft.careful || draft.random.chance(0.5) ? desc : asc;
    if (draft.random.chance(0.4))
      return top(1 + draft.random.integer(3), rows, by, [way(time[0] ?? '', 'last')]);
    return dedupe(rows, by, [way(time[0] ?? '', 'last')], 'latestBy');
  }
  const more = draft.careful || draft.random.chance(0.4) ? time : [];
  const newest = draft.playing(rows, 'updated', ...times);
  const order =
    newest.length > 0 && draft.random.chance(0.5)
      ? [desc(draft.random.pick(newest), draft.random.pick(['first', 'last']))]
      : orders(draft, rows);
  return dedupe(rows, [...by, ...more], order, more.length === 0 ? 'latestBy' : 'dedupe');
}

function groupedPerPerson(draft: Draft, rows: Relation): Relation | undefined {
  const by = keysOf(draft, rows);
  if (by.length === 0) return undefined;
  const time = draft.careful || draft.random.chance(0.6) ? draft.playing(rows, ...times) : [];
  const since = draft.playing(rows, ...sinces);
  return grouped(draft, rows, [...by, ...time, ...since]);
}

function windowedPerPerson(draft: Draft, rows: Relation): Relation | undefined {
  const { random, careful } = draft;
  const by = keysOf(draft, rows);
  if (by.length === 0) return undefined;
  const time = careful || random.chance(0.4) ? draft.playing(rows, ...times) : [];
  const numbers = draft.playing(rows, ...plain);
  const values = careful ? numbers : draft.typed(rows, 'long');
  const orders = careful ? numbers : draft.names(rows);
  return windowed(draft, rows, [...by, ...time], { values, orders });
}

export function grouped(draft: Draft, rows: Relation, by: readonly string[]): Relation | undefined {
  const { random } = draft;
  const numbers = draft.careful ? draft.playing(rows, ...plain) : draft.typed(rows, 'long');
  const measure = pickOr(draft, numbers);
  const n = over('count');
  if (measure === undefined) return aggregate(rows, by, { [draft.fresh('n')]: n });
  const name = random.pick(['min', 'max', 'sum', 'countDistinct'] as const);
  return aggregate(rows, by, {
    ...(random.chance(0.6) ? { [draft.fresh('n')]: n } : {}),
    [draft.fresh('m')]: over(name, measure),
  });
}

function distinct(draft: Draft, rows: Relation): Relation {
  return dedupe(rows, draft.names(rows), [], 'distinct');
}

function withReference(draft: Draft, rows: Relation): Relation | undefined {
  const { random } = draft;
  const how = random.pick(['inner', 'left', 'semi', 'anti', 'inner', 'left', 'full'] as const);
  const numbers = draft.playing(rows, 'x', 'score', 'stars', 'distance');
  const table = random.pick([calendar, words]);
  if (random.chance(0.1))
    return random.chance(0.3)
      ? joined(draft, 'cross', read(table), rows, {})
      : joined(draft, 'cross', rows, read(table), {});
  const pairs: (readonly [string, string])[] = [
    ...numbers.map((name) => [name, 'rank'] as const),
    ...(table === calendar
      ? draft.playing(rows, ...times, ...sinces).map((name) => [name, 'day'] as const)
      : draft.playing(rows, ...people, 'name', 'p').map((name) => [name, 'listed'] as const)),
  ];
  const pair = pickOr(draft, pairs);
  if (!pair) return undefined;
  const [own, other] = pair;
  if (random.chance(0.25))
    return joined(draft, draft.careful ? 'inner' : how, read(table), rows, { [other]: own });
  return joined(draft, how, rows, read(table), { [own]: other });
}

/** Other rows of the same person. */
function withOwnRows(draft: Draft, rows: Relation): Relation | undefined {
  const { random } = draft;
  const unlike = draft.careful || random.chance(0.7) ? [] : things;
  const key = pickOr(draft, draft.playing(rows, 'email', 'user', 'author', ...unlike));
  if (key === undefined) return undefined;
  const [table, other] = random.pick([
    [reviews, 'author'],
    draft.careful ? [reviews, 'author'] : [readings, 'user'],
  ] as const);
  const raw = read(table);
  const right = random.chance(0.5) ? (filtered(draft, raw) ?? raw) : raw;
  const how = random.pick(['left', 'left', 'inner', 'semi', 'anti', 'full'] as const);
  return joined(draft, how, rows, right, { [key]: other });
}

function pseudonymized(draft: Draft, rows: Relation): Relation | undefined {
  const key = pickOr(draft, [...draft.playing(rows, ...people), ...draft.playing(rows, 'serial')]);
  if (key === undefined) return undefined;
  const kept = draft.names(rows).filter((name) => name !== key || draft.random.chance(0.5));
  const purpose = literal('string', draft.random.chance(0.8) ? draft.purpose : 'marketing');
  const value = call('pseudonym', key, purpose);
  return project(rows, { ...copies(kept), [draft.fresh('p')]: value }, 'pseudonymize');
}

/** A row for each part of a text; rows without the text go, or stay without a part. */
function exploded(draft: Draft, rows: Relation): Relation | undefined {
  const { random, careful } = draft;
  const name = pickOr(draft, draft.typed(rows, 'string'));
  if (name === undefined) return undefined;
  const parts = call('split', name, literal('string', random.pick(['α', 'β', 'ж'])));
  const list = random.chance(0.7) ? draft.fresh('list') : name;
  const element = careful || random.chance(0.5) ? draft.fresh('part') : draft.fresh('n');
  const position = random.chance(0.3) ? { position: draft.fresh('place') } : {};
  const split = project(rows, { ...copies(draft.names(rows)), [list]: parts }, 'derive');
  return explode(split, list, element, { outer: random.chance(0.4), ...position });
}

/** A row for each of some columns of one type. */
function unpivoted(draft: Draft, rows: Relation): Relation | undefined {
  const { random, careful } = draft;
  const kind = random.pick(['string', 'long']);
  const names = careful ? draft.playing(rows, ...plain) : draft.typed(rows, kind);
  const turned = random.some(names, 0.6);
  if (turned.length === 0) return undefined;
  if (careful) return unpivot(rows, turned, draft.fresh('name'), draft.fresh('part'));
  // A result that takes the name of a column that went plays no part of it.
  const value = random.chance(0.5) ? random.pick(turned) : draft.fresh('n');
  return unpivot(rows, turned, draft.fresh('name'), value);
}

/** Which of the rows' people, and numbers, others have too or have not; the other way round sometimes. */
function compared(draft: Draft, rows: Relation): Relation | undefined {
  const { random, careful } = draft;
  const key = pickOr(draft, draft.playing(rows, ...people, ...(careful ? [] : things)));
  if (key === undefined) return undefined;
  if (random.chance(0.25)) return partOfRows(draft, rows);
  const [table, other] = random.pick([
    [reviews, 'author'],
    [reviews, 'author'],
    [readings, 'user'],
    [customers, 'email'],
    [words, 'listed'],
  ] as const);
  const others = read(table);
  const isNumbered = random.chance(0.5);
  const own = isNumbered ? pickOr(draft, draft.typed(rows, 'long')) : undefined;
  const theirs = pickOr(draft, draft.typed(others, 'long'));
  const numbers = (name: string | undefined) => (own && name ? { [own]: name } : {});
  const isKeyed = own === undefined || careful || random.chance(0.8);
  const left = project(rows, { ...(isKeyed ? { [key]: key } : {}), ...numbers(own) });
  const right = project(others, { ...(isKeyed ? { [key]: other } : {}), ...numbers(theirs) });
  const operation = random.pick(['intersect', 'except'] as const);
  return random.chance(careful ? 0.1 : 0.3)
    ? setOperation(operation, right, left)
    : setOperation(operation, left, right);
}

function partOfRows(draft: Draft, rows: Relation): Relation | undefined {
  const part = filtered(draft, rows);
  return part && setOperation(draft.random.pick(['intersect', 'except'] as const), rows, part);
}

/** Words or days of the reference tables that are somebody's key or time. */
function matched(draft: Draft, rows: Relation): Relation | undefined {
  const { random } = draft;
  const table = random.pick([calendar, words]);
  const number = pickOr(draft, draft.playing(rows, ...plain));
  const name = table === words ? 'listed' : 'day';
  const own = pickOr(
    draft,
    draft.playing(rows, ...(table === words ? [...people, ...things] : times)),
  );
  if (number === undefined || own === undefined) return undefined;
  const both = joined(draft, 'inner', rows, read(table), { [number]: 'rank' });
  const word = both && draft.playing(both, name).at(-1);
  if (!both || word === undefined) return undefined;
  const where = saidEqual(random, own, word);
  return random.chance(0.2) ? expectRows(both, 'drop', { where }) : filter(both, where);
}

/** A number of one meaning in some rows, and of another in others. */
export function unlikeUnion(draft: Draft, rows: Relation): Relation | undefined {
  const numbers = draft.typed(rows, 'long');
  const [one, other] = [pickOr(draft, numbers), pickOr(draft, numbers)];
  if (one === undefined || other === undefined) return undefined;
  const name = draft.fresh('m');
  const names = copies(draft.names(rows));
  return union(
    project(rows, { ...names, [name]: one }),
    project(rows, { ...names, [name]: other }),
  );
}

/** A part of the rows and another part, which may be the same. */
export function reunited(draft: Draft, rows: Relation): Relation | undefined {
  const [first, second] = [filtered(draft, rows), filtered(draft, rows)];
  return first && second && union(first, draft.random.chance(0.5) ? second : rows);
}

export function keysOf(draft: Draft, rows: Relation): readonly string[] {
  const keys = draft.playing(rows, ...people, 'device');
  return keys.length > 0 ? [draft.random.pick(keys)] : [];
}

function orders(draft: Draft, rows: Relation) {
  const column = pickOr(draft, draft.names(rows));
  if (column === undefined) return [];
  const nulls = draft.random.pick(['first', 'last'] as const);
  return [draft.random.chance(0.5) ? asc(column, nulls) : desc(column, nulls)];
}

export function pickOr<T>(draft: Draft, among: readonly T[]): T | undefined {
  return among.length > 0 ? draft.random.pick(among) : undefined;
}

export function copies(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]));
}
