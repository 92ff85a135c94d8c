import { boundedDecimal, fitDecimal, unscaled } from './decimals.ts';
import { evaluate, operandOf } from './evaluate.ts';
import { expressionFacts } from './expression-facts.ts';
import { printAggregate, printExpression } from './expression-printer.ts';
import type { AggregateCall, AggregateName } from './expressions.ts';
import { wholeInRange } from './functions/arithmetic.ts';
import { asBigint, asNumber, asString } from './functions/rules.ts';
import { keyText } from './group-rows.ts';
import { type Checked, problem, type RelationProblem, sound } from './problem.ts';
import type { Row, Value } from './row.ts';
import type { Column, Schema } from './schema.ts';
import type { Span } from './span.ts';
import { type DataType, double, isNumeric, isOrderable, long, typeName } from './types.ts';
import { compareValues } from './value-order.ts';
import type { Execution } from './verb.ts';

/** An aggregate function: what it takes, gives, and computes from the values of a group that are not null. */
interface AggregateDefinition {
  readonly expected: string;
  takes(type: DataType): boolean;
  type(input: DataType): DataType;
  /** Whether it is never null: a count of nothing is 0, all others of nothing are null. */
  readonly counts?: true;
  value(values: readonly Value[], input: DataType): Value;
}

const aggregates: { readonly [A in AggregateName]: AggregateDefinition } = {
  count: {
    expected: 'any value',
    takes: () => true,
    type: () => long,
    counts: true,
    value: (values) => BigInt(values.length),
  },
  countDistinct: {
    expected: 'a value that has an order',
    takes: isOrderable,
    type: () => long,
    counts: true,
    value: (values) => BigInt(new Set(values.map(keyText)).size),
  },
  sum: { expected: 'a number', takes: isNumeric, type: sumType, value: sum },
  avg: {
    expected: 'a number',
    takes: isNumeric,
    type: () => double,
    value: (values) => total(values) / values.length,
  },
  min: {
    expected: 'a value that has an order',
    takes: isOrderable,
    type: (input) => input,
    value: (values, type) => extreme(values, type, -1),
  },
  max: {
    expected: 'a value that has an order',
    takes: isOrderable,
    type: (input) => input,
    value: (values, type) => extreme(values, type, 1),
  },
  stddev: { expected: 'a number', takes: isNumeric, type: () => double, value: deviation },
};

/** Type, nullability and labels of an aggregate over groups of rows of a schema. */
export function aggregateFacts(
  call: AggregateCall,
  schema: Schema,
  span: Span,
): Checked<Omit<Column, 'name'>> {
  const definition = aggregates[call.function];
  const at = call.span ?? span;
  const [argument, ...more] = call.arguments;
  if (!argument && call.function === 'count')
    return sound({ type: long, nullable: false, labels: [] });
  const refuse = (found: string, expected: string) => ({
    value: { type: long, nullable: true, labels: [] },
    problems: [problem('schema/wrong-type', at, { operation: call.function, found, expected })],
  });
  if (!argument || more.length > 0) return refuse(printAggregate(call), 'one argument');
  const input = expressionFacts(argument, schema, at);
  const problems: readonly RelationProblem[] = input.problems;
  const { type, labels } = input.value;
  if (problems.length === 0 && !definition.takes(type)) {
    return refuse(`${printExpression(argument)} (${typeName(type)})`, definition.expected);
  }
  const value = { type: definition.type(type), nullable: !definition.counts, labels };
  return { value, problems };
}

/** The value of an aggregate over the rows of one group; nulls are left out, and nothing is left of nothing. */
export function aggregateValue(
  call: AggregateCall,
  rows: readonly Row[],
  schema: Schema,
  execution: Execution,
): Value {
  const definition = aggregates[call.function];
  const [argument] = call.arguments;
  if (!argument) return BigInt(rows.length);
  const values = rows
    .map((row) => evaluate(argument, row, schema, execution))
    .filter((value) => value !== null);
  if (values.length === 0 && !definition.counts) return null;
  return definition.value(values, operandOf(argument, schema).type);
}

function sumType(input: DataType): DataType {
  if (input.kind === 'decimal')
    return boundedDecimal(Math.min(input.precision + 10, 38), input.scale);
  return input.kind === 'double' ? double : long;
}

function sum(values: readonly Value[], input: DataType): Value {
  const type = sumType(input);
  if (type.kind === 'decimal') {
    const digits = values.reduce((found: bigint, value) => found + unscaled(asString(value)), 0n);
    return fitDecimal(digits, type.scale, type);
  }
  if (type.kind === 'double') return total(values);
  return wholeInRange(
    values.reduce((found: bigint, value) => found + asBigint(value), 0n),
    'long',
  );
}

function total(values: readonly Value[]): number {
  return values.map(toDouble).reduce((found, value) => found + value, 0);
}

function extreme(values: readonly Value[], type: DataType, sign: -1 | 1): Value {
  return values.reduce((best, value) =>
    sign * compareValues(value, best, type) > 0 ? value : best,
  );
}

/** Of a sample (n - 1); one value has none. */
function deviation(values: readonly Value[]): Value {
  if (values.length < 2) return null;
  const mean = total(values) / values.length;
  const squares = values.map((value) => (toDouble(value) - mean) ** 2);
  return Math.sqrt(total(squares) / (values.length - 1));
}

function toDouble(value: Value): number {
  return typeof value === 'string' ? Number(value) : asNumber(value);
}
