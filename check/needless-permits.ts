import { inOrder } from '../algebra/fold.ts';
import type { Library } from '../algebra/library.ts';
import { describeRelation } from '../algebra/printer.ts';
import type { Relation, RelationOf } from '../algebra/relation.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';
import { declassifications } from './permits.ts';

type Declassify = RelationOf<'declassify'>;

/**
 * Declassifications of an accepted library that lower more than it needs: each is tried with one label, or one purpose, less.
 * @param isAccepted whether a library is accepted, its declassifications aside
 */
export function needlessPermits(
  library: Library,
  isAccepted: (library: Library) => boolean,
): readonly Diagnostic[] {
  return declassifications(library).flatMap((node) => {
    const lowered = weaker(node)
      .filter(({ instead }) => isAccepted(replaced(library, node, instead)))
      .map(({ less }) => less);
    if (lowered.length === 0) return [];
    const parameters = { step: describeRelation(node), lowered };
    return [diagnostic('privacy/declassify-needless', parameters, { span: node.span })];
  });
}

/** The same step by which one thing less is lowered; where nothing is left, the rows before it. */
function weaker(
  node: Declassify,
): readonly { readonly less: string; readonly instead: Relation }[] {
  const { lowers, from } = node;
  if (lowers.of === 'rows') {
    return lowers.purposes.map((less) => {
      const purposes = lowers.purposes.filter((purpose) => purpose !== less);
      const instead =
        purposes.length > 0 ? { ...node, lowers: { ...lowers, purposes } } : from.input;
      return { less, instead };
    });
  }
  const gone = lowers.was.filter((label) => !lowers.is.includes(label));
  return gone.map((less) => {
    const instead =
      gone.length > 1 ? { ...node, lowers: { ...lowers, is: [...lowers.is, less] } } : from.input;
    return { less, instead };
  });
}

/** The library with a relation in place of another, wherever that is used. */
function replaced(library: Library, old: Relation, instead: Relation): Library {
  const known = new Map<Relation, Relation>([[old, instead]]);
  for (const node of library.jobs.flatMap(({ rows }) => inOrder(rows))) {
    if (!known.has(node)) known.set(node, overInputs(node, known));
  }
  const jobs = library.jobs.map((job) => ({ ...job, rows: known.get(job.rows) ?? job.rows }));
  return { ...library, jobs };
}

function overInputs(node: Relation, known: ReadonlyMap<Relation, Relation>): Relation {
  const inputs = Object.entries<Relation>(node.from).map(
    ([name, input]) => [name, known.get(input) ?? input] as const,
  );
  if (inputs.every(([name, input]) => (node.from as Record<string, Relation>)[name] === input))
    return node;
  // The names are the inputs' own.
  return { ...node, from: Object.fromEntries(inputs) } as Relation;
}
