import type { Span } from '../../algebra/span.ts';
import type { Keeping, State } from '../state/state.ts';
import type { Step } from '../step.ts';
import { copy, projected } from './projection.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * Only the named columns, in this order. Rows that lose the column of their subject are about nobody in particular.
     *
     * @example
     * ```ts
     * const readings = accelerometer.select('user', 'timestamp');
     * ```
     */
    select<N extends keyof R>(
      ...names: readonly N[]
    ): Dataset<{ readonly [K in N]: R[K] }, Keeping<S, N>>;
  }
}

export function select(step: Step, span: Span, ...names: readonly string[]): Step {
  return projected(
    step,
    'select',
    names.map((name) => copy(name)),
    span,
  );
}
