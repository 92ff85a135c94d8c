import { type Library, sinkId, tableId } from '../algebra/library.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { CheckedLibrary, CheckedTable } from './checked-library.ts';
import { expectations } from './expectations.ts';
import { graph, writersOf } from './graph.ts';
import { type Knowledge, nothingKnown, type Pass } from './knowledge.ts';
import { lineage } from './lineage.ts';
import { names } from './names.ts';
import { needlessPermits } from './needless-permits.ts';
import { networks } from './networks.ts';
import { partitions } from './partitions.ts';
import { permits } from './permits.ts';
import { portability } from './portability.ts';
import { privacy } from './privacy.ts';
import { schema } from './schema.ts';
import { streams } from './streams.ts';
import { zones } from './zones.ts';

export type { CheckedJob, CheckedLibrary, CheckedTable } from './checked-library.ts';

/** What a library was found to be. */
export interface Checkup {
  /** All mistakes, in the order of the passes. */
  readonly diagnostics: readonly Diagnostic[];
  /** Present only where there is no mistake. */
  readonly checked?: CheckedLibrary;
}

/** Each pass sees what those before it found out. */
export const passes = [
  names,
  graph,
  networks,
  schema,
  streams,
  privacy,
  zones,
  expectations,
  partitions,
  portability,
  permits,
  lineage,
] as const;

/**
 * Looks at a whole library and collects every mistake; never throws for one.
 * @param now decides which declassifications are over, and nothing else
 */
export function check(library: Library, now = new Date()): Checkup {
  const { diagnostics, known } = diagnosed(library, now);
  if (diagnostics.length > 0) return { diagnostics };
  const isAccepted = (other: Library) => diagnosed(other, now).diagnostics.length === 0;
  const needless = needlessPermits(library, isAccepted);
  if (needless.length > 0) return { diagnostics: needless };
  return { diagnostics, checked: checkedLibrary(known) };
}

function diagnosed(library: Library, now: Date) {
  const diagnostics: Diagnostic[] = [];
  let known = nothingKnown(library, now);
  for (const pass of passes satisfies readonly Pass[]) {
    const findings = pass.run(known);
    diagnostics.push(...findings.diagnostics);
    known = { ...known, ...findings.learnt };
  }
  return { diagnostics, known };
}

function checkedLibrary(known: Knowledge): CheckedLibrary {
  const { library, jobs, frames } = known;
  const ids = [...library.tables.map(tableId), ...library.jobs.map((job) => sinkId(job.sink))];
  const tables = new Map(
    ids.flatMap((id) => {
      const table = checkedTable(id, known);
      return table ? [[id, table] as const] : [];
    }),
  );
  return { library, jobs, tables, frames };
}

function checkedTable(id: string, known: Knowledge): CheckedTable | undefined {
  const frame = known.tableFrames.get(id);
  if (!frame) return undefined;
  const declared = known.library.tables.find((table) => tableId(table) === id);
  const writer = writersOf(known.library).get(id);
  return {
    id,
    ...frame,
    ...(declared ? { declared } : {}),
    ...(writer ? { writer } : {}),
    size: declared?.size ?? 'large',
    lineage: known.lineage.get(id) ?? new Map(),
  };
}
