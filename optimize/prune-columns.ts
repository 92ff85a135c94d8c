import { inOrder } from '../algebra/fold.ts';
import type { Job } from '../algebra/library.ts';
import type { Inputs, Relation } from '../algebra/relation.ts';
import { columnNames, type Schema } from '../algebra/schema.ts';
import type { Frame } from '../algebra/verb.ts';
import type { CheckedLibrary } from '../check/index.ts';
import { narrowed } from './narrowing.ts';
import { type Names, needsOfInputs } from './needed-columns.ts';
import type { Rewrite } from './rewrite.ts';

/**
 * Reads and carries only the columns that something uses: what a table has beyond them is never read from storage. Every use
 * of a table within a job gets the same columns, so that the job reads it once. States stay those that were checked.
 */
export const pruneColumns: Rewrite = {
  name: 'prune-columns',
  rewrite(checked) {
    const frames = new Map(checked.frames);
    const pruned = new Map<Job, Job>();
    for (const { job } of checked.jobs) {
      pruned.set(job, { ...job, rows: prune(job.rows, checked, frames) });
    }
    const current = (job: Job) => pruned.get(job) ?? job;
    const jobs = checked.jobs.map((one) => ({ ...one, job: current(one.job) }));
    const library = { ...checked.library, jobs: checked.library.jobs.map(current) };
    return { ...checked, library, jobs, frames };
  },
};

function prune(root: Relation, checked: CheckedLibrary, frames: Map<Relation, Frame>): Relation {
  const schemaOf = (relation: Relation): Schema => frameOf(relation, frames).schema;
  const needed = neededColumns(root, checked, schemaOf);
  const rebuilt = new Map<Relation, Relation>();
  for (const node of inOrder(root)) {
    const sides = Object.entries(node.from).map(
      ([side, input]) => [side, rebuilt.get(input) ?? input] as const,
    );
    // The sides have the node's own names; TypeScript cannot correlate the two.
    const inputs = Object.fromEntries(sides) as Inputs<Relation, Relation>;
    const wanted = needed.get(node) ?? new Set();
    const { relation, schema, selections } = narrowed({ node, inputs, wanted, schemaOf });
    frames.set(relation, { schema, state: frameOf(node, frames).state });
    for (const { relation: selection, of } of selections) {
      frames.set(selection, { schema, state: frameOf(of, frames).state });
    }
    rebuilt.set(node, relation);
  }
  return rebuilt.get(root) ?? root;
}

/** For each relation the columns that its users read, from the output down; a table's uses share theirs. */
function neededColumns(
  root: Relation,
  checked: CheckedLibrary,
  schemaOf: (relation: Relation) => Schema,
): ReadonlyMap<Relation, Names> {
  const needed = new Map<Relation, Set<string>>();
  const add = (relation: Relation, names: Iterable<string>) => {
    needed.set(relation, new Set([...(needed.get(relation) ?? []), ...names]));
  };
  const order = inOrder(root);
  add(root, columnNames(schemaOf(root)));
  for (const node of order.toReversed()) {
    // Rows have to have a column to be counted by.
    if (needed.get(node)?.size === 0) add(node, columnNames(schemaOf(node)).slice(0, 1));
    const inputs = needsOfInputs(node, needed.get(node) ?? new Set(), schemaOf);
    for (const [side, input] of Object.entries(node.from)) add(input, inputs[side] ?? []);
  }
  shareBetweenSources(order, checked, needed);
  return needed;
}

function shareBetweenSources(
  order: readonly Relation[],
  checked: CheckedLibrary,
  needed: Map<Relation, Set<string>>,
): void {
  const sources = order.filter((node) => node.kind === 'source');
  const shared = new Map<string, Set<string>>();
  for (const node of sources) {
    const known = shared.get(node.table) ?? alwaysRead(node.table, checked);
    shared.set(node.table, new Set([...known, ...(needed.get(node) ?? [])]));
  }
  for (const node of sources) needed.set(node, shared.get(node.table) ?? new Set());
}

/**
 * A row of a table from outside that lacks a required column is set aside. Which rows are must not depend on what a job does
 * with them, or two jobs would work on different rows of one table.
 */
function alwaysRead(table: string, checked: CheckedLibrary): readonly string[] {
  const found = checked.tables.get(table);
  if (!found?.declared || found.writer) return [];
  return found.schema.filter(({ nullable }) => !nullable).map(({ name }) => name);
}

function frameOf(relation: Relation, frames: ReadonlyMap<Relation, Frame>): Frame {
  const frame = frames.get(relation);
  if (!frame) throw new TypeError(`a ${relation.kind} was not checked`);
  return frame;
}
