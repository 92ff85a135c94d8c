import type { Library } from '../algebra/library.ts';

/** Registered under a global name, so that a second copy of this module finds it too. */
const behind = Symbol.for('lakewright.library');

/** Lets an object that authors export stand for a library. */
export function registerLibrary<H extends object>(handle: H, library: Library): H {
  return Object.freeze(Object.defineProperty({ ...handle }, behind, { value: library }));
}

/**
 * The plain data behind what a library file exports as its default.
 *
 * @returns undefined where the value was not made with `library(...)`
 */
export function libraryOf(value: unknown): Library | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as { readonly [behind]?: Library })[behind];
}
