import { DeployError } from './errors.ts';
import type { JsonObject } from './json.ts';
import type { Action, ActionKind, Plan } from './plan.ts';
import { type DpuHourPrice, dpuHourPrice, dpusOf, MINIMUM_MINUTES } from './prices.ts';
import { printable } from './printable.ts';

/** What one run of a job can cost. */
export interface RunCost {
  /** As in the manifest: `job/customer_trusted`. */
  readonly id: string;
  /** Name in AWS. */
  readonly name: string;
  readonly action: ActionKind;
  /** `2 x G.1X, 15 min` */
  readonly size: string;
  /** US dollars of a run that is over at once: Glue bills a minute at least. */
  readonly atLeast: number;
  /** US dollars of a run that its timeout ends, all retries included. */
  readonly atMost: number;
  /** The same of the job as it is in AWS now; absent where there is none, or it cannot be told. */
  readonly atMostNow?: number;
}

/** What the runs of a plan's jobs can cost. */
export interface CostEstimate {
  /** Absent where no price is known for the region. */
  readonly price?: DpuHourPrice;
  /** Jobs of which it can be told, in the order of the plan. */
  readonly runs: readonly RunCost[];
  /** Names of the jobs of which it cannot be told. */
  readonly unknown: readonly string[];
}

/** Minutes until Glue ends a run that has no timeout of its own ("Configuring job properties", since Glue 5.0). */
const DEFAULT_TIMEOUT = 480;

/** What the runs of a plan's jobs can cost in a region: workers x DPUs x timeout x price, a list price without discounts. */
export function costEstimate(plan: Plan, region: string): CostEstimate {
  const price = dpuHourPrice(region);
  const jobs = plan.actions.filter(
    ({ kind, desired }) => desired.kind === 'job' && kind !== 'delete',
  );
  if (price === undefined) return { runs: [], unknown: jobs.map(({ desired }) => desired.name) };
  const runs: RunCost[] = [];
  const unknown: string[] = [];
  for (const job of jobs) {
    const cost = runCost(job, price.dollars);
    if (cost === undefined) unknown.push(job.desired.name);
    else runs.push(cost);
  }
  return { price, runs, unknown };
}

/**
 * Refuses a plan of which a single run may cost more than a cap.
 *
 * @param cap US dollars
 * @throws DeployError `deploy/cost-over-cap`; `deploy/cost-unknown` where it cannot be told, since that is no less
 */
export function refuseCostly({ runs, unknown }: CostEstimate, cap: number): void {
  if (unknown.length > 0) {
    throw new DeployError(
      'deploy/cost-unknown',
      `What a run costs cannot be told of ${listed(unknown)}: no price is known for their region or worker type.`,
      'Deploy without --max-run-cost, or to a region and with worker types that deploy/prices.json knows.',
    );
  }
  const costly = runs.filter(({ atMost }) => atMost > cap);
  if (costly.length === 0) return;
  const said = costly.map(({ name, size, atMost }) => `${name} ${dollars(atMost)} (${size})`);
  throw new DeployError(
    'deploy/cost-over-cap',
    `A run may cost more than ${dollars(cap)}: ${listed(said)}.`,
    'Give these jobs fewer or smaller workers or a shorter timeout, or raise --max-run-cost.',
  );
}

/** `$0.22`; as many digits as it takes to tell small sums from nothing. */
export function dollars(sum: number): string {
  return `$${sum >= 0.1 || sum === 0 ? sum.toFixed(2) : sum.toPrecision(2)}`;
}

function runCost({ kind, desired, live }: Action, price: number): RunCost | undefined {
  const { id, name, definition } = desired;
  const wanted = sized(definition, price);
  if (wanted === undefined) return undefined;
  const present = live === undefined ? undefined : sized(live.definition, price)?.atMost;
  const now = present === undefined ? {} : { atMostNow: present };
  return { id, name, action: kind, ...wanted, ...now };
}

function sized(
  job: JsonObject,
  price: number,
): Pick<RunCost, 'size' | 'atLeast' | 'atMost'> | undefined {
  const { WorkerType: type, NumberOfWorkers: workers, MaxRetries: retries = 0 } = job;
  const { Timeout: timeout = DEFAULT_TIMEOUT } = job;
  const dpus = typeof type === 'string' ? dpusOf(type) : undefined;
  if (dpus === undefined || typeof workers !== 'number') return undefined;
  if (typeof timeout !== 'number' || typeof retries !== 'number') return undefined;
  const minute = (workers * dpus * price) / 60;
  return {
    size: `${workers} x ${type}, ${timeout} min`,
    atLeast: rounded(minute * MINIMUM_MINUTES),
    atMost: rounded(minute * timeout * (1 + retries)),
  };
}

/** To a hundredth of a cent, so that the same sizes give the same text on every machine. */
function rounded(sum: number): number {
  return Math.round(sum * 10_000) / 10_000;
}

const MOST_NAMED = 10;

function listed(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? [`and ${names.length - MOST_NAMED} more`] : [];
  return [...names.slice(0, MOST_NAMED).map(printable), ...more].join(', ');
}
