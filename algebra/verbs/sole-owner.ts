import { groupRows } from '../group-rows.ts';
import { problem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import { columnNames, findColumn } from '../schema.ts';
import type { Span } from '../span.ts';
import type { Verb } from '../verb.ts';

/**
 * The rows whose device (an alias of a subject) belongs to that one subject alone; a device of two subjects is left out with
 * all its rows. It looks at everybody, so that a co-owner who said no is counted too, and can only remove rows.
 */
export interface SoleOwner {
  readonly kind: 'soleOwner';
  readonly span: Span;
  /** The device's column. */
  readonly alias: string;
  /** The column that names the subject. */
  readonly subject: string;
  readonly from: { readonly input: Relation };
}

export const soleOwner: Verb<SoleOwner> = {
  kind: 'soleOwner',
  describe: (node) => `keep rows whose ${node.alias} belongs to one ${node.subject} only`,
  schema(node, { input }) {
    const known = columnNames(input);
    const problems = [node.alias, node.subject]
      .filter((name) => !findColumn(input, name))
      .map((column) => problem('schema/unknown-column', node.span, { column, known }));
    return { value: input, problems };
  },
  state(node, { input }) {
    const { state } = input;
    if (state.kind !== 'local' || !state.keys.includes(node.subject)) {
      const why = `these rows do not name one subject each by ${node.subject}`;
      return {
        value: state,
        problems: [problem('privacy/no-subject', node.span, { verb: 'soleOwner', why })],
      };
    }
    const column = findColumn(input.schema, node.alias);
    const label = column?.labels.find((one) => one.startsWith('alias:'));
    // Of a computed column nobody declared whose it is.
    if (!label || !column?.origin) {
      return {
        value: state,
        problems: [problem('privacy/not-an-alias', node.span, { column: node.alias })],
      };
    }
    if (state.complete === 'no') {
      return {
        value: state,
        problems: [problem('privacy/owner-after-filter', node.span, { column: node.alias })],
      };
    }
    const aliases = { ...state.aliases, [node.alias]: label.slice('alias:'.length) };
    // Who was left out may own something else together with somebody who was not.
    return sound({ ...state, aliases, complete: 'no' });
  },
  rows(node, { input }) {
    const owned = groupRows(input, [node.alias]).filter((rows) => {
      const owners = new Set(rows.map((row) => row[node.subject]));
      return rows[0]?.[node.alias] !== null && owners.size === 1 && !owners.has(null);
    });
    const kept = new Set(owned.flat());
    return input.filter((row) => kept.has(row));
  },
};
