import type { Finding } from '../diagnostics/index.ts';
import type { JobReport } from '../runtime/job-outcome.ts';
import { setAside, tableText } from '../runtime/report.ts';
import { billOf } from './run-report.ts';
import type { RunTeller } from './run-teller.ts';

/** Tells programs: one JSON object a line on standard output, each with its `event` (docs/deploy.md). */
export function tellingPrograms(): RunTeller {
  return {
    begun({ target, account, region }, run, started) {
      tell('run', { ...target, run, account, region, started });
    },
    state({ job, run, state, seconds }) {
      tell('state', { job, run, state, seconds });
    },
    report({ job, run }, report) {
      if (report === undefined) tell('unreported', { job, run });
      else for (const step of stepsOf(report)) tell('step', { job, run, ...step });
    },
    left(again) {
      tell('left', { again });
    },
    ended({ status: { jobs, steps }, outcome, outcomeOf, exitCode, findings }, price) {
      for (const finding of findings) tell('finding', plain(finding));
      const ended = jobs.map((job) => {
        const step = steps.find((one) => one.job === job);
        if (step === undefined) return { job, outcome: 'not run' };
        return {
          job,
          run: step.run,
          outcome: outcomeOf(step) ?? step.state,
          ...billOf([step], price),
        };
      });
      tell('outcome', { outcome, exitCode, ...billOf(steps, price), jobs: ended });
    },
  };
}

/** What was read, what each step left, and what was written. */
function* stepsOf({ inputs, steps, output }: JobReport): Generator<object> {
  for (const [argument, input] of Object.entries(inputs))
    yield { kind: 'read', name: tableText(argument), rows: input.rows, setAside: setAside(input) };
  for (const { name, rows } of steps) yield { kind: 'transform', name, rows };
  if (output) yield { kind: 'write', name: tableText(output.table), rows: output.rows };
}

function plain({ code, text, because, hint, span }: Finding): object {
  const reasons = (because ?? []).map((reason) => reason.text);
  return { code, text, because: reasons, hint, ...(span === undefined ? {} : span) };
}

function tell(event: string, what: object): void {
  process.stdout.write(`${JSON.stringify({ event, at: new Date().toISOString(), ...what })}\n`);
}
