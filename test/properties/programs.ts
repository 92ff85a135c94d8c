import fc from 'fast-check';
import type { AggregateCall, Expression, LiteralExpression } from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Row, Value } from '../../algebra/row.ts';
import type { Schema } from '../../algebra/schema.ts';
import {
  boolean,
  type DataType,
  date,
  double,
  int,
  isOrderable,
  long,
  sameType,
  string,
  timestamp,
} from '../../algebra/types.ts';
import { interpretRelation } from '../../runtime/interpreter.ts';
import { checkedCase, sampleOf } from '../verbs/checked-case.ts';
import { type Given, typeOf } from '../verbs/given.ts';
import {
  aggregate,
  asc,
  branch,
  call,
  cast,
  column,
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
  source,
  top,
  union,
  unpivot,
} from '../verbs/nodes.ts';
import { type Builder, callsOf, type Draw } from './function-calls.ts';
import { columnTypes, nastyValues } from './nasty-values.ts';
import { nested, onElements } from './nested-calls.ts';
import { windowed } from './window-steps.ts';

/** A random pipeline that the compiler accepts, and rows for it. */
export interface Program {
  readonly given: Readonly<Record<string, Given>>;
  readonly relation: Relation;
}

/** Pipelines of one to five steps over two tables. */
export const programs: fc.Arbitrary<Program> = fc.gen().map((generate) => {
  const draw: Draw = (arbitrary) => generate(() => arbitrary);
  const given = { first: givenTable(draw), second: givenTable(draw) };
  let relation: Relation = source('first');
  for (let steps = draw(fc.integer({ min: 1, max: 5 })); steps > 0; steps -= 1) {
    relation = telling(draw, given, relation);
  }
  return { given, relation };
});

/** Pipelines with a condition of the rows that they make. */
export const withConditions: fc.Arbitrary<Program & { readonly condition: Expression }> = fc
  .gen()
  .map((generate) => {
    const draw: Draw = (arbitrary) => generate(() => arbitrary);
    const program = draw(programs);
    const { given, relation } = program;
    const schema = checkedCase(given, relation).frame?.schema ?? [];
    for (let tries = 0; tries < 5; tries += 1) {
      const condition = expression(draw, schema, boolean, 2);
      if (rowsOf(given, filter(relation, condition))) return { ...program, condition };
    }
    return { ...program, condition: call('isNull', pick(draw, schema).name) };
  });

/** A step more that the rules accept, or none; mostly one that leaves rows, since all programs agree on nothing. */
function telling(draw: Draw, given: Program['given'], relation: Relation): Relation {
  const schema = checkedCase(given, relation).frame?.schema ?? [];
  let found = relation;
  for (let tries = 0; tries < 5; tries += 1) {
    const next = nextStep(draw, relation, schema);
    const rows = rowsOf(given, next);
    if (rows) found = next;
    if (rows && rows.length > 0) break;
  }
  return found;
}

/** Undefined where the rules refuse the program. */
function rowsOf(given: Program['given'], relation: Relation): readonly Row[] | undefined {
  const written = checkedCase(given, relation);
  if (!written.frame) return undefined;
  return interpretRelation(written.checked, relation, sampleOf(written, 0n));
}

/** Rows of which some repeat others, wholly or but for a value, so that orders have ties and groups have rows. */
function givenTable(draw: Draw): Given {
  const types = Object.values(columnTypes);
  const rows: (readonly Value[])[] = [];
  for (let count = draw(fc.integer({ min: 0, max: 20 })); count > 0; count -= 1) {
    const fresh = types.map((type) => drawnValue(draw, typeOf(type), type.endsWith('?')));
    const earlier = rows.length > 0 && draw(fc.boolean()) ? pick(draw, rows) : fresh;
    const changed = draw(fc.integer({ min: -3, max: types.length - 1 }));
    rows.push(earlier.map((value, index) => (index === changed ? (fresh[index] ?? null) : value)));
  }
  return { columns: columnTypes, rows };
}

