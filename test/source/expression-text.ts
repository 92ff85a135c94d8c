import { operandOf } from '../../algebra/evaluate.ts';
import { withParameters } from '../../algebra/expression-facts.ts';
import { type EachExpression, type Expression, operands } from '../../algebra/expressions.ts';
import type { Schema } from '../../algebra/schema.ts';
import { typeOfText } from '../../algebra/type-text.ts';
import { methods } from '../../dsl/expression-methods.ts';
import { constantText, isPlain, methodOf, takesConstant } from './constants.ts';
import { typeText } from './declaration-text.ts';
import { object, property, text } from './text.ts';
import { typeIn } from './type-in.ts';
import { Unsayable } from './unsayable.ts';

/** How a callback says one of its columns. */
export type Reading = (column: string) => string;

const ofOneRow: Reading = (column) => property('c', column);

/** An expression over the columns of some rows, which the callback gets as `c` if not told otherwise. */
export function expressionText(
  expression: Expression,
  schema: Schema,
  read: Reading = ofOneRow,
): string {
  switch (expression.kind) {
    case 'column':
      return read(expression.name);
    case 'literal':
      return constantText(expression);
    case 'field': {
      const of = expressionText(expression.input, schema, read);
      const isMethod = expression.field in methods || expression.field === 'field';
      return isMethod ? `${of}.field(${text(expression.field)})` : property(of, expression.field);
    }
    case 'call':
      return callText(expression.function, expression.arguments, schema, read);
    case 'case': {
      if (expression.branches.some(({ when }) => when.kind === 'literal'))
        throw new Unsayable('a constant as a condition');
      const branches = expression.branches.map(
        (branch) =>
          `when(${expressionText(branch.when, schema, read)}, ${expressionText(branch.then, schema, read)})`,
      );
      const last = expression.otherwise
        ? expressionText(expression.otherwise, schema, read)
        : 'null';
      return `${branches.join('.')}.otherwise(${last})`;
    }
    case 'cast':
      throw new Unsayable('a cast inside of an expression');
    case 'struct': {
      const fields = expression.fields.map(
        ({ name, value }) => [name, expressionText(value, schema, read)] as const,
      );
      return `structOf(${object(fields)})`;
    }
    case 'parameter':
      return expression.name;
    case 'each':
      return eachText(expression, schema, read);
  }
}

function eachText(each: EachExpression, schema: Schema, read: Reading): string {
  const [first, ...others] = each.arguments;
  if (!first || first.kind === 'literal') throw new Unsayable(`${each.function} of a constant`);
  const given = others.map((one) => expressionText(one, schema, read));
  const over = each.arguments.map((one) => operandOf(one, schema));
  if (each.body.kind === 'literal' && !isPlain(each.body))
    throw new Unsayable('a constant as a lambda, whose type nothing tells');
  if (hides(each.body, each.parameters)) throw new Unsayable('a parameter that hides another');
  const body = expressionText(each.body, withParameters(each, schema, over), read);
  const lambda = `(${each.parameters.join(', ')}) => ${body}`;
  return `${expressionText(first, schema, read)}.${each.function}(${[...given, lambda].join(', ')})`;
}

function callText(
  name: string,
  [first, ...others]: readonly Expression[],
  schema: Schema,
  read: Reading,
): string {
  if (name === 'listOf' || name === 'mapOf')
    return madeText(name, [first, ...others], schema, read);
  if (!first || first.kind === 'literal') throw new Unsayable(`${name} of a constant`);
  const type = typeIn(first, schema);
  if (name === 'fromJson')
    return `${expressionText(first, schema, read)}.fromJson(${typeOperand(others[0])})`;
  const given = others.map((one) => {
    if (one.kind === 'literal' && !takesConstant(name, type, one))
      throw new Unsayable(`a constant ${one.type.kind} as an argument of ${name}`);
    return expressionText(one, schema, read);
  });
  return `${expressionText(first, schema, read)}.${methodOf(name)}(${given.join(', ')})`;
}

function typeOperand(name: Expression | undefined): string {
  const type = name?.kind === 'literal' ? typeOfText(String(name.value)) : undefined;
  if (!type) throw new Unsayable('fromJson without a type');
  return typeText(type);
}

function madeText(
  name: string,
  given: readonly (Expression | undefined)[],
  schema: Schema,
  read: Reading,
): string {
  const parts = given.flatMap((one) => (one ? [expressionText(one, schema, read)] : []));
  if (name === 'listOf') {
    if (!areOfOneScalarType(given, schema))
      throw new Unsayable('a list of nested values, or of values of several types');
    return `listOf(${parts.join(', ')})`;
  }
  const values = parts.filter((_, index) => index % 2 === 1);
  const keys = given.flatMap((one, index) =>
    index % 2 === 0 && one?.kind === 'literal' ? [String(one.value)] : [],
  );
  return `mapOf(${object(keys.map((key, index) => [key, values[index] ?? ''] as const))})`;
}

/** Types of nested values say which elements can be null, so that two of them are seldom the same. */
function areOfOneScalarType(given: readonly (Expression | undefined)[], schema: Schema): boolean {
  const types = given.flatMap((one) =>
    one && one.kind !== 'literal' ? [typeIn(one, schema)?.kind] : [],
  );
  const [first] = types;
  const isNested = first === 'array' || first === 'struct' || first === 'map';
  return types.length <= 1 || (!isNested && types.every((one) => one === first));
}

function hides(body: Expression, names: readonly string[]): boolean {
  const again = body.kind === 'each' && body.parameters.some((one) => names.includes(one));
  return again || operands(body).some((one) => hides(one, names));
}
