import { aggregateFacts, aggregateValue } from '../aggregates.ts';
import { printAggregate } from '../expression-printer.ts';
import type { AggregateCall } from '../expressions.ts';
import { groupRows } from '../group-rows.ts';
import { acrossSubjects, isOwned, renameIdentity, withoutSomeRows } from '../identity.ts';
import { problem, type RelationProblem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import { type Column, columnNames, findColumn } from '../schema.ts';
import type { Span } from '../span.ts';
import type { Verb } from '../verb.ts';

/** One row per distinct combination of `by`; null is a value of its own there. Without `by`, one row. */
export interface Aggregate {
  readonly kind: 'aggregate';
  readonly span: Span;
  readonly by: readonly string[];
  readonly measures: readonly Measure[];
  readonly from: { readonly input: Relation };
}

export interface Measure {
  readonly name: string;
  readonly call: AggregateCall;
}

export const aggregate: Verb<Aggregate> = {
  kind: 'aggregate',
  describe(node) {
    const measures = node.measures
      .map(({ name, call }) => `${name} = ${printAggregate(call)}`)
      .join(', ');
    return node.by.length > 0
      ? `for each ${node.by.join(', ')}: ${measures}`
      : `over all rows: ${measures}`;
  },
  schema(node, { input }) {
    const problems: RelationProblem[] = [];
    const value: Column[] = [];
    for (const name of node.by) {
      const column = findColumn(input, name);
      if (column) value.push(column);
      else
        problems.push(
          problem('schema/unknown-column', node.span, { column: name, known: columnNames(input) }),
        );
    }
    for (const { name, call } of node.measures) {
      const facts = aggregateFacts(call, input, node.span);
      problems.push(...facts.problems);
      if (value.some((column) => column.name === name)) {
        const hint = 'give the measure another name';
        problems.push(problem('schema/duplicate-column', node.span, { column: name, hint }));
      }
      value.push({ name, ...facts.value });
    }
    if (value.length === 0)
      problems.push(problem('schema/no-columns', node.span, { verb: 'aggregate' }));
    return { value, problems };
  },
  state(node, { input }) {
    const { state } = input;
    if (!isOwned(state)) return sound(state);
    const perSubject = state.keys.some((key) => node.by.includes(key));
    if (!perSubject) return sound(acrossSubjects(state));
    return sound(
      withoutSomeRows(
        renameIdentity(state, (column) => (node.by.includes(column) ? [column] : [])),
      ),
    );
  },
  rows(node, { input }, execution) {
    const schema = execution.schema(node.from.input);
    const groups = node.by.length > 0 ? groupRows(input, node.by) : [input];
    return groups.map((rows) => ({
      ...Object.fromEntries(node.by.map((name) => [name, rows[0]?.[name] ?? null])),
      ...Object.fromEntries(
        node.measures.map(({ name, call }) => [
          name,
          aggregateValue(call, rows, schema, execution),
        ]),
      ),
    }));
  },
};
