import type { LiteralExpression } from '../../algebra/expressions.ts';
import type { DataType } from '../../algebra/types.ts';
import { constant, method, text } from '../python/build.ts';
import type { PyExpression, PyLiteral } from '../python/tree.ts';
import { f } from './symbols.ts';
import { sqlType } from './types.ts';

/**
 * A constant as a column of exactly its type.
 * @param meets types of the expressions that it is combined with; one of the literal's own type widens a Python int by itself.
 */
export function literalColumn(
  literal: LiteralExpression,
  meets: readonly DataType[],
): PyExpression {
  const plain = plainConstant(literal);
  if (!plain) {
    const value = literal.value === null ? constant(null) : text(String(literal.value));
    return method(f('lit', value), 'cast', [text(sqlType(literal.type))]);
  }
  const widened = literal.type.kind === 'long' && isIntSized(plain);
  if (!widened || meets.some((type) => type.kind === 'long')) return f('lit', plain);
  return method(f('lit', plain), 'cast', [text(sqlType(literal.type))]);
}

/** The constant as a plain Python value, where Spark makes that value a column of the type or of one that widens to it. */
export function plainConstant({ type, value }: LiteralExpression): PyLiteral | undefined {
  if (value === null) return undefined;
  switch (type.kind) {
    case 'string':
    case 'boolean':
      return constant(value);
    case 'int':
    case 'long':
      return constant(BigInt(value));
    case 'double':
      return constant(Number(value));
    default:
      return undefined;
  }
}

function isIntSized({ value }: PyLiteral): boolean {
  return typeof value === 'bigint' && BigInt.asIntN(32, value) === value;
}
