import { unsettledEvents } from '../algebra/identity.ts';
import type { CleanState, State } from '../algebra/labels.ts';
import type { Job, Library } from '../algebra/library.ts';
import type { Column, Schema } from '../algebra/schema.ts';
import type { Frame } from '../algebra/verb.ts';

/**
 * What readers of a written table may go on with: its rows' frame or, where the zone refuses these rows, the frame that it asks
 * for. So each mistake is told where it is made, and not again for every table behind it. A library with a refused sink is
 * never accepted, so nothing is believed that is not so.
 */
export function promisedFrame(job: Job, frame: Frame, library: Library): Frame {
  const zone = library.zones.find((one) => one.name === job.sink.zone);
  const purposes = zone?.purposes ?? [];
  if (purposes.length === 0 || isAdmitted(frame.state, purposes)) return frame;
  return {
    schema: frame.schema.map((column) => withGrants(column, purposes)),
    state: promisedState(frame, purposes),
  };
}

/** Whether a zone of the purposes takes rows of a state; `zones` says of each other one why not. */
function isAdmitted(state: State, purposes: readonly string[]): boolean {
  if (state.kind === 'public') return true;
  if (state.kind !== 'clean') return false;
  const isConsented = purposes.every((purpose) => state.purposes.includes(purpose));
  return isConsented && unsettledEvents(state.events, purposes).length === 0;
}

function promisedState({ state, schema }: Frame, purposes: readonly string[]): CleanState {
  const identity = state.kind === 'mixed' || state.kind === 'public' ? named(schema) : state;
  const { subject, keys, aliases } = identity;
  return { kind: 'clean', purposes, subject, keys, aliases, events: [] };
}

/** Whom rows of several people could be about, had they been of one each: as their labels say. */
function named(schema: Schema): Pick<CleanState, 'subject' | 'keys' | 'aliases'> {
  const prefix = 'subject:';
  const label = schema.flatMap(({ labels }) => labels).find((one) => one.startsWith(prefix));
  const columns = label ? schema.filter(({ labels }) => labels.includes(label)) : [];
  return {
    subject: label?.slice(prefix.length) ?? '',
    keys: columns.map(({ name }) => name).sort(),
    aliases: {},
  };
}

/** A consent time as `keepConsented` would have let it through, so that events can be compared with it. */
function withGrants(column: Column, purposes: readonly string[]): Column {
  const grants = purposes.filter((purpose) => column.labels.includes(`consent:${purpose}`));
  return grants.length === 0 ? column : { ...column, grants };
}
