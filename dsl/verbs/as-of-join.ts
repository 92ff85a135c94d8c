import type { Span } from '../../algebra/span.ts';
import type { ColumnsOfType, OrNull } from '../row.ts';
import type { Joining } from '../state/joining.ts';
import type { Picking, State, Windowing } from '../state/state.ts';
import { nextStep, type Step, stepOf } from '../step.ts';
import { type AsOf, asOfCondition, asOfOptions } from './as-of-condition.ts';
import { joined, type On, pairs } from './join.ts';
import type {
  Joinable,
  JoinOptions,
  Keys,
  Pairs,
  Partnered,
  RightKeys,
  RightRows,
} from './join-keys.ts';
import { copy, projected } from './projection.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * Each row with at most one row of the other side: of those that agree on `on`, the one next to it in time, within the
     * tolerance. Rows without a partner stay, with null in the other's columns. Of two at one distance it is the earlier one, of
     * several at one time the first by all other columns. What has no time, or is further away than a `long` can say, is nobody's
     * partner.
     *
     * @example
     * ```ts
     * const steps = motions.asOfJoin(accelerations, {
     *   on: 'user',
     *   time: { left: 'sensedAt', right: 'measuredAt' },
     *   match: 'nearest',
     *   tolerance: 50,
     * });
     * ```
     */
    asOfJoin<R2, S2 extends State, const M extends Keys<R, R2>, const Why extends string = never>(
      right: RightRows<Dataset<R2, S2>, R, R2, M>,
      options: AsOfOptions<R, R2, M, Why>,
    ): Dataset<
      {
        readonly [K in keyof R | Exclude<keyof R2, RightKeys<M>>]: K extends keyof R
          ? Partnered<R[K], K, R2, Pairs<M>>
          : OrNull<R2[K & keyof R2]>;
      },
      Joining<'left', S, Windowing<Picking<S2, RightKeys<M>, 'no'>, RightKeys<M>>, Pairs<M>, Why>
    >;
  }
}

/** How an as-of join finds partners. */
export interface AsOfOptions<R, R2, M, Why> extends JoinOptions<Why> {
  /** What must be equal: a column that both have, several, or `{ left: 'right' }`. */
  readonly on: M & Joinable<R, R2, M>;
  /** The time of each side: whole numbers, dates or timestamps, of one type. */
  readonly time: { readonly left: TimeOf<R>; readonly right: TimeOf<R2> };
  /** The latest one `before` the row or at its time, the first one `after` it or at its time, or the `nearest`. */
  readonly match: AsOf['match'];
  /** How far away it may be: in the unit of whole numbers, in days, or in seconds of timestamps (`0.005`). */
  readonly tolerance?: number;
  /** False where one at the very time of the row will not do; of `before` and `after`. */
  readonly allowExact?: boolean;
}

type TimeOf<R> = ColumnsOfType<R, 'int' | 'long' | 'date' | 'timestamp'>;

interface Options extends JoinOptions<string> {
  readonly on: On;
}

/**
 * The other side keeps one row of each time, with the times of its neighbours; so a row's partner is known by a condition of the
 * pair alone, and each row has one at most, however often it comes. Unlike a union of both sides with a window over it, that is
 * a left join, which keeps what is known of whose rows the left's are.
 */
export function asOfJoin(left: Step, span: Span, other: unknown, options: Options): Step {
  const right = stepOf(other, '.asOfJoin(...)', span);
  const { on, broadcast, crossSubject } = options;
  const columns = pairs(on, 'asOfJoin', span);
  const asOf = asOfOptions(options as never, left, right, span);
  const keys = columns.map((pair) => pair.right);
  const bounded = withNeighbours(oneOfEachTime(right, keys, asOf, span), keys, asOf, span);
  const found = joined(
    'left',
    { left, right: bounded, on: columns },
    {
      ...(broadcast === undefined ? {} : { broadcast }),
      ...(crossSubject === undefined ? {} : { crossSubject }),
      where: asOfCondition(asOf),
      sugar: 'asOfJoin',
    },
    span,
  );
  const passing: readonly string[] = neighbours(asOf).map(({ name }) => name);
  const kept = found.frame.schema.filter(({ name }) => !passing.includes(name));
  return projected(
    found,
    'drop',
    kept.map(({ name }) => copy(name)),
    span,
  );
}

/** Of several rows at one time the first by all other columns. */
function oneOfEachTime(right: Step, keys: readonly string[], { time }: AsOf, span: Span): Step {
  const by = [...new Set([...keys, time.right])];
  const from = { input: right.relation };
  return nextStep({ kind: 'dedupe', span, sugar: 'dedupe', by, order: [], from }, { input: right });
}

/** Each row with the times of those between which it lies, null where there is none. */
function withNeighbours(rows: Step, keys: readonly string[], asOf: AsOf, span: Span): Step {
  const one = { kind: 'literal', type: { kind: 'int' }, value: 1 } as const;
  const time = { kind: 'column', name: asOf.time.right } as const;
  const columns = neighbours(asOf).map(({ name, way }) => ({
    name,
    call: { kind: 'window', function: way, arguments: [time, one] } as const,
  }));
  const order = [{ column: asOf.time.right, direction: 'asc', nulls: 'last' }] as const;
  const from = { input: rows.relation };
  return nextStep(
    { kind: 'window', span, sugar: 'window', by: [...new Set(keys)], order, columns, from },
    { input: rows },
  );
}

function neighbours({ match, previous, next }: AsOf) {
  return [
    ...(match === 'before' ? [] : [{ name: previous, way: 'lag' } as const]),
    ...(match === 'after' ? [] : [{ name: next, way: 'lead' } as const]),
  ];
}
