import { eachFunctions } from './each-functions.ts';
import { printExpression } from './expression-printer.ts';
import {
  columnsRead,
  type EachExpression,
  type Expression,
  operands,
  parametersRead,
} from './expressions.ts';
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
  // That a list has a value or an element of another, or a map a key, says that something in it equals that.
  includes: 'both',
  arraysOverlap: 'both',
  get: 'both',
  hasKey: 'both',
};

/** What stands for elements in lambdas: the columns of the lists, by the parameter. */
type Bound = ReadonlyMap<string, readonly string[]>;

/** Which side of each comparison may be the greater one; of an equation each. */
function comparisons(expression: Expression, bound: Bound = new Map()): readonly Comparison[] {
  const below =
    expression.kind === 'each'
      ? [
          ...expression.arguments.flatMap((one) => comparisons(one, bound)),
          ...comparisons(expression.body, withElements(expression, bound)),
        ]
      : operands(expression).flatMap((one) => comparisons(one, bound));
  const said = expression.kind === 'call' ? directions[expression.function] : undefined;
  if (said === undefined) return below;
  const [left, right] = operands(expression).map(printExpression);
  if (left === undefined || right === undefined) return below;
  // An element may have another name where it is compared the other way.
  const direction = parametersRead(expression).length > 0 ? 'both' : said;
  const columns = columnsOf(expression, bound);
  const own = [
    ...(direction === 'less' ? [] : [{ greater: left, less: right, columns }]),
    ...(direction === 'greater' ? [] : [{ greater: right, less: left, columns }]),
  ];
  return [...own, ...below];
}

/** An element tells what its list tells; a total, what goes into it as well. */
function withElements(each: EachExpression, bound: Bound): Bound {
  const lists = each.arguments.flatMap((one) => columnsOf(one, bound));
  const elements = new Map([...bound, ...each.parameters.map((name) => [name, lists] as const)]);
  const total = eachFunctions[each.function].gives.indexOf('total');
  const name = each.parameters[total];
  if (name === undefined) return elements;
  return new Map([...elements, [name, [...lists, ...columnsOf(each.body, elements)]]]);
}

/** The columns that an expression reads, or reads elements of. */
function columnsOf(expression: Expression, bound: Bound): readonly string[] {
  const elements = parametersRead(expression).flatMap((name) => bound.get(name) ?? []);
  return [...new Set([...columnsRead(expression), ...elements])].sort();
}
