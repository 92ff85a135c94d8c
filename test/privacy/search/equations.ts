import type { Expression } from '../../../algebra/expressions.ts';
import { call, literal } from '../../verbs/nodes.ts';
import { equalByElements } from './nested.ts';
import type { Random } from './random.ts';

/** One of the ways in which a condition may say that two columns are equal. */
export function saidEqual(random: Random, one: string, other: string): Expression {
  const [less, more] = [call('lte', one, other), call('gte', one, other)];
  return random.pick([
    call('eq', one, other),
    call('eqNullSafe', other, one),
    call('and', less, more),
    call('not', call('ne', other, one)),
    call('not', call('or', call('lt', one, other), call('gt', one, other))),
    call('eq', call('coalesce', one, other), other),
    call('eq', call('eq', one, other), literal('boolean', true)),
    random.pick(equalByElements(one, other)),
  ]);
}
