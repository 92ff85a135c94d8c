import { databaseOf, type Network, type Table, tableId } from '../algebra/library.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';
import type { CheckedJob } from './checked-library.ts';
import type { Knowledge, Pass } from './knowledge.ts';

/** Databases that one job reads are reached through one network: Glue puts a job into one subnet. A network is what it is everywhere. */
export const networks: Pass = {
  name: 'networks',
  run: (known) => ({
    diagnostics: [
      ...differingNetworks(known),
      ...known.jobs.flatMap((job) => jobProblems(job, known)),
    ],
    learnt: {},
  }),
};

function jobProblems({ job, reads }: CheckedJob, { library }: Knowledge): readonly Diagnostic[] {
  const read = library.tables.filter((table) => reads.includes(tableId(table)));
  const found = [...new Set(read.flatMap((table) => networkOf(table)))].sort();
  if (found.length < 2) return [];
  const because = read
    .filter((table) => networkOf(table).length > 0)
    .map((table) => ({
      text: `${tableId(table)} is behind ${networkOf(table)}`,
      span: table.span,
    }));
  const parameters = { job: job.name, networks: found };
  return [diagnostic('graph/several-networks', parameters, { span: job.span, because })];
}

/** Two tables are behind one network only if they say the same of it. */
function differingNetworks({ library }: Knowledge): readonly Diagnostic[] {
  const first = new Map<string, { readonly network: Network; readonly table: Table }>();
  return library.tables.flatMap((table) => {
    const network = databaseOf(table)?.network;
    if (typeof network !== 'object') return [];
    const before = first.get(network.name);
    if (before === undefined) first.set(network.name, { network, table });
    if (before === undefined || isSame(before.network, network)) return [];
    const because = [{ text: `${tableId(before.table)} says otherwise`, span: before.table.span }];
    const place = { span: table.span, because };
    return [diagnostic('graph/network-differs', { network: network.name }, place)];
  });
}

function isSame(one: Network, other: Network): boolean {
  return (
    one.subnet === other.subnet &&
    one.availabilityZone === other.availabilityZone &&
    one.securityGroups.join() === other.securityGroups.join()
  );
}

/** In words, no two alike; none where there is no network. */
function networkOf(table: Table): readonly string[] {
  const network = databaseOf(table)?.network;
  if (network === undefined) return [];
  return [typeof network === 'string' ? network : `${network.name} (${network.subnet})`];
}
