import type { Finding, Reason, RunCode } from '../../diagnostics/index.ts';
import { type Origin, ownWords } from './origin.ts';
import type { JobStep, RunStatus } from './status.ts';

/** How a run ended. */
export type RunOutcome = 'succeeded' | 'failed' | 'refused' | 'timed out' | 'stopped';

/** What scripts call their own refusals (`codegen/support/lakewright_failures.py`). */
const REFUSALS = /(?:^|[\s;.])(?:ProofFailed|PermitExpired): /;

/** Whether the error of a run, as Glue tells it, says that the privacy gate refused to publish the table. */
export function isRefusal(error: string | undefined): boolean {
  return REFUSALS.test(error ?? '');
}

/** How one job ended; undefined while it is not over. */
export function stepOutcome({ state, error }: JobStep): RunOutcome | undefined {
  if (state === 'waiting' || state === 'running' || state === 'stopping') return undefined;
  return state === 'failed' && isRefusal(error) ? 'refused' : state;
}

/** Worst first. */
const ORDER: readonly RunOutcome[] = ['refused', 'failed', 'timed out', 'stopped'];

/** How a run that is over ended: as the worst of its jobs; one that nothing started has failed. */
export function runOutcome({ isStopped, jobs, steps }: RunStatus): RunOutcome {
  const ends = steps.map(stepOutcome);
  const worst = ORDER.find((one) => ends.includes(one));
  if (worst !== undefined) return worst;
  if (isStopped) return 'stopped';
  return jobs.every((job) => steps.some((step) => step.job === job)) ? 'succeeded' : 'failed';
}

const CODES: { readonly [O in Exclude<RunOutcome, 'succeeded'>]: RunCode } = {
  refused: 'run/refused',
  failed: 'run/job-failed',
  'timed out': 'run/timed-out',
  stopped: 'run/stopped',
};

/**
 * What is to be said of a job that did not succeed; undefined of one that did or is not over.
 *
 * @param role name of the job's role
 */
export function findingOf(
  step: JobStep,
  origin: Origin | undefined,
  role: string,
): Finding | undefined {
  const outcome = stepOutcome(step);
  if (outcome === undefined || outcome === 'succeeded') return undefined;
  const said = step.error === undefined ? '' : `: ${ownWords(step.error)}`;
  return {
    code: CODES[outcome],
    text: `${step.job} ${outcome === 'failed' || outcome === 'timed out' ? outcome : `was ${outcome}`}${said}`,
    because: because(step, origin, role),
    hint: hintOf(outcome, origin),
    ...(origin?.span === undefined ? {} : { span: origin.span }),
  };
}

function because(step: JobStep, origin: Origin | undefined, role: string): readonly Reason[] {
  const script = origin === undefined ? [] : [`line ${origin.line} of ${origin.script}`];
  return [...script, `its log: ${logCommand(step, role)}`].map((text) => ({ text }));
}

/**
 * Log group of what a job prints. Fact: "Logging for AWS Glue jobs" of the developer guide: what a script prints goes to `output`, below the job's own prefix and, with
 * a security configuration, the names of that and of the role.
 */
export function outputGroup(
  { arguments: given, securityConfiguration: security }: JobStep,
  role: string,
): string {
  const prefix = given['--custom-logGroup-prefix'] ?? '/aws-glue/jobs';
  return `${security === undefined ? prefix : `${prefix}/${security}-role/${role}`}/output`;
}

function logCommand(step: JobStep, role: string): string {
  return `aws logs tail ${outputGroup(step, role)} --log-stream-name-prefix ${step.run} --since 1d`;
}

function hintOf(outcome: RunOutcome, origin: Origin | undefined): string {
  switch (outcome) {
    case 'refused':
      return 'look at who withdrew consent or changed hands meanwhile, and run it again; readers keep the last good version';
    case 'timed out':
      return 'give the job more workers or a longer timeout, generate, and deploy';
    case 'stopped':
      return 'run it again when whoever stopped it agrees';
    default:
      return origin !== undefined && origin.span === undefined
        ? 'the script that ran is not the one in the folder of generated files; check out what was deployed to see the place'
        : 'mend it and run it again; readers keep the last good version';
  }
}
