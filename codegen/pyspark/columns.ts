import { InternalError } from '../../diagnostics/index.ts';
import { text } from '../python/build.ts';
import type { PyExpression, PyLiteral } from '../python/tree.ts';
import { f } from './symbols.ts';

/** Names that Spark reads as one name wherever it parses them. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

/** A column's name where Spark parses it (`F.col`, `select`, `groupBy`): dots and backticks would mean something there. */
export function columnPath(name: string): PyLiteral {
  return text(isPlainName(name) ? name : quoteSql(name));
}

/** `F.col("name")` */
export function column(name: string): PyExpression {
  return f('col', columnPath(name));
}

/** A name for SQL text, the only way that author's text gets into SQL. */
export function quoteSql(name: string): string {
  // Spark substitutes `${variables}` before it parses, inside quotes too.
  if (name.includes('${')) throw new InternalError('a column name that SQL text cannot hold');
  return `\`${name.replaceAll('`', '``')}\``;
}
