import { type AggregateDefinition, aggregateFunctions } from './aggregate-functions.ts';
import { evaluate, operandOf } from './evaluate.ts';
import { expressionFacts } from './expression-facts.ts';
import { printAggregate, printExpression } from './expression-printer.ts';
import type { AggregateCall, WindowCall } from './expressions.ts';
import { uniteLabels } from './labels.ts';
import { type Checked, problem, sound } from './problem.ts';
import type { Row, Value } from './row.ts';
import type { Column, Schema } from './schema.ts';
import type { Span } from './span.ts';
import { long, typeName } from './types.ts';
import type { Execution } from './verb.ts';

/** Type, nullability and labels of an aggregate over groups of rows of a schema. */
export function aggregateFacts(
  call: AggregateCall,
  schema: Schema,
  span: Span,
): Checked<Omit<Column, 'name'>> {
  const definition = aggregateFunctions[call.function];
  if (isCountOfRows(call)) return sound({ type: long, nullable: false, labels: [] });
  return factsOfCall(call, { ...definition, nullable: !definition.ofNothing }, schema, span);
}

/** Type, nullability and labels of a function of several rows; its labels are those of its operands. */
export function factsOfCall(
  call: AggregateCall | WindowCall,
  definition: Pick<AggregateDefinition, 'takes' | 'type'> & { readonly nullable: boolean },
  schema: Schema,
  span: Span,
): Checked<Omit<Column, 'name'>> {
  const at = call.span ?? span;
  const refuse = (found: string, expected: string) => ({
    value: { type: long, nullable: true, labels: [] },
    problems: [problem('schema/wrong-type', at, { operation: call.function, found, expected })],
  });
  const { length } = definition.takes;
  if (call.arguments.length !== length) {
    return refuse(printAggregate(call), length === 1 ? 'one argument' : `${length} arguments`);
  }
  const inputs = call.arguments.map((argument) => expressionFacts(argument, schema, at));
  const problems = inputs.flatMap((input) => input.problems);
  const operands = inputs.map((input) => input.value);
  if (problems.length > 0) return { value: { type: long, nullable: true, labels: [] }, problems };
  for (const [index, argument] of call.arguments.entries()) {
    const [parameter, operand] = [definition.takes[index], operands[index]];
    if (!parameter || !operand || parameter.fits(operand)) continue;
    return refuse(`${printExpression(argument)} (${typeName(operand.type)})`, parameter.expected);
  }
  return sound({
    type: definition.type(operands),
    nullable: definition.nullable,
    labels: uniteLabels(...operands.map((operand) => operand.labels)),
  });
}

/** The value of an aggregate over the rows of one group; nulls are left out, and nothing is left of nothing. */
export function aggregateValue(
  call: AggregateCall,
  rows: readonly Row[],
  schema: Schema,
  execution: Execution,
): Value {
  const definition = aggregateFunctions[call.function];
  if (isCountOfRows(call)) return BigInt(rows.length);
  const needed = definition.skips ?? call.arguments.map((_, index) => index);
  const values = rows
    .map((row) => call.arguments.map((argument) => evaluate(argument, row, schema, execution)))
    .filter((row) => needed.every((index) => row[index] !== null));
  if (values.length === 0 && !definition.ofNothing) return null;
  return definition.value(
    values,
    call.arguments.map((argument) => operandOf(argument, schema)),
  );
}

function isCountOfRows(call: AggregateCall): boolean {
  return call.function === 'count' && call.arguments.length === 0;
}
