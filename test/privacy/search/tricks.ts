import type { Expression } from '../../../algebra/expressions.ts';
import type { Relation } from '../../../algebra/relation.ts';
import {
  aggregate,
  branch,
  call,
  column,
  expectRows,
  filter,
  literal,
  over,
  project,
  union,
  unpivot,
} from '../../verbs/nodes.ts';
import { type Draft, partOf, read } from './draft.ts';
import { saidEqual } from './equations.ts';
import {
  copies,
  joined,
  keysOf,
  people,
  pickOr,
  plain,
  type Step,
  sinces,
  things,
  times,
} from './steps.ts';
import { readings, reviews, words } from './tables.ts';
import { keys } from './world.ts';

/** Steps by which somebody may try to get round a rule; nobody who knows the rules takes them. */
export const tricks: readonly Step[] = [
  copied,
  copied,
  named,
  named,
  unlikeKeys,
  measuredByName,
  foundByAnybody,
  amongOwnEvents,
  underOtherNames,
];

/** What names somebody, copied into a column of a plain name. */
function copied(draft: Draft, rows: Relation): Relation | undefined {
  const { random } = draft;
  const name = pickOr(
    draft,
    draft.playing(rows, ...people, ...things, ...times, 'name', 'researchUntil'),
  );
  if (name === undefined) return undefined;
  const number = pickOr(draft, draft.playing(rows, ...plain));
  const condition = call('isNotNull', number ?? name);
  const nameless = draft.typed(rows, 'long').includes(name)
    ? literal('long', '0')
    : literal('string', '');
  const value: Expression = random.pick([
    { kind: 'case', branches: [branch(condition, name)], otherwise: nameless },
    { kind: 'case', branches: [branch(condition, nameless)], otherwise: column(name) },
    ...(nameless.type.kind === 'string' ? [spelledOut(name)] : []),
    call('coalesce', name, nameless),
  ]);
  return project(rows, { ...copies(draft.names(rows)), [draft.fresh('m')]: value }, 'derive');
}

/** A copy of which no part is one: only the conditions tell. */
function spelledOut(name: string): Expression {
  const branches = keys.map((key) => {
    const text = literal('string', key);
    return branch(call('eq', name, text), text);
  });
  return { kind: 'case', branches };
}

/** Rows whose title is somebody's name, so that the title tells it. */
export function named(draft: Draft, rows: Relation): Relation | undefined {
  const title = pickOr(draft, draft.playing(rows, 'title'));
  const name = pickOr(draft, draft.playing(rows, ...people, ...things, 'name'));
  if (title === undefined || name === undefined) return undefined;
  const where = saidEqual(draft.random, title, name);
  return draft.random.chance(0.2) ? expectRows(rows, 'drop', { where }) : filter(rows, where);
}

/** A column that names the person in some rows and is another in others, beside one that names the person in all. */
export function unlikeKeys(draft: Draft, rows: Relation): Relation | undefined {
  const [key] = keysOf(draft, rows);
  if (key === undefined) return undefined;
  const other = pickOr(
    draft,
    draft.typed(rows, 'string').filter((name) => name !== key),
  );
  if (other === undefined) return undefined;
  const all = { ...copies(draft.names(rows)), [draft.fresh(partOf(key))]: key };
  return union(project(rows, all), project(rows, { ...all, [key]: other }));
}

/** A total of several people, by the names that a person's own columns have. */
function measuredByName(draft: Draft, rows: Relation): Relation | undefined {
  const { random } = draft;
  const [by] = draft.playing(rows, ...plain);
  const [key] = keysOf(draft, rows);
  if (by === undefined || key === undefined) return undefined;
  const kept = random.some(draft.playing(rows, ...times, ...sinces, 'updated', ...things), 0.6);
  const measured = [...new Set([key, ...kept])].map((name) => {
    const call = over(random.pick(['min', 'max']), name);
    return [name, call] as const;
  });
  return aggregate(rows, [by], Object.fromEntries(measured));
}

/** Each row twice: under the name of whom it is about, and under somebody else's. */
function underOtherNames(draft: Draft, rows: Relation): Relation | undefined {
  const { random } = draft;
  const key = pickOr(draft, draft.playing(rows, ...people));
  if (key === undefined) return undefined;
  const other = draft.fresh('m');
  const named = { ...copies(draft.names(rows)), [other]: literal('string', random.pick(keys)) };
  return unpivot(project(rows, named, 'derive'), [key, other], draft.fresh('name'), key);
}

/** Rows of who did something else as well, whenever that was. */
function amongOwnEvents(draft: Draft, rows: Relation): Relation | undefined {
  const { random } = draft;
  const key = pickOr(draft, draft.playing(rows, 'email', 'user', 'author'));
  if (key === undefined) return undefined;
  const number = literal('long', String(random.integer(3)));
  const some = filter(read(readings), call('eq', 'x', number));
  return joined(draft, random.pick(['semi', 'anti'] as const), rows, some, { [key]: 'user' });
}

/** Only who wrote something, and with a number if there is one. */
export function amongAuthors(draft: Draft, rows: Relation): Relation | undefined {
  const key = pickOr(draft, draft.playing(rows, 'email'));
  if (key === undefined) return undefined;
  const score = draft.random.chance(0.5) ? draft.playing(rows, 'score')[0] : undefined;
  const on = { [key]: 'author', ...(score === undefined ? {} : { [score]: 'stars' }) };
  return joined(draft, 'inner', rows, read(reviews), on);
}

/** Words that anybody's row leads to, under the name of whom it is about. */
function foundByAnybody(draft: Draft, rows: Relation): Relation | undefined {
  const { random } = draft;
  const number = pickOr(draft, draft.playing(rows, ...plain));
  const [key] = keysOf(draft, rows);
  if (number === undefined || key === undefined || partOf(key) === 'device') return undefined;
  if (random.chance(0.4)) return foundRespelled(draft, rows, key);
  const how = random.pick(['semi', 'semi', 'anti'] as const);
  // The person's column has the words' name, too.
  const named = project(rows, { listed: key, rank: number }, 'select');
  const found = joined(draft, how, read(words), named, { rank: 'rank' });
  return found && project(found, { [key]: 'listed', spelling: 'spelling', rank: 'rank' }, 'rename');
}

/** What was made of words before a person's row found them. */
function foundRespelled(draft: Draft, rows: Relation, key: string): Relation | undefined {
  const title = draft.fresh('title');
  const made = { listed: 'listed', [title]: call('lower', 'spelling') };
  return joined(draft, 'inner', rows, project(read(words), made, 'derive'), { [key]: 'listed' });
}
