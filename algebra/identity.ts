import {
  type CleanState,
  type EventTime,
  type Identity,
  type LocalState,
  mixed,
  type State,
} from './labels.ts';

/** A state about somebody. */
export type OwnedState = LocalState | CleanState;

export function isOwned(state: State): state is OwnedState {
  return state.kind === 'local' || state.kind === 'clean';
}

/**
 * The state after columns were renamed, copied or lost.
 * @param copies for every column of the old frame the names under which it lives on, unchanged or one-to-one.
 */
export function renameIdentity(state: State, copies: (column: string) => readonly string[]): State {
  if (!isOwned(state)) return state;
  const aliases = Object.entries(state.aliases).flatMap(([column, alias]) =>
    copies(column).map((name) => [name, alias] as const),
  );
  const identity: Identity = {
    subject: state.subject,
    keys: state.keys.flatMap(copies),
    aliases: Object.fromEntries(aliases),
    events: state.events.map((event) => ({
      ...event,
      column: event.column === undefined ? undefined : copies(event.column)[0],
    })),
  };
  return withIdentity(state, identity);
}

/** The same guarantee over other columns. */
export function withIdentity(state: OwnedState, identity: Identity): State {
  if (state.kind === 'clean') return cleanFor(state.purposes, identity);
  return localFor(identity, state.complete, state.others);
}

/**
 * The state after a step that depends on rows of other subjects too: clean stays clean, but names nobody, and whose consent
 * would settle an event time is no longer known.
 */
export function acrossSubjects(state: State): State {
  if (state.kind === 'local') return mixed;
  if (state.kind === 'clean') {
    const events = state.events.map((event) => ({ ...event, column: undefined }));
    return { ...state, keys: [], aliases: {}, events };
  }
  return state;
}

/**
 * Events once one row was picked of several of a subject: had the subject's rows from before consent been left out first, another
 * might have been picked, so no later step can compare the times.
 * @param isSettling whether the pick is the same without them, as where all rows of a group are of one time
 */
export function afterPick(
  events: readonly EventTime[],
  isSettling: (column: string) => boolean = () => false,
): readonly EventTime[] {
  return events.map((event) =>
    event.column === undefined || isSettling(event.column)
      ? event
      : { ...event, column: undefined },
  );
}

/** The state after rows were dropped one by one: what is left may lack a subject's newest version. */
export function withoutSomeRows(state: State): State {
  return state.kind === 'local' ? { ...state, complete: 'no' } : state;
}

/** Purposes that hold on both sides, in the first's order; an absent side sets no bound. */
export function commonPurposes(
  left: readonly string[] | undefined,
  right: readonly string[] | undefined,
): readonly string[] | undefined {
  if (!left || !right) return left ?? right;
  return left.filter((purpose) => right.includes(purpose));
}

/** The purposes that everybody consents to on whom a frame's rows depend besides their own subject, if there is anybody. */
export function purposesOfOthers(state: OwnedState): readonly string[] | undefined {
  return state.kind === 'clean' ? state.purposes : state.others;
}

/** A clean state for the purposes; without any there is no guarantee left. */
export function cleanFor(purposes: readonly string[], identity: Identity): State {
  if (purposes.length === 0) return mixed;
  const { subject, keys, aliases } = identity;
  const events = unsettledEvents(identity.events, purposes);
  return { kind: 'clean', purposes, subject, keys, aliases, events };
}

/** The event times that may lie before the consent to one of the purposes. */
export function unsettledEvents(
  events: readonly EventTime[],
  purposes: readonly string[],
): readonly EventTime[] {
  return events.filter(({ since }) => !purposes.every((purpose) => since?.includes(purpose)));
}

/** A local state; one that names no subject cannot be told apart from one about several. */
export function localFor(
  identity: Identity,
  complete: LocalState['complete'],
  others: readonly string[] | undefined,
): State {
  const { subject, keys, aliases, events } = identity;
  if (keys.length === 0) return mixed;
  return { kind: 'local', complete, subject, keys, aliases, events, ...(others ? { others } : {}) };
}
