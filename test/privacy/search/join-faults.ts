import type { Relation } from '../../../algebra/relation.ts';
import type { JoinPair } from '../../../algebra/verbs/join.ts';
import type { Draft } from './draft.ts';
import { people, pickOr, things } from './steps.ts';

/** The sides turned round, the reason or the condition left out, or another kind of join. */
export function otherJoin({ random }: Draft, node: Relation): Relation | undefined {
  if (node.kind !== 'join') return undefined;
  if (random.chance(0.2)) {
    const on = node.on.map((pair) => ({ left: pair.right, right: pair.left }));
    return { ...node, on, from: { left: node.from.right, right: node.from.left } };
  }
  if (random.chance(0.15)) {
    const { crossSubject: _, ...plain } = node;
    return plain;
  }
  if (node.how === 'cross')
    return { ...node, from: { left: node.from.right, right: node.from.left } };
  if (node.where && random.chance(0.3)) {
    const { where: _, ...plain } = node;
    return plain;
  }
  const hows = ['inner', 'left', 'semi', 'anti'] as const;
  return { ...node, how: random.pick(node.where ? hows : [...hows, 'full']) };
}

/** Other columns that rows must agree on, or more of them. */
export function otherPair(draft: Draft, node: Relation): Relation | undefined {
  if (node.kind !== 'join') return undefined;
  const { random } = draft;
  const kind = random.pick(['string', 'long']);
  const first = pickOr(draft, draft.typed(node.from.left, kind));
  const second = pickOr(draft, draft.typed(node.from.right, kind));
  if (first === undefined || second === undefined) return undefined;
  const pair = { left: first, right: second };
  const on = random.chance(0.5) ? [pair] : [...node.on, pair];
  return { ...node, on, ...(random.chance(0.3) ? { crossSubject: 'a fault' } : {}) };
}

/** Rows meet only where a title is somebody's name as well. */
export function namedPair(draft: Draft, node: Relation): Relation | undefined {
  if (node.kind !== 'join' || node.how === 'cross') return undefined;
  const names = [...people, ...things, 'name'] as const;
  const { left, right } = node.from;
  const pairs = [
    ...pairsOf(draft.playing(left, 'title'), draft.playing(right, ...names)),
    ...pairsOf(draft.playing(left, ...names), draft.playing(right, 'title')),
  ];
  const pair = pickOr(draft, pairs);
  return pair && { ...node, on: [...node.on, pair] };
}

function pairsOf(lefts: readonly string[], rights: readonly string[]): readonly JoinPair[] {
  return lefts.flatMap((left) => rights.map((right) => ({ left, right })));
}
