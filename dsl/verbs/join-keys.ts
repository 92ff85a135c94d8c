import type { Problem } from '../row.ts';
import type { Condition } from '../values/boolean.ts';
import type { FactsOf, TypeOf, ValueOf } from '../values/value.ts';

/** Choices of a join that its rows do not depend on, and the reason where rows of two people may meet. */
export interface JoinOptions<Why> {
  /** The side to send whole to every executor; without it, a side whose tables are declared `size: 'small'`. */
  readonly broadcast?: 'left' | 'right';
  /** Why rows of two consenting people may meet in one row. */
  readonly crossSubject?: Why;
}

/** What else a join may say of the rows that it pairs. */
export interface PairOptions<R, R2, W, Why> extends JoinOptions<Why> {
  /**
   * What must be true of a pair besides the equal columns; null or false: no pair. Such a join may be on no columns (`[]`), but
   * then every row is tried with every other.
   *
   * @param left the columns of this side
   * @param right the columns of the other side
   */
  readonly where?: (left: R, right: R2) => Condition<W>;
}

/**
 * What two rows can be joined on: a column of both, several, or left column to right column. Any text is let through, so that
 * {@link Joinable} can say what is wrong with it; the names are for completion.
 */
export type Keys<R, R2> = KeysNamed<R, Name<keyof R2>>;

// A parameter of its own: spelled out in the mapped type, the union of names would be made again for each column.
type KeysNamed<R, N> =
  | N
  | readonly N[]
  | ({ readonly [L in keyof R]?: N } & { readonly [left: string]: string });

type Name<K> = (K & string) | (string & {});

/** Left column to right column. */
export type Pairs<M> = M extends string
  ? { readonly [K in M]: K }
  : M extends readonly (infer N extends string)[]
    ? { readonly [K in N]: K }
    : M;

/** The right columns joined on. */
export type RightKeys<M> = M extends string ? M : M extends readonly (infer N)[] ? N : M[keyof M];

/** Refuses names of no column (but not where the other side is an unresolved name), and pairs of columns of types that do not meet, each at its place. */
export type Joinable<R, R2, M> = [keyof R2] extends [never]
  ? unknown
  : M extends string
    ? JoinablePair<R, R2, M, M>
    : M extends readonly unknown[]
      ? { readonly [I in keyof M]: JoinablePair<R, R2, M[I], M[I]> }
      : { readonly [L in keyof M]: JoinablePair<R, R2, L, M[L]> };

// The first case is for the editor's own question of what could stand here: without it, all columns would be compared.
type JoinablePair<R, R2, L, K> = string extends K
  ? unknown
  : L extends keyof R
    ? K extends keyof R2
      ? TypeOf<R2[K]> extends Meets<TypeOf<R[L]>>
        ? unknown
        : Problem<`cannot join ${L & string} (${TypeOf<R[L]> & string}) to ${K & string} (${TypeOf<R2[K]> & string}): cast one of them first`>
      : Problem<`the right has no column ${K & string}`, keyof R2>
    : Problem<`the left has no column ${L & string}`, keyof R>;

/** The type in which values of two types meet. */
export type MeetingType<T, U> = T extends U
  ? T
  : 'double' extends T | U
    ? 'double'
    : 'long' extends T | U
      ? 'long'
      : T;

/** The types whose values a value of the type can be equal to. */
type Meets<T> = T extends 'int'
  ? 'int' | 'long' | 'double'
  : T extends 'long' | 'double'
    ? T | 'int'
    : T extends string
      ? T
      : never;

/**
 * The right side, or the sentence where it brings columns that the left has. The first guards keep an unresolved name from
 * costing seconds.
 */
export type RightRows<D, R, R2, M> = 0 extends 1 & R2
  ? D
  : string extends keyof R2
    ? D
    : [Clash<R, R2, M>] extends [never]
      ? D
      : Problem<
          'both sides have columns of these names: rename or drop them on one side first',
          Clash<R, R2, M>
        >;

type Clash<R, R2, M> = Exclude<Extract<keyof R2, keyof R>, RightKeys<M>> & string;

/** A left column with the labels of the column it is joined with: a value that has found its partner tells what it tells. */
export type Partnered<V, K, R2, P> = K extends keyof P ? Labelled<V, R2[P[K] & keyof R2]> : V;

/** A value with the labels of another that it equals. */
export type Labelled<A, B> = [Exclude<FactsOf<B>, 'null'>] extends [FactsOf<A>]
  ? A
  : ValueOf<TypeOf<A>, FactsOf<A> | Exclude<FactsOf<B>, 'null'>>;
