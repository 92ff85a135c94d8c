import type { JobOutcome } from '../runtime/job-outcome.ts';
import { type Command, ROOT, shownPath } from './command.ts';
import { printFinding } from './failure.ts';
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
    return await tellFailures(run, outcomes);
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

/** The report has told before which jobs failed; here is where in the library. @returns the exit code */
async function tellFailures(
  { generated, options }: LocalRun,
  outcomes: readonly JobOutcome[],
): Promise<number> {
  const { placeOf, readProvenance } = await import('../deploy/run/index.ts');
  const provenance = await readProvenance(generated.folder);
  const failed = outcomes.filter(({ state }) => state === 'failed');
  for (const { job, reason, line } of failed) {
    const script = `jobs/${job.slice(generated.library.length + 1)}.py`;
    const span = line === undefined ? undefined : placeOf(provenance, script, line);
    printFinding({
      code: 'runtime/jobs-failed',
      text: `${job} failed, and its table is the last good one: ${reason}`,
      because: line === undefined ? [] : [{ text: `line ${line} of ${script}` }],
      hint: `the log is ${shownPath(logsOf(options).spark)}`,
      ...(span === undefined ? {} : { span }),
    });
  }
  return await exitCode(outcomes);
}

/** As that of `run-jobs`: 0 where no job failed, 3 where the privacy gate refused to publish a table, else 1. */
export async function exitCode(outcomes: readonly JobOutcome[]): Promise<0 | 1 | 3> {
  const { isRefusal } = await import('../deploy/run/index.ts');
  const failed = outcomes.filter(({ state }) => state === 'failed');
  if (failed.some(({ error }) => isRefusal(error))) return 3;
  return failed.length === 0 ? 0 : 1;
}
