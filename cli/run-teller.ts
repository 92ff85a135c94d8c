import type { JobStep, Runnable, RunOutcome, RunStatus } from '../deploy/run/index.ts';
import type { Finding } from '../diagnostics/index.ts';
import type { JobReport } from '../runtime/job-outcome.ts';
import { reportLines } from '../runtime/report.ts';
import { printFinding } from './failure.ts';
import { runTable, stepLine } from './run-report.ts';

/** A run that is over. */
export interface EndedRun {
  readonly status: RunStatus;
  readonly outcome: RunOutcome;
  readonly exitCode: number;
  readonly findings: readonly Finding[];
  /** How a step ended; undefined of one that is not over. */
  readonly outcomeOf: (step: JobStep) => RunOutcome | undefined;
}

/** Tells somebody how a run goes. */
export interface RunTeller {
  /** @param started whether it was started by this command, or before */
  begun(runnable: Runnable, run: string, started: boolean): void;
  /** A job came to another state. */
  state(step: JobStep, isOver: boolean): void;
  /** What a job that is over said itself; undefined where that cannot be read. */
  report(step: JobStep, report: JobReport | undefined): void;
  /** The run goes on, and is followed no more. @param again the command that follows it */
  left(again: string): void;
  ended(run: EndedRun, price: Runnable['price']): void;
}

/** Where the lines of a job stand below that of its state. */
const INDENT = ' '.repeat(14);

/** Tells people: lines on standard output, what went wrong on standard error. */
export function tellingPeople(): RunTeller {
  const started = performance.now();
  return {
    begun({ target: { kind, name }, account, region }, run, isStarted) {
      const verb = isStarted ? 'started' : 'following';
      tell(`${verb} ${kind} ${name}, run ${run}, in account ${account}, ${region}`);
    },
    state(step, isOver) {
      tell(stepLine(step, (performance.now() - started) / 1000, isOver));
    },
    report(_, report) {
      for (const line of report === undefined ? [] : reportLines(report)) tell(`${INDENT}${line}`);
    },
    left(again) {
      tell(`no longer followed, but it goes on; to follow it again: ${again}`);
    },
    ended({ status, outcomeOf, findings }, price) {
      tell(`\n${runTable(status, outcomeOf, price)}`);
      for (const finding of findings) printFinding(finding);
    },
  };
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
