import fc from 'fast-check';
import type { Relation } from '../../algebra/relation.ts';
import type { Column } from '../../algebra/schema.ts';
import { boolean, isOrderable, string } from '../../algebra/types.ts';
import { hasDistances } from '../../algebra/window-distances.ts';
import { count, countDistinct, max, min, sum } from '../../dsl/aggregates.ts';
import * as declared from '../../dsl/declarations/types.ts';
import { call, column, literal, project, struct } from '../verbs/nodes.ts';
import { fresh, pick, some } from './draw.ts';
import { anyExpression, expression } from './expressions.ts';
import { jsonText } from './json-calls.ts';
import { heldRows, said, say } from './said.ts';
import { type Place, rightSide, type StepMaker } from './steps.ts';

/** A callback's columns, of which nothing is known here. */
type Columns = Readonly<Record<string, never>>;

/** Steps that authors say in words of their own, which become several steps of the algebra. */
export const saidSteps = {
  drop: (place) => saying(place, 'drop', ...names(place, () => true, place.schema.length - 1)),
  rename(place) {
    const renamed = names(place, () => true, 3).map((name) => [name, fresh(place.schema, name)]);
    return saying(place, 'rename', Object.fromEntries(renamed));
  },
  replace(place) {
    const [name = '', other = ''] = [one(place), one(place)];
    return saying(place, 'replace', (c: Columns) => ({ [name]: c[other] }));
  },
  cast: changedType,
  distinct: (place) => saying(place, 'distinct'),
  latestBy: (place) => saying(place, 'latestBy', names(place), one(place, isOrdered)),
  rightJoin: joinedRight,
  asOfJoin: joinedAsOf,
  sessionize(place) {
    const [by, gap] = [names(place), pick(place.draw, [1, 2, 1000, 0.5])];
    const spec = { by, time: one(place, isTime), gap, as: fresh(place.schema, 'since') };
    return saying(place, 'sessionize', spec);
  },
  scdType2(place) {
    const time = one(place, isTime);
    const columns = place.draw(fc.boolean()) ? { columns: names(place, isOrdered, 3) } : {};
    const by = names(place, ({ name }) => name !== time);
    return saying(place, 'scdType2', { by, time, ...columns });
  },
  sample(place) {
    const seed = place.draw(fc.integer({ min: 0, max: 3 }));
    const share = pick(place.draw, [0.001, 0.3, 0.5, 0.9, 1]);
    return saying(place, 'sample', share, { by: names(place, isKey, 3), seed });
  },
  surrogateKey(place) {
    const as = fresh(place.schema, 'key');
    return saying(place, 'surrogateKey', { of: names(place, isKey, 3), as });
  },
  rollup: (place) => inSets(place, 'rollup', names(place, isOrdered, 3)),
  cube: (place) => inSets(place, 'cube', names(place, isOrdered, 3)),
  groupingSets(place) {
    const set = () => some(place.draw, names(place, isOrdered, 3), 0, 3);
    return inSets(place, 'groupingSets', [set(), set(), names(place, isOrdered)]);
  },
  pivot: pivoted,
  flatten: flattened,
  quarantine: quarantined,
} as const satisfies Readonly<Record<string, StepMaker>>;

function saying(place: Place, verb: string, ...values: readonly unknown[]): Relation {
  return said(place, () => say(heldRows(place), verb, ...values));
}

/** One or more columns' names. */
function names(
  { draw, schema }: Place,
  fits: (column: Column) => boolean = isOrdered,
  most = 2,
): readonly string[] {
  return some(draw, schema.filter(fits), 1, most).map(({ name }) => name);
}

/** A column's name; one that is not there where none fits, which the language refuses. */
function one({ draw, schema }: Place, fits: (column: Column) => boolean = () => true): string {
  const fitting = schema.filter(fits);
  return fitting.length > 0 ? pick(draw, fitting).name : 'no such column';
}

function isOrdered({ type }: Column): boolean {
  return isOrderable(type);
}

function isTime({ type }: Column): boolean {
  return hasDistances(type);
}

function isKey({ type }: Column): boolean {
  return isOrderable(type) && type.kind !== 'double';
}

/** Text of doubles has known differences. */
function changedType(place: Place): Relation {
  const { draw, schema } = place;
  const name = one(place, isOrdered);
  const isDouble = schema.some((column) => column.name === name && column.type.kind === 'double');
  const { int, long, double, date, timestamp, boolean: truth, decimal } = declared;
  const types = [int, long, double, date, timestamp, truth, () => decimal(10, 2)];
  const to = pick(draw, isDouble ? types : [...types, declared.string])();
  return saying(place, 'cast', { [name]: to });
}

