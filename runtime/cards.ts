import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobFunnel } from '../codegen/funnel.ts';
import { funnelSection } from '../codegen/funnel-section.ts';
import { RunError } from './errors.ts';
import type { JobReport } from './job-outcome.ts';

/** What `funnel.json` of a generated library says. */
export interface LibraryFunnel {
  readonly library: string;
  /** In the order of their data. */
  readonly jobs: readonly JobFunnel[];
}

/** Reads how the jobs of a generated library come to their rows. @throws RunError `runtime/library-missing` */
export async function readFunnel(generated: string): Promise<LibraryFunnel> {
  return JSON.parse(await readText(generated, 'funnel.json')) as LibraryFunnel;
}

/**
 * The dataset cards of a generated library, by `zone.table`, with the counts of the given runs put in. A table without the report
 * of a run, its own or one of those before it, has the card as it was generated for that part.
 *
 * @param reports by the library's name of the job
 * @throws RunError when the cards are not those that were generated with `funnel.json`
 */
export async function filledCards(
  generated: string,
  reports: ReadonlyMap<string, JobReport>,
): Promise<ReadonlyMap<string, string>> {
  const { jobs } = await readFunnel(generated);
  const cards = new Map<string, string>();
  for (const { writes: table } of jobs) {
    const path = join('cards', `${table}.md`);
    if (!existsSync(join(generated, path))) continue;
    const card = await readText(generated, path);
    const uncounted = funnelSection(table, jobs);
    if (!card.includes(uncounted)) {
      const message = `${join(generated, path)} and funnel.json do not belong together.`;
      throw new RunError('runtime/manifest-invalid', message, 'Generate both: npm run generate.');
    }
    cards.set(
      table,
      card.replace(uncounted, () => funnelSection(table, jobs, reports)),
    );
  }
  return cards;
}

/** Writes the cards of the last run as `<out>/cards/<zone>.<table>.md`. @returns their folder; undefined where there is none */
export async function writeCards(
  generated: string,
  out: string,
  reports: ReadonlyMap<string, JobReport>,
): Promise<string | undefined> {
  const cards = await filledCards(generated, reports);
  if (cards.size === 0) return undefined;
  const folder = join(out, 'cards');
  await mkdir(folder, { recursive: true });
  for (const [table, text] of cards) await writeFile(join(folder, `${table}.md`), text);
  return folder;
}

/** Reports by the library's name of the job, of those that wrote their table. */
export function reportsByJob(
  library: string,
  reports: Iterable<JobReport>,
): ReadonlyMap<string, JobReport> {
  const written = [...reports].filter(({ output, failed }) => output && failed === undefined);
  return new Map(written.map((report) => [report.job.slice(`${library}_`.length), report]));
}

/** The last report of each job that wrote its table, of those that local runs left in a folder. */
export async function lastReportsIn(
  out: string,
  library: string,
): Promise<ReadonlyMap<string, JobReport>> {
  const folder = join(out, 'reports');
  if (!existsSync(folder)) return new Map();
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && /^jr_.*\.json$/.test(entry.name));
  const dated = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return { path, modified: (await stat(path)).mtimeMs };
  });
  const inOrder = (await Promise.all(dated)).toSorted((a, b) => a.modified - b.modified);
  const texts = await Promise.all(inOrder.map(({ path }) => readFile(path, 'utf8')));
  const reports = texts.map((text) => JSON.parse(text) as JobReport);
  return reportsByJob(
    library,
    reports.filter(({ job }) => job.startsWith(`${library}_`)),
  );
}

async function readText(generated: string, file: string): Promise<string> {
  const path = join(generated, file);
  return await readFile(path, 'utf8').catch((cause) => {
    const hint = 'Run npm run generate.';
    throw new RunError('runtime/library-missing', `There is no ${path}.`, hint, { cause });
  });
}
