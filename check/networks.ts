import { databaseOf, tableId } from '../algebra/library.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';
import type { CheckedJob } from './checked-library.ts';
import type { Knowledge, Pass } from './knowledge.ts';

/** Databases that one job reads are reached through one network: Glue puts a job into one subnet. */
export const networks: Pass = {
  name: 'networks',
  run: (known) => ({
    diagnostics: known.jobs.flatMap((job) => jobProblems(job, known)),
    learnt: {},
  }),
};

function jobProblems({ job, reads }: CheckedJob, { library }: Knowledge): readonly Diagnostic[] {
  const read = library.tables.filter((table) => reads.includes(tableId(table)));
  const found = [...new Set(read.flatMap((table) => databaseOf(table)?.network ?? []))].sort();
  if (found.length < 2) return [];
  const because = read
    .filter((table) => databaseOf(table)?.network !== undefined)
    .map((table) => ({
      text: `${tableId(table)} is behind ${databaseOf(table)?.network}`,
      span: table.span,
    }));
  const parameters = { job: job.name, networks: found };
  return [diagnostic('graph/several-networks', parameters, { span: job.span, because })];
}
