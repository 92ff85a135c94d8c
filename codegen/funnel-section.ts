import type { FunnelStep, JobFunnel } from './funnel.ts';
import { layout } from './layout.ts';
import { code, codes, markdown } from './markdown.ts';
import { jobsBehind } from './upstream.ts';

/** What a run counted of one job; its report holds it. */
export interface RunCounts {
  /** By argument. */
  readonly inputs: Readonly<
    Record<
      string,
      {
        readonly rows: number;
        /** Lines set aside, by reason. */
        readonly quarantined: Readonly<Record<string, number>>;
      }
    >
  >;
  /** Lines about people who were erased, by argument. */
  readonly suppressed?: Readonly<Record<string, number>>;
  readonly steps: readonly { readonly name: string; readonly rows: number }[];
  readonly output?: { readonly rows: number };
  /** How many different people a column of the output names. */
  readonly people?: Readonly<Record<string, number>>;
  readonly proofs?: readonly string[];
  /** What the author expects, and how many rows were otherwise. */
  readonly expectations?: readonly {
    readonly name: string;
    readonly on_unmet: string;
    readonly unmet: number;
    readonly rows: number;
  }[];
  /** ISO-8601. */
  readonly consent_as_of?: string;
}

/** The reports of runs, by name of the job. */
export type Runs = ReadonlyMap<string, RunCounts>;

/**
 * The part of a dataset's card that says how its rows are chosen, from the landing feeds to the table, each step with its
 * reason; with the reports of runs, how many rows each left.
 * @param table `zone.table`
 */
export function funnelSection(
  table: string,
  funnels: readonly JobFunnel[],
  runs: Runs = new Map(),
): string {
  return `${layout('funnel.md', funnelView(table, funnels, runs)).trimEnd()}\n`;
}

/** What `templates/funnel.md.hbs` says names of. */
export function funnelView(table: string, funnels: readonly JobFunnel[], runs: Runs): object {
  const upstream = jobsBehind(table, funnels, ({ writes, inputs }) => ({
    writes,
    reads: Object.values(inputs),
  }));
  const asOf = upstream.map(({ job }) => runs.get(job)?.consent_as_of).find((one) => one);
  return {
    short: runs.size === 0 ? [] : shortRows(upstream, runs),
    asOf: asOf === undefined ? '' : `${new Date(asOf).toISOString().slice(0, 19)}Z`,
    tables: upstream.map((funnel) => {
      const run = runs.get(funnel.job);
      const chains = chainsOf(funnel.steps).map((steps) => chainView(funnel, steps, run));
      return {
        table: code(funnel.writes),
        from: codes(Object.values(funnel.inputs)),
        chains: chains.length === 0 ? [chainView(funnel, [], run)] : chains,
        proofs: (run?.proofs ?? []).map(markdown),
        expected: (run?.expectations ?? []).map((one) => ({
          name: markdown(one.name),
          onUnmet: one.on_unmet,
          unmet: countText(one.unmet),
          rows: countText(one.rows),
        })),
      };
    }),
  };
}

/** Every table on the way with its rows, each after those that it is made of. */
function shortRows(upstream: readonly JobFunnel[], runs: Runs): readonly object[] {
  const listed = new Set(upstream.map(({ writes }) => writes));
  return upstream.flatMap(({ job, writes, inputs }) => {
    const run = runs.get(job);
    const outside = Object.entries(inputs).filter(([, table]) => !listed.has(table));
    for (const [, table] of outside) listed.add(table);
    const people = Object.entries(run?.people ?? {}).map(
      ([column, count]) => `${countText(count)} ${code(column)}`,
    );
    return [
      ...outside.map(([argument, table]) => ({
        table: code(table),
        rows: countText(run && delivered(run, argument)),
        people: '',
      })),
      { table: code(writes), rows: countText(run?.output?.rows), people: people.join(', ') },
    ];
  });
}

/**
 * Steps after one another: first those that end in the output, then each side that they are joined with, as far as it is its
 * own.
 */
function chainsOf(steps: readonly FunnelStep[]): readonly (readonly FunnelStep[])[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const continued = new Set(steps.map(({ of }) => of));
  const ends = steps.filter(({ name }) => !continued.has(name)).toReversed();
  const placed = new Set<FunnelStep>();
  return ends.map((end) => {
    const chain: FunnelStep[] = [];
    for (let at: FunnelStep | undefined = end; at && !placed.has(at); at = byName.get(at.of)) {
      chain.unshift(at);
      placed.add(at);
    }
    return chain;
  });
}

function chainView(
  funnel: JobFunnel,
  steps: readonly FunnelStep[],
  run: RunCounts | undefined,
): object {
  const isMain = steps.length === 0 || steps.at(-1) === funnel.steps.at(-1);
  const start = steps[0]?.of ?? Object.keys(funnel.inputs)[0] ?? '';
  const table = funnel.inputs[start];
  const first = {
    step: table === undefined ? markdown(start) : code(table),
    because: '',
    rows: countText(run && rowsAt(run, start)),
    less: '',
  };
  const rows = [
    first,
    ...(run && table !== undefined ? setAside(run, start) : []),
    ...steps.map((step) => stepRow(step, run)),
  ];
  return {
    beside: isMain ? '' : `Joined with what is left of ${first.step}:`,
    plain: run === undefined ? rows : [],
    counted: run === undefined ? [] : rows,
  };
}

function stepRow({ name, of, gives, said }: FunnelStep, run: RunCounts | undefined): object {
  const before = run && rowsHandedOn(run, of);
  const after = run && rowsAt(run, name);
  const words = [gives.map(markdown).join('; '), said === undefined ? '' : markdown(said)];
  return {
    step: markdown(name),
    because: words.filter((one) => one !== '').join('. '),
    rows: countText(after),
    less: before === undefined || after === undefined ? '' : difference(before, after),
  };
}

function setAside(run: RunCounts, argument: string): readonly object[] {
  const erased = run.suppressed?.[argument] ?? 0;
  const reasons = Object.entries(run.inputs[argument]?.quarantined ?? {}).toSorted(
    ([a, one], [b, other]) => other - one || (a < b ? -1 : 1),
  );
  const row = (step: string, count: number) => ({
    step,
    because: '',
    rows: '',
    less: countText(count),
  });
  return [
    ...(erased === 0 ? [] : [row('about people who were erased', erased)]),
    ...reasons.map(([reason, count]) => row(`set aside: ${markdown(reason)}`, count)),
  ];
}

/** Lines of a feed as they were delivered, or rows of a table. */
function delivered(run: RunCounts, argument: string): number | undefined {
  const rows = run.inputs[argument]?.rows;
  return rows === undefined ? undefined : rows + (run.suppressed?.[argument] ?? 0);
}

function rowsAt(run: RunCounts, name: string): number | undefined {
  return delivered(run, name) ?? run.steps.find((step) => step.name === name)?.rows;
}

/** Of an input, without the lines that were set aside. */
function rowsHandedOn(run: RunCounts, name: string): number | undefined {
  const input = run.inputs[name];
  if (input === undefined) return rowsAt(run, name);
  return input.rows - Object.values(input.quarantined).reduce((sum, count) => sum + count, 0);
}

function difference(before: number, after: number): string {
  if (after > before) return `${countText(after - before)} more`;
  return after === before ? '' : countText(before - after);
}

function countText(count: number | undefined): string {
  return count === undefined ? '' : count.toLocaleString('en-US');
}
