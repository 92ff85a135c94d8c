import { castValue } from './cast-value.ts';
import { expressionFacts } from './expression-facts.ts';
import type {
  CallExpression,
  CaseExpression,
  Expression,
  FieldExpression,
  LiteralExpression,
} from './expressions.ts';
import type { Operand } from './functions/definition.ts';
import { functionNamed } from './functions/index.ts';
import { widen } from './functions/rules.ts';
import { parseTimestamp } from './instants.ts';
import type { Row, Value } from './row.ts';
import type { Schema } from './schema.ts';
import type { Execution } from './verb.ts';

/**
 * The value of an expression for one row: the specification that Spark must match. It never fails on data.
 * @param expression sound for the schema: unknown columns or functions are our bug and throw TypeError.
 */
export function evaluate(
  expression: Expression,
  row: Row,
  schema: Schema,
  execution: Execution,
): Value {
  switch (expression.kind) {
    case 'column':
      return columnValue(expression.name, row);
    case 'literal':
      return literalValue(expression);
    case 'call':
      return callValue(expression, row, schema, execution);
    case 'cast':
      return castValue(
        evaluate(expression.input, row, schema, execution),
        operandOf(expression.input, schema).type,
        expression.to,
      );
    case 'case':
      return caseValue(expression, row, schema, execution);
    case 'field':
      return fieldValue(expression, row, schema, execution);
  }
}

function columnValue(name: string, row: Row): Value {
  const value = row[name];
  if (value === undefined) throw new TypeError(`a row lacks the column ${name}`);
  return value;
}

/** A constant as a value of a row. */
export function literalValue({ type, value }: LiteralExpression): Value {
  if (value === null) return null;
  if (type.kind === 'long') return BigInt(String(value));
  if (type.kind === 'timestamp') return parseTimestamp(String(value)) ?? null;
  return value;
}

function callValue(call: CallExpression, row: Row, schema: Schema, execution: Execution): Value {
  const definition = functionNamed(call.function);
  if (!definition) throw new TypeError(`there is no function ${call.function}`);
  const values = call.arguments.map((argument) => evaluate(argument, row, schema, execution));
  const operands = call.arguments.map((argument) => operandOf(argument, schema));
  return definition.evaluate(values, operands, execution);
}

function caseValue(
  expression: CaseExpression,
  row: Row,
  schema: Schema,
  execution: Execution,
): Value {
  const branch = expression.branches.find(
    ({ when }) => evaluate(when, row, schema, execution) === true,
  );
  const result = branch ? branch.then : expression.otherwise;
  if (!result) return null;
  // Branches may meet in a wider type than the one taken.
  return widen(evaluate(result, row, schema, execution), operandOf(expression, schema).type);
}

function fieldValue(
  expression: FieldExpression,
  row: Row,
  schema: Schema,
  execution: Execution,
): Value {
  const input = evaluate(expression.input, row, schema, execution);
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return null;
  return (input as Readonly<Record<string, Value>>)[expression.field] ?? null;
}

const factsOf = new WeakMap<Schema, WeakMap<Expression, Operand>>();

/** Type, nullability and labels of a sound expression; remembered, since they are the same for every row. */
export function operandOf(expression: Expression, schema: Schema): Operand {
  const known = factsOf.get(schema) ?? new WeakMap<Expression, Operand>();
  factsOf.set(schema, known);
  const found = known.get(expression) ?? expressionFacts(expression, schema, nowhere).value;
  known.set(expression, found);
  return found;
}

/** Problems were reported by the schema rule; here their place does not matter. */
const nowhere = { file: '', line: 1, column: 1 };
