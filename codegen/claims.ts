import type { State } from '../algebra/labels.ts';
import { sinkId } from '../algebra/library.ts';
import type { CheckedJob, CheckedLibrary } from '../check/index.ts';
import { InternalError } from '../diagnostics/index.ts';
import type { JsonObject } from './resources/text.ts';

/**
 * What the compiler claims of each job's table, in the order of the jobs: `privacy` of `manifest.json`. The verifier derives the
 * same from the scripts (`verify/verify.py`) and reports every difference.
 */
export function privacyClaims(checked: CheckedLibrary): readonly JsonObject[] {
  return checked.jobs.map((job) => claimOf(checked, job));
}

function claimOf({ library, tables }: CheckedLibrary, { job }: CheckedJob): JsonObject {
  const id = sinkId(job.sink);
  const table = tables.get(id);
  if (!table) throw new InternalError(`the table ${id} was not checked`);
  const zone = library.zones.find(({ name }) => name === job.sink.zone);
  return {
    job: job.name,
    table: id,
    holds: job.sink.holds,
    purposes: zone?.purposes ?? [],
    state: claimedState(table.state),
    columns: table.schema.map(({ name, labels }) => ({ name, labels })),
  };
}

/** Of a published table, so neither `local` nor `mixed`; those are said all the same, for whoever finds them there. */
function claimedState(state: State): JsonObject {
  if (state.kind !== 'clean') return { kind: state.kind };
  const { kind, subject, purposes, keys } = state;
  return { kind, subject, consented: purposes, keys: [...new Set(keys)].sort() };
}
