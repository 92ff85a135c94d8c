import type { Expression } from '../../../algebra/expressions.ts';
import { call, column, each, field, literal, parameter, struct } from '../../verbs/nodes.ts';

const item = parameter('item');
const inner = parameter('item_2');
const total = parameter('total');

/** Ways to say by a list that one column equals another. */
export function equalByElements(own: string, word: string): readonly Expression[] {
  const list = call('listOf', own);
  const least = each('forall', [list], ['item'], call('gte', item, word));
  const most = each('exists', [list], ['item'], call('lte', item, word));
  return [
    call('includes', list, word),
    each('exists', [list], ['item'], call('eq', item, word)),
    call('and', least, most),
    each(
      'exists',
      [call('listOf', word)],
      ['item'],
      each('forall', [list], ['item_2'], call('eq', inner, item)),
    ),
  ];
}

/** Values of a column's type by way of a list or a struct that it is in, or that it chooses from. */
export function valueByElements(name: string, like: string): readonly Expression[] {
  const list = call('listOf', like, name);
  const chosen = each('filterItems', [list], ['item'], call('ne', item, column(name)));
  return [
    field(struct({ a: column(like), b: column(name) }), 'b'),
    call('at', chosen, literal('int', 1)),
    each('reduce', [list, column(like)], ['total', 'item'], call('coalesce', item, total)),
  ];
}
