import type { Span } from '../../algebra/span.ts';
import type { Listed, United } from '../row.ts';
import type { State, Uniting } from '../state/state.ts';
import { nextStep, type Step, stepOf } from '../step.ts';
import type { TypeOf } from '../values/value.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * All rows of both, doubles kept. Both need the same columns of the same types; columns meet by name, and their labels
     * unite. The result is consented only for purposes that both are consented for.
     *
     * @example
     * ```ts
     * const everyone = europe.union(america);
     * ```
     */
    union<R2, S2 extends State>(
      other: Alike<Dataset<R2, S2>, R, R2>,
    ): Dataset<
      { readonly [K in keyof R]: K extends keyof R2 ? United<R[K], R2[K]> : R[K] },
      Uniting<S, S2>
    >;
  }
}

/** The other side, or a sentence where its columns are not these. */
export type Alike<D, R, R2> = 0 extends 1 & R2
  ? D
  : [Unlike<R, R2>] extends [never]
    ? D
    : `both sides need the same columns of the same types: look at ${Listed<Unlike<R, R2>>}`;

type Unlike<R, R2> =
  | ({
      [K in keyof R]: K extends keyof R2 ? (TypeOf<R2[K]> extends TypeOf<R[K]> ? never : K) : K;
    }[keyof R] &
      string)
  | (Exclude<keyof R2, keyof R> & string);

export function union(left: Step, span: Span, other: unknown): Step {
  const right = stepOf(other, '.union(...)', span);
  const from = { left: left.relation, right: right.relation };
  return nextStep({ kind: 'union', span, from }, { left, right });
}
