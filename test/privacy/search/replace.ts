import { inOrder } from '../../../algebra/fold.ts';
import { type Library, sinkId } from '../../../algebra/library.ts';
import type { Relation } from '../../../algebra/relation.ts';
import { Draft } from './draft.ts';
import type { Random } from './random.ts';

/** The same steps, one of them replaced wherever it is used. */
export function replaceStep(root: Relation, old: Relation, next: Relation): Relation {
  const known = new Map<Relation, Relation>([[old, next]]);
  for (const node of inOrder(root)) {
    if (known.has(node)) continue;
    const from = Object.entries(node.from).map(([name, input]) => [
      name,
      known.get(input) ?? input,
    ]);
    const same = Object.entries(node.from).every(
      ([, input]) => (known.get(input) ?? input) === input,
    );
    // A node's inputs keep their names; TypeScript cannot follow that through the entries.
    known.set(node, same ? node : ({ ...node, from: Object.fromEntries(from) } as Relation));
  }
  return known.get(root) ?? root;
}

/** Whether the columns of all steps fit. */
export function fits(library: Library, random: Random): boolean {
  const draft = new Draft(random);
  return library.jobs.every((job) => {
    if (!draft.schema(job.rows)) return false;
    draft.write(sinkId(job.sink), job.rows);
    return true;
  });
}
