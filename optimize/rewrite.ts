import type { CheckedLibrary } from '../check/index.ts';

/** A change that leaves every table's rows and every privacy verdict as they are. */
export interface Rewrite {
  /** What it establishes. */
  readonly name: string;
  rewrite(checked: CheckedLibrary): CheckedLibrary;
}
