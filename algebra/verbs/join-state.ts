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
import type { Join, JoinPair } from './join.ts';

/** Whose rows a join's result holds: PRIVACY rules "inner / semi", "left", "anti", and Clean with Clean. */
export function joinState(node: Join, left: Frame, right: Frame): Checked<State> {
  const a = left.state;
  const b = right.state;
  if (a.kind === 'mixed' || b.kind === 'mixed') return sound(mixed);
  if (b.kind === 'public') return sound(node.how === 'left' ? a : withoutSomeRows(a));
  if (a.kind === 'public') return sound(publicLeft(node, b));
  if (meetsOnSubject(a, b, node.on)) return sound(sameSubject(node, a, b));
  if (a.kind === 'clean' && b.kind === 'clean') return cleanStrangers(node, a, b);
  return sound(mixed);
}

/** A reference row that finds partners depends on whoever they are about. */
function publicLeft(node: Join, right: OwnedState): State {
  if (node.how !== 'inner') return acrossSubjects(right);
  return withoutSomeRows(withIdentity(right, joinedIdentity(node, nobody, right)));
}

const nobody: Identity = { subject: '', keys: [], aliases: {}, events: [] };

function sameSubject(node: Join, left: OwnedState, right: OwnedState): State {
  const identity = joinedIdentity(node, left, right);
  const purposes = commonPurposes(purposesOfOthers(left), purposesOfOthers(right));
  // A left or anti join keeps rows of people of whom the right has none, so only the left's guarantee holds.
  const both = node.how === 'inner' || node.how === 'semi';
  if (left.kind === 'clean' || (both && right.kind === 'clean'))
    return cleanFor(purposes ?? [], identity);
  return localFor(identity, node.how === 'left' ? left.complete : 'no', purposes);
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
function meetsOnSubject(left: OwnedState, right: OwnedState, on: readonly JoinPair[]): boolean {
  return on.some((pair) => {
    const keyLeft = left.keys.includes(pair.left);
    const keyRight = right.keys.includes(pair.right);
    if (keyLeft && keyRight && left.subject === right.subject) return true;
    if (keyLeft && right.aliases[pair.right] === left.subject) return true;
    return keyRight && left.aliases[pair.left] === right.subject;
  });
}

function bringsColumns(node: Join): boolean {
  return node.how === 'inner' || node.how === 'left';
}

/** Events whose time no later step can compare with the consent. */
function unsettled(events: readonly EventTime[]): readonly EventTime[] {
  return events.map((event) => ({ ...event, column: undefined }));
}

/** Which columns of the result name the subject. */
function joinedIdentity(node: Join, left: Identity, right: Identity): Identity {
  // Whether there is a partner depends on the partner's events too, and their times are not in the result.
  if (!bringsColumns(node))
    return { ...left, events: [...left.events, ...unsettled(right.events)] };
  const person = personOf(left, right);
  // A joined-on right column is not in the result; its left partner has the same values.
  const partner = new Map(node.on.map((pair) => [pair.right, pair.left] as const));
  const inResult = (column: string) => partner.get(column) ?? column;
  // After a left join a right column can be null, except where it is the left partner that stays.
  const stays = (column: string) => node.how === 'inner' || partner.has(column);
  const keys = [
    ...(left.subject === person.subject ? left.keys : []),
    ...(right.subject === person.subject ? right.keys.filter(stays).map(inResult) : []),
  ];
  const aliases = Object.entries(right.aliases).filter(([column]) => stays(column));
  return {
    subject: person.subject,
    keys: [...new Set(keys)].sort(),
    aliases: {
      ...left.aliases,
      ...Object.fromEntries(aliases.map(([column, alias]) => [inResult(column), alias])),
    },
    events: [
      ...left.events,
      ...right.events.map((event) => ({
        ...event,
        column: event.column === undefined ? undefined : inResult(event.column),
      })),
    ],
  };
}

/** Of a person and a device of that person, the person. */
function personOf(left: Identity, right: Identity): Identity {
  return left.subject === right.subject || Object.values(left.aliases).includes(right.subject)
    ? left
    : right;
}
