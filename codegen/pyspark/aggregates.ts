import { aggregateFunctions } from '../../algebra/aggregate-functions.ts';
import { operandOf } from '../../algebra/evaluate.ts';
import type { AggregateCall } from '../../algebra/expressions.ts';
import type { Schema } from '../../algebra/schema.ts';
import { InternalError } from '../../diagnostics/index.ts';
import { integer } from '../python/build.ts';
import type { PyExpression } from '../python/tree.ts';
import { emitTerm, operandsOf } from './expressions.ts';
import { f } from './symbols.ts';

/** An aggregate over groups of rows of a schema, as a Spark column. */
export function emitAggregate(call: AggregateCall, schema: Schema): PyExpression {
  if (call.arguments.length > 0) {
    const operands = call.arguments.map((argument) => operandOf(argument, schema));
    const term = aggregateFunctions[call.function].pyspark(operands);
    return emitTerm(term, operandsOf(call.arguments, schema));
  }
  if (call.function !== 'count') throw new InternalError(`${call.function} of nothing`);
  return f('count', f('lit', integer(1)));
}
