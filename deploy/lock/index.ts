import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Aws } from '../clients.ts';
import { DeployError } from '../errors.ts';
import { takeLock } from './hold.ts';
import {
  described,
  type FoundLock,
  type LockPlace,
  type LockRecord,
  readLock,
  writeLock,
} from './record.ts';

export { Overtaken } from './hold.ts';
export type { FoundLock, LockPlace, LockRecord } from './record.ts';

/** How a deployment goes about the lock of its library. */
export interface LockOptions {
  /** How long to wait for somebody else's deployment, in seconds; 0 by default. */
  readonly lockTimeout?: number;
  /** How long the lock is good without a renewal, in seconds; 120 by default. A deployment renews its own. */
  readonly lockLifetime?: number;
  /** What others are told that this process is doing; `deploy` by default. */
  readonly command?: string;
  /** Told once about a deployment that is waited for, or whose lock is taken over. */
  readonly onLock?: (message: string) => void;
}

/** How a lock is waited for. */
export interface Waiting extends Pick<LockOptions, 'onLock'> {
  /** For how long, an instant as of `Date.now()`. */
  readonly until: number;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

const LIFETIME_SECONDS = 120;
const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 5_000;

/** As where nobody ever deployed. */
export const UNLOCKED: FoundLock = { expired: false };

/** Where the lock of a library lies: one in each bucket, so one for each environment that has a bucket of its own. */
export function lockPlace(bucket: string, prefix: string): LockPlace {
  return { bucket, key: `${prefix}/lock.json` };
}

/**
 * The lock once nobody holds it. What is read of AWS after this is still so when {@link duringLock} takes the same lock.
 *
 * @throws DeployError `deploy/locked` where somebody still holds it after the time to wait
 */
export async function whenUnlocked(
  aws: Aws,
  place: LockPlace,
  { until, signal, onLock }: Waiting,
): Promise<FoundLock> {
  let told = false;
  for (let pause = FIRST_PAUSE_MILLISECONDS; ; pause *= 1.5) {
    const found = await readLock(aws, place);
    const { record } = found;
    if (record?.state !== 'held') return found;
    if (found.expired) {
      onLock?.(`taking over from ${described(record)}, whose lock ran out`);
      return found;
    }
    const left = until - Date.now();
    if (left <= 0) throw locked(record);
    if (!told) onLock?.(`waiting for ${described(record)}`);
    told = true;
    const time = Math.min(pause, LONGEST_PAUSE_MILLISECONDS, left);
    await sleep(time, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    if (signal?.aborted === true) throw locked(record);
  }
}

/**
 * Works while the lock is held; every call to AWS meanwhile is refused once it is lost.
 *
 * @param found what {@link whenUnlocked} gave
 * @throws Overtaken where somebody else deployed since; nothing was done then
 */
export async function duringLock<T>(
  aws: Aws,
  place: LockPlace,
  found: FoundLock,
  { lockLifetime = LIFETIME_SECONDS, command = 'deploy' }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await takeLock(aws, place, found, {
    id: randomUUID(),
    who: `${userName()}@${hostname()}`,
    pid: process.pid,
    command,
    seconds: lockLifetime,
  });
  aws.gate.check = () => lock.check();
  try {
    return await work();
  } finally {
    delete aws.gate.check;
    await lock.release();
  }
}

/**
 * Takes the lock from whoever holds it, dead or alive.
 *
 * @param id what the message of `deploy/locked` names: nobody takes a lock that they did not see
 * @returns whose it was
 * @throws DeployError `deploy/lock-other`
 */
export async function unlock(aws: Aws, place: LockPlace, id: string): Promise<LockRecord> {
  const found = await readLock(aws, place);
  const { record } = found;
  if (record?.state !== 'held') throw other('Nobody holds the lock.', 'There is nothing to do.');
  const whose = `It is held by ${described(record)} under the ID ${record.id}.`;
  if (record.id !== id) throw other(whose, 'Name this ID if that deployment is dead.');
  const free: LockRecord = { ...record, state: 'free', renewal: record.renewal + 1 };
  const written = await writeLock(aws, place, free, found.etag);
  if (written === undefined) throw other(`${whose} It was just renewed.`, 'It is not dead.');
  return record;
}

function locked(record: LockRecord): DeployError {
  return new DeployError(
    'deploy/locked',
    `This library is being deployed by ${described(record)}. Lock ID: ${record.id}`,
    `Wait with --lock-timeout 10m. If it is dead, its lock runs out in ${record.seconds} s; \`npm run unlock\` with this ID is quicker.`,
  );
}

function other(message: string, hint: string): DeployError {
  return new DeployError('deploy/lock-other', message, hint);
}

/** A container may run as a user that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env['USER'] ?? 'somebody';
  }
}
