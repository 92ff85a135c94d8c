import { atOnce, READS_AT_ONCE } from '../at-once.ts';
import type { Aws } from '../clients.ts';
import type { Desired, Live } from '../resource.ts';

const DENIED = ['AccessDenied', 'AccessDeniedException'];

/** What a list holds of what is wanted. */
export interface Listed<T> {
  /** By name. */
  readonly found: ReadonlyMap<string, T>;
  /** Whether the list was read to its end: what is not in {@link Listed.found} is not there. */
  readonly whole: boolean;
}

/**
 * Looks for names in a list of all that an account or bucket holds, which takes few calls unless others have far more than we want:
 * given up after so many pages.
 *
 * @param most calls that it may take
 * @param page asks for one: entries by name, and the token of the next; undefined where the list may not be read
 */
export async function listed<T>(
  wanted: ReadonlySet<string>,
  most: number,
  page: (
    token: string | undefined,
  ) => Promise<
    readonly [entries: readonly (readonly [string, T])[], next: string | undefined] | undefined
  >,
): Promise<Listed<T>> {
  const found = new Map<string, T>();
  let token: string | undefined;
  for (let calls = 0; calls < most && found.size < wanted.size; calls += 1) {
    const answer = await page(token);
    if (answer === undefined) break;
    for (const [name, entry] of answer[0]) if (wanted.has(name)) found.set(name, entry);
    token = answer[1] || undefined;
    if (token === undefined) return { found, whole: true };
  }
  return { found, whole: false };
}

/** Reads resources one by one, some at a time. */
export async function readEach(
  aws: Aws,
  desired: readonly Desired[],
  read: (aws: Aws, one: Desired) => Promise<Live | undefined>,
): Promise<readonly (readonly [string, Live])[]> {
  const found: (readonly [string, Live])[] = [];
  await atOnce(READS_AT_ONCE, desired, async (one) => {
    const live = await read(aws, one);
    if (live !== undefined) found.push([one.id, live]);
  });
  return found;
}

/** The answer, or undefined where the caller lacks the permission: of calls that only spare others. */
export async function unlessDenied<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && DENIED.includes(error.name)) return undefined;
    throw error;
  }
}

/** In groups of so many; the last may be smaller. */
export function chunks<T>(size: number, items: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
