import fc from 'fast-check';
import type { Expression, LiteralExpression } from '../../algebra/expressions.ts';
import type { Value } from '../../algebra/row.ts';
import type { Schema } from '../../algebra/schema.ts';
import {
  boolean,
  type DataType,
  date,
  double,
  int,
  long,
  sameType,
  string,
  timestamp,
} from '../../algebra/types.ts';
import { typeOf } from '../verbs/given.ts';
import { branch, call, cast, column, literal } from '../verbs/nodes.ts';
import { type Draw, pick } from './draw.ts';
import { type Builder, callsOf } from './function-calls.ts';
import { nastyValues } from './nasty-values.ts';
import { nested, onElements } from './nested-calls.ts';

const narrow = typeOf('decimal(10,2)');

/** Of as many digits as there can be: sums, products and remainders of it have its type too, or do not fit. */
const wide = typeOf('decimal(38,6)');

/** Types of random expressions. */
export const scalars: readonly DataType[] = [
  string,
  int,
  long,
  double,
  boolean,
  date,
  timestamp,
  narrow,
  wide,
];

/** An expression of any of the types. */
export function anyExpression(draw: Draw, schema: Schema): Expression {
  return expression(draw, schema, pick(draw, scalars), 2);
}

/** An expression of exactly the type. */
export function expression(draw: Draw, schema: Schema, type: DataType, depth: number): Expression {
  const columns = schema.filter((one) => sameType(one.type, type));
  const leaves: (() => Expression)[] = [() => constant(draw, type)];
  if (columns.length > 0)
    leaves.push(...Array.from({ length: 4 }, () => () => column(pick(draw, columns).name)));
  if (depth === 0) return pick(draw, leaves)();
  const of = (wanted: DataType) => expression(draw, schema, wanted, depth - 1);
  const digits = sameType(type, wide) ? numeric : [];
  const own = [...(builders[type.kind] ?? []), ...digits, ...callsOf(type)];
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

/** A value at which engines tend to differ, or null. */
export function drawnValue(draw: Draw, type: DataType, nullable: boolean): Value {
  if (nullable && draw(fc.integer({ min: 0, max: 5 })) === 0) return null;
  return pick(draw, nastyValues(type));
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
      const type = pick(draw, [int, long, double, narrow, wide]);
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
