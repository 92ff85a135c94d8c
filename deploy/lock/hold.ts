import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import type { Aws } from '../clients.ts';
import { DeployError } from '../errors.ts';
import { type FoundLock, type LockPlace, type LockRecord, writeLock } from './record.ts';

/** A lock that this process holds. */
export interface HeldLock {
  readonly record: LockRecord;
  /** @throws DeployError `deploy/lock-lost` when it is not sure any more that nobody else deploys */
  check(): void;
  /** Gives it back; no error where that fails, since it expires. */
  release(): Promise<void>;
}

/** Somebody else deployed, or began to, since the lock was looked at. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** Renewals per lifetime. */
const RENEWALS = 4;
/** Share of its lifetime for which a lock is trusted: a call that begins then is over before anybody may take it. */
const TRUSTED = 0.5;

/**
 * Takes the lock if it is what was found, and renews it until it is released.
 *
 * @throws Overtaken where it is not
 */
export async function takeLock(
  aws: Aws,
  place: LockPlace,
  found: FoundLock,
  owner: Pick<LockRecord, 'id' | 'who' | 'pid' | 'command' | 'seconds'>,
): Promise<HeldLock> {
  let record: LockRecord = {
    state: 'held',
    ...owner,
    since: new Date().toISOString(),
    renewal: 0,
  };
  let renewedAt = performance.now();
  let etag = await writeLock(aws, place, record, found.etag);
  if (etag === undefined) throw new Overtaken();

  /** One write after the other, so that each matches the one before. */
  let writing: Promise<void> = Promise.resolve();
  async function write(next: LockRecord): Promise<void> {
    const began = performance.now();
    const written = await writeLock(aws, place, next, etag);
    // Undefined: taken over, and no longer ours to write.
    etag = written;
    record = next;
    renewedAt = began;
  }
  const renewal = setInterval(
    () => {
      writing = writing.then(async () => {
        // A renewal that fails is tried again by the next; in the end `check` says so.
        if (etag !== undefined)
          await write({ ...record, renewal: record.renewal + 1 }).catch(() => undefined);
      });
    },
    (owner.seconds * 1_000) / RENEWALS,
  );
  renewal.unref();

  return {
    record,
    check() {
      const age = performance.now() - renewedAt;
      if (etag !== undefined && age < owner.seconds * 1_000 * TRUSTED) return;
      throw lost(etag === undefined ? 'Somebody took it over' : 'It could not be renewed in time');
    },
    async release() {
      clearInterval(renewal);
      await writing;
      if (etag === undefined) return;
      await write({ ...record, state: 'free', renewal: record.renewal + 1 }).catch(() => undefined);
    },
  };
}

function lost(how: string): DeployError {
  return new DeployError(
    'deploy/lock-lost',
    `The lock of this deployment was lost. ${how}, so somebody else may be deploying.`,
    'Look who deploys.',
  );
}
