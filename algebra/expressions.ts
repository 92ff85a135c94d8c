import type { Span } from './span.ts';
import type { DataType } from './types.ts';

/** A value of one row. Aggregates are types of their own, so that one inside a filter cannot be written down. */
export type Expression =
  | ColumnExpression
  | LiteralExpression
  | CallExpression
  | CastExpression
  | CaseExpression
  | FieldExpression
  | StructExpression
  | ParameterExpression
  | EachExpression;

export interface ColumnExpression {
  readonly kind: 'column';
  readonly name: string;
  readonly span?: Span;
}

/** A constant. `long` values are decimal digits in a string, so that JSON keeps all of them; dates and times are ISO 8601. */
export interface LiteralExpression {
  readonly kind: 'literal';
  readonly type: DataType;
  readonly value: string | number | boolean | null;
}

/** Operators are calls too; `function` names a row of the function table. */
export interface CallExpression {
  readonly kind: 'call';
  readonly function: string;
  readonly arguments: readonly Expression[];
  readonly span?: Span;
}

/** Null where the value does not fit the type (Spark's `try_cast`), never an error that would quote the value. */
export interface CastExpression {
  readonly kind: 'cast';
  readonly to: DataType;
  readonly input: ColumnExpression;
  readonly span?: Span;
}

/** The first branch whose condition is true. */
export interface CaseExpression {
  readonly kind: 'case';
  readonly branches: readonly CaseBranch[];
  readonly otherwise?: Expression;
  readonly span?: Span;
}

export interface CaseBranch {
  readonly when: Expression;
  readonly then: Expression;
}

/** A field of a struct. */
export interface FieldExpression {
  readonly kind: 'field';
  readonly input: Expression;
  readonly field: string;
  readonly span?: Span;
}

/** A struct made of values; never null itself. */
export interface StructExpression {
  readonly kind: 'struct';
  readonly fields: readonly MadeField[];
  readonly span?: Span;
}

export interface MadeField {
  readonly name: string;
  readonly value: Expression;
}

/** What the lambda around it is given under the name: an element, a place, a key, ... */
export interface ParameterExpression {
  readonly kind: 'parameter';
  readonly name: string;
  readonly span?: Span;
}

/**
 * A list, a map, or a value of one, made by an expression (`body`) over each of its elements: `function` names a row of the
 * table of such functions. The body may read columns of the row as well as parameters, its own and those of lambdas around.
 */
export interface EachExpression {
  readonly kind: 'each';
  readonly function: EachName;
  readonly arguments: readonly Expression[];
  /** Names of what the body is given, in the function's order; other than those of lambdas around. */
  readonly parameters: readonly string[];
  readonly body: Expression;
  readonly span?: Span;
}

export type EachName =
  | 'transform'
  | 'filterItems'
  | 'exists'
  | 'forall'
  | 'reduce'
  | 'zipWith'
  | 'filterEntries'
  | 'transformValues';

/** One value of a group of rows; `arguments` are computed per row. */
export interface AggregateCall {
  readonly kind: 'aggregate';
  readonly function: AggregateName;
  readonly arguments: readonly Expression[];
  readonly span?: Span;
}

export type AggregateName =
  | 'count'
  | 'countDistinct'
  | 'countIf'
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'minBy'
  | 'maxBy'
  | 'stddev'
  | 'stddevPop'
  | 'variance'
  | 'variancePop'
  | 'skewness'
  | 'kurtosis'
  | 'covariance'
  | 'covariancePop'
  | 'corr'
  | 'median'
  | 'percentile'
  | 'every'
  | 'some'
  | 'collectSorted'
  | 'collectDistinct';

/** One value for each row, told by where the row stands among others; `arguments` are computed per row. */
export interface WindowCall {
  readonly kind: 'window';
  readonly function: WindowName;
  readonly arguments: readonly Expression[];
  readonly span?: Span;
}

export type WindowName =
  | 'rowNumber'
  | 'rank'
  | 'denseRank'
  | 'percentRank'
  | 'cumeDist'
  | 'ntile'
  | 'lag'
  | 'lead'
  | 'firstValue'
  | 'lastValue'
  | 'firstKnown'
  | 'lastKnown';

/** One column to sort by; nulls are always placed explicitly, since Spark's default differs with the direction. */
export interface Ordering {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
  readonly nulls: 'first' | 'last';
}

/** The expressions directly below an expression. */
export function operands(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'call':
      return expression.arguments;
    case 'struct':
      return expression.fields.map(({ value }) => value);
    case 'each':
      return [...expression.arguments, expression.body];
    case 'cast':
    case 'field':
      return [expression.input];
    case 'case':
      return [
        ...expression.branches.flatMap((branch) => [branch.when, branch.then]),
        ...(expression.otherwise ? [expression.otherwise] : []),
      ];
    default:
      return [];
  }
}

/** The names of all columns that an expression reads, sorted. */
export function columnsRead(expression: Expression): readonly string[] {
  if (expression.kind === 'column') return [expression.name];
  return [...new Set(operands(expression).flatMap(columnsRead))].sort();
}

/** The names of the parameters that an expression reads and lambdas within it do not give, sorted. */
export function parametersRead(expression: Expression): readonly string[] {
  if (expression.kind === 'parameter') return [expression.name];
  const below = operands(expression).flatMap(parametersRead);
  if (expression.kind !== 'each') return [...new Set(below)].sort();
  const outside = expression.arguments.flatMap(parametersRead);
  const inside = parametersRead(expression.body).filter(
    (name) => !expression.parameters.includes(name),
  );
  return [...new Set([...outside, ...inside])].sort();
}

/** Under which name a parameter stands beside the columns of a schema or a row: no column has such a name. */
export function parameterColumn(name: string): string {
  return `${name} ->`;
}
