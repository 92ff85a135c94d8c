import { castValue } from './cast-value.ts';
import { eachFunctions, isNullOfNull } from './each-functions.ts';
import { expressionFacts, withParameters } from './expression-facts.ts';
import {
  type CallExpression,
  type CaseExpression,
  type EachExpression,
  type Expression,
  type FieldExpression,
  type LiteralExpression,
  parameterColumn,
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
    case 'struct':
      return Object.fromEntries(
        expression.fields.map(({ name, value }) => [name, evaluate(value, row, schema, execution)]),
      );
    case 'parameter':
      return columnValue(parameterColumn(expression.name), row);
    case 'each':
      return eachValue(expression, row, schema, execution);
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

function eachValue(each: EachExpression, row: Row, schema: Schema, execution: Execution): Value {
  const definition = eachFunctions[each.function];
  const values = each.arguments.map((one) => evaluate(one, row, schema, execution));
  if (isNullOfNull(definition, values, (value) => value === null)) return null;
  const inner = lambdaSchema(each, schema);
  return definition.evaluate(values, (...given) => {
    const bound = each.parameters.map(
      (name, index) => [parameterColumn(name), given[index] ?? null] as const,
    );
    return evaluate(each.body, { ...row, ...Object.fromEntries(bound) }, inner, execution);
  });
}

const innerSchemas = new WeakMap<Schema, WeakMap<EachExpression, Schema>>();

/** The columns that a sound lambda's body can read; remembered, since `operandOf` goes by the schema. */
export function lambdaSchema(each: EachExpression, schema: Schema): Schema {
  const known = innerSchemas.get(schema) ?? new WeakMap<EachExpression, Schema>();
  innerSchemas.set(schema, known);
  const operands = each.arguments.map((one) => operandOf(one, schema));
  const found = known.get(each) ?? withParameters(each, schema, operands);
  known.set(each, found);
  return found;
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
