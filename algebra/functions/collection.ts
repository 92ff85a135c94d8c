import { keyText } from '../group-rows.ts';
import type { Value } from '../row.ts';
import { boolean, int, isOrderable, sameType, string } from '../types.ts';
import { compareNullsFirst, compareValues } from '../value-order.ts';
import type { FunctionDefinition, Misfit, Operand } from './definition.ts';
import {
  arrayOf,
  elementOf,
  elements,
  holdsNull,
  list,
  listType,
  listWhere,
  map,
  mapOf,
  pairs,
} from './nested.ts';
import { anyValue, constantText, count, place, plain } from './parameters.ts';
import { always, anyNullable, asNumber, asString, first, second, sparkCall } from './rules.ts';

const orderedList = listWhere('a list of values that have an order', isOrderable);
const exactList = listWhere(
  'a list of values that are exactly equal (no double)',
  (type) => isOrderable(type) && type.kind !== 'double',
);
const textList = listWhere('a list of strings', (type) => type.kind === 'string');
const listOfLists = listWhere('a list of lists', (type) => type.kind === 'array');
/** Lists and maps. The first element of a list is at 1. */
export const collections: readonly FunctionDefinition[] = [
  plain({
    name: 'size',
    family: 'collection',
    doc: 'How many elements a list has.',
    takes: [list],
    gives: int,
    // Of null, `size` is -1 on Spark 3.5.
    spark: 'array_size',
    evaluate: ([value]) => elements(value).length,
  }),
  plain({
    name: 'includes',
    family: 'collection',
    doc: 'Whether a value is in a list; null if it is not there but a null is.',
    takes: [orderedList, anyValue],
    gives: ([of, value]) => elementMisfit(of, value) ?? boolean,
    nullable: ([of, value]) =>
      anyNullable([of, value].flatMap((one) => one ?? [])) || holdsNull(of),
    spark: 'array_contains',
    evaluate: ([of, value = null]) => {
      const found = elements(of).some((one) => keyText(one) === keyText(value));
      return found || !elements(of).includes(null) ? found : null;
    },
  }),
  plain({
    name: 'at',
    family: 'collection',
    doc: 'The element at a constant place, from 1 on, or from the end (-1, -2, ...); null where there is none.',
    takes: [list, place],
    gives: ([of]) => elementOf(of),
    nullable: always,
    spark: ([, index]) => {
      const literal = { literal: Number(index?.constant), type: 'int' } as const;
      return { form: 'nested', term: sparkCall('try_element_at', first, literal) };
    },
    evaluate: ([of, index]) => {
      const number = asNumber(index);
      return elements(of).at(number > 0 ? number - 1 : number) ?? null;
    },
  }),
  plain({
    name: 'slice',
    family: 'collection',
    doc: 'The elements from a constant place on, a constant count of them at most.',
    takes: [list, count(1, 2 ** 31 - 1), count(0, 2 ** 31 - 1)],
    gives: listType,
    spark: 'slice',
    evaluate: ([of, start, length]) =>
      elements(of).slice(asNumber(start) - 1, asNumber(start) - 1 + asNumber(length)),
  }),
  plain({
    name: 'arrayDistinct',
    family: 'collection',
    doc: 'The different elements, in the order in which each is first seen; null is one of them.',
    takes: [exactList],
    gives: listType,
    spark: 'array_distinct',
    evaluate: ([of]) => different(elements(of)),
  }),
  plain({
    name: 'sorted',
    family: 'collection',
    doc: 'The elements from the least to the greatest, nulls first.',
    takes: [orderedList],
    gives: listType,
    spark: 'sort_array',
    evaluate: ([of], [operand]) => {
      const type = elementOf(operand);
      return elements(of).toSorted((left, right) => compareNullsFirst(left, right, type));
    },
  }),
  extreme('arrayMin', 'array_min', 'least', -1),
  extreme('arrayMax', 'array_max', 'greatest', 1),
  plain({
    name: 'arrayJoin',
    family: 'collection',
    doc: 'The texts of a list with a constant separator between them; nulls are left out.',
    takes: [textList, constantText('a constant text')],
    gives: string,
    spark: 'array_join',
    evaluate: ([of, separator]) =>
      elements(of)
        .filter((one) => one !== null)
        .join(asString(separator)),
  }),
  combined('arrayUnion', 'array_union', 'The different elements of both lists', (left, right) => [
    ...left,
    ...right,
  ]),
  combined(
    'arrayIntersect',
    'array_intersect',
    'The different elements that both lists have',
    (left, right) => left.filter((one) => has(right, one)),
  ),
  combined(
    'arrayExcept',
    'array_except',
    'The different elements that only the first list has',
    (left, right) => left.filter((one) => !has(right, one)),
  ),
  plain({
    name: 'flatten',
    family: 'collection',
    doc: 'The elements of the lists in a list, one after the other; null if one of the lists is.',
    takes: [listOfLists],
    gives: ([of]) => elementOf(of),
    nullable: ([of]) => (of?.nullable ?? true) || holdsNull(of),
    spark: 'flatten',
    evaluate: ([of]) => (elements(of).includes(null) ? null : elements(of).flatMap(elements)),
  }),
  plain({
    name: 'mapKeys',
    family: 'collection',
    doc: 'The keys of a map, as a list.',
    takes: [map],
    gives: ([of]) => ({ kind: 'array', element: mapOf(of).key, elementNullable: false }),
    spark: 'map_keys',
    evaluate: ([of]) => pairs(of).map(([key]) => key),
  }),
  plain({
    name: 'mapValues',
    family: 'collection',
    doc: 'The values of a map, as a list in the order of its keys.',
    takes: [map],
    gives: ([of]) => ({
      kind: 'array',
      element: mapOf(of).value,
      elementNullable: mapOf(of).valueNullable,
    }),
    spark: 'map_values',
    evaluate: ([of]) => pairs(of).map(([, value]) => value),
  }),
  plain({
    name: 'get',
    family: 'collection',
    doc: 'The value of a key in a map; null where it has no such key.',
    takes: [map, anyValue],
    gives: ([of, key]) => keyMisfit(of, key) ?? mapOf(of).value,
    nullable: always,
    spark: 'try_element_at',
    evaluate: ([of, key = null]) =>
      pairs(of).find(([one]) => keyText(one) === keyText(key))?.[1] ?? null,
  }),
  plain({
    name: 'hasKey',
    family: 'collection',
    doc: 'Whether a map has a key.',
    takes: [map, anyValue],
    gives: ([of, key]) => keyMisfit(of, key) ?? boolean,
    // Spark 3.5's own `map_contains_key` takes no column as key.
    spark: () => ({
      form: 'nested',
      term: sparkCall('array_contains', sparkCall('map_keys', first), second),
    }),
    evaluate: ([of, key = null]) => pairs(of).some(([one]) => keyText(one) === keyText(key)),
  }),
];

