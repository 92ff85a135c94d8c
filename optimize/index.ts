import type { CheckedLibrary } from '../check/index.ts';
import { pruneColumns } from './prune-columns.ts';

/** A change that leaves every table's rows and every privacy verdict as they are. */
export interface Rewrite {
  /** What it establishes. */
  readonly name: string;
  rewrite(checked: CheckedLibrary): CheckedLibrary;
}

/** In the order in which they are applied. */
export const rewrites: readonly Rewrite[] = [pruneColumns];

/** Makes a library cheap to run; what it means stays the same. */
export function optimize(checked: CheckedLibrary): CheckedLibrary {
  return rewrites.reduce((library, { rewrite }) => rewrite(library), checked);
}
