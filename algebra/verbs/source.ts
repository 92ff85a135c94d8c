import { mixed } from '../labels.ts';
import { problem, sound } from '../problem.ts';
import type { Span } from '../span.ts';
import type { Verb } from '../verb.ts';

/** The rows of a table. */
export interface Source {
  readonly kind: 'source';
  readonly span: Span;
  /** `zone.table` */
  readonly table: string;
  /** The columns to read, set by the compiler; absent: all. */
  readonly columns?: readonly string[];
  readonly from: Readonly<Record<never, never>>;
}

export const source: Verb<Source> = {
  kind: 'source',
  describe: (node) => `read ${node.table}`,
  schema(node, _inputs, surroundings) {
    const frame = surroundings.frame(node.table);
    if (frame) {
      // Before it is known whose rows these are, none is taken for a list.
      const isList = frame.state.kind === 'public';
      const columns = frame.schema.filter((column) => reads(node, column.name));
      return sound(isList ? columns.map((column) => ({ ...column, fromList: true })) : columns);
    }
    return {
      value: [],
      problems: [problem('schema/unknown-table', node.span, { table: node.table })],
    };
  },
  state: (node, _inputs, surroundings) => sound(surroundings.frame(node.table)?.state ?? mixed),
  rows(node, _inputs, execution) {
    const rows = execution.rows(node.table);
    if (!node.columns) return rows;
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => reads(node, name))),
    );
  },
};

function reads(node: Source, column: string): boolean {
  return node.columns?.includes(column) ?? true;
}
