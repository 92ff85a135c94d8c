import { inOrder } from '../algebra/fold.ts';
import { type Job, type Library, sinkId, tableId } from '../algebra/library.ts';
import type { Relation } from '../algebra/relation.ts';
import type { Source } from '../algebra/verbs/source.ts';
import { type Diagnostic, diagnostic, didYouMean } from '../diagnostics/index.ts';
import type { CheckedJob } from './checked-library.ts';
import type { Pass } from './knowledge.ts';

/** Every job after those it waits for. Jobs of a cycle, jobs that read a table nobody has, and all that wait for these are left out. */
export const graph: Pass = {
  name: 'graph',
  run({ library }) {
    const writers = writersOf(library);
    const declared = new Set(library.tables.map(tableId));
    const known = [...new Set([...declared, ...writers.keys()])].sort();
    const unknown = library.jobs.flatMap((job) => unknownTables(job, known));
    const { order, stuck } = inRunningOrder(library.jobs, writers);
    return {
      diagnostics: [...unknown, ...cycles(stuck, writers)],
      learnt: { jobs: runnable(order, known) },
    };
  },
};

/** The job that writes each table; of two, the first. */
export function writersOf(library: Library): ReadonlyMap<string, Job> {
  return new Map(library.jobs.toReversed().map((job) => [sinkId(job.sink), job]));
}

/** The steps of a job that read tables. */
export function sourcesOf(job: Job): readonly Source[] {
  return inOrder(job.rows).filter((node: Relation) => node.kind === 'source');
}

function unknownTables(job: Job, known: readonly string[]): readonly Diagnostic[] {
  return sourcesOf(job)
    .filter((source) => !known.includes(source.table))
    .map((source) => {
      const because = [{ text: didYouMean(source.table, known, 'tables') }];
      return diagnostic(
        'schema/unknown-table',
        { table: source.table },
        { span: source.span, because },
      );
    });
}

function checkedJob(job: Job, writers: ReadonlyMap<string, Job>): CheckedJob {
  const reads = [...new Set(sourcesOf(job).map((source) => source.table))].sort();
  const after = reads.flatMap((table) => writers.get(table)?.name ?? []);
  return { job, reads, after: [...new Set(after)].sort() };
}

/** Repeatedly takes the first job, in the author's order, that waits for nothing that is left. */
function inRunningOrder(jobs: readonly Job[], writers: ReadonlyMap<string, Job>) {
  let stuck = jobs.map((job) => checkedJob(job, writers));
  const order: CheckedJob[] = [];
  const done = new Set<string>();
  for (;;) {
    const next = stuck.find(({ after }) => after.every((name) => done.has(name)));
    if (!next) return { order, stuck };
    order.push(next);
    done.add(next.job.name);
    stuck = stuck.filter((one) => one !== next);
  }
}

/** Jobs whose tables, and those of all jobs before them, are there. */
function runnable(order: readonly CheckedJob[], known: readonly string[]): readonly CheckedJob[] {
  const lost = new Set<string>();
  return order.filter(({ job, reads, after }) => {
    const kept =
      reads.every((table) => known.includes(table)) && !after.some((name) => lost.has(name));
    if (!kept) lost.add(job.name);
    return kept;
  });
}

/** Each cycle once, from its first job in the author's order. */
function cycles(
  stuck: readonly CheckedJob[],
  writers: ReadonlyMap<string, Job>,
): readonly Diagnostic[] {
  const byName = new Map(stuck.map((one) => [one.job.name, one]));
  const told = new Set<string>();
  return stuck.flatMap((start) => {
    if (told.has(start.job.name)) return [];
    const path = pathBack(start, byName);
    if (!path) return [];
    for (const name of path) told.add(name);
    const because = path.slice(0, -1).flatMap((name, index) => {
      const reader = byName.get(path[index + 1] ?? '');
      const written = byName.get(name);
      const source =
        reader && sourcesOf(reader.job).find((one) => writers.get(one.table) === written?.job);
      return source && reader
        ? [{ text: `${reader.job.name} reads ${source.table}`, span: source.span }]
        : [];
    });
    return [diagnostic('graph/cycle', { path }, { span: start.job.span, because })];
  });
}

/** The shortest way along the data from a job's table back to the job. */
function pathBack(
  start: CheckedJob,
  byName: ReadonlyMap<string, CheckedJob>,
): readonly string[] | undefined {
  const target = start.job.name;
  const seen = new Set<string>();
  let ways: readonly (readonly string[])[] = [[target]];
  while (ways.length > 0) {
    const longer = ways.flatMap((way) =>
      (byName.get(way[0] ?? '')?.after ?? []).map((before) => [before, ...way]),
    );
    const closed = longer.find((way) => way[0] === target);
    if (closed) return closed;
    ways = longer.filter(([first = '']) => !seen.has(first) && seen.add(first));
  }
  return undefined;
}
