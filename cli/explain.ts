import { type Job, sinkId } from '../algebra/library.ts';
import { printRelation } from '../algebra/printer.ts';
import type { Column } from '../algebra/schema.ts';
import type { Span } from '../algebra/span.ts';
import { typeName } from '../algebra/types.ts';
import type { CheckedLibrary, CheckedTable } from '../check/index.ts';
import { allCodes, docsPath, explanation, nearest } from '../diagnostics/index.ts';
import { type Command, parse, UsageError, userPath } from './command.ts';
import { DEFAULT_LIBRARY } from './load-library.ts';

const help = `Usage: npm run explain -- [<code> | <job> | <zone.table>] [options]

Tells about a code of a message (privacy/not-consented), a job (its steps, what it reads and writes) or a table (its columns,
their labels and what they are made of). Without a name: which jobs and tables there are.

  --file FILE    library (default: ${DEFAULT_LIBRARY})
`;

const options = { file: { type: 'string' } } as const;

/** `explain`: what a code means, what a job does, what a table holds. */
export const explain: Command = {
  help,
  async run(args) {
    const { values, positionals } = parse(args, options, 1);
    const [name] = positionals;
    if (name?.includes('/')) {
      process.stdout.write(explainCode(name));
      return 0;
    }
    const { checkedLibrary } = await import('./checked-library.ts');
    const { checked } = await checkedLibrary(userPath(values.file, DEFAULT_LIBRARY));
    process.stdout.write(name === undefined ? overview(checked) : explainName(checked, name));
    return 0;
  },
};

function explainCode(name: string): string {
  const code = allCodes.find((one) => one === name);
  if (code === undefined) {
    const near = nearest(name, allCodes);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    throw new UsageError(`there is no code ${JSON.stringify(name)}${hint}`);
  }
  return `${code}\n\n${explanation(code)}\n\nSee ${docsPath(code)}\n`;
}

function overview(checked: CheckedLibrary): string {
  const jobs = checked.jobs.map(({ job, reads }) => [
    job.name,
    `${reads.join(', ')} -> ${sinkId(job.sink)}`,
  ]);
  const tables = [...checked.tables.values()].map((table) => [
    table.id,
    table.writer ? `written by ${table.writer.name}` : 'from outside',
  ]);
  return `${checked.library.name}\n\njobs\n${aligned(jobs)}\ntables\n${aligned(tables)}`;
}

function explainName(checked: CheckedLibrary, name: string): string {
  const job = checked.jobs.find((one) => one.job.name === name);
  if (job) return explainJob(job.job, job.reads, checked.tables.get(sinkId(job.job.sink)));
  const tables = [...checked.tables.values()];
  const table =
    tables.find((one) => one.id === name) ?? tables.find((one) => one.id.endsWith(`.${name}`));
  if (table) return explainTable(table);
  const known = [...checked.jobs.map((one) => one.job.name), ...tables.map((one) => one.id)];
  const near = nearest(name, known);
  const hint = near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`;
  throw new UsageError(`there is no job or table ${JSON.stringify(name)}; ${hint}`);
}

function explainJob(job: Job, reads: readonly string[], output: CheckedTable | undefined): string {
  const facts = aligned([
    ['reads', reads.join(', ')],
    ['writes', sinkId(job.sink)],
    ['runs on', `Glue ${job.glueVersion}, ${job.workers} × ${job.workerType}`],
    ['at most', `${job.timeout} minutes`],
    ['starts', job.schedule ?? 'when all that it reads was written'],
    ['said at', place(job.span)],
  ]);
  const doc = job.doc ?? job.sink.doc;
  const columns = output ? `\ncolumns\n${columnLines(output)}` : '';
  const steps = printRelation(job.rows).replaceAll(/^/gm, '  ');
  return `${job.name}${doc ? `: ${doc}` : ''}\n\n${facts}\nsteps\n${steps}\n${columns}`;
}

function explainTable(table: CheckedTable): string {
  const { declared, writer } = table;
  const doc = writer?.sink.doc ?? declared?.doc;
  const facts = aligned([
    ['written by', writer?.name ?? 'somebody outside of this library'],
    ['rows', table.state.kind],
    ['said at', place(writer?.sink.span ?? declared?.span)],
  ]);
  return `${table.id}${doc ? `: ${doc}` : ''}\n\n${facts}\ncolumns\n${columnLines(table)}`;
}

function columnLines(table: CheckedTable): string {
  const madeOf = ({ name }: Column) => {
    const origins = table.writer ? (table.lineage.get(name) ?? []) : [];
    return origins.length === 0 ? '' : `from ${origins.join(', ')}`;
  };
  return aligned(
    table.schema.map((column) => [
      column.name,
      `${typeName(column.type)}${column.nullable ? '?' : ''}`,
      column.labels.join(' '),
      madeOf(column),
    ]),
  );
}

function place(span: Span | undefined): string {
  return span ? `${span.file}:${span.line}:${span.column}` : '';
}

/** Rows as columns of text, indented by two. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows
    .map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '))
    .map((line) => `  ${line.trimEnd()}\n`)
    .join('');
}
