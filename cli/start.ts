import type { JobOutcome } from '../runtime/job-outcome.ts';
import { type Command, ROOT, shownPath } from './command.ts';
import { GENERATED, generateLibrary, summary } from './generate.ts';
import { landingData } from './landing-data.ts';
import { type LocalRun, logsOf, runOnEndpoint, runOnFolders } from './local-run.ts';
import { progressLine } from './progress.ts';
import { startHelp, startOptions } from './start-options.ts';

/** `start`: the whole way on one machine, from the author's file to tables and a report. */
export const start: Command = {
  help: startHelp,
  async run(args) {
    const options = startOptions(args);
    const progress = progressLine();
    const tell = (line: string) => {
      progress.clear();
      process.stdout.write(`${line}\n`);
    };
    const run = await prepare(options, progress, tell);
    const outcomes = await (options.local ? runOnFolders(run) : runOnEndpoint(run)).finally(
      progress.clear,
    );
    const { renderReport } = await import('../runtime/report.ts');
    const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
    process.stdout.write(`\n${renderReport(outcomes, { colour })}`);
    await tellCards(run, outcomes);
    await refuseFailure(outcomes, shownPath(logsOf(options).spark));
    return 0;
  },
};

/** Where the cards of the training sets are, with the counts of this run. */
async function tellCards(
  { generated, options, tell }: LocalRun,
  outcomes: readonly JobOutcome[],
): Promise<void> {
  const { reportsByJob, writeCards } = await import('../runtime/cards.ts');
  const reports = outcomes.flatMap(({ report }) => report ?? []);
  const byJob = reportsByJob(generated.library, reports);
  if (byJob.size === 0) return;
  const folder = await writeCards(generated.folder, options.out, byJob);
  if (folder !== undefined) tell(`Cards of the training sets: ${shownPath(folder)}`);
}

/** All that can be found wrong before anything is started: the library, and the data. */
async function prepare(
  options: LocalRun['options'],
  progress: LocalRun['progress'],
  tell: LocalRun['tell'],
): Promise<LocalRun> {
  const started = performance.now();
  progress.show('generating');
  const generated = await generateLibrary(options.file, `${ROOT}${GENERATED}`);
  tell(summary(generated, performance.now() - started).trimEnd());
  progress.show('preparing the data');
  const data = await landingData(options, tell);
  const { landingTablesOf } = await import('../runtime/folders.ts');
  const { checkLanding } = await import('../runtime/landing.ts');
  const landing = await landingTablesOf(generated.folder);
  await checkLanding(data, landing);
  return { options, generated, data, landing, progress, tell };
}

/** The report has told before which jobs failed, and why. */
async function refuseFailure(outcomes: readonly JobOutcome[], log: string): Promise<void> {
  const failed = outcomes.filter((one) => one.state === 'failed').map(({ job }) => job);
  if (failed.length === 0) return;
  const { RunError } = await import('../runtime/errors.ts');
  const message = `${failed.join(', ')} failed; their tables are the last good ones`;
  throw new RunError('runtime/jobs-failed', message, `the log is ${log}`);
}
