import type { Span } from '../../algebra/span.ts';
import type { Measure } from '../../algebra/verbs/aggregate.ts';
import { type AggregateValue, type Measures, measureOf } from '../aggregates.ts';
import { named } from '../callback.ts';
import type { Dataset } from '../dataset.ts';
import type { AcrossSubjects, Grouping, State } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';

export interface AggregateMethods<R, S extends State> {
  /**
   * Groups of rows that agree on the columns; null is a value of its own. Where a column of the subject is among them, each
   * group is about one person; elsewhere it is about several.
   *
   * @example
   * ```ts
   * const perUser = accelerometer.groupBy('user').aggregate((c) => ({ readings: count(), mean: avg(c.x) }));
   * ```
   */
  groupBy<N extends keyof R>(...names: readonly N[]): Grouped<R, N, S>;
  /**
   * One row that sums up all rows.
   *
   * @example
   * ```ts
   * const total = accelerometer.aggregate((c) => ({ readings: count(), mean: avg(c.x) }));
   * ```
   */
  aggregate<M extends Measures>(
    make: (c: NoInfer<R>) => M,
  ): Dataset<{ readonly [K in keyof M]: Measured<M[K]> }, AcrossSubjects<S>>;
}

/** Groups of rows, to be made one row each. */
export interface Grouped<R, N, S extends State> {
  /** One row for each group: the columns grouped by, then the measures. */
  aggregate<M extends Measures>(
    make: (c: NoInfer<R>) => M,
  ): Dataset<
    {
      readonly [K in N | keyof M as K & string]: K extends keyof M
        ? Measured<M[K]>
        : K extends keyof R
          ? R[K]
          : never;
    },
    Grouping<S, N>
  >;
}

type Measured<A> = A extends AggregateValue<infer V> ? V : never;

export function aggregate(step: Step, span: Span, make: (c: never) => unknown): Step {
  return aggregated(step, span, [], make);
}

/** The step of groups of rows. */
export function aggregated(
  step: Step,
  span: Span,
  by: readonly string[],
  make: (c: never) => unknown,
): Step {
  const { entries, scope } = named(make, step, 'aggregate', span);
  const measures: readonly Measure[] = entries.map(([name, value]) => ({
    name,
    call: measureOf(name, value, scope, span),
  }));
  const from = { input: step.relation };
  return nextStep({ kind: 'aggregate', span, by, measures, from }, { input: step });
}
