import type { JobOutcome } from '../runtime/job-outcome.ts';
import { ErasureError } from './errors.ts';
import { expireTables } from './expire.ts';
import { countLinesOf, lineFiles, withoutLinesOf } from './landing.ts';
import { type Person, personOf } from './person.ts';
import { type Erasure, type ErasurePlan, planErasure } from './plan.ts';
import { type Action, type Receipt, STEPS, type Step, writeReceipt } from './receipt.ts';
import type { TableName } from './store.ts';
import { suppress } from './suppression.ts';
import { leftOvers } from './verify.ts';

/** An erasure that is to be done. */
export interface ForgetOptions extends Erasure {
  /** Runs the workflow here; absent where AWS runs it, and somebody has to start it there. */
  readonly rebuild?: () => Promise<readonly JobOutcome[]>;
  /** The plan, where it was made before. */
  readonly plan?: ErasurePlan;
  /** Told of every step that is over and written down; whatever it throws stops the erasure there. */
  readonly onStep?: (step: Step) => void;
}

/** How far an erasure came. */
export interface Forgotten {
  /** `waiting`: the workflow has to run before the rest can be done. */
  readonly state: 'finished' | 'waiting';
  readonly receipt: Receipt;
}

/** An erasure under way. */
interface Work {
  readonly options: ForgetOptions;
  readonly person: Person;
  receipt: Receipt;
}

/**
 * Forgets a person: keeps their rows from coming back, takes them out of the landing data, has all tables computed anew, deletes
 * the versions before, and looks whether anything is left. Each step is written down when it is over; called again after it was
 * stopped anywhere, it goes on from there.
 *
 * @throws ErasureError when the person is nowhere, a table cannot be computed, or something is left
 */
export async function forget(options: ForgetOptions): Promise<Forgotten> {
  const plan = options.plan ?? (await planErasure(options));
  if (plan.state === 'nothing left' && plan.receipt) {
    return { state: 'finished', receipt: plan.receipt };
  }
  const { map, secrets, subject, store } = options;
  const secret = await secrets.readOrMake(map.suppressionSecret);
  const receipt = await begun(options, plan, secret);
  const work: Work = { options, person: personOf(secret, subject, receipt.keys), receipt };
  for (const step of STEPS) {
    if (work.receipt.steps.some((done) => done.step === step)) continue;
    const outcome = await steps[step](work);
    if (outcome === 'waiting') return { state: 'waiting', receipt: work.receipt };
    const at = new Date().toISOString();
    await save(work, { steps: [...work.receipt.steps, { step, at }] });
    options.onStep?.(step);
  }
  const finished = { ...work.receipt, finished: new Date().toISOString() };
  await writeReceipt(store, finished);
  return { state: 'finished', receipt: finished };
}

async function begun(
  { map, store }: ForgetOptions,
  { state, receipt, keys, devices, sharedDevices, held }: ErasurePlan,
  secret: string,
): Promise<Receipt> {
  if (state === 'begun' && receipt) return receipt;
  const before = map.derived.map(async (table) => {
    return [`${table.zone}.${table.name}`, await store.location(table)] as const;
  });
  return {
    lakewright: 'erasure',
    library: map.library,
    kind: map.subject,
    keys: keys(secret),
    devices,
    sharedDevices,
    started: new Date().toISOString(),
    steps: [],
    held,
    before: Object.fromEntries(await Promise.all(before)),
    actions: [],
    earlier: receipt?.finished === undefined ? [] : [...receipt.earlier, receipt.finished],
  };
}

const steps: Readonly<Record<Step, (work: Work) => Promise<'waiting' | undefined>>> = {
  async plan() {
    // The receipt is written after the step, and with it the plan.
    return undefined;
  },
  async suppress({ options, person }) {
    await suppress(options.store, options.map, person.keys);
    return undefined;
  },
  rewrite,
  rebuild,
  async expire(work) {
    const { options, person, receipt } = work;
    const done = (action: Action) => record(work, action);
    const deleted = receipt.actions.filter((one) => one.done === 'deleted');
    const tables = receipt.held.filter(
      ({ what, place }) => what === 'table' && !deleted.some((one) => one.place === place),
    );
    await expireTables(options, person, new Set(tables.map(({ place }) => place)), done);
    return undefined;
  },
  verify,
};

/**
 * First what readers see, then the versions before, that of a moment ago included. Files of lines set aside are deleted with all
 * their lines: the next run sets the others aside again, and nobody but a job writes there.
 */
async function rewrite(work: Work): Promise<undefined> {
  const { options, person } = work;
  const { store, map } = options;
  for (const current of [true, false]) {
    for (const file of await lineFiles(store, map)) {
      const { stored } = file;
      if (stored.current !== current) continue;
      if ((await countLinesOf(person, file, store.read(stored))) === 0) continue;
      let removed = 0;
      const removal = () => {
        removed += 1;
      };
      const isRewritten = current && !file.wrapped;
      if (isRewritten)
        await store.replace(stored, (old) => withoutLinesOf(person, file, old, removal));
      else await store.remove([stored]);
      await record(work, {
        place: stored.key,
        ...(stored.version === undefined ? {} : { version: stored.version }),
        done: isRewritten ? 'lines removed' : 'deleted',
        count: isRewritten ? removed : 1,
        at: new Date().toISOString(),
      });
    }
  }
  return undefined;
}

async function rebuild(work: Work): Promise<'waiting' | undefined> {
  const { options, receipt } = work;
  const { map, store } = options;
  if (options.rebuild === undefined) {
    for (const table of map.derived) {
      const before = receipt.before[`${table.zone}.${table.name}`];
      if ((await store.location(table)) === before) return 'waiting';
    }
  } else {
    refuseFailure(await options.rebuild());
  }
  await record(work, ...(await Promise.all(map.derived.map((table) => published(work, table)))));
  return undefined;
}

async function published({ options, receipt }: Work, table: TableName): Promise<Action> {
  const now = await options.store.location(table);
  const place = receipt.before[`${table.zone}.${table.name}`] ?? now;
  return { place, done: 'published anew', now, at: new Date().toISOString() };
}

function refuseFailure(outcomes: readonly JobOutcome[]): void {
  const failed = outcomes.find(({ state }) => state === 'failed');
  if (failed === undefined) return;
  throw new ErasureError(
    'erasure/rebuild-failed',
    `${failed.job} failed, so that its table still holds the person: ${failed.reason}.`,
    'Mend the cause, then forget the person again; it goes on from here.',
  );
}

async function verify(work: Work): Promise<undefined> {
  const found = await leftOvers(work.options, work.person);
  if (found.length === 0) return undefined;
  // What came back meanwhile takes all steps once more.
  await save(work, { steps: [] });
  throw new ErasureError(
    'erasure/left-over',
    `Something of the person is left:\n${found.map((one) => `  ${one}`).join('\n')}`,
    'Take out what no labelled column says, then forget the person again; all steps are done once more.',
  );
}

async function record(work: Work, ...actions: readonly Action[]): Promise<void> {
  await save(work, { actions: [...work.receipt.actions, ...actions] });
}

async function save(work: Work, change: Partial<Receipt>): Promise<void> {
  work.receipt = { ...work.receipt, ...change };
  await writeReceipt(work.options.store, work.receipt);
}
