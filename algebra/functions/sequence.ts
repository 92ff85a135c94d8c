import { keyText } from '../group-rows.ts';
import type { Value } from '../row.ts';
import { boolean, type DataType, int, sameType } from '../types.ts';
import type { FunctionDefinition, Misfit, Operand } from './definition.ts';
import { arrayOf, elements, holdsNull, list, listType, map, mapOf, pairs } from './nested.ts';
import { plain } from './parameters.ts';
import { anyNullable, first, meet, sparkCall } from './rules.ts';

/** Lists that are put together, turned round and compared; maps as lists of their entries. */
export const sequences: readonly FunctionDefinition[] = [
  plain({
    name: 'arrayConcat',
    family: 'collection',
    doc: 'The elements of both lists, one list after the other.',
    takes: [list, list],
    gives: (operands) => likeLists(operands) ?? meet(operands),
    spark: 'concat',
    evaluate: ([left, right]) => [...elements(left), ...elements(right)],
  }),
  plain({
    name: 'arrayReverse',
    family: 'collection',
    doc: 'The elements from the last to the first.',
    takes: [list],
    gives: listType,
    spark: 'reverse',
    evaluate: ([of]) => elements(of).toReversed(),
  }),
  plain({
    name: 'arraysOverlap',
    family: 'collection',
    doc: 'Whether two lists have an element in common; null if none is found, but a null is in one and the other is not empty.',
    takes: [list, list],
    gives: (operands) => likeLists(operands) ?? exactMisfit(operands) ?? boolean,
    nullable: (operands) => anyNullable(operands) || operands.some(holdsNull),
    spark: 'arrays_overlap',
    evaluate: ([left, right]) => overlap(elements(left), elements(right)),
  }),
  plain({
    name: 'mapSize',
    family: 'collection',
    doc: 'How many keys a map has.',
    takes: [map],
    gives: int,
    // Of null, `size` is -1 on Spark 3.5.
    spark: () => ({
      form: 'nested',
      term: sparkCall('array_size', sparkCall('map_keys', first)),
    }),
    evaluate: ([of]) => pairs(of).length,
  }),
  plain({
    name: 'mapEntries',
    family: 'collection',
    doc: 'The entries of a map, as a list of structs of `key` and `value`.',
    takes: [map],
    gives: ([of]) => entries(of),
    spark: 'map_entries',
    evaluate: ([of]) => pairs(of).map(([key, value]) => ({ key, value })),
  }),
];

function likeLists([left, right]: readonly Operand[]): Misfit | undefined {
  const isLike = sameType(arrayOf(left), arrayOf(right));
  return isLike ? undefined : { kind: 'unlike', left: 0, right: 1 };
}

/** -0.0 and 0.0 are equal or not, depending on how Spark looks for them. */
function exactMisfit(operands: readonly Operand[]): Misfit | undefined {
  const { kind } = arrayOf(operands[0]).element;
  const isExact = !['double', 'array', 'struct', 'map'].includes(kind);
  const expected = 'a list of values that are exactly equal (no double)';
  return isExact ? undefined : { kind: 'wrong', operand: 0, expected };
}

function overlap(left: readonly Value[], right: readonly Value[]): Value {
  if (left.length === 0 || right.length === 0) return false;
  const known = new Set(left.filter((one) => one !== null).map(keyText));
  if (right.some((one) => one !== null && known.has(keyText(one)))) return true;
  return left.includes(null) || right.includes(null) ? null : false;
}

function entries(of: Operand | undefined): DataType {
  const { key, value, valueNullable } = mapOf(of);
  const fields = [
    { name: 'key', type: key, nullable: false },
    { name: 'value', type: value, nullable: valueNullable },
  ];
  return { kind: 'array', element: { kind: 'struct', fields }, elementNullable: false };
}