function drawnValue(draw: Draw, type: DataType, nullable: boolean): Value {
  if (nullable && draw(fc.integer({ min: 0, max: 5 })) === 0) return null;
  return pick(draw, nastyValues(type));
}

function pick<T>(draw: Draw, values: readonly T[]): T {
  return draw(fc.constantFrom(...values));
}

function some<T>(draw: Draw, values: readonly T[], least: number, most: number): readonly T[] {
  return draw(
    fc.subarray([...values], {
      minLength: Math.min(least, values.length),
      maxLength: Math.min(most, values.length),
    }),
  );
}

function nextStep(draw: Draw, input: Relation, schema: Schema): Relation {
  const windows = (draw: Draw, input: Relation, schema: Schema) =>
    windowed(draw, input, schema, {
      any: () => anyExpression(draw, schema),
      whole: () => expression(draw, schema, int, 1),
    });
  const steps = [
    filtered,
    derived,
    selected,
    joined,
    aggregated,
    deduped,
    windows,
    united,
    exploded,
    expected,
    shared,
    unpivoted,
  ];
  return pick(draw, steps)(draw, input, schema);
}

function filtered(draw: Draw, input: Relation, schema: Schema): Relation {
  return filter(input, expression(draw, schema, boolean, 2));
}

/** What is required of all rows is not drawn: runs that fail have no rows to compare. */
function expected(draw: Draw, input: Relation, schema: Schema): Relation {
  const [first, second] = [boolean, boolean].map((type) => expression(draw, schema, type, 2));
  const conditions = { ...(first ? { first } : {}), ...(second ? { second } : {}) };
  return expectRows(input, pick(draw, ['drop', 'warn'] as const), conditions);
}

function derived(draw: Draw, input: Relation, schema: Schema): Relation {
  const kept = schema.map(({ name }) => [name, column(name)] as const);
  const added = Array.from(
    { length: 3 },
    (_, index) => [fresh(schema, `d${index}_`), anyExpression(draw, schema)] as const,
  );
  return project(input, Object.fromEntries([...kept, ...added]), 'derive');
}

function selected(draw: Draw, input: Relation, schema: Schema): Relation {
  const names = some(draw, schema, 1, schema.length).map(({ name }) => name);
  return project(input, Object.fromEntries(names.map((name) => [name, name])));
}

