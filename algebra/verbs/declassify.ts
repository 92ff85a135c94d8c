import { loweredBy } from '../functions/declassify.ts';
import { cleanFor } from '../identity.ts';
import { type Identity, type Label, mixed, type State } from '../labels.ts';
import type { Permit } from '../permit.ts';
import { type Checked, problem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import { columnNames, findColumn } from '../schema.ts';
import type { Span } from '../span.ts';
import type { Frame, Verb } from '../verb.ts';

/**
 * The same rows, of which somebody allowed to say less than the rules do: the only way besides the functions of
 * `functions/declassify.ts` by which a label is lowered, and the only one out of `mixed`. It says exactly what it is allowed to
 * lower, so that it does not outlive what it was written for.
 */
export interface Declassify {
  readonly kind: 'declassify';
  readonly span: Span;
  readonly lowers: LoweredColumn | LoweredRows;
  readonly permit: Permit;
  readonly from: { readonly input: Relation };
}

/** A column that has exactly the labels `was`, and keeps those of `is`. */
export interface LoweredColumn {
  readonly of: 'column';
  readonly column: string;
  readonly was: readonly Label[];
  readonly is: readonly Label[];
}

/** Mixed rows, to be used as if everybody whom they depend on consented to the purposes. */
export interface LoweredRows {
  readonly of: 'rows';
  readonly purposes: readonly string[];
}

export const declassify: Verb<Declassify> = {
  kind: 'declassify',
  describe: ({ lowers }) =>
    lowers.of === 'column'
      ? `declassify ${lowers.column}: ${labelList(lowers.was)} to ${labelList(lowers.is)}`
      : `declassify mixed rows for ${lowers.purposes.join(' and ')}`,
  schema({ lowers, span }, { input }) {
    if (lowers.of === 'rows') return sound(input);
    const known = columnNames(input);
    if (!known.includes(lowers.column)) {
      const unknown = { column: lowers.column, known };
      return { value: input, problems: [problem('schema/unknown-column', span, unknown)] };
    }
    const value = input.map((column) =>
      column.name === lowers.column
        ? { ...column, labels: loweredBy(lowers, column.labels) }
        : column,
    );
    return sound(value);
  },
  state: (node, { input }) =>
    node.lowers.of === 'rows'
      ? loweredRows(node, node.lowers, input)
      : loweredColumn(node, node.lowers, input),
  rows: (_node, { input }) => input,
};

/** Labels as the author would write them. */
function labelList(labels: readonly Label[]): string {
  return labels.length === 0 ? 'none' : labels.join(', ');
}

function loweredColumn(
  { span }: Declassify,
  { column, was, is }: LoweredColumn,
  { state, schema }: Frame,
): Checked<State> {
  const labels = findColumn(schema, column)?.labels ?? [];
  const isExact = labels.length === was.length && was.every((label) => labels.includes(label));
  const isLower = is.length < was.length && is.every((label) => was.includes(label));
  if (isExact && isLower) return sound(state);
  const parameters = { what: column, said: was, kept: is, found: labels };
  return { value: state, problems: [problem('privacy/declassify-mismatch', span, parameters)] };
}

/** Whom the rows depend on is not known, so they name nobody. */
const nobody: Identity = { subject: '', keys: [], aliases: {}, events: [] };

function loweredRows(
  { span }: Declassify,
  { purposes }: LoweredRows,
  { state }: Frame,
): Checked<State> {
  if (state.kind === 'mixed') return sound(cleanFor(purposes, nobody));
  const parameters = { what: 'these rows', said: ['mixed'], kept: purposes, found: [state.kind] };
  return { value: mixed, problems: [problem('privacy/declassify-mismatch', span, parameters)] };
}
