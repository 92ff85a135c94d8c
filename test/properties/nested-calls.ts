import type { Expression } from '../../algebra/expressions.ts';
import type { DataType } from '../../algebra/types.ts';
import { branch, call, each, field, literal, parameter, struct } from '../verbs/nodes.ts';
import { pick } from './draw.ts';
import type { Builder } from './function-calls.ts';

const item = parameter('item');
const total = parameter('total');
const other = parameter('other');
const key = parameter('key');
const value = parameter('value');
const boolean: DataType = { kind: 'boolean' };
const int: DataType = { kind: 'int' };
const double: DataType = { kind: 'double' };
const string: DataType = { kind: 'string' };

/** Values of any type by way of lists, maps and structs; lambdas may stand within lambdas of the same parameters. */
export const nested: readonly Builder[] = [
  ({ of, type }) => field(struct({ a: of(int), b: of(type) }), 'b'),
  ({ of, type }) => {
    const made = call('mapOf', literal('string', 'a'), of(type), literal('string', 'b'), of(type));
    return call('get', made, of(string));
  },
  ({ of, type }) => call('at', each('transform', [pair(of, int)], ['item'], of(type)), second),
  ({ of, type }) => {
    const kept = each(
      'filterItems',
      [pair(of, type)],
      ['item'],
      either(call('isNotNull', item), of),
    );
    return call('at', kept, literal('int', 1));
  },
  ({ of, type }) =>
    each('reduce', [pair(of, type), of(type)], ['total', 'item'], chosen(item, total, of)),
  ({ of, type }) => {
    const [left, right] = [pair(of, type), call('listOf', of(type))];
    return call(
      'at',
      each('zipWith', [left, right], ['item', 'other'], chosen(other, item, of)),
      second,
    );
  },
  ({ of, type }) => {
    const made = call('mapOf', literal('string', 'a'), of(type));
    const changed = each('transformValues', [made], ['key', 'value'], chosen(value, value, of));
    const isKept = either(call('eq', key, of(string)), of);
    return call(
      'get',
      each('filterEntries', [changed], ['key', 'value'], isKept),
      literal('string', 'a'),
    );
  },
];

/** Conditions on the elements of a list. */
export const onElements: readonly Builder[] = [
  ({ draw, of }) => {
    const type = pick(draw, [int, string, double]);
    const compared = call(pick(draw, ['eq', 'gt', 'lte']), item, of(type));
    const name = pick(draw, ['exists', 'forall'] as const);
    return each(name, [pair(of, type)], ['item'], either(compared, of));
  },
];

type Of = (type: DataType) => Expression;

const second = literal('int', 2);

function pair(of: Of, type: DataType): Expression {
  return call('listOf', of(type), of(type));
}

function either(condition: Expression, of: Of): Expression {
  return call('or', condition, of(boolean));
}

/** The first where a condition of the row is true, else the other. */
function chosen(first: Expression, otherwise: Expression, of: Of): Expression {
  return { kind: 'case', branches: [branch(of(boolean), first)], otherwise };
}
