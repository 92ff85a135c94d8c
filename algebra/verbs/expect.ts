import { evaluate } from '../evaluate.ts';
import { expressionFacts } from '../expression-facts.ts';
import { printExpression } from '../expression-printer.ts';
import type { Expression } from '../expressions.ts';
import { problem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import type { Row } from '../row.ts';
import type { Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import { boolean, sameType, typeName } from '../types.ts';
import type { Execution, Verb } from '../verb.ts';
import { type Filter, filter } from './filter.ts';

/** What an author expects of every row. */
export interface Expectation {
  /** The author's words: one line. */
  readonly name: string;
  readonly where: Expression;
}

/**
 * What becomes of rows that are not as expected: `fail` ends the run before anything is published, `drop` leaves them out, `warn`
 * keeps them. They are counted each time.
 */
export type OnUnmet = 'fail' | 'drop' | 'warn';

/**
 * Conditions that rows are expected to meet. One that is null is not met, as in a filter. Where rows are dropped, it is the filter of
 * all conditions, in every rule; else the rows stay as they are. How many do not meet a condition tells of everybody: it is in the
 * report of a run, and in no row.
 */
export interface Expect {
  readonly kind: 'expect';
  readonly span: Span;
  readonly expectations: readonly Expectation[];
  readonly onUnmet: OnUnmet;
  readonly from: { readonly input: Relation };
}

export const expect: Verb<Expect> = {
  kind: 'expect',
  describe({ expectations, onUnmet }) {
    const names = expectations.map(({ name }) => name).join(', ');
    const verb = { fail: 'require of all rows', drop: 'keep rows as expected', warn: 'expect' };
    return `${verb[onUnmet]}: ${names}`;
  },
  schema(node, { input }, surroundings) {
    const problems = node.expectations.flatMap(({ where }) =>
      conditionProblems(where, node, input),
    );
    if (problems.length > 0 || node.onUnmet !== 'drop') return { value: input, problems };
    return filter.schema(keptRows(node), { input }, surroundings);
  },
  state(node, { input }, surroundings) {
    if (node.onUnmet !== 'drop') return sound(input.state);
    return filter.state(keptRows(node), { input }, surroundings);
  },
  rows(node, { input }, execution) {
    if (node.onUnmet === 'drop') return filter.rows(keptRows(node), { input }, execution);
    if (node.onUnmet === 'warn') return input;
    const schema = execution.schema(node.from.input);
    const unmet = unmetCounts(node, input, schema, execution).filter(({ rows }) => rows > 0);
    if (unmet.length > 0) throw new ExpectationFailed(unmet);
    return input;
  },
};

/** How many rows do not meet an expectation. */
export interface Unmet {
  readonly name: string;
  readonly rows: number;
}

/** The counts of a step's expectations, in their order. */
export function unmetCounts(
  { expectations }: Expect,
  rows: readonly Row[],
  schema: Schema,
  execution: Execution,
): readonly Unmet[] {
  return expectations.map(({ name, where }) => {
    const unmet = rows.filter((row) => evaluate(where, row, schema, execution) !== true);
    return { name, rows: unmet.length };
  });
}

/** Rows that an author requires to be otherwise; says how many, and no value. */
export class ExpectationFailed extends Error {
  override readonly name = 'ExpectationFailed';

  constructor(unmet: readonly Unmet[]) {
    super(unmet.map(({ name, rows }) => `${rows} rows do not meet: ${name}`).join('; '));
  }
}

/** The filter that leaves out what is not as expected. */
export function keptRows({ expectations, span, from }: Expect): Filter {
  const [first, ...rest] = expectations.map(({ where }) => where);
  const nothing: Expression = { kind: 'literal', type: boolean, value: true };
  const where = rest.reduce<Expression>(
    (all, one) => ({ kind: 'call', function: 'and', arguments: [all, one] }),
    first ?? nothing,
  );
  return { kind: 'filter', span, where, from };
}

function conditionProblems(where: Expression, { span }: Expect, input: Schema) {
  const { value, problems } = expressionFacts(where, input, span);
  if (problems.length > 0 || sameType(value.type, boolean)) return problems;
  const found = `${printExpression(where)} (${typeName(value.type)})`;
  const parameters = { operation: 'expect', found, expected: 'a condition (boolean)' };
  return [problem('schema/wrong-type', span, parameters)];
}
