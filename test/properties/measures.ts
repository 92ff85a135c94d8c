import fc from 'fast-check';
import type { AggregateCall, AggregateName, Expression } from '../../algebra/expressions.ts';
import type { Schema } from '../../algebra/schema.ts';
import { boolean, int, string } from '../../algebra/types.ts';
import { typeOf } from '../verbs/given.ts';
import { call, literal, over } from '../verbs/nodes.ts';
import { type Draw, pick } from './draw.ts';
import { anyExpression, expression } from './expressions.ts';

const ofAny = ['count', 'countDistinct', 'min', 'max', 'collectSorted'] as const;
const ofConditions = ['countIf', 'every', 'some'] as const;
const ofPairs = ['minBy', 'maxBy'] as const;
const exact = [...ofAny, ...ofConditions, ...ofPairs, 'sum', 'avg', 'collectDistinct'] as const;

/** A value of a group of which all engines agree on every digit. */
export function measure(draw: Draw, schema: Schema): AggregateCall {
  if (draw(fc.integer({ min: 0, max: 9 })) === 0) return over('count');
  const name = draw.rare(exact);
  if (has(ofConditions, name)) return over(name, expression(draw, schema, boolean, 2));
  if (has(ofPairs, name))
    return over(name, anyExpression(draw, schema), anyExpression(draw, schema));
  // Sums of doubles depend on the order of the rows, so only whole numbers and decimals are summed.
  if (name === 'avg') return over(name, expression(draw, schema, int, 1));
  if (name === 'sum')
    return over(name, expression(draw, schema, pick(draw, [int, typeOf('decimal(10,2)')]), 1));
  if (name === 'collectDistinct')
    return over(name, expression(draw, schema, pick(draw, [int, string]), 1));
  return over(name, anyExpression(draw, schema));
}

const ofOne = [
  ...['stddev', 'stddevPop', 'variance', 'variancePop', 'skewness', 'kurtosis', 'median'],
] as readonly AggregateName[];
const ofTwo = ['covariance', 'covariancePop', 'corr'] as const;

/** Beginning of the names of statistics. */
export const STATISTIC = 'told';

/** A statistic, whose last digits differ with the order in which rows are added up. */
export function statistic(draw: Draw, schema: Schema): AggregateCall {
  const name = draw.rare([...ofOne, ...ofTwo, 'percentile'] as const);
  const whole = () => small(expression(draw, schema, int, 1));
  if (has(ofTwo, name)) return over(name, whole(), whole());
  if (name !== 'percentile') return over(name, whole());
  return over(name, whole(), literal('double', pick(draw, [0, 0.1, 0.5, 1])));
}

/** A whole number below 1000: differences of large ones lose the digits that all orders of adding up agree on. */
export function small(whole: Expression): Expression {
  return call('modulo', whole, literal('int', 1000));
}

function has(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
