import { aggregateFacts, aggregateValue } from '../aggregates.ts';
import { columnsReadIn } from '../expression-facts.ts';
import { printAggregate, printExpression } from '../expression-printer.ts';
import { type AggregateCall, columnsRead } from '../expressions.ts';
import { blendedLabels } from '../functions/declassify.ts';
import { groupRows, keyText } from '../group-rows.ts';
import { acrossSubjects, isOwned, renameIdentity, withoutSomeRows } from '../identity.ts';
import { mixed, type State } from '../labels.ts';
import { fromLists } from '../lists.ts';
import { type Checked, problem, type RelationProblem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import type { Row } from '../row.ts';
import { type Column, columnNames, findColumn, type Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import type { Frame, Verb } from '../verb.ts';

/** One row per distinct combination of `by`; null is a value of its own there. Without `by`, one row. */
export interface Aggregate {
  readonly kind: 'aggregate';
  readonly span: Span;
  readonly by: readonly string[];
  readonly measures: readonly Measure[];
  /** Leaves out groups of fewer people, and those in which fewer have a value for one of the measures. */
  readonly atLeast?: AtLeast;
  readonly from: { readonly input: Relation };
}

export interface Measure {
  readonly name: string;
  readonly call: AggregateCall;
}

export interface AtLeast {
  readonly subjects: number;
  /** The column that names the subject of each row. */
  readonly key: string;
}

export const aggregate: Verb<Aggregate> = {
  kind: 'aggregate',
  describe(node) {
    const measures = node.measures
      .map(({ name, call }) => `${name} = ${printAggregate(call)}`)
      .join(', ');
    const whose = node.atLeast ? ` of at least ${node.atLeast.subjects} ${node.atLeast.key}` : '';
    return node.by.length > 0
      ? `for each ${node.by.join(', ')}${whose}: ${measures}`
      : `over all rows${whose}: ${measures}`;
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
      const labels = measureLabels(node, call, facts.value, input);
      const made = call.arguments.flatMap((one) => columnsReadIn(one, input));
      value.push({ name, ...facts.value, labels, ...fromLists(made) });
    }
    problems.push(...atLeastProblems(node, input));
    if (value.length === 0)
      problems.push(problem('schema/no-columns', node.span, { verb: 'aggregate' }));
    return { value, problems };
  },
  state(node, { input }) {
    const { state } = input;
    if (node.atLeast) return stateOfMany(node, node.atLeast, input);
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
    return groups
      .filter((rows) => isOfEnough(node, rows))
      .map((rows) => ({
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

/** Columns whose values are made into measures. */
export function measuredColumns({ measures }: Aggregate): readonly string[] {
  return [...new Set(measures.flatMap(({ call }) => call.arguments.flatMap(columnsRead)))];
}

function measureLabels(
  { atLeast }: Aggregate,
  call: AggregateCall,
  facts: Omit<Column, 'name'>,
  input: Schema,
): Column['labels'] {
  const [argument, ...more] = call.arguments;
  const isOne = more.length === 0 && argument?.kind === 'column';
  const column = isOne ? findColumn(input, argument.name) : undefined;
  return atLeast && column ? blendedLabels(call.function, column) : facts.labels;
}

function atLeastProblems({ atLeast, measures, span }: Aggregate, input: Schema) {
  if (!atLeast) return [];
  const { subjects, key } = atLeast;
  const wrong = (operation: string, found: string, expected: string, at = span) =>
    problem('schema/wrong-type', at, { operation, found, expected });
  const known = columnNames(input);
  const computed = measures.flatMap(({ call }) =>
    call.arguments
      .filter(({ kind }) => kind !== 'column')
      .map((one) => {
        const expected = 'a column, so that those who have a value are counted: derive it first';
        return wrong(call.function, printExpression(one), expected, call.span);
      }),
  );
  return [
    ...(known.includes(key)
      ? []
      : [problem('schema/unknown-column', span, { column: key, known })]),
    ...(Number.isSafeInteger(subjects) && subjects > 1
      ? []
      : [wrong('atLeastSubjects', String(subjects), 'a whole number above 1')]),
    ...computed,
  ];
}

/** People can be counted where each row is about one of them, and says of whom. */
function stateOfMany(node: Aggregate, { key }: AtLeast, { state, schema }: Frame): Checked<State> {
  const refuse = (why: string) => ({
    value: mixed,
    problems: [problem('privacy/no-subject', node.span, { verb: 'atLeastSubjects', why })],
  });
  if (!isOwned(state)) return refuse(`these rows are ${state.kind}`);
  // Somebody may own several things, and a thing may have several pseudonyms.
  const isPerson = findColumn(schema, key)?.labels.includes(`subject:${state.subject}`);
  if (!state.keys.includes(key) || !isPerson) return refuse(`${key} is not the key of a person`);
  const own = node.by.find((name) => state.keys.includes(name));
  if (own !== undefined) return refuse(`each group of ${own} is about one person`);
  return sound(acrossSubjects(state));
}

/** Whether enough people are in a group, and have a value of each measured column. */
function isOfEnough(node: Aggregate, rows: readonly Row[]): boolean {
  const { atLeast } = node;
  if (!atLeast) return true;
  const people = (of: readonly Row[]) =>
    new Set(
      of.flatMap((row) => (row[atLeast.key] === null ? [] : [keyText(row[atLeast.key] ?? null)])),
    );
  const parts = [
    rows,
    ...measuredColumns(node).map((name) => rows.filter((row) => row[name] !== null)),
  ];
  return parts.every((part) => people(part).size >= atLeast.subjects);
}
