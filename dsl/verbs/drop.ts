import type { Span } from '../../algebra/span.ts';
import { refuse } from '../refusal.ts';
import type { Losing, State } from '../state/state.ts';
import type { Step } from '../step.ts';
import { copy, projected } from './projection.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * All columns but the named ones.
     *
     * @example
     * ```ts
     * const withoutNames = customers.drop('customerName', 'phone');
     * ```
     */
    drop<N extends keyof R>(
      ...names: readonly N[]
    ): Dataset<{ readonly [K in Exclude<keyof R, N>]: R[K] }, Losing<S, N>>;
  }
}

export function drop(step: Step, span: Span, ...names: readonly string[]): Step {
  const known = step.frame.schema.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) return refuse('dsl/unknown-column', span, { column: unknown, known });
  const kept = known.filter((name) => !names.includes(name));
  return projected(
    step,
    'drop',
    kept.map((name) => copy(name)),
    span,
  );
}
