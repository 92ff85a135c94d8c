import type { Span } from '../../algebra/span.ts';
import { boolean } from '../../algebra/types.ts';
import { computed } from '../callback.ts';
import type { State, WithoutSomeRows } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import type { Condition } from '../values/boolean.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * The rows for which a condition is true. Rows for which it is false or null go.
     *
     * @param where makes the condition from the columns; combine conditions with `.and`, `.or`, `.not`
     * @example
     * ```ts
     * const still = accelerometer.filter((c) => c.x.eq(0).and(c.y.eq(0)));
     * ```
     */
    filter<W>(where: (c: NoInfer<R>) => Condition<W>): Dataset<R, WithoutSomeRows<S>>;
  }
}

export function filter(step: Step, span: Span, make: (c: never) => unknown): Step {
  const where = computed(make, step, { verb: 'filter', expects: boolean }, span);
  return nextStep({ kind: 'filter', span, where, from: { input: step.relation } }, { input: step });
}
