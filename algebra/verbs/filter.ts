import { conditionProblems, conjuncts, toldByCondition } from '../conditions.ts';
import { evaluate } from '../evaluate.ts';
import { printExpression } from '../expression-printer.ts';
import type { Expression } from '../expressions.ts';
import { cleanFor, withoutSomeRows } from '../identity.ts';
import type { State } from '../labels.ts';
import { sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import { findColumn, type Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import type { Frame, Verb } from '../verb.ts';

/** The rows for which a condition is true; rows for which it is null go. */
export interface Filter {
  readonly kind: 'filter';
  readonly span: Span;
  readonly where: Expression;
  readonly from: { readonly input: Relation };
}

export const filter: Verb<Filter> = {
  kind: 'filter',
  describe: (node) => `keep rows where ${printExpression(node.where)}`,
  schema(node, { input }) {
    const problems = conditionProblems(node.where, input, 'filter', node.span);
    return { value: problems.length > 0 ? input : toldByCondition(input, node.where), problems };
  },
  state: (node, { input }) => sound(withoutSomeRows(dischargeEvents(input, conjuncts(node.where)))),
  rows: (node, { input }, execution) => {
    const schema = execution.schema(node.from.input);
    return input.filter((row) => evaluate(node.where, row, schema, execution) === true);
  },
};

/**
 * An event time is settled by conjuncts `event >= granted` or `granted <= event`, where `granted` is an unchanged copy of the
 * consent time that `keepConsented` let through for the same subject, one for each purpose: the only way a frame with events
 * from before consent becomes one without them. No column has to name the subject any more: where a row has come to depend on
 * several, its events have no column left that could be compared.
 */
function dischargeEvents(frame: Frame, conditions: readonly Expression[]): State {
  const { state, schema } = frame;
  if (state.kind !== 'clean') return state;
  const compared = conditions.flatMap((condition) => comparedEvent(condition, schema) ?? []);
  const events = state.events.map((event) => {
    const purposes = compared
      .filter(({ column }) => column === event.column)
      .flatMap(({ grants }) => grants);
    if (purposes.length === 0) return event;
    return { ...event, since: [...new Set([...(event.since ?? []), ...purposes])].sort() };
  });
  return cleanFor(state.purposes, { ...state, events });
}

/** The column that a condition says to lie at or after consent, and the purposes of that consent. */
function comparedEvent(
  condition: Expression,
  schema: Schema,
): { readonly column: string; readonly grants: readonly string[] } | undefined {
  if (condition.kind !== 'call') return undefined;
  if (condition.function !== 'gte' && condition.function !== 'lte') return undefined;
  const [first, second] = condition.arguments;
  const [event, granted] = condition.function === 'gte' ? [first, second] : [second, first];
  if (event?.kind !== 'column' || granted?.kind !== 'column') return undefined;
  return { column: event.name, grants: findColumn(schema, granted.name)?.grants ?? [] };
}
