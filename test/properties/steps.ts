import fc from 'fast-check';
import type { Expression, Ordering } from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Schema } from '../../algebra/schema.ts';
import { boolean, int, isOrderable, sameType, string } from '../../algebra/types.ts';
import type { JoinKind } from '../../algebra/verbs/join.ts';
import type { SetOperation } from '../../algebra/verbs/set-operation.ts';
import { type Given, typeOf } from '../verbs/given.ts';
import {
  aggregate,
  asc,
  call,
  column,
  dedupe,
  desc,
  expectRows,
  explode,
  filter,
  join,
  literal,
  project,
  setOperation,
  source,
  top,
  union,
  unpivot,
} from '../verbs/nodes.ts';
import { type Draw, fresh, pick, some } from './draw.ts';
import { anyExpression, expression } from './expressions.ts';
import { measure } from './measures.ts';
import { columnTypes } from './nasty-values.ts';
import { windowed } from './window-steps.ts';

/** Where a step is put: over which rows. */
export interface Place {
  readonly draw: Draw;
  readonly given: Readonly<Record<string, Given>>;
  readonly input: Relation;
  readonly schema: Schema;
}

/** A step over some rows, which the rules may refuse; the rows as they are where there is none. */
export type StepMaker = (place: Place) => Relation;

/** Steps by the word that an author says them with, their expressions of all kinds. */
export const steps = {
  filter: filtered,
  derive: derived,
  select: selected,
  join: (place) => joined('inner', place),
  leftJoin: (place) => joined('left', place),
  fullJoin: (place) => joined('full', place),
  semiJoin: (place) => joined('semi', place),
  antiJoin: (place) => joined('anti', place),
  crossJoin: (place) => joined('cross', place),
  aggregate: (place) => aggregated(place, []),
  groupBy: grouped,
  dedupe: deduped,
  top: best,
  window: ({ draw, input, schema }) =>
    windowed(draw, input, schema, (ordered) => ({
      any: () => anyExpression(draw, ordered),
      whole: () => expression(draw, ordered, int, 1),
    })),
  union: united,
  explode: exploded,
  expect: expected,
  intersect: (place) => shared('intersect', place),
  except: (place) => shared('except', place),
  unpivot: unpivoted,
} as const satisfies Readonly<Record<string, StepMaker>>;

function filtered({ draw, input, schema }: Place): Relation {
  return filter(input, expression(draw, schema, boolean, 2));
}

/** What is required of all rows is not drawn: runs that fail have no rows to compare. */
function expected({ draw, input, schema }: Place): Relation {
  const [first, second] = [boolean, boolean].map((type) => expression(draw, schema, type, 2));
  const conditions = { ...(first ? { first } : {}), ...(second ? { second } : {}) };
  return expectRows(input, pick(draw, ['drop', 'warn'] as const), conditions);
}

function derived({ draw, input, schema }: Place): Relation {
  const kept = schema.map(({ name }) => [name, column(name)] as const);
  const added = Array.from(
    { length: 3 },
    (_, index) => [fresh(schema, `d${index}_`), anyExpression(draw, schema)] as const,
  );
  return project(input, Object.fromEntries([...kept, ...added]), 'derive');
}

function selected({ draw, input, schema }: Place): Relation {
  const names = some(draw, schema, 1, schema.length).map(({ name }) => name);
  return project(input, Object.fromEntries(names.map((name) => [name, name])));
}

/** The other table under names of its own, and the columns by which the rows can meet it. */
export function rightSide({ schema }: Place) {
  const names = Object.keys(columnTypes) as (keyof typeof columnTypes)[];
  const renamed = Object.fromEntries(names.map((name) => [fresh(schema, `r_${name}`), name]));
  const right = project(source('second'), renamed, 'rename');
  const pairs = schema.flatMap((left) =>
    Object.entries(renamed)
      .filter(([, name]) => sameType(left.type, typeOf(columnTypes[name])))
      .map(([name]) => [left.name, name] as const),
  );
  return { right, renamed, pairs };
}

function joined(how: JoinKind, place: Place): Relation {
  const { draw, input, schema } = place;
  const { right, renamed, pairs } = rightSide(place);
  // Few rows, since each meets each.
  if (how === 'cross') return join(how, input, fewRows(right, Object.keys(renamed)), {});
  if (pairs.length === 0) return input;
  const where = how === 'full' ? undefined : pairCondition(draw, schema, renamed);
  const on = Object.fromEntries(where && draw(fc.boolean()) ? [] : [pick(draw, pairs)]);
  return join(how, input, right, on, where ? { where } : {});
}

