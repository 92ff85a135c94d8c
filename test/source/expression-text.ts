import { operandOf } from '../../algebra/evaluate.ts';
import { withParameters } from '../../algebra/expression-facts.ts';
import type { EachExpression, Expression } from '../../algebra/expressions.ts';
import type { Schema } from '../../algebra/schema.ts';
import { methods } from '../../dsl/expression-methods.ts';
import { constantText, methodOf, takesConstant } from './constants.ts';
import { property, text } from './text.ts';
import { typeIn } from './type-in.ts';
import { Unsayable } from './unsayable.ts';

/** An expression over the columns of some rows, which the callback gets as `c`. */
export function expressionText(expression: Expression, schema: Schema): string {
  switch (expression.kind) {
    case 'column':
      return property('c', expression.name);
    case 'literal':
      return constantText(expression);
    case 'field': {
      const of = expressionText(expression.input, schema);
      const isMethod = expression.field in methods || expression.field === 'field';
      return isMethod ? `${of}.field(${text(expression.field)})` : property(of, expression.field);
    }
    case 'call':
      return callText(expression.function, expression.arguments, schema);
    case 'case': {
      const branches = expression.branches.map(
        (branch) =>
          `when(${expressionText(branch.when, schema)}, ${expressionText(branch.then, schema)})`,
      );
      const last = expression.otherwise ? expressionText(expression.otherwise, schema) : 'null';
      return `${branches.join('.')}.otherwise(${last})`;
    }
    case 'cast':
      throw new Unsayable('a cast inside of an expression');
    case 'parameter':
      return expression.name;
    case 'each':
      return eachText(expression, schema);
  }
}

function eachText(each: EachExpression, schema: Schema): string {
  const [first, ...others] = each.arguments;
  if (!first || first.kind === 'literal') throw new Unsayable(`${each.function} of a constant`);
  const given = others.map((one) => expressionText(one, schema));
  const operands = each.arguments.map((one) => operandOf(one, schema));
  const body = expressionText(each.body, withParameters(each, schema, operands));
  const lambda = `(${each.parameters.join(', ')}) => ${body}`;
  return `${expressionText(first, schema)}.${each.function}(${[...given, lambda].join(', ')})`;
}

function callText(name: string, [first, ...others]: readonly Expression[], schema: Schema): string {
  if (!first || first.kind === 'literal') throw new Unsayable(`${name} of a constant`);
  const type = typeIn(first, schema);
  const given = others.map((one) => {
    if (one.kind === 'literal' && !takesConstant(name, type, one))
      throw new Unsayable(`a constant ${one.type.kind} as an argument of ${name}`);
    return expressionText(one, schema);
  });
  return `${expressionText(first, schema)}.${methodOf(name)}(${given.join(', ')})`;
}
