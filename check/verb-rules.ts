import { inOrder } from '../algebra/fold.ts';
import type { Inputs, Relation } from '../algebra/relation.ts';
import type { Verb } from '../algebra/verb.ts';
import { verbs } from '../algebra/verbs/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';

/** A rule's answer for one relation; absent where nothing sure can be said of it. */
export interface Answer<T, P extends Diagnostic = Diagnostic> {
  readonly value?: T;
  readonly problems: readonly P[];
}

/**
 * Asks one rule of every verb, inputs first, and adds the values to those known. A relation below which something is wrong is
 * not asked, so that each mistake is told once.
 * @returns what is wrong, in the order of the steps
 */
export function askVerbs<T, P extends Diagnostic>(
  root: Relation,
  known: Map<Relation, T>,
  asked: Set<Relation>,
  ask: (verb: Verb<Relation>, node: Relation, inputs: Inputs<Relation, T>) => Answer<T, P>,
): readonly P[] {
  return inOrder(root).flatMap((node) => {
    if (asked.has(node)) return [];
    asked.add(node);
    const inputs: Record<string, T> = {};
    for (const [name, input] of Object.entries(node.from)) {
      const value = known.get(input);
      if (value === undefined) return [];
      inputs[name] = value;
    }
    // The registry is total over the kinds and `inputs` has the node's own names; TypeScript cannot correlate the two.
    const { value, problems } = ask(
      verbs[node.kind] as Verb<Relation>,
      node,
      inputs as Inputs<Relation, T>,
    );
    if (value !== undefined) known.set(node, value);
    return problems;
  });
}
