import { operandOf } from '../../algebra/evaluate.ts';
import type { AggregateCall, AggregateName } from '../../algebra/expressions.ts';
import type { Schema } from '../../algebra/schema.ts';
import type { DataType } from '../../algebra/types.ts';
import { InternalError } from '../../diagnostics/index.ts';
import { integer, method, text } from '../python/build.ts';
import type { PyExpression } from '../python/tree.ts';
import { emitExpression } from './expressions.ts';
import { f } from './symbols.ts';

const emitters: {
  readonly [A in AggregateName]: (input: PyExpression, type: DataType) => PyExpression;
} = {
  count: (input) => f('count', input),
  countDistinct: (input) => f('count_distinct', input),
  // A plain sum of whole numbers fails on overflow under ANSI and wraps without; of doubles neither happens.
  sum: (input, type) => f(type.kind === 'double' ? 'sum' : 'try_sum', input),
  avg: (input, type) => f('avg', type.kind === 'decimal' ? asDouble(input) : input),
  min: (input) => f('min', input),
  max: (input) => f('max', input),
  stddev: (input, type) => f('stddev_samp', type.kind === 'decimal' ? asDouble(input) : input),
};

/** An aggregate over groups of rows of a schema, as a Spark column. */
export function emitAggregate(call: AggregateCall, schema: Schema): PyExpression {
  const [argument] = call.arguments;
  if (argument) {
    const input = emitExpression(argument, schema);
    return emitters[call.function](input, operandOf(argument, schema).type);
  }
  if (call.function !== 'count') throw new InternalError(`${call.function} of nothing`);
  return f('count', f('lit', integer(1)));
}

function asDouble(input: PyExpression): PyExpression {
  return method(input, 'cast', [text('double')]);
}
