import { toldByCondition } from '../conditions.ts';
import type { Expression } from '../expressions.ts';
import { toldByLists } from '../lists.ts';
import { alike, type Column, findColumn, type Schema } from '../schema.ts';
import { commonType } from '../types.ts';
import type { Join, JoinKind } from './join.ts';
import { united } from './union.ts';

/** Whether the result has columns of the right. */
export function bringsColumns(how: JoinKind): boolean {
  return how !== 'semi' && how !== 'anti';
}

/** The right's columns that a join adds: all but those joined on. */
export function broughtColumns(node: Join, right: Schema): Schema {
  if (!bringsColumns(node.how)) return [];
  const joined = new Set(node.on.map((pair) => pair.right));
  return right.filter((column) => !joined.has(column.name));
}

/** The right column that a left one is joined with, if it is joined on. */
export function partnerOf(node: Join, left: string): string | undefined {
  return node.on.find((pair) => pair.left === left)?.right;
}

/** What a join's condition can read: the left's columns, and the right's of other names, case aside. */
export function pairSchema(left: Schema, right: Schema): Schema {
  const taken = new Set(left.map(({ name }) => name.toLowerCase()));
  return [...left, ...right.filter(({ name }) => !taken.has(name.toLowerCase()))];
}

/** The columns of a join's result: the left's, then those that the right brings. */
export function resultColumns(node: Join, left: Schema, right: Schema): Schema {
  const paired = pairedColumns(node, left, right);
  if (!bringsColumns(node.how)) return paired.left;
  const brought = broughtColumns(node, paired.right);
  switch (node.how) {
    case 'left':
      return [...paired.left, ...brought.map(perhapsMissing)];
    case 'full': {
      const kept = paired.left.map((column) => {
        const partner = findColumn(paired.right, partnerOf(node, column.name) ?? '');
        return partner ? coalesced(column, partner) : perhapsMissing(column);
      });
      return [...kept, ...brought.map(perhapsMissing)];
    }
    default:
      return [...paired.left, ...brought];
  }
}

/** Both sides, labelled as what the equal columns and the condition say of them. */
function pairedColumns(node: Join, left: Schema, right: Schema) {
  const kept = toldByLists(joinedColumns(node, left, right), lookedUp(node, 'left', left, right));
  const found = toldByLists(right, lookedUp(node, 'right', right, left));
  if (!node.where) return { left: kept, right: found };
  const both = pairSchema(kept, found);
  const told = toldByCondition(both, pairCondition(node, node.where, both));
  const now = (column: Column) => findColumn(told, column.name) ?? column;
  const isRead = (column: Column) => both.includes(column);
  return {
    left: kept.map(now),
    right: found.map((column) => (isRead(column) ? now(column) : column)),
  };
}

/** The condition with the equal columns, so that equations are chained through both. */
function pairCondition(node: Join, where: Expression, both: Schema): Expression {
  const equal = node.on
    .filter(({ left, right }) => left !== right && findColumn(both, right))
    .map(({ left, right }): Expression => {
      const columns = [left, right].map((name) => ({ kind: 'column', name }) as const);
      return { kind: 'call', function: 'eq', arguments: columns };
    });
  return { kind: 'call', function: 'and', arguments: [...equal, where] };
}

/**
 * The left's columns, labelled as those they are joined with too: a value that has found its partner tells what the partner
 * tells, and so does one that has found none, since the right's rows may be those that are unlike it. The same object where that
 * adds nothing.
 */
function joinedColumns(node: Join, left: Schema, right: Schema): Schema {
  // Two columns of the left that are joined with one of the right equal each other too.
  const partners = (column: Column) => {
    const found = node.on.filter((pair) => pair.left === column.name).map((pair) => pair.right);
    const equal = node.on.filter((pair) => found.includes(pair.right));
    return equal.flatMap((pair) =>
      [findColumn(right, pair.right), findColumn(left, pair.left)].filter(
        (one) => one !== undefined,
      ),
    );
  };
  const joined = left.map((column) => alike(column, partners(column)));
  return joined.every((column, index) => column === left[index]) ? left : joined;
}

/** Columns of lists on one side, with what they are joined with. */
function lookedUp(node: Join, side: 'left' | 'right', own: Schema, other: Schema) {
  const partner = side === 'left' ? 'right' : 'left';
  return node.on.flatMap((pair) => {
    const column = findColumn(own, pair[side]);
    return column?.fromList ? [[column, findColumn(other, pair[partner]) ?? column]] : [];
  });
}

/**
 * A column of a side that may have no row. It is no copy of a declared column: that side may lack what the other has, of its
 * people some, or some of their versions, so that no consent can be read off it.
 */
function perhapsMissing({ origin: _, band: __, ...column }: Column): Column {
  return { ...column, nullable: true };
}

/** A left column, or the right's that it is joined with where the left has no row. */
function coalesced(left: Column, right: Column): Column {
  return { ...united(left, right), type: commonType(left.type, right.type) ?? left.type };
}
