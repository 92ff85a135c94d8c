import type { Ordering } from '../../algebra/expressions.ts';
import type { Span } from '../../algebra/span.ts';
import type { Dedupe } from '../../algebra/verbs/dedupe.ts';
import { type Order, orderingOf } from '../ordering.ts';
import { inWords, refuse } from '../refusal.ts';
import type { Picking, State } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * One row of each group that agrees on `by`: the first in `order`. Where the order leaves ties, all remaining columns
     * decide, so that the pick never depends on how the rows lie.
     *
     * @example
     * ```ts
     * const latest = customers.dedupe({ by: ['email'], order: [desc('lastUpdateDate'), asc('serialNumber')] });
     * ```
     */
    dedupe<N extends keyof R>(spec: {
      /** The columns of which each combination of values stays once. */
      readonly by: readonly N[];
      /** Which row stays: the first, sorted so. */
      readonly order: readonly Order<keyof R>[];
    }): Dataset<R, Picking<S, N, 'newest'>>;
    /**
     * The newest row of each key: `dedupe` by the key, the latest time first.
     *
     * @example
     * ```ts
     * const latest = customers.latestBy('email', 'lastUpdateDate');
     * ```
     */
    latestBy<N extends keyof R>(
      key: N | readonly N[],
      time: keyof R,
    ): Dataset<R, Picking<S, N, 'newest'>>;
    /**
     * The first rows of each group that agrees on `by`, of all rows where that is left out. Where the order leaves ties, all
     * remaining columns decide.
     *
     * @param count how many rows, 1 or more
     * @example
     * ```ts
     * const lastThree = readings.top(3, { by: ['user'], order: [desc('timestamp')] });
     * const longest = trips.top(10, { order: [desc('distance')] });
     * ```
     */
    top<N extends keyof R = never>(
      count: number,
      spec: {
        /** The columns of which each combination of values has its own first rows. */
        readonly by?: readonly N[];
        /** Which rows stay: the first, sorted so. */
        readonly order: readonly [Order<keyof R>, ...Order<keyof R>[]];
      },
    ): Dataset<R, Picking<S, N, 'no'>>;
    /**
     * Each row once, however often it came.
     *
     * @example
     * ```ts
     * const readings = accelerometer.distinct();
     * ```
     */
    distinct(): Dataset<R, S>;
  }
}

export function dedupe(
  step: Step,
  span: Span,
  spec: { readonly by: readonly string[]; readonly order: readonly unknown[] },
): Step {
  const order = spec.order.map((one) => orderingOf(one, span));
  return picked(step, { sugar: 'dedupe', by: spec.by, order }, span);
}

export function latestBy(
  step: Step,
  span: Span,
  key: string | readonly string[],
  time: string,
): Step {
  const by = typeof key === 'string' ? [key] : key;
  const nulls = isOptionalVersion(step, time) ? 'first' : 'last';
  const order: readonly Ordering[] = [{ column: time, direction: 'desc', nulls }];
  return picked(step, { sugar: 'latestBy', by, order }, span);
}

/** Whether a column dates the versions by which consent is told, not all of them: a row without a version counts as the newest. */
function isOptionalVersion(step: Step, name: string): boolean {
  const column = step.frame.schema.find((one) => one.name === name);
  const consents = step.origins.get(column?.origin?.table ?? '')?.consents ?? [];
  const isVersion = consents.some(({ version }) => version === column?.origin?.column);
  return isVersion && column?.nullable === true;
}

export function top(
  step: Step,
  span: Span,
  count: number,
  spec: { readonly by?: readonly string[]; readonly order: readonly unknown[] },
): Step {
  if (!Number.isInteger(count) || count < 1 || count > mostRows) {
    const expected = `a whole number from 1 to ${mostRows}`;
    return refuse('dsl/bad-option', span, { option: 'top', found: inWords(count), expected });
  }
  const order = spec.order.map((one) => orderingOf(one, span));
  if (order.length === 0) orderingOf(undefined, span);
  return picked(step, { sugar: 'top', by: spec.by ?? [], order, first: count }, span);
}

/** Spark counts rows of a window with an int. */
const mostRows = 2_147_483_647;

export function distinct(step: Step, span: Span): Step {
  const by = step.frame.schema.map(({ name }) => name);
  return picked(step, { sugar: 'distinct', by, order: [] }, span);
}

function picked(
  step: Step,
  how: Pick<Dedupe, 'sugar' | 'by' | 'order' | 'first'>,
  span: Span,
): Step {
  const from = { input: step.relation };
  const next = nextStep({ kind: 'dedupe', span, ...how, from }, { input: step });
  const { state } = next.frame;
  if (state.kind !== 'local' || state.complete !== 'newest') return next;
  return { ...next, versions: step.versions ?? step };
}
