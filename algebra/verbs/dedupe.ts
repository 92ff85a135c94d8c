import type { Ordering } from '../expressions.ts';
import { compareRows, groupRows } from '../group-rows.ts';
import { acrossSubjects, afterPick, isOwned } from '../identity.ts';
import type { State } from '../labels.ts';
import { toldByLists } from '../lists.ts';
import { problem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import { columnNames, findColumn, type Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import { isOrderable } from '../types.ts';
import type { Frame, Surroundings, Verb } from '../verb.ts';

/**
 * The first rows in `order` of each distinct combination of `by`, of all rows where that is empty: one unless it says how many.
 * Where the author's order leaves ties, all remaining columns decide (ascending, nulls last), so that the pick never depends
 * on how the rows lie.
 */
export interface Dedupe {
  readonly kind: 'dedupe';
  readonly span: Span;
  /** The verb that the author wrote. */
  readonly sugar: 'dedupe' | 'latestBy' | 'distinct' | 'top';
  readonly by: readonly string[];
  readonly order: readonly Ordering[];
  /** How many rows of each stay, 1 or more; absent: one. */
  readonly first?: number;
  readonly from: { readonly input: Relation };
}

export const dedupe: Verb<Dedupe> = {
  kind: 'dedupe',
  describe(node) {
    if (node.sugar === 'distinct') return 'keep distinct rows';
    const order = node.order.map(({ column, direction }) => `${column} ${direction}`).join(', ');
    const which = node.first === undefined ? 'first row' : `first ${node.first} rows`;
    const whose = node.by.length > 0 ? ` of each ${node.by.join(', ')}` : '';
    return `keep the ${which}${whose} by ${order || 'all other columns'}`;
  },
  schema(node, { input }) {
    const names = [...node.by, ...node.order.map((one) => one.column)];
    const known = columnNames(input);
    const problems = names
      .filter((name) => !findColumn(input, name))
      .map((column) => problem('schema/unknown-column', node.span, { column, known }));
    const unordered = totalOrder(node, input).find(({ column }) => {
      const found = findColumn(input, column);
      return found && !isOrderable(found.type);
    });
    if (unordered && problems.length === 0) {
      problems.push(
        problem('schema/order-without-total', node.span, {
          verb: `${node.sugar} (${unordered.column})`,
        }),
      );
    }
    // What a row is picked by tells of it, as a condition would; that is every column, where the author's order leaves ties.
    const picked = isWholeRow(node, input) ? [] : input.map((column) => [column]);
    return { value: toldByLists(input, picked), problems };
  },
  state: (node, { input }, surroundings) => sound(dedupedState(node, input, surroundings)),
  rows(node, { input }, execution) {
    const schema = execution.schema(node.from.input);
    const order = totalOrder(node, schema);
    return groupRows(input, node.by).flatMap((rows) =>
      rows.toSorted((a, b) => compareRows(a, b, order, schema)).slice(0, node.first ?? 1),
    );
  },
};

/** The author's order and, behind it, every other column that `by` does not fix. */
export function totalOrder(
  { by, order }: Pick<Dedupe, 'by' | 'order'>,
  input: Schema,
): readonly Ordering[] {
  const named = new Set([...by, ...order.map((one) => one.column)]);
  const rest = columnNames(input).filter((name) => !named.has(name));
  return [
    ...order,
    ...rest.map((column) => ({ column, direction: 'asc', nulls: 'last' }) as const),
  ];
}

function dedupedState(node: Dedupe, input: Frame, surroundings: Surroundings): State {
  const { state } = input;
  if (!isOwned(state) || isWholeRow(node, input.schema)) return state;
  if (!state.keys.some((key) => node.by.includes(key))) return acrossSubjects(state);
  const events = afterPick(state.events, (column) => isOfOneTime(node, column));
  if (state.kind === 'clean') return { ...state, events };
  const newest = state.complete !== 'no' && picksNewest(node, input, state.keys, surroundings);
  return { ...state, events, complete: newest ? 'newest' : 'no' };
}

/** Whether a group's rows are of one time, or the pick is of the latest: then earlier rows have no part in it. */
function isOfOneTime(node: Dedupe, time: string): boolean {
  const [first] = node.order;
  const isLatest = first?.column === time && first.direction === 'desc' && first.nulls === 'last';
  return isLatest || node.by.includes(time);
}

/** Whether the rows that stay are all rows, each once. */
function isWholeRow(node: Dedupe, input: Schema): boolean {
  return node.first === undefined && input.every((column) => node.by.includes(column.name));
}

/** Whether what is left of each subject is its newest version, by the column its table declares. */
function picksNewest(
  node: Dedupe,
  input: Frame,
  keys: readonly string[],
  surroundings: Surroundings,
): boolean {
  const [first] = node.order;
  // Of the first rows of a subject it is not said which is the newest.
  if (node.first !== undefined || first?.direction !== 'desc') return false;
  if (!node.by.every((name) => keys.includes(name))) return false;
  const version = findColumn(input.schema, first.column);
  const origin = version?.origin;
  // A row without a version counts as the newest.
  if (!origin || (version.nullable && first.nulls !== 'first')) return false;
  // The newest by one consent's version need not be the newest by another's.
  const consents = surroundings.consents(origin.table);
  return consents.length > 0 && consents.every(({ version }) => version === origin.column);
}
