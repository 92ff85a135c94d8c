import { aggregateFacts, factsOfCall } from '../aggregates.ts';
import { columnsReadIn } from '../expression-facts.ts';
import { printAggregate } from '../expression-printer.ts';
import type { AggregateCall, Ordering, WindowCall } from '../expressions.ts';
import { partitionLabels } from '../functions/declassify.ts';
import { acrossSubjects, afterPick, isOwned } from '../identity.ts';
import { type State, tellingLabels, uniteLabels } from '../labels.ts';
import { fromLists } from '../lists.ts';
import { type Checked, type RelationProblem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import { type Column, findColumn, type Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import type { Verb } from '../verb.ts';
import { windowFunctions } from '../window-functions.ts';
import { decidingColumns } from './window-order.ts';
import { windowProblems } from './window-problems.ts';
import { windowRows } from './window-rows.ts';

/**
 * Every row, with new columns told by the rows of its group: those that agree on `by` (null is a value of its own there), all
 * rows where that is empty. What needs a place for each row goes by the author's order and, where that leaves ties, by all
 * remaining columns (ascending, nulls last); ranks, and frames that are a range, go by the author's order alone.
 */
export interface Window {
  readonly kind: 'window';
  readonly span: Span;
  /** The verb that the author wrote. */
  readonly sugar: 'window' | 'sessionize';
  readonly by: readonly string[];
  readonly order: readonly Ordering[];
  /**
   * The rows that aggregates and first and last values are of. Absent: from the first row to this one, and of aggregates also
   * those that are equal to it in the order; without an order, all rows of the group.
   */
  readonly frame?: WindowFrame;
  readonly columns: readonly WindowColumn[];
  readonly from: { readonly input: Relation };
}

export interface WindowColumn {
  readonly name: string;
  readonly call: AggregateCall | WindowCall;
}

/**
 * From so many `rows`, or so far (`range`), before (negative) or behind a row, to another such place; 0 is the row itself, in a
 * range all rows equal to it, and null is the end of the group. Distances are in the unit of the one column ordered by: whole
 * numbers, days, or seconds of instants; what is at any distance from null is null.
 */
export interface WindowFrame {
  readonly unit: 'rows' | 'range';
  readonly from: number | null;
  readonly to: number | null;
}

export const window: Verb<Window> = {
  kind: 'window',
  describe(node) {
    const columns = node.columns.map(({ name, call }) => `${name} = ${printAggregate(call)}`);
    const order = node.order.map(({ column, direction }) => `${column} ${direction}`).join(', ');
    const whose =
      node.by.length > 0 ? `among rows of each ${node.by.join(', ')}` : 'among all rows';
    return `${whose}${order === '' ? '' : ` by ${order}`}: ${columns.join(', ')}`;
  },
  schema: (node, { input }) => withColumns(node, input, false),
  relabelled(node, { input: { schema, state } }) {
    const isOfOne = isOwned(state) && state.keys.some((key) => node.by.includes(key));
    return withColumns(node, schema, isOfOne).value;
  },
  state: (node, { input }) => sound(windowState(node, input.state)),
  rows: (node, { input }, execution) => windowRows(node, input, execution),
};

/** @param isOfOne whether each group is of rows of one subject */
function withColumns(node: Window, input: Schema, isOfOne: boolean): Checked<Schema> {
  const problems: RelationProblem[] = [...windowProblems(node, input)];
  const added = node.columns.map(({ name, call }): Column => {
    const facts =
      call.kind === 'aggregate'
        ? aggregateFacts(call, input, node.span)
        : factsOfCall(call, windowFunctions[call.function], input, node.span);
    problems.push(...facts.problems);
    const deciding = decidingColumns(node, call, input).flatMap(
      (one) => findColumn(input, one) ?? [],
    );
    const told = deciding.map((one) =>
      node.by.includes(one.name) ? partitionLabels(one, isOfOne) : one.labels,
    );
    const labels = uniteLabels(facts.value.labels, ...told);
    const made = fromLists([
      ...deciding,
      ...call.arguments.flatMap((one) => columnsReadIn(one, input)),
    ]);
    // A value of a list that was found by others' columns tells what they tell.
    const found = made.fromList ? tellingLabels(labels) : [];
    return { name, ...facts.value, labels: uniteLabels(labels, found), ...made };
  });
  return { value: [...input, ...added], problems };
}

/**
 * No row goes, and each depends on rows of its group. So of a subject's versions all are still there; and had its rows from before
 * consent been left out first, others might have other values, so no later step can compare the times.
 */
function windowState(node: Window, state: State): State {
  if (!isOwned(state)) return state;
  if (!state.keys.some((key) => node.by.includes(key))) return acrossSubjects(state);
  const events = afterPick(state.events, (column) => node.by.includes(column));
  if (state.kind === 'clean') return { ...state, events };
  // Of versions that were picked, others would have had other values.
  return { ...state, events, complete: state.complete === 'versions' ? 'versions' : 'no' };
}
