import type { Span } from '../../algebra/span.ts';
import type { Joining } from '../state/joining.ts';
import type { State } from '../state/state.ts';
import { type Step, stepOf } from '../step.ts';
import { joined } from './join.ts';
import type { JoinOptions, RightRows } from './join-keys.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * Each row with each row of the other side, which says at its place that the result may be large. With a side of one row, such
     * as an aggregate of all rows, it puts that row beside every other: what SQL calls a scalar subquery. For a condition of the
     * pair write `.filter` behind it.
     *
     * @example
     * ```ts
     * const beside = readings.crossJoin(readings.aggregate((c) => ({ mean: avg(c.x) })), {
     *   crossSubject: 'Each reading is compared with the mean of all.',
     * });
     * ```
     */
    crossJoin<R2, S2 extends State, const Why extends string = never>(
      right: RightRows<Dataset<R2, S2>, R, R2, readonly []>,
      options?: JoinOptions<Why>,
    ): Dataset<
      { readonly [K in keyof R | keyof R2]: K extends keyof R ? R[K] : R2[K & keyof R2] },
      // biome-ignore lint/complexity/noBannedTypes: no columns are joined on
      Joining<'cross', S, S2, {}, Why>
    >;
  }
}

export function crossJoin(
  left: Step,
  span: Span,
  other: unknown,
  options: JoinOptions<string> = {},
): Step {
  const right = stepOf(other, '.crossJoin(...)', span);
  return joined('cross', { left, right, on: [] }, options, span);
}
