import type { Code } from '../../../diagnostics/index.ts';
import type { AnyJob } from '../../../dsl/declarations/job.ts';

/** Jobs as an author might write them, of which the last lets something out. */
export interface Leak {
  /** What is let out, or how. */
  readonly it: string;
  /** The one code that the compiler refuses it with. */
  readonly code: Code;
  /** What stands in the source at the place that the message points at. */
  readonly at: string;
  readonly jobs: () => readonly AnyJob[];
}

/**
 * A leak that the compiler refuses at a place. Where TypeScript can tell as well, `@ts-expect-error` stands above the line that
 * it underlines, so that type checking this folder says so.
 */
export function leak(
  it: string,
  code: Code,
  at: string,
  jobs: () => AnyJob | readonly AnyJob[],
): Leak {
  return { it, code, at, jobs: () => [jobs()].flat() };
}

/** Jobs that let nothing out. */
export interface Safe {
  readonly it: string;
  readonly jobs: () => readonly AnyJob[];
}

/** Jobs that the compiler accepts, and TypeScript too, without a cast. */
export function safe(it: string, jobs: () => AnyJob | readonly AnyJob[]): Safe {
  return { it, jobs: () => [jobs()].flat() };
}
