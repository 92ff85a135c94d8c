import { type Cases, fold } from '../../../algebra/fold.ts';
import { type Table, tableId } from '../../../algebra/library.ts';
import type { Relation } from '../../../algebra/relation.ts';
import type { Schema } from '../../../algebra/schema.ts';
import type { Surroundings, Verb } from '../../../algebra/verb.ts';
import { verbs } from '../../../algebra/verbs/index.ts';

/** Gives the columns of a relation below a root, over declared tables. */
export function schemasOf(
  tables: readonly Table[],
): (root: Relation, relation: Relation) => Schema {
  const around: Surroundings = {
    frame(id) {
      const table = tables.find((one) => tableId(one) === id);
      return table && { schema: table.columns, state: { kind: 'public' } };
    },
    consents: () => [],
  };
  const known = new Map<Relation, Schema>();
  return (root, relation) => {
    fold(root, casesOver(around), known);
    const schema = known.get(relation);
    if (!schema) throw new TypeError('a relation that is not below the root');
    return schema;
  };
}

function casesOver(around: Surroundings): Cases<Schema> {
  const entries = Object.entries(verbs).map(([kind, verb]) => [
    kind,
    (node: Relation, inputs: never) => {
      const { value, problems } = (verb as Verb<Relation>).schema(node, inputs, around);
      if (problems.length > 0) throw new TypeError(JSON.stringify(problems));
      return value;
    },
  ]);
  return Object.fromEntries(entries) as Cases<Schema>;
}

/** The steps of a printed transform: what stands between its docstring and `return`, without the indentation. */
export function bodyOf(module: string): string {
  const lines = module.split('\n');
  const doc = lines.findIndex((line) => line.startsWith('    """'));
  const end = lines[doc]?.match(/""".*"""/) ? doc : lines.indexOf('    """', doc + 1);
  const last = lines.findIndex((line) => line.startsWith('    return'));
  return lines
    .slice(end + 1, last)
    .map((line) => line.replace(/^ {4}/, ''))
    .join('\n')
    .trim();
}
