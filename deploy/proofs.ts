import type { Aws } from './clients.ts';
import { proofOf, readProofs } from './kinds/ruleset.ts';
import type { Plan } from './plan.ts';
import type { Proof, Proofs } from './resource.ts';

/**
 * What is proven of the rulesets once a plan was carried out. Those that were written are read: what AWS holds and its stamp have to
 * come in one answer, or a change by somebody else in between would pass for ours.
 */
export async function provenAfter(aws: Aws, { actions }: Plan): Promise<Proofs> {
  const those = actions.filter(
    ({ kind, desired }) => desired.kind === 'ruleset' && kind !== 'delete',
  );
  const untouched = those.flatMap(({ kind, desired, live }): (readonly [string, Proof])[] => {
    const proof =
      kind === 'unchanged' && live !== undefined ? proofOf(desired, live.definition) : undefined;
    return proof === undefined ? [] : [[desired.name, proof]];
  });
  const written = those.flatMap(({ kind, desired }) => (kind === 'unchanged' ? [] : [desired]));
  return new Map([...untouched, ...(await readProofs(aws, written))]);
}
