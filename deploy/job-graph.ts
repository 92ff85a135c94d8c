import { isJsonObject, type JsonObject } from './json.ts';

/** One job of a library, and the tables between it and the others, as `manifest.json` lists them. */
export interface GraphJob {
  readonly job: string;
  /** Of the table that it writes. */
  readonly zone: string;
  /** `zone.table` of what it reads. */
  readonly reads: readonly string[];
  /** `zone.table`, which no other job writes. */
  readonly writes: string;
}

/** The jobs of a manifest, in the order of their data; undefined where they are not what a generation writes. */
export function parseGraph({ graph }: JsonObject): readonly GraphJob[] | undefined {
  if (graph === undefined) return [];
  if (!Array.isArray(graph)) return undefined;
  const jobs = graph.flatMap((entry: unknown) => graphJob(entry) ?? []);
  return jobs.length === graph.length ? jobs : undefined;
}

function graphJob(entry: unknown): GraphJob | undefined {
  if (!isJsonObject(entry)) return undefined;
  const { job, zone, writes, reads } = entry;
  if (typeof job !== 'string' || typeof zone !== 'string' || typeof writes !== 'string') {
    return undefined;
  }
  if (!Array.isArray(reads)) return undefined;
  const texts = reads.filter((one: unknown): one is string => typeof one === 'string');
  return texts.length === reads.length ? { job, zone, reads: texts, writes } : undefined;
}

/**
 * The jobs themselves, and what is up or down the data from them.
 *
 * @param steps how many jobs away at most; undefined for none, Infinity for all
 */
export function around(
  graph: readonly GraphJob[],
  from: ReadonlySet<string>,
  { up, down }: { readonly up?: number | undefined; readonly down?: number | undefined },
): ReadonlySet<string> {
  const writer = new Map(graph.map((one) => [one.writes, one.job]));
  const above = new Map(
    graph.map(({ job, reads }) => [job, reads.flatMap((table) => writer.get(table) ?? [])]),
  );
  const below = new Map<string, string[]>(graph.map(({ job }) => [job, []]));
  for (const [job, inputs] of above) for (const input of inputs) below.get(input)?.push(job);
  return new Set([...from, ...walk(above, from, up ?? 0), ...walk(below, from, down ?? 0)]);
}

function walk(
  edges: ReadonlyMap<string, readonly string[]>,
  from: ReadonlySet<string>,
  steps: number,
): ReadonlySet<string> {
  const found = new Set<string>();
  let edge = [...from];
  for (let step = 0; step < steps && edge.length > 0; step += 1) {
    edge = edge.flatMap((job) => edges.get(job) ?? []).filter((job) => !found.has(job));
    for (const job of edge) found.add(job);
  }
  return found;
}