function joined(draw: Draw, input: Relation, schema: Schema): Relation {
  const how = pick(draw, ['inner', 'left', 'full', 'semi', 'anti', 'cross'] as const);
  const names = Object.keys(columnTypes) as (keyof typeof columnTypes)[];
  const renamed = Object.fromEntries(names.map((name) => [fresh(schema, `r_${name}`), name]));
  const right = project(source('second'), renamed, 'rename');
  const pairs = schema.flatMap((left) =>
    Object.entries(renamed)
      .filter(([, name]) =>
        sameType(left.type, typeOf(columnTypes[name as keyof typeof columnTypes])),
      )
      .map(([name]) => [left.name, name] as const),
  );
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

function aggregated(draw: Draw, input: Relation, schema: Schema): Relation {
  const by = some(draw, schema, 0, 2).map(({ name }) => name);
  const measures = Array.from({ length: draw(fc.integer({ min: 1, max: 3 })) }, (_, index) => [
    fresh(schema, `m${index}_`),
    measure(draw, schema),
  ]);
  return aggregate(input, by, Object.fromEntries(measures));
}

/** Sums of doubles depend on the order of the rows, so only whole numbers and decimals are summed. */
function measure(draw: Draw, schema: Schema): AggregateCall {
  const kind = pick(draw, ['rows', 'count', 'countDistinct', 'min', 'max', 'sum', 'avg'] as const);
  if (kind === 'rows') return over('count');
  if (kind === 'sum')
    return over('sum', expression(draw, schema, pick(draw, [int, typeOf('decimal(10,2)')]), 1));
  if (kind === 'avg') return over('avg', expression(draw, schema, int, 1));
  return over(kind, anyExpression(draw, schema));
}

function deduped(draw: Draw, input: Relation, schema: Schema): Relation {
  const by = some(draw, schema, 1, 2).map(({ name }) => name);
  const order = some(draw, schema, 0, 2).map(({ name }) => {
    const nulls = pick(draw, ['first', 'last'] as const);
    return draw(fc.boolean()) ? asc(name, nulls) : desc(name, nulls);
  });
  if (order.length === 0 || draw(fc.boolean())) return dedupe(input, by, order);
  return top(draw(fc.integer({ min: 1, max: 4 })), input, draw(fc.boolean()) ? by : [], order);
}

/** Columns of the other side lie in another order, since they meet by name. */
function united(draw: Draw, input: Relation, schema: Schema): Relation {
  const names = schema.map(({ name }) => [name, name] as const).toReversed();
  return union(input, project(filtered(draw, input, schema), Object.fromEntries(names)));
}

/** Lists come from texts, some of them null. */
function exploded(draw: Draw, input: Relation, schema: Schema): Relation {
  const [list, place, part] = [fresh(schema, 'l_'), fresh(schema, 'i_'), fresh(schema, 'p_')];
  const copies = schema.map(({ name }) => [name, column(name)] as const);
  const text = expression(draw, schema, string, 1);
  const parts = call('split', text, literal('string', pick(draw, ['a', ' ', ','])));
  const split = project(input, { ...Object.fromEntries(copies), [list]: parts }, 'derive');
  const options = draw(fc.boolean()) ? { position: place } : {};
  return explode(split, list, part, { outer: draw(fc.boolean()), ...options });
}

function shared(draw: Draw, input: Relation, schema: Schema): Relation {
  const names = schema.map(({ name }) => [name, name] as const).toReversed();
  const part = project(filtered(draw, input, schema), Object.fromEntries(names));
  const operation = pick(draw, ['intersect', 'except'] as const);
  return draw(fc.boolean())
    ? setOperation(operation, input, part)
    : setOperation(operation, part, input);
}

function unpivoted(draw: Draw, input: Relation, schema: Schema): Relation {
  const scalar = schema.filter((one) => isOrderable(one.type));
  if (scalar.length === 0) return input;
  const { type } = pick(draw, scalar);
  const alike = schema.filter((one) => sameType(one.type, type)).map(({ name }) => name);
  const turned = some(draw, alike, 1, 3);
  return unpivot(input, turned, fresh(schema, 'n_'), fresh(schema, 'v_'));
}

/** A name that begins so and that the rows do not have. */
function fresh(schema: readonly { readonly name: string }[], name: string): string {
  const isTaken = (one: string) => schema.some((column) => column.name === one);
  let number = schema.length;
  while (isTaken(`${name}${number}`)) number += 1;
  return `${name}${number}`;
}

const scalars: readonly DataType[] = [
  string,
  int,
  long,
  double,
  boolean,
  date,
  timestamp,
  typeOf('decimal(10,2)'),
];

function anyExpression(draw: Draw, schema: Schema): Expression {
  return expression(draw, schema, pick(draw, scalars), 2);
}

/** An expression of exactly the type. */
function expression(draw: Draw, schema: Schema, type: DataType, depth: number): Expression {
  const columns = schema.filter((one) => sameType(one.type, type));
  const leaves: (() => Expression)[] = [() => constant(draw, type)];
  if (columns.length > 0)
    leaves.push(...Array.from({ length: 4 }, () => () => column(pick(draw, columns).name)));
  if (depth === 0) return pick(draw, leaves)();
  const of = (wanted: DataType) => expression(draw, schema, wanted, depth - 1);
  const own = [...(builders[type.kind] ?? []), ...callsOf(type)];
  const grown = [...own, ...nested, common, conditional];
  const casts = castable(schema, type);
  const choices: (() => Expression)[] = grown.map((build) => () => build({ draw, of, type }));
  if (casts.length > 0) choices.push(() => cast(pick(draw, casts), type));
  return draw(fc.integer({ min: 0, max: 3 })) === 0 ? pick(draw, leaves)() : pick(draw, choices)();
}

/** Columns that can be cast to the type; text of doubles has known differences. */
function castable(schema: Schema, to: DataType): readonly string[] {
  const numbers = ['int', 'long', 'double', 'decimal'];
  const fits = (from: DataType) => {
    if (to.kind === 'string') return from.kind !== 'double';
    if (from.kind === 'string') return true;
    if (numbers.includes(from.kind)) return numbers.includes(to.kind);
    return from.kind !== 'boolean' && (to.kind === 'date' || to.kind === 'timestamp');
  };
  return schema.filter(({ type }) => !sameType(type, to) && fits(type)).map(({ name }) => name);
}

function constant(draw: Draw, type: DataType): LiteralExpression {
  const value = drawnValue(draw, type, false);
  if (type.kind === 'timestamp') return { kind: 'literal', type, value: '2020-01-01T00:00:00.5Z' };
  if (type.kind === 'double' && typeof value === 'number' && !Number.isFinite(value)) {
    return literal('double', 0.5);
  }
  return {
    kind: 'literal',
    type,
    value: typeof value === 'bigint' ? String(value) : (value as string | number | boolean),
  };
}

const common: Builder = ({ of, type }) => call('coalesce', of(type), of(type));

const conditional: Builder = ({ of, type }) => ({
  kind: 'case',
  branches: [branch(of(boolean), of(type)), branch(of(boolean), of(type))],
  otherwise: of(type),
});

const numeric: readonly Builder[] = ['add', 'subtract', 'multiply', 'modulo'].map(
  (name): Builder =>
    ({ of, type }) =>
      call(name, of(type), of(type)),
);

const signed: readonly Builder[] = ['negate', 'abs'].map(
  (name): Builder =>
    ({ of, type }) =>
      call(name, of(type)),
);

const compared: readonly Builder[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'eqNullSafe'].map(
  (name): Builder =>
    ({ draw, of }) => {
      const type = pick(draw, scalars);
      return call(name, of(type), of(type));
    },
);

const builders: { readonly [kind: string]: readonly Builder[] } = {
  boolean: [
    ...compared,
    ...onElements,
    ({ of }) => call('and', of(boolean), of(boolean)),
    ({ of }) => call('or', of(boolean), of(boolean)),
    ({ of }) => call('not', of(boolean)),
    ({ draw, of }) => call(pick(draw, ['isNull', 'isNotNull']), of(pick(draw, scalars))),
    ({ draw, of }) =>
      call(pick(draw, ['startsWith', 'endsWith', 'contains']), of(string), of(string)),
    ({ draw, of }) => call('isIn', of(long), constant(draw, long), constant(draw, long)),
    ({ draw, of }) => call('isIn', of(string), constant(draw, string), constant(draw, string)),
  ],
  int: [
    ...numeric,
    ...signed,
    ({ of }) => call('length', of(string)),
    ({ of }) => call('bucket', of(int), literal('int', 7)),
  ],
  long: [
    ...numeric,
    ...signed,
    ({ of }) => call('add', of(int), of(long)),
    ({ draw, of }) => call(pick(draw, ['floor', 'ceil']), of(double)),
    ({ of }) => call('elapsedSince', of(timestamp), of(timestamp)),
    ({ of }) => call('bucket', of(long), literal('long', '1000')),
  ],
  double: [
    ...numeric,
    ...signed,
    ({ draw, of }) => {
      const type = pick(draw, [int, long, double, typeOf('decimal(10,2)')]);
      return call('divide', of(type), of(type));
    },
    ({ draw, of }) => call('sqrt', of(pick(draw, [int, long, double]))),
    ({ of }) => call('round', of(double), literal('int', 2)),
  ],
  decimal: signed,
  string: [
    ({ draw, of }) => call(pick(draw, ['lower', 'upper', 'trim']), of(string)),
    ({ of }) => call('concat', of(string), of(string)),
    ({ of }) => call('substring', of(string), literal('int', 1), literal('int', 2)),
    ({ of }) => call('pseudonym', of(string), literal('string', 'research')),
  ],
};
