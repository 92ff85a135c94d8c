import { inputsOf } from '../algebra/fold.ts';
import type { State } from '../algebra/labels.ts';
import { type Table, tableId } from '../algebra/library.ts';
import { describeRelation } from '../algebra/printer.ts';
import type { Relation } from '../algebra/relation.ts';
import type { Frame } from '../algebra/verb.ts';
import type { Reason } from '../diagnostics/index.ts';

type Frames = ReadonlyMap<Relation, Frame>;

const mostReasons = 3;

/** Why a relation's rows are in their state: the steps and tables at which rows of that kind came in. */
export function stateReasons(
  root: Relation,
  frames: Frames,
  tables: readonly Table[],
): readonly Reason[] {
  const kind = frames.get(root)?.state.kind;
  const origins = beginnings(root, (node) => frames.get(node)?.state.kind === kind);
  return origins.slice(0, mostReasons).flatMap((node) => {
    const state = frames.get(node)?.state;
    return state ? [reasonFor(node, state, tables)] : [];
  });
}

/** What a refused step lacks, and where it was lost: each person's own rows, or some of a person's rows. */
export function lossReasons(refused: Relation, frames: Frames): readonly Reason[] {
  const isMixed = (node: Relation) => frames.get(node)?.state.kind === 'mixed';
  const completeness = (node: Relation) => {
    const state = frames.get(node)?.state;
    return state?.kind === 'local' ? state.complete : 'versions';
  };
  const isPartial = (node: Relation) => completeness(node) === 'no';
  const isPicked = (node: Relation) => completeness(node) === 'newest';
  const say = (words: string) => (node: Relation) => ({
    text: `"${describeRelation(node)}" ${words}`,
    span: node.span,
  });
  return inputsOf(refused).flatMap((input) => [
    ...beginnings(input, isMixed).map(say('makes rows of several people at once')),
    ...beginnings(input, isPartial).map(say('leaves some rows out')),
    ...beginnings(input, isPicked).map(say('picks one of versions that may be equally new')),
  ]);
}

/** Kinds of things (a device) whose rows met others at a step that made rows of several people, though nobody asked who owns them. */
export function unownedThings(
  root: Relation,
  frames: Frames,
  tables: readonly Table[],
): readonly string[] {
  const isMixed = (node: Relation) => frames.get(node)?.state.kind === 'mixed';
  const things = new Set(
    tables.flatMap(({ owner }) => (owner?.kind === 'alias' ? [owner.name] : [])),
  );
  const subjects = beginnings(root, isMixed)
    .filter((node) => inputsOf(node).length > 1)
    .flatMap(inputsOf)
    .flatMap((input) => {
      const state = frames.get(input)?.state;
      return state?.kind === 'local' ? [state.subject] : [];
    });
  return [...new Set(subjects.filter((subject) => things.has(subject)))].sort();
}

/** The relations at or below one that have a property which none of their inputs has, reached through relations that have it. */
function beginnings(root: Relation, has: (node: Relation) => boolean): readonly Relation[] {
  const seen = new Set<Relation>();
  const found: Relation[] = [];
  const left = [root];
  for (let node = left.pop(); node; node = left.pop()) {
    if (seen.has(node) || !has(node)) continue;
    seen.add(node);
    const before = inputsOf(node).filter(has);
    if (before.length === 0) found.push(node);
    left.push(...before.toReversed());
  }
  return found;
}

function reasonFor(node: Relation, state: State, tables: readonly Table[]): Reason {
  const table = 'table' in node ? tables.find((one) => tableId(one) === node.table) : undefined;
  if (table) return { text: `${tableId(table)} holds ${rowsOf(state)}`, span: table.span };
  return { text: `"${describeRelation(node)}" gives ${rowsOf(state)}`, span: node.span };
}

/** A state as people say it. */
function rowsOf(state: State): string {
  switch (state.kind) {
    case 'public':
      return 'rows about nobody';
    case 'mixed':
      return 'rows that depend on several people, some perhaps without consent';
    case 'local':
      return state.others
        ? `rows about one ${state.subject} each, and others who consent to ${state.others.join(', ')}`
        : `rows about one ${state.subject} each, whose consent is not known`;
    case 'clean':
      return `rows of people who consent to ${state.purposes.join(', ')}`;
  }
}
