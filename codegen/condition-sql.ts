import type { CallExpression, Expression } from '../algebra/expressions.ts';

/** A column's name in Spark SQL. */
export function columnSql(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/**
 * A condition in Spark SQL, as far as it compares columns with numbers or asks for null: what is said of most rows. Undefined for
 * anything else, and so for all texts, whose quoting is not one thing in all SQL.
 */
export function conditionSql(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'column':
      return columnSql(expression.name);
    case 'literal': {
      const { type, value } = expression;
      const isWhole = type.kind === 'int' || type.kind === 'long';
      if (isWhole && value !== null) return String(BigInt(value as string | number));
      return type.kind === 'double' && Number.isFinite(value) ? `double('${value}')` : undefined;
    }
    case 'call':
      return callSql(expression);
    default:
      return undefined;
  }
}

const infix: Readonly<Record<string, string>> = {
  ...{ eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' },
  ...{ and: 'AND', or: 'OR' },
};

function callSql({ function: name, arguments: operands }: CallExpression): string | undefined {
  const parts = operands.map(conditionSql);
  if (parts.some((part) => part === undefined)) return undefined;
  const symbol = infix[name];
  if (symbol !== undefined) return `(${parts.join(` ${symbol} `)})`;
  switch (name) {
    case 'not':
      return `(NOT ${parts[0]})`;
    case 'isNull':
      return `(${parts[0]} IS NULL)`;
    case 'isNotNull':
      return `(${parts[0]} IS NOT NULL)`;
    case 'isNaN':
      return `isnan(${parts[0]})`;
    default:
      return undefined;
  }
}
