import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Erasure, LibraryMap, Secrets, Store } from '../erasure/index.ts';
import type { JobOutcome } from '../runtime/job-outcome.ts';
import type { SparkSession } from '../runtime/spark/session.ts';
import { stateFolder, toolchain } from '../runtime/toolchain.ts';
import { type Command, parse, shownPath, UsageError, userPath } from './command.ts';
import {
  type ChosenDestination,
  destination,
  destinationHelp,
  destinationOptions,
} from './destination.ts';
import { libraryFolder } from './library-folder.ts';
import { type ProgressLine, progressLine } from './progress.ts';

const help = `Usage: npm run forget -- <key> [options]

Erases a person: takes their lines out of the landing data, computes all tables anew, deletes every version before, and looks
whether anything is left. Their digest goes to a suppression list, so that a file that is delivered again brings nobody back.
Without --yes it shows where the person is, and does nothing. When it was stopped, the same call goes on.

  <key>              the person's key as in the landing data, such as an e-mail address; - reads it from standard input
  --subject KIND     kind of person (default: customer)
${destinationHelp}  --endpoint URL     a local endpoint instead of AWS, where the workflow then runs on local Spark
  --local            plain folders instead of a bucket, as \`npm start -- --local\` leaves them
  --data DIR         with --local: landing data
  --out DIR          with --local: tables (default: .lakewright/output)
  --library NAME     library in the folder of generated files (default: the only one there)
  --generated DIR    folder of generated files (default: generated)
  --plan             show where the person is, and do nothing
  --yes              do it
  --resume           go on with an erasure that waits for the workflow; it is an error if none was begun
`;

const options = {
  ...destinationOptions,
  subject: { type: 'string', default: 'customer' },
  endpoint: { type: 'string' },
  local: { type: 'boolean', default: false },
  data: { type: 'string' },
  out: { type: 'string' },
  library: { type: 'string' },
  generated: { type: 'string' },
  plan: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
} as const;

/** `forget`: erases a person, or shows what that would be. */
export const forget: Command = {
  help,
  async run(args) {
    const { values, positionals } = parse(args, options, 1);
    const subject = positionals[0] === '-' ? (await text(process.stdin)).trim() : positionals[0];
    if (!subject) throw new UsageError('the key of the person is missing');
    refuseMixed(values);
    const { readLibraryMap } = await import('../erasure/index.ts');
    const generated = libraryFolder(userPath(values.generated, 'generated'), values.library);
    const to = values.local ? undefined : await destination(values);
    const map = await readLibraryMap(generated, values.subject, to?.environment?.suffix);
    const progress = progressLine();
    const spark = lazySpark(values.endpoint);
    const work = { ...values, subject, map, spark, progress };
    return await (to === undefined ? inFolders(work) : inBucket(work, to)).finally(async () => {
      progress.clear();
      await spark.stop();
    });
  },
};

interface Places {
  readonly bucket?: string | undefined;
  readonly env?: string | undefined;
}

interface Values {
  readonly endpoint?: string | undefined;
  readonly data?: string | undefined;
  readonly out?: string | undefined;
  readonly local: boolean;
  readonly plan: boolean;
  readonly yes: boolean;
  readonly resume: boolean;
}

function refuseMixed({ local, data, plan, yes, ...values }: Values & Places): void {
  for (const name of ['bucket', 'env'] as const) {
    const both = local && values[name] !== undefined;
    if (both) throw new UsageError(`--local and --${name} exclude each other`);
  }
  if (local && data === undefined) throw new UsageError('--data is missing');
  if (plan && yes) throw new UsageError('--plan and --yes exclude each other');
}

/** Where the lake is, and who computes its tables. */
interface Place {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly rebuild?: () => Promise<readonly JobOutcome[]>;
  /** How to have the tables computed where this command cannot. */
  readonly start: string;
}

async function inFolders(work: Erasing): Promise<number> {
  const { checkLanding } = await import('../runtime/landing.ts');
  const data = userPath(work.data);
  await checkLanding(
    data,
    work.map.landing.map(({ name }) => name),
  );
  return await eraseAt(await folders(data, work), work);
}

