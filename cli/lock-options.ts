import type { LockOptions } from '../deploy/index.ts';
import { UsageError } from './command.ts';

/** Options of the commands that write to AWS under a library's lock. */
export const lockOptions = { 'lock-timeout': { type: 'string', default: '0s' } } as const;

/** Their part of a command's help. */
export const lockHelp = `\
  --lock-timeout TIME
                     how long to wait for somebody else's deployment, as 30s or 10m (default: 0s)
`;

const SECONDS = { s: 1, m: 60, h: 3600 } as const;

/**
 * What was typed for {@link lockOptions}, and what others are told.
 * @param command as it was typed, without its options
 * @throws UsageError
 */
export function locking(timeout: string, command: string): LockOptions {
  const [, count, unit] = /^(\d{1,6})([smh])$/.exec(timeout) ?? [];
  if (count === undefined) {
    throw new UsageError(
      `--lock-timeout is ${JSON.stringify(timeout)}; it is a time as 30s or 10m`,
    );
  }
  return {
    lockTimeout: Number(count) * SECONDS[unit as keyof typeof SECONDS],
    command,
    onLock: (message) => process.stderr.write(`${message}\n`),
  };
}

/**
 * Works until it is done or somebody ends it by Ctrl-C or SIGTERM: then what is under way is finished. The second signal ends the
 * process at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const end = (): void => {
    process.stderr.write('\nfinishing what is under way; again to end at once\n');
    controller.abort();
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
  }
}
