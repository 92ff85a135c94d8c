import { receiptPrefix } from '../codegen/resources/names.ts';
import type { PersonKeys } from './person.ts';
import type { Store } from './store.ts';

/** What is done one after another; each may be done again. */
export const STEPS = ['plan', 'suppress', 'rewrite', 'rebuild', 'expire', 'verify'] as const;

export type Step = (typeof STEPS)[number];

/** A place that held rows of the person, and what became of it. */
export interface Holding {
  readonly what: 'landing' | 'quarantine' | 'table';
  /** Key of the object, or key prefix of the table's version. */
  readonly place: string;
  /** Of an object in a bucket with versions. */
  readonly version?: string;
  /** Whether readers saw it. */
  readonly current: boolean;
  readonly rows: number;
}

/** What was done to a place. Times are ISO-8601. */
export interface Action {
  readonly place: string;
  readonly version?: string;
  readonly done: 'lines removed' | 'deleted' | 'published anew';
  /** Lines removed, or objects deleted; absent where the run that wrote the next version deleted them. */
  readonly count?: number;
  /** Where the table's new version is. */
  readonly now?: string;
  readonly at: string;
}

/** What an erasure found and did; it holds digests of the person's keys and no personal value. */
export interface Receipt {
  readonly lakewright: 'erasure';
  readonly library: string;
  /** Kind of person. */
  readonly kind: string;
  readonly keys: PersonKeys;
  /** Devices that were theirs. */
  readonly devices: number;
  /** Of these, devices that belonged to somebody else too. */
  readonly sharedDevices: number;
  readonly started: string;
  readonly finished?: string;
  readonly steps: readonly { readonly step: Step; readonly at: string }[];
  readonly held: readonly Holding[];
  /** Key prefix of each derived table's version before, by `zone.table`. */
  readonly before: Readonly<Record<string, string>>;
  readonly actions: readonly Action[];
  /** When the person was forgotten before. */
  readonly earlier: readonly string[];
}

/**
 * Where the receipt of a person's erasure is.
 * @param digest of the person's key
 */
export function receiptKey(library: string, digest: string): string {
  return `${receiptPrefix(library)}${digest}.json`;
}

export async function readReceipt(
  store: Store,
  library: string,
  digest: string,
): Promise<Receipt | undefined> {
  const text = await store.text(receiptKey(library, digest));
  return text === undefined ? undefined : (JSON.parse(text) as Receipt);
}

export async function writeReceipt(store: Store, receipt: Receipt): Promise<void> {
  await store.write(
    receiptKey(receipt.library, receipt.keys.subject),
    `${JSON.stringify(receipt, null, 2)}\n`,
  );
}
