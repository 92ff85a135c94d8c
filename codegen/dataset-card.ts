import { sinkId } from '../algebra/library.ts';
import type { CheckedJob, CheckedLibrary, CheckedTable } from '../check/index.ts';
import type { JobFunnel } from './funnel.ts';
import { funnelSection } from './funnel-section.ts';
import { layout } from './layout.ts';
import { code, codes } from './markdown.ts';
import { tablesInOrder, tableView } from './privacy.ts';
import { zoneOf } from './resources/catalog.ts';
import { tableGrants, tagsOfTable } from './resources/lake-formation.ts';
import { keyAlias, roleName, zoneRoleTag } from './resources/names.ts';
import { tablePrefix } from './resources/zone-access.ts';
import { jobsBehind } from './upstream.ts';

/**
 * `cards/<zone>.<table>.md` for each table that holds pseudonymous data, as a training set does: what somebody who is handed the
 * table, or reviews a change of it, has to know. Text by path; holds nothing of a run, so that a difference is a change of rules.
 */
export function datasetCards(
  checked: CheckedLibrary,
  funnels: readonly JobFunnel[],
): ReadonlyMap<string, string> {
  const tables = tablesInOrder(checked).filter(
    ({ writer }) => writer?.sink.holds === 'pseudonymous',
  );
  return new Map(
    tables.map((table) => [
      `cards/${table.id}.md`,
      layout('dataset-card.md', datasetCardView(checked, table, funnels)),
    ]),
  );
}

/** What `templates/dataset-card.md.hbs` says names of. */
export function datasetCardView(
  checked: CheckedLibrary,
  table: CheckedTable,
  funnels: readonly JobFunnel[],
): object {
  const library = checked.library.name;
  const zone = zoneOf(table.id);
  const roles = (jobs: readonly CheckedJob[]) =>
    jobs.map(({ job }) => `${code(job.name)} as ${code(roleName(library, job.name))}`).join(', ');
  const writers = checked.jobs.filter(({ job }) => job === table.writer);
  const readers = checked.jobs.filter(({ reads }) => reads.includes(table.id));
  return {
    ...tableView(checked, table),
    chosen: funnelSection(table.id, funnels),
    prefix: code(tablePrefix(table.id)),
    key: code(keyAlias(library, zone)),
    writer: roles(writers),
    madeOf: codes(upstream(checked, table.id)),
    readers: readers.length === 0 ? 'none' : roles(readers),
    tag: code(`${zoneRoleTag(library, zone)}=reader`),
    grants: grants(checked, table),
    tableTags: tableTags(checked, table),
  };
}

/** What each role may do with the table in the catalog. */
function grants(checked: CheckedLibrary, table: CheckedTable): string {
  const given = tableGrants(checked, table).map(
    ({ job, permissions }) => `${code(job)} has ${permissions.join(' and ')}`,
  );
  return given.length === 0 ? 'no job has a grant' : given.join(', ');
}

function tableTags(checked: CheckedLibrary, table: CheckedTable): string {
  const tags = Object.entries(tagsOfTable(checked, table));
  return tags.map(([key, value]) => code(`${key}=${value}`)).join(', ');
}

/** The tables from outside that a table's rows come from, through any number of jobs. */
function upstream({ jobs }: CheckedLibrary, id: string): readonly string[] {
  const behind = jobsBehind(id, jobs, ({ job, reads }) => ({ writes: sinkId(job.sink), reads }));
  const written = new Set(jobs.map(({ job }) => sinkId(job.sink)));
  const read = behind.flatMap(({ reads }) => reads);
  return [...new Set(read.filter((table) => !written.has(table)))].sort();
}
