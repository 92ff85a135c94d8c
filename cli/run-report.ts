import type { DpuHourPrice, JobStep, RunOutcome, RunStatus } from '../deploy/run/index.ts';
import { secondsText } from '../runtime/report.ts';

/** A state that a job has come to: `[ 1 min 05 s]  stedi_customer_trusted  succeeded in 42 s`. */
export function stepLine(step: JobStep, elapsed: number, isOver: boolean): string {
  const time = isOver && step.seconds > 0 ? ` after ${secondsText(step.seconds)}` : '';
  return `[${secondsText(elapsed).padStart(12)}]  ${step.job}  ${step.state}${time}`;
}

const SECONDS_OF_AN_HOUR = 3600;

/** How long steps ran, the DPU hours that AWS bills, and their list price, where it is known. */
export interface Bill {
  readonly seconds: number;
  readonly dpuHours: number;
  readonly dollars?: number;
}

/** What some steps cost together. */
export function billOf(steps: readonly JobStep[], price: DpuHourPrice | undefined): Bill {
  const total = (of: (step: JobStep) => number) => steps.reduce((sum, step) => sum + of(step), 0);
  const dpuHours = total(({ dpuSeconds }) => dpuSeconds) / SECONDS_OF_AN_HOUR;
  const seconds = total((step) => step.seconds);
  return { seconds, dpuHours, ...(price ? { dollars: dpuHours * price.dollars } : {}) };
}

/**
 * The table of a run that is over: how each job ended, how long it ran, the DPU hours that AWS bills, and their list price.
 * @param outcome how a step ended; undefined of one that is not over
 */
export function runTable(
  { jobs, steps }: RunStatus,
  outcome: (step: JobStep) => RunOutcome | undefined,
  price: DpuHourPrice | undefined,
): string {
  const billed = (some: readonly JobStep[]): readonly string[] => {
    const { seconds, dpuHours, dollars } = billOf(some, price);
    const cost = dollars === undefined ? [] : [`$${dollars.toFixed(3)}`];
    return [secondsText(seconds), dpuHours.toFixed(3), ...cost];
  };
  const rows = jobs.map((job) => {
    const step = steps.find((one) => one.job === job);
    if (step === undefined) return [job, 'not run'];
    return [job, outcome(step) ?? step.state, ...billed([step])];
  });
  const all = ['in all', '', ...billed(steps)];
  const head = ['job', 'state', 'time', 'DPU hours', ...(price ? ['list price'] : [])];
  const said = price ? `list price of ${price.readOn}: $${price.dollars} for a DPU hour\n` : '';
  return `${aligned([head, ...rows, all])}${said}`;
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