function joinedRight(place: Place): Relation {
  const { right, pairs } = rightSide(place);
  if (pairs.length === 0) return place.input;
  const on = Object.fromEntries([pick(place.draw, pairs)]);
  return saying(place, 'rightJoin', heldRows({ ...place, input: right }), on);
}

function joinedAsOf(place: Place): Relation {
  const { draw, schema } = place;
  const { right, pairs } = rightSide(place);
  const typeOfLeft = (name: string) => schema.find((column) => column.name === name)?.type;
  const times = pairs.filter(([name]) => {
    const type = typeOfLeft(name);
    return type !== undefined && hasDistances(type);
  });
  if (times.length === 0) return place.input;
  const [[left, other], key] = [pick(draw, times), pick(draw, pairs)];
  const match = pick(draw, ['before', 'after', 'nearest'] as const);
  const options = {
    on: Object.fromEntries([key]),
    time: { left, right: other },
    match,
    ...(draw(fc.boolean()) ? { tolerance: pick(draw, [0, 1, 3, 1000]) } : {}),
    ...(match !== 'nearest' && draw(fc.boolean()) ? { allowExact: false } : {}),
  };
  return saying(place, 'asOfJoin', heldRows({ ...place, input: right }), options);
}

/** Measures as an author writes them, of columns of which all digits agree. */
function measures(place: Place): (c: Columns) => Readonly<Record<string, unknown>> {
  const { draw, schema } = place;
  const any = one(place, isOrdered);
  const whole = one(place, ({ type }) => type.kind === 'int');
  const hasWhole = schema.some((column) => column.name === whole);
  const truth = one(place, ({ type }) => type.kind === 'boolean');
  const isFiltered = schema.some(({ name }) => name === truth) && draw(fc.boolean());
  const name = fresh(schema, 'made');
  const least = pick(draw, [min, max, countDistinct]) as typeof min;
  return (c) => {
    const made = least(c[any] as never) as { where(condition: unknown): unknown };
    return {
      [`${name}_rows`]: count(),
      [name]: isFiltered ? made.where(c[truth]) : made,
      ...(hasWhole ? { [`${name}_sum`]: sum(c[whole] as never) } : {}),
    };
  };
}

function inSets(place: Place, verb: string, lists: readonly unknown[]): Relation {
  const make = measures(place);
  return said(place, () => say(say(heldRows(place), verb, ...lists) as object, 'aggregate', make));
}

/** Columns of constants that are among the values of the tables. */
function pivoted(place: Place): Relation {
  const kinds: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    string: { lower: 'a', upper: 'A', none: '', smile: '😀' },
    int: { zero: 0, one: 1, least: -2147483648 },
    long: { zero: 0n, most: 9223372036854775807n },
    boolean: { yes: true, no: false },
  };
  const on = one(place, ({ type }) => type.kind in kinds);
  const type = place.schema.find(({ name }) => name === on)?.type.kind ?? '';
  const [make, by] = [measures(place), names(place, ({ name }) => name !== on)];
  const measure = (c: Columns) => Object.values(make(c)).at(-1);
  return saying(place, 'pivot', { by, on, values: kinds[type] ?? {}, measure });
}

/** A struct in a struct, of values of the row or read from JSON. */
function flattened(place: Place): Relation {
  const { draw, input, schema } = place;
  const copies = schema.map(({ name }) => [name, column(name)] as const);
  const made = struct({
    a: anyExpression(draw, schema),
    in: struct({ b: anyExpression(draw, schema), c: expression(draw, schema, string, 1) }),
  });
  const type = 'struct<a: int, n: struct<a: int, s: string>>';
  const read = call('fromJson', jsonText(draw, schema), literal('string', type));
  const name = fresh(schema, 'whole');
  const value = pick(draw, [made, read]);
  const wrapped = project(input, { ...Object.fromEntries(copies), [name]: value }, 'derive');
  const options = draw(fc.boolean()) ? { separator: pick(draw, ['', '__']) } : {};
  const flat = said({ ...place, input: wrapped }, () =>
    say(heldRows({ ...place, input: wrapped }), 'flatten', options),
  );
  return flat === wrapped ? input : flat;
}

/** One side or the other. */
function quarantined(place: Place): Relation {
  const { draw, input, schema } = place;
  const copies = schema.map(({ name }) => [name, column(name)] as const);
  const flag = fresh(schema, 'is');
  const condition = expression(draw, schema, boolean, 2);
  const marked = project(input, { ...Object.fromEntries(copies), [flag]: condition }, 'derive');
  const side = pick(draw, ['kept', 'quarantined']);
  const found = said({ ...place, input: marked }, () => {
    const sides = say(heldRows({ ...place, input: marked }), 'quarantine', (c: Columns) => ({
      first: c[flag],
    }));
    return (sides as Readonly<Record<string, unknown>>)[side];
  });
  return found === marked ? input : found;
}
