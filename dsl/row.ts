import type { FactsOf, OrNull, Row, TypeOf, ValueOf } from './values/value.ts';

declare const problem: unique symbol;

/** Stands where something else must not stand; its parameters are the sentence for the editor, and what could stand there. */
export interface Problem<Sentence, Instead = never> {
  readonly [problem]: readonly [Sentence, Instead];
}

type LastOf<U> = (U extends unknown ? (take: () => U) => void : never) extends (
  take: infer I,
) => void
  ? I extends () => infer L
    ? L
    : never
  : never;

/** A union of names as text, cut off after four: longer lists blow the checker up. */
export type Listed<U, Depth extends readonly 0[] = [], L = LastOf<U>> = [Exclude<U, L>] extends [
  never,
]
  ? L & string
  : Depth['length'] extends 3
    ? `${L & string} and more`
    : `${L & string}, ${Listed<Exclude<U, L>, [...Depth, 0]>}`;

/** The columns of a type. */
export type ColumnsOfType<R, T> = {
  [K in keyof R]: TypeOf<R[K]> extends T ? K : never;
}[keyof R] &
  string;

/** The united column of two rows: all labels of both. */
export type United<A, B> =
  FactsOf<B> extends FactsOf<A> ? A : ValueOf<TypeOf<A>, FactsOf<A> | FactsOf<B>>;

export type { OrNull, Row };
