import { databaseOf, sinkId } from '../algebra/library.ts';
import type { CheckedJob, CheckedLibrary, CheckedTable } from '../check/index.ts';
import { layout } from './layout.ts';
import { code, codes, markdown, mermaidId, mermaidLabel } from './markdown.ts';
import { rowsSentence, tablesInOrder } from './privacy.ts';
import { tableOf, zoneOf } from './resources/catalog.ts';

/** `README.md` of a generated library: its graph, tables and jobs, and which file holds what. */
export function readmePage(checked: CheckedLibrary): string {
  return layout('readme.md', readmeView(checked));
}

/** What `templates/readme.md.hbs` says names of. */
export function readmeView(checked: CheckedLibrary): object {
  const { library, jobs } = checked;
  const tables = tablesInOrder(checked);
  const schedule = jobs.find(({ job, after }) => after.length === 0 && job.schedule)?.job.schedule;
  return {
    library: markdown(library.name),
    doc: library.doc === undefined ? '' : markdown(library.doc),
    start:
      schedule === undefined
        ? '; the workflow starts on demand'
        : `; the workflow starts by ${code(schedule)}`,
    zones: zoneViews(tables),
    tables: tables.map((table) => tableView(checked, table)),
    jobs: jobs.map(jobView),
    edges: jobs.flatMap(edges),
  };
}

function zoneViews(tables: readonly CheckedTable[]): readonly object[] {
  const zones = [...new Set(tables.map((table) => zoneOf(table.id)))];
  return zones.map((zone) => ({
    id: mermaidId('zone', zone),
    label: mermaidLabel(zone),
    tables: tables
      .filter((table) => zoneOf(table.id) === zone)
      .map((table) => ({
        id: mermaidId('table', table.id),
        label: mermaidLabel(tableOf(table.id)),
      })),
  }));
}

function edges({ job, reads }: CheckedJob): readonly object[] {
  const id = mermaidId('job', job.name);
  return [
    ...reads.map((table) => ({ from: mermaidId('table', table), to: id })),
    { from: id, to: mermaidId('table', sinkId(job.sink)) },
  ];
}

function tableView(checked: CheckedLibrary, table: CheckedTable): object {
  const doc = table.writer?.sink.doc ?? table.declared?.doc ?? table.writer?.doc ?? '';
  return {
    name: code(table.id),
    writer: writerOf(table),
    rows: rowsSentence(checked, table),
    columns: table.schema.length,
    doc: markdown(doc),
  };
}

function writerOf({ writer, declared }: CheckedTable): string {
  if (writer) return code(writer.name);
  const database = declared && databaseOf(declared);
  return database ? `the database ${code(database.connection)}` : 'from outside';
}

function jobView({ job, reads }: CheckedJob): object {
  return {
    id: mermaidId('job', job.name),
    label: mermaidLabel(job.name),
    link: markdown(job.name),
    script: `jobs/${job.name}.py`,
    reads: codes(reads),
    writes: code(sinkId(job.sink)),
    glue: job.glueVersion,
    workers: `${job.workers} × ${job.workerType}`,
    timeout: job.timeout,
    doc: markdown(job.doc ?? job.sink.doc ?? ''),
  };
}
