import { inScript, type Tampering } from './tampering.ts';

const accelerometer = inScript('accelerometer_trusted');

/** Puts a step with a window into a script that has none. */
function step(it: string, window: string, value: string, says: RegExp): Tampering {
  const before = '    readings = accelerometer_reduced.distinct()\n';
  const lines = [window, `readings = accelerometer_reduced.withColumn("n", ${value})`];
  return accelerometer(it, before, lines.map((line) => `    ${line}\n`).join(''), says);
}

const rows = 'Window.partitionBy("user")';
const inTime = `${rows}.orderBy(F.col("timestamp").asc_nulls_last())`;
const inOrder = `${rows}.orderBy(F.col("timestamp").asc_nulls_last(), F.col("x").asc_nulls_last(), F.col("y").asc_nulls_last(), F.col("z").asc_nulls_last())`;
const soFar = 'Window.unboundedPreceding, Window.currentRow';

/** Windows as the compiler does not write them, and what they would tell. */
export const windows: readonly Tampering[] = [
  step('a new column of a window', `near = ${inOrder}`, 'F.row_number().over(near)', /the columns/),
  step(
    'a number that depends on how rows lie',
    `near = ${inTime}`,
    'F.row_number().over(near)',
    /nothing orders x, y, z/,
  ),
  step(
    'a frame of rows that depends on how they lie',
    `near = ${inTime}.rowsBetween(-1, 0)`,
    'F.sum(F.col("x")).over(near)',
    /nothing orders x, y, z/,
  ),
  step(
    'a frame that Spark chooses',
    `near = ${inTime}`,
    'F.sum(F.col("x")).over(near)',
    /is of no frame that is said/,
  ),
  step(
    'the first row of a range',
    `near = ${inOrder}.rangeBetween(${soFar})`,
    'F.first(F.col("x")).over(near)',
    /needs a frame of rows/,
  ),
  step(
    'a frame up to a column',
    `near = ${inOrder}.rowsBetween(Window.unboundedPreceding, F.col("x"))`,
    'F.count(F.col("x")).over(near)',
    /is no bound of a frame/,
  ),
  step(
    'distances in several columns',
    `near = ${inOrder}.rangeBetween(-1, Window.currentRow)`,
    'F.count(F.col("x")).over(near)',
    /distances are in one column/,
  ),
  step(
    'a neighbour as far away as a column says',
    `near = ${inOrder}`,
    'F.lag(F.col("x"), F.col("y")).over(near)',
    /is not emitted like this/,
  ),
  step(
    'a window within a window',
    `near = ${inOrder}.rowsBetween(${soFar})`,
    'F.sum(F.lag(F.col("x"), 1).over(near)).over(near)',
    /F\.lag is not emitted like this/,
  ),
  step(
    'a window of a step elsewhere',
    `near = ${inOrder}`,
    'F.row_number().over(far)',
    /is not of one window of this step/,
  ),
  step(
    'a window that nothing is of',
    `near = ${inOrder}\n    far = ${rows}`,
    'F.row_number().over(near)',
    /a window that nothing is of: far/,
  ),
  step(
    'something else that looks like a window',
    `near = ${inOrder}.cache()`,
    'F.row_number().over(near)',
    /is no window that the compiler emits/,
  ),
];