function elementMisfit(of: Operand | undefined, value: Operand | undefined): Misfit | undefined {
  const type = elementOf(of);
  return value && sameType(type, value.type)
    ? undefined
    : { kind: 'wrong', operand: 1, expected: `a value of the elements' type` };
}

function keyMisfit(of: Operand | undefined, key: Operand | undefined): Misfit | undefined {
  const isKey = key && sameType(mapOf(of).key, key.type) && key.type.kind !== 'double';
  return isKey
    ? undefined
    : { kind: 'wrong', operand: 1, expected: "a key of the map's type (no double)" };
}

function has(of: readonly Value[], value: Value): boolean {
  return of.some((one) => keyText(one) === keyText(value));
}

/** A map keeps the place where a key came first. */
function different(of: readonly Value[]): readonly Value[] {
  return [...new Map(of.map((one) => [keyText(one), one] as const)).values()];
}

function extreme(name: string, spark: string, words: string, sign: 1 | -1): FunctionDefinition {
  return plain({
    name,
    family: 'collection',
    doc: `The ${words} element, nulls aside; null where there is none.`,
    takes: [orderedList],
    gives: ([of]) => elementOf(of),
    nullable: always,
    spark,
    evaluate: ([of], [operand]) => {
      const type = elementOf(operand);
      const values = elements(of).filter((one) => one !== null);
      if (values.length === 0) return null;
      return values.reduce((best, one) => (sign * compareValues(one, best, type) > 0 ? one : best));
    },
  });
}

function combined(
  name: string,
  spark: string,
  words: string,
  combine: (left: readonly Value[], right: readonly Value[]) => readonly Value[],
): FunctionDefinition {
  return plain({
    name,
    family: 'collection',
    doc: `${words}, in the order in which each is first seen; null is an element like others.`,
    takes: [exactList, exactList],
    gives: ([left, right]) => {
      const [one, other] = [arrayOf(left), arrayOf(right)];
      if (!sameType(one, other)) return { kind: 'unlike', left: 0, right: 1 };
      const either = one.elementNullable || other.elementNullable;
      const both = one.elementNullable && other.elementNullable;
      const nullable = { arrayUnion: either, arrayIntersect: both }[name] ?? one.elementNullable;
      return { ...one, elementNullable: nullable };
    },
    spark,
    evaluate: ([left, right]) => different(combine(elements(left), elements(right))),
  });
}
