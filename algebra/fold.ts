import type { Inputs, Kind, Relation, RelationOf } from './relation.ts';

/** One answer per kind of relation; total, so that a new verb without an answer does not compile. */
export type Cases<T> = {
  readonly [K in Kind]: (node: RelationOf<K>, inputs: Inputs<RelationOf<K>, T>) => T;
};

/**
 * Computes a value for a relation from the values of its inputs, bottom up, each distinct relation once.
 * @param known values found so far; pass the same map to share them between roots.
 */
export function fold<T>(root: Relation, cases: Cases<T>, known: Map<Relation, T> = new Map()): T {
  for (const node of inOrder(root)) {
    if (!known.has(node)) known.set(node, applyCase(node, cases, known));
  }
  return known.get(root) as T;
}

function applyCase<T>(node: Relation, cases: Cases<T>, known: ReadonlyMap<Relation, T>): T {
  const inputs = Object.fromEntries(
    Object.entries(node.from).map(([name, input]) => [name, known.get(input)]),
  );
  // The registry is total over the kinds and `inputs` has the node's own names; TypeScript cannot correlate the two.
  const answer = cases[node.kind] as (node: Relation, inputs: unknown) => T;
  return answer(node, inputs);
}

/** Every distinct relation at or below a root, inputs before the relations that use them, left before right. */
export function inOrder(root: Relation): readonly Relation[] {
  const done = new Set<Relation>();
  const stack: { node: Relation; expanded: boolean }[] = [{ node: root, expanded: false }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (done.has(top.node)) continue;
    if (top.expanded) {
      done.add(top.node);
      continue;
    }
    stack.push({ node: top.node, expanded: true });
    for (const input of inputsOf(top.node).toReversed())
      stack.push({ node: input, expanded: false });
  }
  return [...done];
}

/** The relations directly below one. */
export function inputsOf(node: Relation): readonly Relation[] {
  return Object.values(node.from);
}