/** At most two rows. */
function fewRows(rows: Relation, names: readonly string[]): Relation {
  const own = fresh(
    names.map((name) => ({ name })),
    'one',
  );
  const columns = Object.fromEntries(names.map((name) => [name, name]));
  const known = call('isNull', names[0] ?? '');
  const marked = project(rows, { ...columns, [own]: known }, 'derive');
  return project(dedupe(marked, [own], []), columns, 'select');
}

/** Something random of the left's columns and the right's, which reads both. */
function pairCondition(
  draw: Draw,
  left: Schema,
  renamed: Readonly<Record<string, string>>,
): Expression | undefined {
  if (draw(fc.boolean())) return undefined;
  const right = Object.entries(renamed).map(([name, as]) => {
    const type = columnTypes[as as keyof typeof columnTypes];
    return { name, type: typeOf(type), nullable: type.endsWith('?'), labels: [] };
  });
  const both = [...left, ...right];
  const { name, type } = pick(draw, right);
  // A pseudonym is made before it is joined on.
  const other = expression(draw, both, type, type.kind === 'string' ? 0 : 1);
  const way = pick(draw, ['gt', 'gte', 'lt', 'lte', 'ne', 'eqNullSafe']);
  const one = call(way, name, other);
  return draw(fc.boolean()) ? one : call('and', one, expression(draw, both, boolean, 1));
}

function aggregated({ draw, input, schema }: Place, by: readonly string[]): Relation {
  const measures = Array.from({ length: draw(fc.integer({ min: 1, max: 3 })) }, (_, index) => [
    fresh(schema, `m${index}_`),
    measure(draw, schema),
  ]);
  return aggregate(input, by, Object.fromEntries(measures));
}

function grouped(place: Place): Relation {
  return aggregated(place, namesOf(place, 1, 2));
}

function deduped(place: Place): Relation {
  return dedupe(place.input, namesOf(place, 1, 2), orders(place, 0));
}

function best(place: Place): Relation {
  const { draw, input } = place;
  const by = namesOf(place, 0, 2);
  return top(draw(fc.integer({ min: 1, max: 4 })), input, by, orders(place, 1));
}

function orders(place: Place, least: number): readonly Ordering[] {
  const { draw } = place;
  return namesOf(place, least, 2).map((name) => {
    const nulls = pick(draw, ['first', 'last'] as const);
    return draw(fc.boolean()) ? asc(name, nulls) : desc(name, nulls);
  });
}

/** Names of some columns. */
export function namesOf({ draw, schema }: Place, least: number, most: number): readonly string[] {
  return some(draw, schema, least, most).map(({ name }) => name);
}

/** Columns of the other side lie in another order, since they meet by name. */
function united(place: Place): Relation {
  const { input, schema } = place;
  const names = schema.map(({ name }) => [name, name] as const).toReversed();
  return union(input, project(filtered(place), Object.fromEntries(names)));
}

/** Lists come from texts, some of them null. */
function exploded({ draw, input, schema }: Place): Relation {
  const [list, place, part] = [fresh(schema, 'l_'), fresh(schema, 'i_'), fresh(schema, 'p_')];
  const copies = schema.map(({ name }) => [name, column(name)] as const);
  const text = expression(draw, schema, string, 1);
  const parts = call('split', text, literal('string', pick(draw, ['a', ' ', ','])));
  const split = project(input, { ...Object.fromEntries(copies), [list]: parts }, 'derive');
  const options = draw(fc.boolean()) ? { position: place } : {};
  return explode(split, list, part, { outer: draw(fc.boolean()), ...options });
}

function shared(operation: SetOperation['operation'], place: Place): Relation {
  const { draw, input, schema } = place;
  const names = schema.map(({ name }) => [name, name] as const).toReversed();
  const part = project(filtered(place), Object.fromEntries(names));
  return draw(fc.boolean())
    ? setOperation(operation, input, part)
    : setOperation(operation, part, input);
}

function unpivoted({ draw, input, schema }: Place): Relation {
  const scalar = schema.filter((one) => isOrderable(one.type));
  if (scalar.length === 0) return input;
  const { type } = pick(draw, scalar);
  const alike = schema.filter((one) => sameType(one.type, type)).map(({ name }) => name);
  const turned = some(draw, alike, 1, 3);
  return unpivot(input, turned, fresh(schema, 'n_'), fresh(schema, 'v_'));
}
