import { type Cases, fold } from './fold.ts';
import type { Inputs, Relation } from './relation.ts';
import type { Row } from './row.ts';
import type { Execution, Verb } from './verb.ts';
import { verbs } from './verbs/index.ts';

/** The rows of a relation by the verbs' own meaning, each distinct step once. */
export function execute(relation: Relation, execution: Execution): readonly Row[] {
  const cases = Object.values(verbs).map((each) => {
    const verb = each as Verb<Relation>;
    const rows = (node: Relation, inputs: Inputs<Relation, readonly Row[]>) =>
      verb.rows(node, inputs, execution);
    return [verb.kind, rows] as const;
  });
  // The registry is total over the kinds; TypeScript cannot correlate each entry with its own node type.
  return fold(relation, Object.fromEntries(cases) as unknown as Cases<readonly Row[]>);
}
