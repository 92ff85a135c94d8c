import { inOrder } from '../algebra/fold.ts';
import { sinkId, tableId } from '../algebra/library.ts';
import type { Relation } from '../algebra/relation.ts';
import type { Frame } from '../algebra/verb.ts';
import { columnSources } from './column-sources.ts';
import { writersOf } from './graph.ts';
import type { Pass } from './knowledge.ts';

type ColumnLineage = ReadonlyMap<string, readonly string[]>;

/** For every column of every table, the declared columns that its values are made of, through all jobs. */
export const lineage: Pass = {
  name: 'lineage',
  run({ library, jobs, frames, tableFrames }) {
    const writers = writersOf(library);
    const tables = new Map<string, ColumnLineage>();
    for (const [id, { schema }] of tableFrames) {
      if (!writers.has(id))
        tables.set(id, new Map(schema.map(({ name }) => [name, [`${id}.${name}`]])));
    }
    for (const { job } of jobs) {
      const id = sinkId(job.sink);
      if (frames.has(job.rows) && writers.get(id) === job)
        tables.set(id, lineageOf(job.rows, frames, tables));
    }
    const ids = [...library.tables.map(tableId), ...jobs.map(({ job }) => sinkId(job.sink))];
    return {
      diagnostics: [],
      learnt: { lineage: new Map(ids.flatMap((id) => entry(id, tables.get(id)))) },
    };
  },
};

function entry(
  id: string,
  found: ColumnLineage | undefined,
): readonly (readonly [string, ColumnLineage])[] {
  return found ? [[id, found]] : [];
}

function lineageOf(
  root: Relation,
  frames: ReadonlyMap<Relation, Frame>,
  tables: ReadonlyMap<string, ColumnLineage>,
): ColumnLineage {
  const columnsOf = (node: Relation) => frames.get(node)?.schema ?? [];
  const found = new Map<Relation, ColumnLineage>();
  for (const node of inOrder(root)) {
    const columns = columnsOf(node).map(({ name }) => {
      if ('table' in node) return [name, tables.get(node.table)?.get(name) ?? []] as const;
      const { from, told } = columnSources(node, name, columnsOf);
      const all = [...from, ...told].flatMap(
        ({ relation, column }) => found.get(relation)?.get(column) ?? [],
      );
      return [name, [...new Set(all)].sort()] as const;
    });
    found.set(node, new Map(columns));
  }
  return found.get(root) ?? new Map();
}
