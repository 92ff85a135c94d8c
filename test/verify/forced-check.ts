import { inOrder } from '../../algebra/fold.ts';
import { mixed } from '../../algebra/labels.ts';
import { type Library, sinkId, tableId } from '../../algebra/library.ts';
import type { Frame } from '../../algebra/verb.ts';
import { type CheckedLibrary, type CheckedTable, passes } from '../../check/index.ts';
import { type Knowledge, nothingKnown } from '../../check/knowledge.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';

/** What the passes found of a library, as if nobody had looked at the mistakes. */
export interface Forced {
  readonly diagnostics: readonly Diagnostic[];
  /** Rows of unknown state are `mixed`. Absent where a step has no columns, so that there can be no script. */
  readonly checked?: CheckedLibrary;
}

/** Checks a library and lets it through whatever is wrong with it, so that its scripts can be held against the verifier. */
export function forcedCheck(library: Library): Forced {
  const diagnostics: Diagnostic[] = [];
  let known: Knowledge = nothingKnown(library, new Date());
  for (const pass of passes) {
    const findings = pass.run(known);
    diagnostics.push(...findings.diagnostics);
    known = { ...known, ...findings.learnt };
  }
  const checked = forcedLibrary(known);
  return checked ? { diagnostics, checked } : { diagnostics };
}

function forcedLibrary({
  library,
  jobs,
  schemas,
  ...known
}: Knowledge): CheckedLibrary | undefined {
  if (jobs.length < library.jobs.length) return undefined;
  const frames = new Map(known.frames);
  for (const node of library.jobs.flatMap((job) => inOrder(job.rows))) {
    const schema = schemas.get(node);
    if (!schema) return undefined;
    if (!frames.has(node)) frames.set(node, { schema, state: mixed });
  }
  const tables = new Map<string, CheckedTable>();
  const add = (id: string, frame: Frame | undefined, more: Partial<CheckedTable>) => {
    if (frame) tables.set(id, { id, ...frame, size: 'large', lineage: new Map(), ...more });
  };
  for (const declared of library.tables)
    add(tableId(declared), known.tableFrames.get(tableId(declared)), { declared });
  for (const writer of library.jobs) {
    add(sinkId(writer.sink), frames.get(writer.rows), { writer });
  }
  return { library, jobs, tables, frames };
}
