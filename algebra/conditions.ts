import { equatedColumns } from './equations.ts';
import { columnsReadIn, expressionFacts } from './expression-facts.ts';
import { printExpression } from './expression-printer.ts';
import type { Expression } from './expressions.ts';
import { toldByLists } from './lists.ts';
import { problem, type RelationProblem } from './problem.ts';
import type { Schema } from './schema.ts';
import type { Span } from './span.ts';
import { boolean, sameType, typeName } from './types.ts';

/** The conditions that `and` joins. */
export function conjuncts(where: Expression): readonly Expression[] {
  if (where.kind === 'call' && where.function === 'and') return where.arguments.flatMap(conjuncts);
  return [where];
}

/** What is wrong with a condition on rows of a schema. */
export function conditionProblems(
  where: Expression,
  schema: Schema,
  operation: string,
  span: Span,
): readonly RelationProblem[] {
  const { value, problems } = expressionFacts(where, schema, span);
  if (problems.length > 0 || sameType(value.type, boolean)) return problems;
  const found = `${printExpression(where)} (${typeName(value.type)})`;
  const parameters = { operation, found, expected: 'a condition (boolean)' };
  return [problem('schema/wrong-type', span, parameters)];
}

/** The columns once a sound condition was told of them: labelled as what it says they equal, or are found by. */
export function toldByCondition(schema: Schema, where: Expression): Schema {
  const related = conjuncts(where).map((one) => columnsReadIn(one, schema));
  return toldByLists(equatedColumns(schema, where), related);
}
