import type { JobStep, RunOutcome, RunStatus } from '../deploy/run/index.ts';
import { secondsText } from '../runtime/report.ts';

/** A state that a job has come to: `[ 1 min 05 s]  stedi_customer_trusted  succeeded in 42 s`. */
export function stepLine(step: JobStep, elapsed: number, isOver: boolean): string {
  const time = isOver && step.seconds > 0 ? ` after ${secondsText(step.seconds)}` : '';
  return `[${secondsText(elapsed).padStart(12)}]  ${step.job}  ${step.state}${time}`;
}

const SECONDS_OF_AN_HOUR = 3600;

/**
 * The table of a run that is over: how each job ended, how long it ran, and the DPU hours that AWS bills.
 * @param outcome how a step ended; undefined of one that is not over
 */
export function runTable(
  { jobs, steps }: RunStatus,
  outcome: (step: JobStep) => RunOutcome | undefined,
): string {
  const rows = jobs.map((job) => {
    const step = steps.find((one) => one.job === job);
    if (step === undefined) return [job, 'not run', '', ''];
    const { seconds, dpuSeconds } = step;
    return [job, outcome(step) ?? step.state, secondsText(seconds), hours(dpuSeconds)];
  });
  const total = (of: (step: JobStep) => number) => steps.reduce((sum, step) => sum + of(step), 0);
  const all = [
    'in all',
    '',
    secondsText(total(({ seconds }) => seconds)),
    hours(total(({ dpuSeconds }) => dpuSeconds)),
  ];
  return aligned([['job', 'state', 'time', 'DPU hours'], ...rows, all]);
}

function hours(dpuSeconds: number): string {
  return (dpuSeconds / SECONDS_OF_AN_HOUR).toFixed(3);
}

/** Words to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  const padded = rows.map((row) =>
    row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))),
  );
  return padded.map((row) => `${row.join('  ').trimEnd()}\n`).join('');
}
