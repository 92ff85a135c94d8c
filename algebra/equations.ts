import { printExpression } from './expression-printer.ts';
import { columnsRead, type Expression, operands } from './expressions.ts';
import { alike, type Schema } from './schema.ts';

/**
 * The columns, labelled as those that a condition says they equal: a text that is somebody's name tells the name. Comparing both
 * ways (`a >= b` and `a <= b`) says equal too, and so does what denies it, since another step may deny that again. Equations are
 * chained until no column learns more. The same object where that adds nothing.
 */
export function equatedColumns(schema: Schema, where: Expression): Schema {
  const equal = equatedNames(where);
  let found = schema;
  for (let more = true; more; ) {
    more = false;
    for (const names of equal) {
      const group = found.filter(({ name }) => names.includes(name));
      const told = found.map((column) => (group.includes(column) ? alike(column, group) : column));
      if (told.every((column, index) => column === found[index])) continue;
      found = told;
      more = true;
    }
  }
  return found;
}

/** Names of columns on both sides of each equation. */
function equatedNames(where: Expression): readonly (readonly string[])[] {
  const compared = comparisons(where);
  const isBothWays = ({ greater, less }: Comparison) =>
    compared.some((other) => other.greater === less && other.less === greater);
  return compared.filter(isBothWays).map(({ columns }) => columns);
}

interface Comparison {
  readonly greater: string;
  readonly less: string;
  readonly columns: readonly string[];
}

const directions: Readonly<Record<string, 'greater' | 'less' | 'both'>> = {
  eq: 'both',
  ne: 'both',
  eqNullSafe: 'both',
  gt: 'greater',
  gte: 'greater',
  lt: 'less',
  lte: 'less',
};

/** Which side of each comparison may be the greater one; of an equation each. */
function comparisons(expression: Expression): readonly Comparison[] {
  const below = operands(expression).flatMap(comparisons);
  const direction = expression.kind === 'call' ? directions[expression.function] : undefined;
  if (direction === undefined) return below;
  const [left, right] = operands(expression).map(printExpression);
  if (left === undefined || right === undefined) return below;
  const columns = columnsRead(expression);
  const own = [
    ...(direction === 'less' ? [] : [{ greater: left, less: right, columns }]),
    ...(direction === 'greater' ? [] : [{ greater: right, less: left, columns }]),
  ];
  return [...own, ...below];
}
