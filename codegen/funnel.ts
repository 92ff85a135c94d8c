import { isOwned } from '../algebra/identity.ts';
import type { State } from '../algebra/labels.ts';
import { sinkId } from '../algebra/library.ts';
import type { Relation } from '../algebra/relation.ts';
import type { Frame } from '../algebra/verb.ts';
import type { CheckedLibrary } from '../check/index.ts';
import type { JobScript } from './job-script.ts';
import type { CountedStep } from './pyspark/transform.ts';
import { type JsonObject, jsonText } from './resources/text.ts';

/** A step of a job whose rows each run counts. */
export type FunnelStep = {
  /** What it does, in words; reports of runs have its count by this name. */
  readonly name: string;
  /** The argument of a table, or the name of an earlier step, that it takes rows from. */
  readonly of: string;
  /** What is known of its rows and was not of those before. */
  readonly gives: readonly string[];
  /** The author's own words. */
  readonly said?: string;
};

/** How a job comes from its tables to the rows it writes. */
export type JobFunnel = {
  /** Glue's name of the job is `<library>_<job>`. */
  readonly job: string;
  /** `zone.table` */
  readonly writes: string;
  /** `zone.table` by argument. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly steps: readonly FunnelStep[];
};

/** Every job's funnel, in the order of the jobs. */
export function jobFunnels(
  checked: CheckedLibrary,
  scripts: readonly JobScript[],
): readonly JobFunnel[] {
  return checked.jobs.flatMap(({ job }) =>
    scripts
      .filter((script) => script.job === job.name)
      .map(({ inputs, steps }) => ({ job: job.name, writes: sinkId(job.sink), inputs, steps })),
  );
}

/** `funnel.json`: with the report of a run, all that a dataset card says of how its rows were chosen. */
export function funnelJson(library: string, jobs: readonly JobFunnel[]): string {
  const data: JsonObject = { library, jobs };
  return jsonText(data);
}

/** A counted step, with what its rows are known to be from here on. */
export function funnelStep(
  { name, of, said, relation }: CountedStep,
  frames: ReadonlyMap<Relation, Frame>,
): FunnelStep {
  const [input]: readonly Relation[] = Object.values(relation.from);
  const before = input && frames.get(input)?.state;
  const after = frames.get(relation)?.state;
  const gives = before && after ? gained(before, after) : [];
  return { name, of, gives, ...(said === undefined ? {} : { said }) };
}

/** Whatever the step is: a join may be what brings consent, as well as a filter or a pick. */
function gained(before: State, after: State): readonly string[] {
  if (!isOwned(before) || !isOwned(after)) return [];
  const consented =
    after.kind === 'clean' && before.kind !== 'clean'
      ? [`only people who consent to ${after.purposes.join(' and ')}`]
      : [];
  const owned = Object.entries(after.aliases)
    .filter(([column]) => before.aliases[column] === undefined)
    .map(([, alias]) => `one owner for each ${alias}`);
  const isNewest = after.kind === 'local' && after.complete === 'newest' && before.kind === 'local';
  const newest = isNewest && before.complete === 'versions' ? [`each ${after.subject} once`] : [];
  const settled = before.events.length > after.events.length && consented.length === 0;
  return [...newest, ...owned, ...consented, ...(settled ? ['nothing from before consent'] : [])];
}
