import { type Job, sinkId } from '../algebra/library.ts';
import { type Column, columnNames, findColumn, type Schema } from '../algebra/schema.ts';
import { typeName } from '../algebra/types.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';
import type { Knowledge, Pass } from './knowledge.ts';
import { labelFlow } from './label-flow.ts';

/** Columns whose values are names of folders: they can be such, and tell nothing of people. */
export const partitions: Pass = {
  name: 'partitions',
  run: (known) => ({
    diagnostics: known.library.jobs.flatMap((job) => jobProblems(job, known)),
    learnt: {},
  }),
};

const TYPES: readonly string[] = ['string', 'int', 'long', 'date'];

function jobProblems(job: Job, known: Knowledge): readonly Diagnostic[] {
  const schema = known.schemas.get(job.rows);
  if (!schema) return [];
  return (job.partitionedBy ?? []).flatMap((name) => {
    const column = findColumn(schema, name);
    if (column) return columnProblem(job, column, schema, known) ?? [];
    const parameters = { column: name, known: columnNames(schema) };
    return [diagnostic('schema/unknown-column', parameters, { span: job.span })];
  });
}

/** What tells of people first: another type would not help it. */
function columnProblem(
  job: Job,
  column: Column,
  schema: Schema,
  { library, frames }: Knowledge,
): Diagnostic | undefined {
  const table = sinkId(job.sink);
  const state = frames.get(job.rows)?.state;
  const keys = state && 'keys' in state ? state.keys : [];
  const [label] = column.labels;
  if (label !== undefined || keys.includes(column.name)) {
    const flow = label === undefined ? {} : labelFlow(job, column.name, label, library, frames);
    const more = { span: job.span, ...flow };
    return diagnostic('privacy/folder-tells-of-people', { column: column.name, table }, more);
  }
  const why = unfitness(column, schema, job.partitionedBy ?? []);
  if (why === undefined) return undefined;
  const parameters = { column: column.name, table, why };
  return diagnostic('schema/no-folder-column', parameters, { span: job.span });
}

function unfitness(
  { name, type, nullable }: Column,
  schema: Schema,
  folders: readonly string[],
): string | undefined {
  if (!TYPES.includes(type.kind)) return `it is of type ${typeName(type)}`;
  if (nullable) return 'it may be null';
  if (name !== name.toLowerCase()) return 'its name is not in lower case';
  return folders.length >= schema.length ? 'no column is left for the files' : undefined;
}
