import type { Span } from '../../algebra/span.ts';
import type { AtLeast, Measure } from '../../algebra/verbs/aggregate.ts';
import { type AggregateValue, type Measures, measureOf } from '../aggregates.ts';
import { named } from '../callback.ts';
import type { Dataset } from '../dataset.ts';
import { inWords, refuse } from '../refusal.ts';
import type { AcrossSubjects, Grouping, State } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
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
    aggregate<M extends Measures, const L extends number = never>(
      make: (c: NoInfer<R>) => M,
      options?: GroupOptions<S, L>,
    ): Dataset<{ readonly [K in keyof M]: Measured<M[K], L> }, AcrossSubjects<S>>;
  }
}

/** Groups of rows, to be made one row each. */
export interface Grouped<R, N, S extends State> {
  /**
   * One row for each group: the columns grouped by, then the measures.
   *
   * @example
   * ```ts
   * const perCity = consenting
   *   .groupBy('city')
   *   .aggregate((c) => ({ people: countDistinct(c.email), born: avg(c.birthYear) }), { atLeastSubjects: 20 });
   * ```
   */
  aggregate<M extends Measures, const L extends number = never>(
    make: (c: NoInfer<R>) => M,
    options?: GroupOptions<S, L>,
  ): Dataset<
    {
      readonly [K in N | keyof M as K & string]: K extends keyof M
        ? Measured<M[K], L>
        : K extends keyof R
          ? R[K]
          : never;
    },
    Grouping<S, N>
  >;
}

/** What a group must have, or is left out. */
export interface GroupOptions<S extends State, L> {
  /**
   * How many people must be in each group and have a value of each column that is measured; others are left out. What is made
   * of all their values (`count`, `countDistinct`, `sum`, `avg`, `stddev`) then names nobody; `min`, `max` and the columns grouped
   * by tell what they told. Each row must be about one person and say of whom.
   */
  readonly atLeastSubjects: [S['keys']] extends [never]
    ? 'these rows do not say whom each is about: use it while the key of the person is there'
    : L;
}

/** A measure's value, where at least L people are in each group. */
export type Measured<A, L> =
  A extends AggregateValue<infer V, infer B> ? ([L] extends [never] ? V : B) : never;

export function aggregate(
  step: Step,
  span: Span,
  make: (c: never) => unknown,
  options?: unknown,
): Step {
  return aggregated(step, span, [], make, options);
}

/** The step of groups of rows. */
export function aggregated(
  step: Step,
  span: Span,
  by: readonly string[],
  make: (c: never) => unknown,
  options?: unknown,
): Step {
  const { entries, scope } = named(make, step, 'aggregate', span);
  const measures: readonly Measure[] = entries.map(([name, value]) => ({
    name,
    call: measureOf(name, value, scope, span),
  }));
  const from = { input: step.relation };
  const atLeast = options === undefined ? {} : { atLeast: atLeastOf(step, options, span) };
  return nextStep({ kind: 'aggregate', span, by, measures, ...atLeast, from }, { input: step });
}

function atLeastOf({ frame }: Step, options: unknown, span: Span): AtLeast {
  const { atLeastSubjects: subjects } = (options ?? {}) as { readonly atLeastSubjects?: unknown };
  if (typeof subjects !== 'number') {
    const expected = 'a whole number above 1';
    return refuse('dsl/bad-option', span, {
      option: 'atLeastSubjects',
      found: inWords(subjects),
      expected,
    });
  }
  const { state, schema } = frame;
  const keys = state.kind === 'local' || state.kind === 'clean' ? state.keys : [];
  const isPerson = (key: string) =>
    schema.some(
      ({ name, labels }) => name === key && labels.some((one) => one.startsWith('subject:')),
    );
  const key = keys.find(isPerson) ?? keys[0];
  if (key === undefined) return refuse('dsl/no-subject', span, { verb: 'atLeastSubjects' });
  return { subjects, key };
}
