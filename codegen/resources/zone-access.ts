import { keepsLines, type Network, RESTRICTED, sinkId } from '../../algebra/library.ts';
import type { CheckedJob, CheckedLibrary } from '../../check/index.ts';
import { databaseOfTable, lakeTables, tableOf, zoneOf, zonesInUse } from './catalog.ts';
import { connectionName, deployedName, jobName } from './names.ts';

/** Who works with the objects of one zone; derived from what jobs declare, as the jobs' roles are. */
export interface ZoneAccess {
  readonly zone: string;
  /** Key prefixes, ending in `/`, of the tables that jobs write. */
  readonly written: readonly string[];
  /** Key prefixes of the tables that no job writes: landing data and what else comes from outside. */
  readonly delivered: readonly string[];
  /** Zones whose jobs read or write this one. */
  readonly readers: readonly string[];
  /** Zones whose jobs write this one. */
  readonly writers: readonly string[];
  /** Values of the zone's tag with which people decrypt it. */
  readonly people: readonly ('reader' | 'steward')[];
  /** Key prefixes, outside the zone, of the malformed lines that its jobs put aside. */
  readonly quarantined: readonly string[];
}

/** The zones that hold a table, in the order of the library. */
export function zoneAccesses(checked: CheckedLibrary): readonly ZoneAccess[] {
  return zonesInUse(checked).map((zone) => {
    const jobs = checked.jobs.filter(({ job }) => job.sink.zone === zone);
    const tables = lakeTables(checked).filter((table) => zoneOf(table.id) === zone);
    const delivered = tables.filter((table) => table.writer === undefined);
    const readers = checked.jobs
      .filter((job) => tablesOf(checked, job).some((id) => zoneOf(id) === zone))
      .map(({ job }) => job.sink.zone);
    return {
      zone,
      written: jobs.map(({ job }) => tablePrefix(sinkId(job.sink))).sort(),
      delivered: delivered.map((table) => tablePrefix(table.id)).sort(),
      readers: [...new Set(readers)].sort(),
      writers: jobs.length === 0 ? [] : [zone],
      people: zone === RESTRICTED ? ['steward'] : ['reader', 'steward'],
      quarantined: jobs.flatMap((job) => quarantines(checked, job)).sort(),
    };
  });
}

/**
 * Where lines lie that jobs set aside: in no zone, since they may be about anybody, and under a key of its own, since whoever may
 * read what a job writes may not read what it could not read. Nothing where no job parses lines.
 */
export function quarantineAccess(accesses: readonly ZoneAccess[]): readonly ZoneAccess[] {
  const writing = accesses.filter(({ quarantined }) => quarantined.length > 0);
  const zones = writing.map(({ zone }) => zone);
  const written = writing.flatMap(({ quarantined }) => quarantined).sort();
  if (written.length === 0) return [];
  const people = ['steward'] as const;
  const own = { readers: zones, writers: zones, written, people };
  return [{ zone: QUARANTINE, delivered: [], quarantined: [], ...own }];
}

/** Whose key the lines are under that jobs set aside; no zone has this name. */
export const QUARANTINE = 'quarantine';

/** Ids of the tables of the lake that a job reads. */
export function inputsOf(checked: CheckedLibrary, { reads }: CheckedJob): readonly string[] {
  return reads.filter((id) => databaseOfTable(checked, id) === undefined);
}

/** The network through which a job reaches the databases that it reads; of several the check has told. */
export function networkOf(
  checked: CheckedLibrary,
  { reads }: CheckedJob,
): string | Network | undefined {
  return reads.flatMap((id) => databaseOfTable(checked, id)?.network ?? [])[0];
}

/** Name of the Glue connection of a job's network. */
export function connectionOf(checked: CheckedLibrary, job: CheckedJob): string | undefined {
  const network = networkOf(checked, job);
  return typeof network === 'object'
    ? connectionName(deployedName(checked.library.name), network.name)
    : network;
}

/** Ids of the tables of the lake that a job reads or writes. */
export function tablesOf(checked: CheckedLibrary, job: CheckedJob): readonly string[] {
  return [...inputsOf(checked, job), sinkId(job.job.sink)];
}

/** Key prefix of a table, with its `/`. */
export function tablePrefix(id: string): string {
  return `${zoneOf(id)}/${tableOf(id)}/`;
}

/** Key prefixes of the malformed lines that a job finds in the tables it parses. */
export function quarantines(checked: CheckedLibrary, job: CheckedJob): readonly string[] {
  const name = jobName(deployedName(checked.library.name), job.job.name);
  return parsedTables(checked, job).map((table) => `${QUARANTINE}/${table}/${name}/`);
}

/** Names of the tables of which a job can set lines aside. */
export function parsedTables(checked: CheckedLibrary, { reads }: CheckedJob): readonly string[] {
  return reads
    .filter((id) => {
      const declared = checked.tables.get(id)?.declared;
      return declared !== undefined && keepsLines(declared.format);
    })
    .map(tableOf);
}
