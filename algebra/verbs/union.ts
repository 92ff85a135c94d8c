import {
  acrossSubjects,
  cleanFor,
  commonPurposes,
  isOwned,
  localFor,
  purposesOfOthers,
} from '../identity.ts';
import { type Identity, mixed, publicState, type State, uniteLabels } from '../labels.ts';
import { fromLists } from '../lists.ts';
import { problem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import { type Column, findColumn, type Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import { sameType } from '../types.ts';
import type { Verb } from '../verb.ts';

/** All rows of both, doubles kept; columns meet by name. */
export interface Union {
  readonly kind: 'union';
  readonly span: Span;
  readonly from: { readonly left: Relation; readonly right: Relation };
}

export const union: Verb<Union> = {
  kind: 'union',
  describe: () => 'append the rows of the other table',
  schema(node, { left, right }) {
    const columns = unlikeColumns(left, right);
    const problems =
      columns.length > 0 ? [problem('schema/unlike-union', node.span, { columns })] : [];
    return {
      value: left.map((column) => united(column, findColumn(right, column.name))),
      problems,
    };
  },
  state: (_node, { left, right }) => sound(unionState(left.state, right.state)),
  rows: (_node, { left, right }) => {
    const names = Object.keys(left[0] ?? {});
    const aligned = names.length === 0 ? right : right.map((row) => reorder(row, names));
    return [...left, ...aligned];
  },
};

function reorder<V>(
  row: Readonly<Record<string, V>>,
  names: readonly string[],
): Readonly<Record<string, V>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = row[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** Names of columns that one side lacks, or has of another type. */
export function unlikeColumns(left: Schema, right: Schema): readonly string[] {
  const unlike = left.filter((column) => {
    const other = findColumn(right, column.name);
    return !other || !sameType(column.type, other.type);
  });
  const extra = right.filter((column) => !findColumn(left, column.name));
  return [...unlike, ...extra].map((column) => column.name);
}

/** A column of rows of which some are of one table and some of another: it tells what both tell. */
export function united(left: Column, right: Column | undefined): Column {
  if (!right) return left;
  const { origin, grants, band, ...rest } = left;
  const same =
    origin &&
    right.origin &&
    origin.table === right.origin.table &&
    origin.column === right.origin.column;
  return {
    ...rest,
    nullable: left.nullable || right.nullable,
    labels: uniteLabels(left.labels, right.labels),
    ...(same ? { origin } : {}),
    ...fromLists([left, right]),
    ...(band !== undefined && band === right.band ? { band } : {}),
    ...(grants && right.grants
      ? { grants: grants.filter((one) => right.grants?.includes(one)) }
      : {}),
  };
}

function unionState(left: State, right: State): State {
  if (left.kind === 'public' && right.kind === 'public') return publicState;
  // Rows about nobody have no subject to name, so the whole frame names none.
  if (left.kind === 'public') return acrossSubjects(right);
  if (right.kind === 'public') return acrossSubjects(left);
  if (!isOwned(left) || !isOwned(right)) return mixed;
  const identity = sharedIdentity(left, right);
  const purposes = commonPurposes(purposesOfOthers(left), purposesOfOthers(right));
  if (left.kind === 'clean' && right.kind === 'clean') return cleanFor(purposes ?? [], identity);
  return localFor(identity, 'no', purposes);
}

function sharedIdentity(left: Identity, right: Identity): Identity {
  const same = left.subject === right.subject;
  return {
    subject: left.subject,
    keys: same ? left.keys.filter((key) => right.keys.includes(key)) : [],
    // A device may belong to one owner on the left and to another on the right.
    aliases: {},
    events: [...left.events, ...right.events],
  };
}
