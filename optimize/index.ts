import type { CheckedLibrary } from '../check/index.ts';
import { pruneColumns } from './prune-columns.ts';
import type { Rewrite } from './rewrite.ts';

/** In the order in which they are applied. */
export const rewrites: readonly Rewrite[] = [pruneColumns];

/** Makes a library cheap to run; what it means stays the same. */
export function optimize(checked: CheckedLibrary): CheckedLibrary {
  return rewrites.reduce((library, { rewrite }) => rewrite(library), checked);
}
