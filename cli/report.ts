import { join } from 'node:path';
import type { JobReport } from '../runtime/job-outcome.ts';
import { stateFolder } from '../runtime/toolchain.ts';
import { type Command, parse, UsageError, userPath } from './command.ts';
import {
  type ChosenDestination,
  destination,
  destinationHelp,
  destinationOptions,
} from './destination.ts';
import { libraryFolder } from './library-folder.ts';

const help = `Usage: npm run report -- [<zone.table>] [options]

Prints the dataset card of a pseudonymous table, or of all: what it is for, on which consent, what was made less private, who may
see it, and how many rows each step left of the landing feeds in the run that wrote what readers see now. Counts only.

  <zone.table>       the table (default: all that have a card)
                     Of a lake on AWS; of the last local run where neither --env nor --bucket is given:
${destinationHelp}  --endpoint URL     a local endpoint instead of AWS
  --out DIR          where the local run left its tables (default: .lakewright/output)
  --library NAME     library in the folder of generated files (default: the only one there)
  --generated DIR    folder of generated files (default: generated)
`;

const options = {
  ...destinationOptions,
  endpoint: { type: 'string' },
  out: { type: 'string' },
  library: { type: 'string' },
  generated: { type: 'string' },
} as const;

/** `report`: the cards of the last run. */
export const report: Command = {
  help,
  async run(args) {
    const { values, positionals } = parse(args, options, 1);
    const { bucket, env, out, endpoint } = values;
    const isLocal = bucket === undefined && env === undefined;
    if (!isLocal && out !== undefined)
      throw new UsageError('--out is of a local run, --env and --bucket are of others');
    if (endpoint !== undefined && isLocal) throw new UsageError('--env or --bucket is missing');
    const generated = libraryFolder(userPath(values.generated, 'generated'), values.library);
    const { filledCards, lastReportsIn, readFunnel } = await import('../runtime/cards.ts');
    const { library } = await readFunnel(generated);
    const reports = isLocal
      ? await lastReportsIn(localOutput(out), library)
      : await deployedReports(generated, endpoint, await destination(values));
    if (reports.size === 0) throw new UsageError('no job has left a report there yet');
    process.stdout.write(chosen(await filledCards(generated, reports), positionals[0]));
    return 0;
  },
};

function localOutput(out: string | undefined): string {
  return out === undefined ? join(stateFolder(), 'output') : userPath(out);
}

function chosen(cards: ReadonlyMap<string, string>, table: string | undefined): string {
  if (table === undefined) return [...cards.values()].join('\n');
  const card = cards.get(table);
  if (card !== undefined) return card;
  const known = [...cards.keys()].join(', ');
  throw new UsageError(`${JSON.stringify(table)} has no card; those that have: ${known}`);
}

/** Of each table the report of the run whose version the catalog names. */
async function deployedReports(
  generated: string,
  endpoint: string | undefined,
  to: ChosenDestination,
): Promise<ReadonlyMap<string, JobReport>> {
  const { connectBucket } = await import('../erasure/index.ts');
  const { readFunnel, reportsByJob } = await import('../runtime/cards.ts');
  const { library: plain, jobs } = await readFunnel(generated);
  const library = `${plain}${to.environment?.suffix ?? ''}`;
  const connection = await connectBucket(
    { library },
    { ...to, ...(endpoint === undefined ? {} : { endpoint }) },
  );
  try {
    const texts = jobs.map(async ({ job, writes }) => {
      const [zone = '', name = ''] = writes.split('.');
      const version = await connection.store.location({ zone, name });
      const run = version.slice(`${zone}/${name}/`.length).replace(/\/$/, '');
      const key = `lakewright/${library}/reports/${library}_${job}/${run}.json`;
      return run === '' ? undefined : await connection.store.text(key);
    });
    const found = (await Promise.all(texts)).flatMap((text) => text ?? []);
    return reportsByJob(
      library,
      found.map((text) => JSON.parse(text) as JobReport),
    );
  } finally {
    connection.close();
  }
}
