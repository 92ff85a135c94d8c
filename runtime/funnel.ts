import type { JobOutcome, JobReport } from './job-outcome.ts';

/** One table on the way from a landing feed; `table` is the argument's name, `trusted_customer`. */
export interface FunnelStage {
  readonly table: string;
  /** Rows of a table; lines of a landing feed. */
  readonly rows: number;
}

/**
 * How many rows of each landing feed are left on each table that is made of it, feed first. A table belongs
 * to the feed that its rows come from: that of the input which the last counted step leads back to, and
 * not those that it is only joined with. A table that was made of several feeds' rows is at the end of one path.
 */
export function consentFunnel(
  outcomes: readonly JobOutcome[],
): readonly (readonly FunnelStage[])[] {
  const paths: FunnelStage[][] = [];
  for (const { report, state } of outcomes) {
    if (report?.output === undefined || state !== 'succeeded') continue;
    const source = leadingInput(report);
    const input = source === undefined ? undefined : report.inputs[source];
    if (source === undefined || input === undefined) continue;
    let path = paths.find((stages) => stages.some(({ table }) => table === source));
    if (path === undefined) {
      path = [{ table: source, rows: input.rows }];
      paths.push(path);
    }
    path.push({ table: report.output.table, rows: report.output.rows });
  }
  return paths;
}

function leadingInput(report: JobReport): string | undefined {
  let step = report.steps.at(-1);
  // Each step refers to an earlier one, so as many turns as there are steps are enough.
  for (let turn = 0; turn <= report.steps.length && step?.of != null; turn++) {
    const of = step.of;
    if (of in report.inputs) return of;
    const before: number = report.steps.indexOf(step);
    step = report.steps.slice(0, before).findLast(({ name }) => name === of);
  }
  return Object.keys(report.inputs)[0];
}
