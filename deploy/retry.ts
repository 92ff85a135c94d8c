import { setTimeout as sleep } from 'node:timers/promises';
import type { GlueClientConfig } from '@aws-sdk/client-glue';

/** How patient calls are. */
export interface Patience {
  /** Tries of one call at most; by default as many as fit into `patience`. */
  readonly attempts?: number;
  /** How long one call is tried, in seconds; 240 by default, so that a storm ends a deployment within five minutes. */
  readonly patience?: number;
  /** What waits grow from, in milliseconds; 200 by default. */
  readonly backoff?: number;
}

/** Asked before each try of each call; what it throws ends the call. */
export interface Gate {
  check?: () => void;
}

/** As the SDK's clients take it; their types name no package that exports it. */
type RetryStrategy = Extract<
  NonNullable<GlueClientConfig['retryStrategy']>,
  { refreshRetryTokenForRetry: unknown }
>;
type RetryToken = Awaited<ReturnType<RetryStrategy['acquireInitialRetryToken']>>;
type Trouble = Parameters<RetryStrategy['refreshRetryTokenForRetry']>[1];

const PATIENCE_SECONDS = 240;
const BACKOFF_MILLISECONDS = 200;
/** Waits grow to this many times the first. */
const LONGEST_BACKOFF = 100;
/** Tries where waiting seldom helps: nothing listens, or what answers does not answer as AWS does. */
const FEW = 5;
const NOBODY_THERE = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'];

/**
 * Tries a call again until it works or its time is over: full jitter, and a pace that all calls of one service share. Each
 * refusal to go so fast makes it slower, each success a little quicker, so that few calls are wasted on a quota nobody knows.
 *
 * The SDK's own strategies know no deadline, and give up early when many calls fail at once.
 */
export function patientStrategy(options: Patience, gate: Gate): RetryStrategy {
  const patience = (options.patience ?? PATIENCE_SECONDS) * 1_000;
  const base = options.backoff ?? BACKOFF_MILLISECONDS;
  const pace = startPace(base);
  const deadlines = new WeakMap<RetryToken, number>();

  function token(tries: number, deadline: number): RetryToken {
    const made = { getRetryCount: () => tries, getRetryDelay: () => 0 };
    deadlines.set(made, deadline);
    return made;
  }
  return {
    async acquireInitialRetryToken() {
      await pace.turn();
      gate.check?.();
      return token(0, Date.now() + patience);
    },
    async refreshRetryTokenForRetry(last, trouble) {
      const tries = last.getRetryCount() + 1;
      const deadline = deadlines.get(last) ?? 0;
      if (tries >= Math.min(options.attempts ?? Number.POSITIVE_INFINITY, mostTries(trouble))) {
        throw new Error('The call was tried often enough');
      }
      if (trouble.errorType === 'THROTTLING') pace.slower();
      const longest = base * Math.min(2 ** tries, LONGEST_BACKOFF);
      const wait = Math.max(Math.random() * longest, hinted(trouble));
      if (Date.now() + wait > deadline) throw new Error('The time of the call is over');
      await sleep(wait);
      await pace.turn();
      gate.check?.();
      return token(tries, deadline);
    },
    recordSuccess() {
      pace.quicker();
    },
  };
}

function mostTries({ error, errorType }: Trouble): number {
  if (errorType === 'CLIENT_ERROR') return isUnreadable(error) ? FEW : 1;
  return NOBODY_THERE.includes(codeOf(error)) ? FEW : Number.POSITIVE_INFINITY;
}

/** An answer that was cut off, or that is none of AWS's. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Deserialization error');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** What a `Retry-After` asks for, in milliseconds. */
function hinted({ retryAfterHint }: Trouble): number {
  return retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - Date.now();
}

interface Pace {
  /** Resolves when the next call may start. */
  turn(): Promise<void>;
  slower(): void;
  quicker(): void;
}

const SLOWER = 1.5;
const QUICKER = 0.97;

/** Milliseconds between two starts: none until something asks to slow down, and at most five times the first wait. */
function startPace(base: number): Pace {
  let gap = 0;
  let next = 0;
  let slowedAt = 0;
  return {
    async turn() {
      const now = Date.now();
      const start = Math.max(now, next);
      next = start + gap;
      if (start > now) await sleep(start - now);
    },
    slower() {
      // Calls that were under way together are refused together, for one reason.
      if (Date.now() - slowedAt < gap) return;
      slowedAt = Date.now();
      gap = Math.min(Math.max(gap * SLOWER, base / 8), base * 5);
    },
    quicker() {
      gap = gap < base / 100 ? 0 : gap * QUICKER;
    },
  };
}
