import type { Label } from '../../algebra/labels.ts';
import type { Span } from '../../algebra/span.ts';
import type { WindowFrame } from '../../algebra/verbs/window.ts';
import type { AggregateValue } from '../aggregates.ts';
import { named } from '../callback.ts';
import { type Order, orderingOf } from '../ordering.ts';
import { inWords, refuse } from '../refusal.ts';
import type { State, Windowing } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import type { FactsOf, TypeOf, ValueOf } from '../values/value.ts';
import { type WindowColumns, type WindowValue, windowColumnOf } from '../windows.ts';
import type { Existing } from './derive.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * All rows, each with new columns that other rows of its group tell: ranks, neighbours' values, running and moving
     * aggregates. Where the order leaves ties and each row needs its place, all remaining columns decide.
     *
     * Aggregates and first and last values are of a frame of rows: `rows` from so many before (negative) to so many behind, or
     * `range` from and to a distance in the one column ordered by (its unit, days, or seconds of timestamps). Without either it is
     * from the first row to this one, and of aggregates also those that are equal to it in the order; without an order, all rows.
     *
     * A new column tells what its operands, the order, the columns grouped by (unless the person's key is one) and, where rows need
     * their place, all remaining columns tell.
     *
     * @example
     * ```ts
     * const moving = readings.window({ by: ['user'], order: [asc('timestamp')], rows: [-4, 0] }, (c) => ({
     *   number: rowNumber(),
     *   step: lag(c.x),
     *   mean: avg(c.x),
     * }));
     * ```
     */
    window<
      const N extends keyof R,
      C extends WindowColumns,
      const O extends keyof R = never,
      const F extends Bounds | undefined = undefined,
    >(
      spec: WindowSpec<N, O, F>,
      make: (c: NoInfer<R>) => C & Existing<R, C>,
    ): Dataset<
      {
        readonly [K in keyof R | keyof C]: K extends keyof C
          ? Windowed<
              C[K],
              Parted<R, S, N> | Told<R, Exclude<O, N>>,
              Parted<R, S, N> | Told<R, Exclude<keyof R, N>>,
              F
            >
          : R[K & keyof R];
      },
      Windowing<S, N>
    >;
  }
}

/** From where to where: so many or so far before (negative), at (0) or behind the row, or to the end of its group. */
export type Bounds = readonly [from: number | 'unbounded', to: number | 'unbounded'];

/** Which rows a window's columns are told by. */
export interface WindowSpec<N, O, F> {
  /** The columns of which each combination of values is a group; none: all rows are one. */
  readonly by: readonly N[];
  /** How the rows of a group are sorted. */
  readonly order?: readonly Order<O>[];
  /** The frame, in rows. */
  readonly rows?: F;
  /** The frame, in the unit of the column ordered by. */
  readonly range?: Bounds;
}

/** What columns tell. */
type Told<R, N extends keyof R> = Extract<FactsOf<R[N]>, Label>;

/** What grouping tells: where a subject's own key is in it, only for which purposes there are pseudonyms. */
export type Parted<R, S extends State, N extends keyof R> = [Extract<N, S['keys']>] extends [never]
  ? Told<R, N>
  : Extract<Told<R, N>, `pseudonym:${string}`>;

type Windowed<A, ByOrder, ByRows, F> =
  A extends WindowValue<infer V, infer By>
    ? ValueOf<TypeOf<V>, FactsOf<V> | (By extends 'rows' ? ByRows : ByOrder)>
    : A extends AggregateValue<infer V>
      ? ValueOf<TypeOf<V>, FactsOf<V> | ([F] extends [undefined] ? ByOrder : ByRows)>
      : never;

export function window(
  step: Step,
  span: Span,
  spec: Readonly<Record<string, unknown>> & { readonly by: readonly string[] },
  make: (c: never) => unknown,
): Step {
  const { entries, scope } = named(make, step, 'window', span);
  const columns = entries.map(([name, value]) => ({
    name,
    call: windowColumnOf(name, value, scope, span),
  }));
  const order = listOf('order', spec['order'] ?? [], span).map((one) => orderingOf(one, span));
  const frame = frameOf(spec, span);
  const from = { input: step.relation };
  return nextStep(
    { kind: 'window', span, sugar: 'window', by: spec.by, order, ...frame, columns, from },
    { input: step },
  );
}

function frameOf(
  { rows, range }: Readonly<Record<string, unknown>>,
  span: Span,
): { readonly frame?: WindowFrame } {
  if (rows !== undefined && range !== undefined) {
    const expected = 'either rows or range';
    return refuse('dsl/bad-option', span, { option: 'window', found: 'both', expected });
  }
  const unit = rows === undefined ? 'range' : 'rows';
  const bounds = rows ?? range;
  if (bounds === undefined) return {};
  const [from, to, ...more] = listOf(unit, bounds, span);
  if (more.length > 0) return refuseBounds(unit, bounds, span);
  const bound = (value: unknown) => {
    if (value === 'unbounded') return null;
    return typeof value === 'number' && Number.isFinite(value)
      ? value
      : refuseBounds(unit, bounds, span);
  };
  return { frame: { unit, from: bound(from), to: bound(to) } };
}

function listOf(option: string, value: unknown, span: Span): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return refuse('dsl/bad-option', span, { option, found: inWords(value), expected: 'a list' });
}

function refuseBounds(option: string, value: unknown, span: Span): never {
  const expected = "two numbers such as [-4, 0], or 'unbounded' in place of one";
  return refuse('dsl/bad-option', span, { option, found: inWords(value), expected });
}
