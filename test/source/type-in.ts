import { expressionFacts } from '../../algebra/expression-facts.ts';
import type { Expression } from '../../algebra/expressions.ts';
import type { Schema } from '../../algebra/schema.ts';
import type { DataType } from '../../algebra/types.ts';

const nowhere = { file: '', line: 1, column: 1 };

/** The type of an expression over some columns; undefined where it does not fit together. */
export function typeIn(expression: Expression, schema: Schema): DataType | undefined {
  const { value, problems } = expressionFacts(expression, schema, nowhere);
  return problems.length === 0 ? value.type : undefined;
}
