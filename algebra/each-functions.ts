import type { EachName } from './expressions.ts';
import type { Misfit, Operand } from './functions/definition.ts';
import { arrayOf, elements, list, map, mapOf, pairs } from './functions/nested.ts';
import { anyValue, type Parameter } from './functions/parameters.ts';
import type { Value } from './row.ts';
import { boolean, type DataType, int, sameType } from './types.ts';

/** What is known of a lambda's parameter or result; its labels are those of all that goes in. */
export type Lambda = Pick<Operand, 'type' | 'nullable'>;

/** A function that a lambda is given to: data, so that every stage reads the same row of the same table. */
export interface EachFunction {
  /** One sentence for the docs page and the editor. */
  readonly doc: string;
  /** Name of the function in `pyspark.sql.functions`. */
  readonly spark: string;
  readonly takes: readonly Parameter[];
  /** What the lambda is given, in order; a trailing `place` is given only where it is read. */
  readonly gives: readonly ('item' | 'other' | 'place' | 'key' | 'value' | 'total')[];
  /** What the lambda makes; absent: a value of any type. */
  readonly makes?: 'condition';
  /** What is known of each thing that the lambda is given. */
  parameters(operands: readonly Operand[]): readonly Lambda[];
  /** The result's type, or why the lambda's does not fit. */
  type(operands: readonly Operand[], body: Lambda): DataType | Misfit;
  /** Whether the result can be null though no operand is; of a null operand it is null. */
  nullable(body: Lambda): boolean;
  /** The operand that may be null without making the result null. */
  readonly takesNull?: number;
  /** The value: the specification. Only the operand at `takesNull` can be null. */
  evaluate(values: readonly Value[], apply: (...given: readonly Value[]) => Value): Value;
}

const never = () => false;

/** Functions of lists and maps that are given a lambda. A condition that is null keeps nothing. */
export const eachFunctions: { readonly [N in EachName]: EachFunction } = {
  transform: {
    doc: 'The list of what the lambda makes of each element; `place` counts from 0.',
    spark: 'transform',
    takes: [list],
    gives: ['item', 'place'],
    parameters: ([of]) => [itemOf(of), { type: int, nullable: false }],
    type: (_, { type, nullable }) => ({ kind: 'array', element: type, elementNullable: nullable }),
    nullable: never,
    evaluate: ([of], apply) => elements(of).map((item, place) => apply(item, place)),
  },
  filterItems: {
    doc: 'The elements of which the condition is true.',
    spark: 'filter',
    takes: [list],
    gives: ['item', 'place'],
    makes: 'condition',
    parameters: ([of]) => [itemOf(of), { type: int, nullable: false }],
    type: ([of]) => arrayOf(of),
    nullable: never,
    evaluate: ([of], apply) => elements(of).filter((item, place) => apply(item, place) === true),
  },
  exists: {
    doc: 'Whether the condition is true of an element; null if it is of none, but null of one.',
    spark: 'exists',
    takes: [list],
    gives: ['item'],
    makes: 'condition',
    parameters: ([of]) => [itemOf(of)],
    type: () => boolean,
    nullable: (body) => body.nullable,
    evaluate: ([of], apply) => {
      const found = elements(of).map((item) => apply(item));
      return found.includes(true) || (found.includes(null) ? null : false);
    },
  },
  forall: {
    doc: 'Whether the condition is true of all elements; null if it is false of none, but null of one.',
    spark: 'forall',
    takes: [list],
    gives: ['item'],
    makes: 'condition',
    parameters: ([of]) => [itemOf(of)],
    type: () => boolean,
    nullable: (body) => body.nullable,
    evaluate: ([of], apply) => {
      const found = elements(of).map((item) => apply(item));
      return !found.includes(false) && (found.includes(null) ? null : true);
    },
  },
  reduce: {
    doc: 'What the lambda makes of a start and all elements, one after the other.',
    spark: 'aggregate',
    takes: [list, anyValue],
    gives: ['total', 'item'],
    // Spark takes each total but the first to be nullable, whatever the lambda gives.
    parameters: ([of, start]) => [{ type: startOf(start), nullable: true }, itemOf(of)],
    type: ([, start], { type }) =>
      sameType(startOf(start), type) ? type : { kind: 'unlike', left: 1, right: 2 },
    nullable: () => true,
    takesNull: 1,
    evaluate: ([of, start = null], apply) =>
      elements(of).reduce((total: Value, item) => apply(total, item), start),
  },
  zipWith: {
    doc: 'The list of what the lambda makes of the elements at each place of two lists; the shorter one goes on with nulls.',
    spark: 'zip_with',
    takes: [list, list],
    gives: ['item', 'other'],
    parameters: ([of, other]) => [
      { ...itemOf(of), nullable: true },
      { ...itemOf(other), nullable: true },
    ],
    type: (_, { type, nullable }) => ({ kind: 'array', element: type, elementNullable: nullable }),
    nullable: never,
    evaluate: ([left, right], apply) => {
      const [some, others] = [elements(left), elements(right)];
      return Array.from({ length: Math.max(some.length, others.length) }, (_, place) =>
        apply(some[place] ?? null, others[place] ?? null),
      );
    },
  },
  filterEntries: {
    doc: 'The entries of a map of which the condition is true.',
    spark: 'map_filter',
    takes: [map],
    gives: ['key', 'value'],
    makes: 'condition',
    parameters: entryOf,
    type: ([of]) => mapOf(of),
    nullable: never,
    evaluate: ([of], apply) =>
      pairs(of).filter(([key, value]) => apply(key, value) === true) as Value,
  },
  transformValues: {
    doc: 'The map with what the lambda makes of each entry as its value; the keys stay.',
    spark: 'transform_values',
    takes: [map],
    gives: ['key', 'value'],
    parameters: entryOf,
    type: ([of], { type, nullable }) => ({ ...mapOf(of), value: type, valueNullable: nullable }),
    nullable: never,
    evaluate: ([of], apply) => pairs(of).map(([key, value]) => [key, apply(key, value)] as const),
  },
};

/** Whether a null among the operands makes the result null. */
export function isNullOfNull<T>(
  { takesNull }: EachFunction,
  operands: readonly T[],
  isNull: (operand: T) => boolean,
): boolean {
  return operands.some((one, index) => index !== takesNull && isNull(one));
}

function startOf(operand: Operand | undefined): DataType {
  if (operand) return operand.type;
  throw new TypeError('expected a start');
}

function itemOf(operand: Operand | undefined): Lambda {
  const { element, elementNullable } = arrayOf(operand);
  return { type: element, nullable: elementNullable };
}

function entryOf([of]: readonly Operand[]): readonly Lambda[] {
  const { key, value, valueNullable } = mapOf(of);
  return [
    { type: key, nullable: false },
    { type: value, nullable: valueNullable },
  ];
}
