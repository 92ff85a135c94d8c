import type { AggregateCall, Expression, LiteralExpression, WindowCall } from './expressions.ts';

const infix: Readonly<Record<string, string>> = {
  eq: '=',
  ne: '<>',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  and: 'and',
  or: 'or',
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
};

/** An expression for people: infix where SQL has it, function calls elsewhere. Not parsed by anything. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'column':
    case 'parameter':
      return expression.name;
    case 'literal':
      return printLiteral(expression);
    case 'cast':
      return `cast(${expression.input.name} as ${expression.to.kind})`;
    case 'field':
      return `${printExpression(expression.input)}.${expression.field}`;
    case 'struct': {
      const fields = expression.fields.map(
        ({ name, value }) => `${name}: ${printExpression(value)}`,
      );
      return `struct(${fields.join(', ')})`;
    }
    case 'each': {
      const given = expression.parameters.join(', ');
      const lambda = `${expression.parameters.length === 1 ? given : `(${given})`} -> ${printExpression(expression.body)}`;
      return `${expression.function}(${[...expression.arguments.map(printExpression), lambda].join(', ')})`;
    }
    case 'case': {
      const branches = expression.branches.map(
        (branch) => `when ${printExpression(branch.when)} then ${printExpression(branch.then)}`,
      );
      const otherwise = expression.otherwise
        ? ` else ${printExpression(expression.otherwise)}`
        : '';
      return `case ${branches.join(' ')}${otherwise} end`;
    }
    case 'call': {
      const parts = expression.arguments.map(printOperand);
      const symbol = infix[expression.function];
      if (symbol && parts.length === 2) return parts.join(` ${symbol} `);
      return `${expression.function}(${expression.arguments.map(printExpression).join(', ')})`;
    }
  }
}

function printOperand(expression: Expression): string {
  const text = printExpression(expression);
  return expression.kind === 'call' && infix[expression.function] ? `(${text})` : text;
}

/** An aggregate or a function of windows for people: `avg(distance)`. */
export function printAggregate(call: AggregateCall | WindowCall): string {
  return `${call.function}(${call.arguments.map(printExpression).join(', ')})`;
}

/** All digits of a number stand in a text, which is no text of the author's. */
function printLiteral({ type, value }: LiteralExpression): string {
  const isNumber = type.kind === 'long' || type.kind === 'decimal';
  return isNumber ? String(value) : JSON.stringify(value);
}
