/** A job as far as its tables go. */
interface Tables {
  /** `zone.table` */
  readonly writes: string;
  /** `zone.table` */
  readonly reads: readonly string[];
}

/**
 * The jobs that a table's rows come through, its own last.
 * @param jobs in the order of their data
 */
export function jobsBehind<J>(
  table: string,
  jobs: readonly J[],
  tablesOf: (job: J) => Tables,
): readonly J[] {
  const wanted = new Set([table]);
  const found: J[] = [];
  for (const job of jobs.toReversed()) {
    const { writes, reads } = tablesOf(job);
    if (!wanted.has(writes)) continue;
    found.unshift(job);
    for (const read of reads) wanted.add(read);
  }
  return found;
}
