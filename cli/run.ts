import type { JobStep, Runnable, RunOutcome, RunStatus } from '../deploy/run/index.ts';
import type { JobReport } from '../runtime/job-outcome.ts';
import { checkBookmarks, rangeOf, tendBookmark } from './bookmark.ts';
import { type Command, parse, UsageError, userPath } from './command.ts';
import { optionalDestination } from './destination.ts';
import { libraryFolder } from './library-folder.ts';
import { tellingPrograms } from './run-json.ts';
import { type RunTeller, tellingPeople } from './run-teller.ts';

const help = `Usage: npm run run-jobs -- [<job>] [options]

Starts the workflow of a deployed library, or one job, and follows it: a line for each state of each job and, once it is over, for each
step with its rows, then how long each took and what it costs. A job that fails is shown at its line of the library. Ctrl-C ends the following, not the run.

  <job>              one job, such as customer_trusted, without those that follow it (default: the whole workflow)
  --json             print what happens as JSON, one object a line, as docs/deploy.md says
  --detach           start it, print the id of the run, and do not follow
  --follow RUN       follow a run that was started before; of a job, name the job too
  --bookmark         show the job's bookmark, and run nothing
  --reset-bookmark   make its next run begin with all of its input, and run nothing
  --bookmark-from RUN, --bookmark-to RUN
                     run it on what came after one run, up to and with another
  --library NAME     library in the folder of generated files (default: the only one there)
  --generated DIR    folder of generated files (default: generated)
  --endpoint URL     another endpoint than AWS's, such as a local one
  --region REGION    region (default: as configured)
  --env NAME         environment of lakewright.environments.json that the library was deployed to
  --environments FILE, --branch NAME
                     as of \`npm run deploy-jobs\`

Exits with 0 where all succeeded, 1 where a job failed, 3 where the privacy gate refused a table, 4 where a job was stopped or
timed out, 130 after Ctrl-C.
`;

const options = {
  json: { type: 'boolean', default: false },
  detach: { type: 'boolean', default: false },
  follow: { type: 'string' },
  bookmark: { type: 'boolean', default: false },
  'reset-bookmark': { type: 'boolean', default: false },
  'bookmark-from': { type: 'string' },
  'bookmark-to': { type: 'string' },
  library: { type: 'string' },
  generated: { type: 'string' },
  endpoint: { type: 'string' },
  region: { type: 'string' },
  env: { type: 'string' },
  environments: { type: 'string' },
  branch: { type: 'string' },
} as const;

const EXIT_CODES: { readonly [O in RunOutcome]: number } = {
  succeeded: 0,
  failed: 1,
  refused: 3,
  'timed out': 4,
  stopped: 4,
};
const INTERRUPTED = 130;

/** Of a job, as it is read. */
type Report = NonNullable<Awaited<ReturnType<Runnable['report']>>>;

/** `run`: a run of the workflow or of one job, from its start to its exit code. */
export const run: Command = {
  help,
  async run(args) {
    const { values, positionals } = parse(args, options, 1);
    const [job] = positionals;
    if (values.detach && values.follow !== undefined)
      throw new UsageError('--detach and --follow exclude each other');
    if (values.follow?.startsWith('jr_') && job === undefined)
      throw new UsageError(`${values.follow} is a run of a job; name the job too`);
    checkBookmarks(values, job);
    const { openRunnable } = await import('../deploy/run/index.ts');
    const runnable = await openRunnable({
      directory: libraryFolder(userPath(values.generated, 'generated'), values.library),
      ...(job === undefined ? {} : { job }),
      ...(values.endpoint === undefined ? {} : { endpoint: values.endpoint }),
      ...(await optionalDestination(values)),
    });
    if (await tendBookmark(runnable, values)) return 0;
    const id = values.follow ?? (await runnable.start(rangeOf(values)));
    const teller = values.json ? tellingPrograms() : tellingPeople();
    if (values.detach) {
      if (values.json) teller.begun(runnable, id, true);
      else process.stdout.write(`${id}\n`);
      return 0;
    }
    teller.begun(runnable, id, values.follow === undefined);
    return await follow(runnable, id, { again: followCommand(args, id), teller });
  },
};

interface Following {
  /** The command that follows the run as this one does. */
  readonly again: string;
  readonly teller: RunTeller;
}

async function follow(runnable: Runnable, id: string, how: Following): Promise<number> {
  const { isOver } = await import('../deploy/run/index.ts');
  const { again, teller } = how;
  const reports = new Map<string, Report>();
  /** The last time, also that nothing can be told is told. */
  const ask = async (step: JobStep, isLast = false): Promise<void> => {
    const report = await runnable.report(step);
    if (report !== undefined) reports.set(step.job, report);
    else if (!isLast) return;
    teller.report(step, report as JobReport | undefined); // as the support modules write it
  };
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  try {
    const status = await runnable.follow(id, {
      async onStep(step) {
        teller.state(step, isOver(step));
        if (!isOver(step)) return;
        await ask(step);
      },
      signal: interrupt.signal,
    });
    if (status.isOver) {
      // Logs come a little late.
      for (const step of status.steps) if (!reports.has(step.job)) await ask(step, true);
      return await conclude(runnable, status, reports, teller);
    }
    teller.left(again);
    return INTERRUPTED;
  } catch (error) {
    process.stderr.write(`the run ${id} goes on; to follow it again: ${again}\n`);
    throw error;
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

async function conclude(
  runnable: Runnable,
  status: RunStatus,
  reports: ReadonlyMap<string, Report>,
  teller: RunTeller,
): Promise<number> {
  const { runOutcome, stepOutcome } = await import('../deploy/run/index.ts');
  const outcome = runOutcome(status);
  const exitCode = EXIT_CODES[outcome];
  const findings = await runnable.findings(status, reports);
  const ended = { status, outcome, exitCode, findings, outcomeOf: stepOutcome };
  teller.ended(ended, runnable.price);
  return exitCode;
}

/** The command line that follows a run as this one was meant to. */
function followCommand(args: readonly string[], id: string): string {
  const kept = args.includes('--follow') || args.some((one) => one.startsWith('--follow='));
  const words = kept ? args : [...args, '--follow', id];
  return `npm run run-jobs -- ${words.map(quoted).join(' ')}`;
}

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