async function folders(data: string, { map, spark, ...values }: Erasing): Promise<Place> {
  const { folderSecrets, folderStore } = await import('../erasure/index.ts');
  const out = values.out === undefined ? join(stateFolder(), 'output') : userPath(values.out);
  const pseudonymKeys = join(stateFolder(), 'pseudonym-keys');
  return {
    store: folderStore(data, out),
    secrets: folderSecrets(pseudonymKeys),
    async rebuild() {
      const { runInFolders } = await import('../runtime/folders.ts');
      const { generated } = map;
      return await runInFolders({ generated, data, out, pseudonymKeys, spark: await spark.get() });
    },
    start: 'npm start -- --local',
  };
}

async function inBucket(work: Erasing, to: ChosenDestination): Promise<number> {
  const { endpoint } = work;
  try {
    const { close, ...place } = await bucket(work, to);
    return await eraseAt(place, work).finally(close);
  } catch (error) {
    const { explainedCall } = await import('../deploy/index.ts');
    throw explainedCall(error, { bucket: to.bucket, endpoint });
  }
}

async function bucket(
  { map, spark, endpoint }: Erasing,
  to: ChosenDestination,
): Promise<Place & { close(): void }> {
  const { connectBucket } = await import('../erasure/index.ts');
  const connection = await connectBucket(map, {
    ...to,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  const rebuild = async () => {
    const { runWorkflow } = await import('../runtime/workflow.ts');
    const work = join(stateFolder(), 'work');
    const { library } = map;
    return await runWorkflow({ endpoint: endpoint ?? '', library, work, spark: await spark.get() });
  };
  return {
    ...connection,
    ...(endpoint === undefined ? {} : { rebuild }),
    start: `aws glue start-workflow-run --name ${map.library} --region ${connection.region}`,
  };
}

interface Erasing extends Values {
  readonly subject: string;
  readonly map: LibraryMap;
  readonly spark: LazySpark;
  readonly progress: ProgressLine;
}

async function eraseAt(place: Place, work: Erasing): Promise<number> {
  const engine = await import('../erasure/index.ts');
  const { map, subject, progress } = work;
  const { store, secrets, rebuild } = place;
  const copies = join(stateFolder(), 'work', `erasure-${randomUUID()}`);
  const reader = engine.tableReader(store, work.spark.get, copies);
  const erasure: Erasure = { map, store, secrets, reader, subject };
  progress.show('looking for the person');
  const plan = await engine.planErasure(erasure);
  progress.clear();
  if (work.resume && plan.state === 'new') throw new UsageError('no erasure was begun');
  process.stdout.write(engine.renderPlan(plan));
  if (plan.state === 'nothing left') return 0;
  if (!(work.yes || work.resume)) {
    process.stdout.write('nothing was done; --yes does it\n');
    return 0;
  }
  const { state, receipt } = await engine.forget({
    ...erasure,
    plan,
    ...(rebuild === undefined ? {} : { rebuild }),
    onStep: (step) => progress.show(`done: ${step}`),
  });
  progress.clear();
  const waits = `the tables have to be computed anew: ${place.start}\nthen call this again with --resume\n`;
  const at = `${shownPath(store.name)}/${engine.receiptKey(map.library, receipt.keys.subject)}`;
  process.stdout.write(state === 'waiting' ? waits : engine.renderReceipt(receipt, at));
  return 0;
}

/** A session that starts when it is first asked for. */
interface LazySpark {
  readonly get: () => Promise<SparkSession>;
  stop(): Promise<void>;
}

function lazySpark(s3Endpoint: string | undefined): LazySpark {
  let started: Promise<SparkSession> | undefined;
  const start = async () => {
    const { startSpark } = await import('../runtime/spark/session.ts');
    return await startSpark({
      tools: toolchain('5.1'),
      log: join(stateFolder(), 'logs', 'spark.log'),
      warehouse: join(stateFolder(), 'spark'),
      ...(s3Endpoint === undefined ? {} : { s3Endpoint }),
    });
  };
  return {
    get() {
      started ??= start();
      return started;
    },
    async stop() {
      await started?.then((spark) => spark.stop()).catch(() => undefined);
    },
  };
}
