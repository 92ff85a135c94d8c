import { inOrder, inputsOf } from '../algebra/fold.ts';
import type { State } from '../algebra/labels.ts';
import { type Table, tableId } from '../algebra/library.ts';
import { describeRelation } from '../algebra/printer.ts';
import type { Relation } from '../algebra/relation.ts';
import type { Frame } from '../algebra/verb.ts';
import type { Reason } from '../diagnostics/index.ts';

const mostReasons = 3;

/**
 * The steps and tables below a relation at which its rows first came into a state, as reasons with their places.
 * @param matches which states to look for
 */
export function stateReasons(
  root: Relation,
  frames: ReadonlyMap<Relation, Frame>,
  tables: readonly Table[],
  matches: (state: State) => boolean,
): readonly Reason[] {
  const isIn = (node: Relation) => {
    const frame = frames.get(node);
    return frame !== undefined && matches(frame.state);
  };
  const first = inOrder(root).filter(
    (node) =>
      isIn(node) &&
      !inputsOf(node).some(
        (input) => frames.get(input)?.state.kind === frames.get(node)?.state.kind,
      ),
  );
  return first.slice(0, mostReasons).flatMap((node) => {
    const state = frames.get(node)?.state;
    return state ? [reasonFor(node, state, tables)] : [];
  });
}

function reasonFor(node: Relation, state: State, tables: readonly Table[]): Reason {
  const table = 'table' in node ? tables.find((one) => tableId(one) === node.table) : undefined;
  if (table) return { text: `${tableId(table)} holds ${rowsOf(state)}`, span: table.span };
  return { text: `"${describeRelation(node)}" gives ${rowsOf(state)}`, span: node.span };
}

/** A state as people say it. */
export function rowsOf(state: State): string {
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
