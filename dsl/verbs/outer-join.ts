import type { Span } from '../../algebra/span.ts';
import type { Joining } from '../state/joining.ts';
import type { Renaming, State } from '../state/state.ts';
import { type Step, stepOf } from '../step.ts';
import type { FactsOf, OrNull, TypeOf, ValueOf } from '../values/value.ts';
import { joined, type On, pairs } from './join.ts';
import type {
  Joinable,
  JoinOptions,
  Keys,
  Labelled,
  MeetingType,
  Pairs,
  Partnered,
  RightKeys,
  RightRows,
} from './join-keys.ts';
import { copy, projected, replaced } from './projection.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * Like `join`, but rows of the right without a partner stay, with null in this side's columns. The columns joined on have this
     * side's names and the right's values. It is the right's `leftJoin` with this side.
     *
     * @example
     * ```ts
     * const everybody = accelerometer.rightJoin(customers, { user: 'email' });
     * ```
     */
    rightJoin<R2, S2 extends State, const M extends Keys<R, R2>, const Why extends string = never>(
      right: RightRows<Dataset<R2, S2>, R, R2, M>,
      on: M & Joinable<R, R2, M>,
      options?: JoinOptions<Why>,
    ): Dataset<
      {
        readonly [K in keyof R | Exclude<keyof R2, RightKeys<M>>]: K extends keyof Pairs<M>
          ? Labelled<R2[Pairs<M>[K] & keyof R2], R[K & keyof R]>
          : K extends keyof R
            ? OrNull<R[K]>
            : R2[K & keyof R2];
      },
      Joining<'left', Renaming<S2, Flipped<Pairs<M>>>, S, Same<Pairs<M>>, Why>
    >;
    /**
     * Pairs of rows that agree on columns, and the rows of both sides without a partner, with null in the other's columns. A column
     * joined on has the value of the side that has a row. It is consenting only where both sides are.
     *
     * @example
     * ```ts
     * const either = customers.fullJoin(members, 'email');
     * ```
     */
    fullJoin<R2, S2 extends State, const M extends Keys<R, R2>, const Why extends string = never>(
      right: RightRows<Dataset<R2, S2>, R, R2, M>,
      on: M & Joinable<R, R2, M>,
      options?: Omit<JoinOptions<Why>, 'broadcast'>,
    ): Dataset<
      {
        readonly [K in keyof R | Exclude<keyof R2, RightKeys<M>>]: K extends keyof Pairs<M>
          ? Either<Partnered<R[K & keyof R], K, R2, Pairs<M>>, R2[Pairs<M>[K] & keyof R2]>
          : OrNull<K extends keyof R ? R[K] : R2[K & keyof R2]>;
      },
      Joining<'full', S, S2, Pairs<M>, Why>
    >;
  }
}

type Flipped<M> = { readonly [K in M[keyof M] & string]: LeftOf<K, M> };
type LeftOf<K, M> = { [L in keyof M]: M[L] extends K ? L : never }[keyof M];
type Same<M> = { readonly [L in keyof M]: L };

/** The value of one side or the other: null where either can be, in the type in which they meet, and in no bands. */
type Either<A, B> = ValueOf<
  MeetingType<TypeOf<A>, TypeOf<B>>,
  Exclude<FactsOf<A> | FactsOf<B>, `band:${number}`>
>;

type OuterJoin = (
  step: Step,
  span: Span,
  other: unknown,
  on: On,
  options?: JoinOptions<string>,
) => Step;

export const rightJoin: OuterJoin = (left, span, other, on, { broadcast, ...options } = {}) => {
  const right = stepOf(other, '.rightJoin(...)', span);
  const columns = pairs(on, 'rightJoin', span);
  const names = new Map(columns.map((pair) => [pair.right, pair.left] as const));
  const isSame = columns.every((pair) => pair.left === pair.right);
  const main = isSame ? right : renamedKeys(right, names, span);
  const same = columns.map((pair) => ({ left: pair.left, right: pair.left }));
  const hint = broadcast === 'left' ? ({ broadcast: 'right' } as const) : {};
  return joined(
    'left',
    { left: main, right: left, on: same },
    { ...options, ...hint, sugar: 'rightJoin' },
    span,
  );
};

function renamedKeys(right: Step, names: ReadonlyMap<string, string>, span: Span): Step {
  const columns = [...names].map(([name, used]) => [name, copy(name, used)] as const);
  return projected(right, 'rename', replaced(right, new Map(columns)), span);
}

export const fullJoin: OuterJoin = (left, span, other, on, options = {}) => {
  const right = stepOf(other, '.fullJoin(...)', span);
  const { broadcast: _, ...more } = options;
  return joined('full', { left, right, on: pairs(on, 'fullJoin', span) }, more, span);
};
