import type { FlowJob } from './flows.ts';

/** Jobs one after the other, or side by side. */
export type Arrangement =
  | { readonly kind: 'job'; readonly job: FlowJob }
  | { readonly kind: 'series' | 'parallel'; readonly of: readonly Arrangement[] };

/**
 * Arranges jobs so that each comes behind all that it waits for, as far as possible side by side: the series-parallel
 * decomposition of their order. Where the order is not of that kind (a and b start; c waits for a, d for both), the jobs that
 * wait for none go before all others, so that some wait for more than they would have to.
 *
 * @param jobs each after those that it waits for; at least one
 */
export function arrange(jobs: readonly FlowJob[]): Arrangement {
  return new Order(jobs).arrange(jobs);
}

class Order {
  /** Ids of all that a job waits for, directly or not. */
  readonly #before = new Map<string, ReadonlySet<string>>();

  constructor(jobs: readonly FlowJob[]) {
    for (const { id, after } of jobs) {
      const all = after.flatMap((one) => [one, ...(this.#before.get(one) ?? [])]);
      this.#before.set(id, new Set(all));
    }
  }

  arrange(jobs: readonly FlowJob[]): Arrangement {
    const [first] = jobs;
    if (first !== undefined && jobs.length === 1) return { kind: 'job', job: first };
    const apart = groups(jobs, (one, other) => this.#areOrdered(one, other));
    if (apart.length > 1) return this.#composed('parallel', apart);
    // What no pair across two groups leaves open is their order: each of one comes before each of the other.
    const stages = groups(jobs, (one, other) => !this.#areOrdered(one, other));
    if (stages.length > 1) return this.#composed('series', stages.toSorted(this.#byOrder));
    const ids = new Set(jobs.map(({ id }) => id));
    const waits = ({ id }: FlowJob): boolean => [...this.#beforeOf(id)].some((one) => ids.has(one));
    return this.#composed('series', [jobs.filter((job) => !waits(job)), jobs.filter(waits)]);
  }

  #composed(kind: 'series' | 'parallel', parts: readonly (readonly FlowJob[])[]): Arrangement {
    const of = parts.flatMap((part): readonly Arrangement[] => {
      const inner = this.arrange(part);
      return inner.kind === kind ? inner.of : [inner];
    });
    return { kind, of };
  }

  readonly #byOrder = ([one]: readonly FlowJob[], [other]: readonly FlowJob[]): number =>
    this.#beforeOf(other?.id).has(one?.id ?? '') ? -1 : 1;

  #areOrdered(one: FlowJob, other: FlowJob): boolean {
    return this.#beforeOf(one.id).has(other.id) || this.#beforeOf(other.id).has(one.id);
  }

  #beforeOf(id: string | undefined): ReadonlySet<string> {
    return this.#before.get(id ?? '') ?? new Set();
  }
}

/** Connected components, in the order of their first jobs. */
function groups(
  jobs: readonly FlowJob[],
  areLinked: (one: FlowJob, other: FlowJob) => boolean,
): readonly (readonly FlowJob[])[] {
  const found: FlowJob[][] = [];
  let left = jobs;
  for (let [seed] = left; seed !== undefined; [seed] = left) {
    const group = [seed];
    left = left.filter((job) => job !== seed);
    for (const member of group) {
      group.push(...left.filter((job) => areLinked(member, job)));
      left = left.filter((job) => !areLinked(member, job));
    }
    found.push(jobs.filter((job) => group.includes(job)));
  }
  return found;
}
