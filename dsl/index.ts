/**
 * The language that authors import.
 *
 * @packageDocumentation
 */
export {
  type AggregateValue,
  avg,
  collectDistinct,
  collectSorted,
  corr,
  count,
  countDistinct,
  countIf,
  covariance,
  covariancePop,
  every,
  kurtosis,
  max,
  maxBy,
  median,
  min,
  minBy,
  percentile,
  skewness,
  some,
  stddev,
  stddevPop,
  sum,
  variance,
  variancePop,
} from './aggregates.ts';
export type { Dataset } from './dataset.ts';
export type { ColumnDeclaration } from './declarations/column.ts';
export {
  complete,
  fresh,
  type IfUnmet,
  mean,
  references,
  rowCount,
  type TableExpectation,
  unique,
} from './declarations/expectation.ts';
export { type CsvOptions, csv } from './declarations/format.ts';
export { type JdbcNetwork, type JdbcOptions, type JdbcSplit, jdbc } from './declarations/jdbc.ts';
export { type Job, job } from './declarations/job.ts';
export { type Library, library } from './declarations/library.ts';
export type { Sink } from './declarations/sink.ts';
export { kafka, kinesis, type Stream } from './declarations/stream.ts';
export { type Alias, alias, type Subject, subject } from './declarations/subject.ts';
export {
  array,
  boolean,
  date,
  decimal,
  double,
  int,
  long,
  map,
  string,
  struct,
  timestamp,
} from './declarations/types.ts';
export { type LandingZone, type RestrictedZone, type Zone, zone } from './declarations/zone.ts';
export { listOf, mapOf, structOf } from './making.ts';
export { asc, desc, type Order } from './ordering.ts';
export type { Clean, Local, Mixed, Public, State } from './state/state.ts';
export type { BooleanValue } from './values/boolean.ts';
export type { ListValue, MapValue, StructValue } from './values/nested.ts';
export type { DecimalValue, DoubleValue, IntValue, LongValue } from './values/number.ts';
export type { StringValue } from './values/string.ts';
export type { DateValue, TimestampValue } from './values/time.ts';
export type { AnyValue, Row } from './values/value.ts';
export { when } from './when.ts';
export {
  cumeDist,
  denseRank,
  firstKnown,
  firstValue,
  lag,
  lastKnown,
  lastValue,
  lead,
  ntile,
  percentRank,
  rank,
  rowNumber,
  type WindowValue,
} from './windows.ts';
