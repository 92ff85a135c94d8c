import {
  acrossSubjects,
  cleanFor,
  commonPurposes,
  localFor,
  type OwnedState,
  purposesOfOthers,
  withIdentity,
  withoutSomeRows,
} from '../identity.ts';
import { type CleanState, type EventTime, type Identity, mixed, type State } from '../labels.ts';
import { type Checked, problem, sound } from '../problem.ts';
import type { Frame } from '../verb.ts';
import type { Join } from './join.ts';
import { bringsColumns, partnerOf } from './join-columns.ts';

/** Whose rows a join's result holds: PRIVACY rules "inner / semi", "left", "full", "cross", "anti", and Clean with Clean. */
export function joinState(node: Join, left: Frame, right: Frame): Checked<State> {
  const a = left.state;
  const b = right.state;
  if (a.kind === 'mixed' || b.kind === 'mixed') return sound(mixed);
  if (b.kind === 'public') return sound(publicRight(node, a));
  if (a.kind === 'public') return sound(publicLeft(node, b));
  if (meetsOnSubject(node, a, b)) return sound(sameSubject(node, a, b));
  if (a.kind === 'clean' && b.kind === 'clean') return cleanStrangers(node, a, b);
  return sound(mixed);
}

/** A full join keeps reference rows that nobody's row meets, which depends on everybody. */
function publicRight(node: Join, left: State): State {
  if (node.how === 'left') return left;
  return node.how === 'full' ? acrossSubjects(left) : withoutSomeRows(left);
}

/** A reference row that finds partners depends on whoever they are about. */
function publicLeft(node: Join, right: OwnedState): State {
  if (node.how !== 'inner' && node.how !== 'cross') return acrossSubjects(right);
  return withoutSomeRows(withIdentity(right, joinedIdentity(node, nobody, right)));
}

const nobody: Identity = { subject: '', keys: [], aliases: {}, events: [] };

function sameSubject(node: Join, left: OwnedState, right: OwnedState): State {
  const identity =
    node.how === 'full' ? fullIdentity(node, left, right) : joinedIdentity(node, left, right);
  const purposes = commonPurposes(purposesOfOthers(left), purposesOfOthers(right));
  if (keepsConsent(node, left, right)) return cleanFor(purposes ?? [], identity);
  const complete = node.how === 'left' && left.kind === 'local' ? left.complete : 'no';
  return localFor(identity, complete, purposes);
}

/** Whether everybody in the result consents, so that each row that is kept has to be of a side that says so. */
function keepsConsent({ how }: Join, left: OwnedState, right: OwnedState): boolean {
  const [first, second] = [left.kind === 'clean', right.kind === 'clean'];
  // A left or anti join keeps rows of people of whom the right has none, a full one those of either side.
  if (how === 'full') return first && second;
  return first || (second && (how === 'inner' || how === 'semi'));
}

function cleanStrangers(node: Join, left: CleanState, right: CleanState): Checked<State> {
  // Which of the two people's consent would settle an event time is no longer known.
  const events = unsettled([...left.events, ...right.events]);
  const identity = { ...nobody, subject: left.subject, events };
  const value = cleanFor(commonPurposes(left.purposes, right.purposes) ?? [], identity);
  if (node.crossSubject !== undefined) return sound(value);
  const name = (state: CleanState) => state.keys.join(' or ') || 'nobody in particular';
  const parameters = { left: name(left), right: name(right) };
  return { value, problems: [problem('privacy/cross-subject', node.span, parameters)] };
}

/** Whether a joined pair of rows is always about one subject: equal keys, or an alias verified on the other side. */
function meetsOnSubject({ how, on }: Join, left: OwnedState, right: OwnedState): boolean {
  return on.some((pair) => {
    const keyLeft = left.keys.includes(pair.left);
    const keyRight = right.keys.includes(pair.right);
    if (keyLeft && keyRight && left.subject === right.subject) return true;
    // Of a device without a partner, which a full join keeps, no column would name the person.
    if (how === 'full') return false;
    if (keyLeft && right.aliases[pair.right] === left.subject) return true;
    return keyRight && left.aliases[pair.left] === right.subject;
  });
}

/** Events whose time no later step can compare with the consent. */
function unsettled(events: readonly EventTime[]): readonly EventTime[] {
  return events.map((event) => ({ ...event, column: undefined }));
}

/** Which columns of the result name the subject. */
function joinedIdentity(node: Join, left: Identity, right: Identity): Identity {
  // Whether there is a partner depends on the partner's events too, and their times are not in the result.
  if (!bringsColumns(node.how))
    return { ...left, events: [...left.events, ...unsettled(right.events)] };
  const person = personOf(left, right);
  const { subject } = person;
  const own = left.subject === subject ? left.keys : [];
  const events = eventsOfBoth(node, left, right);
  // In a row that a left join keeps without a partner, a column joined on may name somebody else, and the right's are null.
  if (node.how === 'left') return { subject, keys: [...own].sort(), aliases: left.aliases, events };
  const partner = leftPartners(node);
  const inResult = (column: string) => partner.get(column) ?? column;
  const keys = [...own, ...(right.subject === subject ? right.keys.map(inResult) : [])];
  const aliases = Object.entries(right.aliases);
  return {
    subject,
    keys: [...new Set(keys)].sort(),
    aliases: {
      ...left.aliases,
      ...Object.fromEntries(aliases.map(([column, alias]) => [inResult(column), alias])),
    },
    events,
  };
}

/**
 * Which columns of a full join's result name the subject: where a side has no row, its columns are null, except those joined on,
 * which are then the other side's.
 */
function fullIdentity(node: Join, left: Identity, right: Identity): Identity {
  const namesBoth = (key: string) => right.keys.includes(partnerOf(node, key) ?? '');
  return {
    subject: left.subject,
    keys: left.keys.filter(namesBoth),
    // A device may belong to one owner on the left and to another on the right.
    aliases: {},
    events: eventsOfBoth(node, left, right),
  };
}

/** A joined-on right column is not in the result; its left partner has the same values. */
function leftPartners({ on }: Join): ReadonlyMap<string, string> {
  return new Map(on.map((pair) => [pair.right, pair.left] as const));
}

function eventsOfBoth(node: Join, left: Identity, right: Identity): readonly EventTime[] {
  const partner = leftPartners(node);
  return [
    ...left.events,
    ...right.events.map((event) => ({
      ...event,
      column: event.column === undefined ? undefined : (partner.get(event.column) ?? event.column),
    })),
  ];
}

/** Of a person and a device of that person, the person. */
function personOf(left: Identity, right: Identity): Identity {
  return left.subject === right.subject || Object.values(left.aliases).includes(right.subject)
    ? left
    : right;
}
