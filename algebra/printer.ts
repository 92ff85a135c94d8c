import { inOrder } from './fold.ts';
import type { Relation } from './relation.ts';
import type { Verb } from './verb.ts';
import { verbs } from './verbs/index.ts';

/** A relation for people: one numbered line per step, inputs before uses. */
export function printRelation(root: Relation): string {
  const steps = inOrder(root);
  const number = new Map(steps.map((step, index) => [step, index + 1]));
  return steps
    .map((step) => {
      const inputs = Object.values(step.from).map((input: Relation) => `#${number.get(input)}`);
      const from = inputs.length > 0 ? ` (${inputs.join(', ')})` : '';
      return `#${number.get(step)} ${describeRelation(step)}${from}`;
    })
    .join('\n');
}

/** What a relation does, in one line without values of the data. */
export function describeRelation(node: Relation): string {
  // The registry is total over the kinds; TypeScript cannot correlate the entry with the node.
  return (verbs[node.kind] as Verb<Relation>).describe(node);
}
