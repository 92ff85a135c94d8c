import type { AggregateCall, Ordering, WindowCall } from '../../../algebra/expressions.ts';
import type { Relation } from '../../../algebra/relation.ts';
import type { WindowFrame } from '../../../algebra/verbs/window.ts';
import { across, asc, desc, literal, over, window } from '../../verbs/nodes.ts';
import type { Draft } from './draft.ts';

/** Columns that the rows which agree on `by` tell; undefined where there is nothing to tell. */
export function windowed(
  draft: Draft,
  rows: Relation,
  by: readonly string[],
  among: { readonly values: readonly string[]; readonly orders: readonly string[] },
): Relation | undefined {
  const { random } = draft;
  if (among.values.length === 0 || among.orders.length === 0) return undefined;
  const order = random.chance(0.75) ? [ordered(draft, random.pick(among.orders))] : [];
  const isFramed = order.length > 0 && random.chance(0.4);
  const frame = isFramed ? framed(draft, rows, order) : undefined;
  const value = random.pick(among.values);
  // What goes by the rows tells of all their columns, which somebody who knows the rules leaves out first.
  const places = draft.careful ? ranks : [...ranks, ...placed(value)];
  const calls = random.some([...aggregates(value), ...(order.length > 0 ? places : [])], 0.3);
  if (calls.length === 0) return undefined;
  const columns = Object.fromEntries(calls.map((call) => [draft.fresh(partFor(call)), call]));
  const found = window(rows, { by, order, ...(frame ? { frame } : {}) }, columns);
  return draft.schema(found) ? found : undefined;
}

function ordered(draft: Draft, column: string): Ordering {
  const nulls = draft.random.pick(['first', 'last'] as const);
  return draft.random.chance(0.5) ? asc(column, nulls) : desc(column, nulls);
}

function framed(draft: Draft, rows: Relation, order: readonly Ordering[]): WindowFrame {
  const { random } = draft;
  const numbers = draft.typed(rows, 'long');
  const isNumber = order.every(({ column }) => numbers.includes(column));
  const from = random.pick([null, -1, 0]);
  const to = random.pick([null, 0, 1]);
  const isRange = isNumber && (draft.careful || random.chance(0.5));
  return { unit: isRange ? 'range' : 'rows', from, to };
}

function aggregates(value: string): readonly AggregateCall[] {
  return [
    over('count'),
    ...(['sum', 'min', 'max', 'count'] as const).map((name) => over(name, value)),
  ];
}

const ranks: readonly WindowCall[] = [across('rank'), across('percentRank')];

function placed(value: string): readonly WindowCall[] {
  return [
    across('rowNumber'),
    across('ntile', literal('int', 2)),
    across('lag', value, literal('int', 1)),
    across('lead', value, literal('int', 1)),
    across('firstValue', value),
    across('lastKnown', value),
  ];
}

function partFor(call: AggregateCall | WindowCall): string {
  return call.arguments.length === 0 ? 'n' : 'm';
}
