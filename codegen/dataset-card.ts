import { sinkId } from '../algebra/library.ts';
import type { CheckedLibrary, CheckedTable } from '../check/index.ts';
import { layout } from './layout.ts';
import { code, codes } from './markdown.ts';
import { tablesInOrder, tableView } from './privacy.ts';
import { zoneOf } from './resources/catalog.ts';
import { zoneRoleTag } from './resources/names.ts';

/**
 * `cards/<zone>.<table>.md` for each table that holds pseudonymous data, as a training set does: what somebody who is handed the
 * table, or reviews a change of it, has to know. Text by path; holds nothing of a run, so that a difference is a change of rules.
 */
export function datasetCards(checked: CheckedLibrary): ReadonlyMap<string, string> {
  const tables = tablesInOrder(checked).filter(
    ({ writer }) => writer?.sink.holds === 'pseudonymous',
  );
  return new Map(
    tables.map((table) => [
      `cards/${table.id}.md`,
      layout('dataset-card.md', datasetCardView(checked, table)),
    ]),
  );
}

/** What `templates/dataset-card.md.hbs` says names of. */
export function datasetCardView(checked: CheckedLibrary, table: CheckedTable): object {
  const library = checked.library.name;
  const readers = checked.jobs.filter(({ reads }) => reads.includes(table.id));
  return {
    ...tableView(checked, table),
    writer: code(table.writer?.name ?? ''),
    madeOf: codes(upstream(checked, table.id)),
    readers: readers.length === 0 ? 'no job' : codes(readers.map(({ job }) => job.name)),
    tag: code(`${zoneRoleTag(library, zoneOf(table.id))}=reader`),
  };
}

/** The tables from outside that a table's rows come from, through any number of jobs. */
function upstream(checked: CheckedLibrary, id: string): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (table: string): void => {
    if (seen.has(table)) return;
    seen.add(table);
    const writer = checked.jobs.find(({ job }) => sinkId(job.sink) === table);
    if (writer === undefined) found.add(table);
    writer?.reads.forEach(visit);
  };
  visit(id);
  return [...found].sort();
}
