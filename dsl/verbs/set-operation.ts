import type { Span } from '../../algebra/span.ts';
import type { SetOperation } from '../../algebra/verbs/set-operation.ts';
import type { Joining } from '../state/joining.ts';
import type { State } from '../state/state.ts';
import { nextStep, type Step, stepOf } from '../step.ts';
import type { Partnered } from './join-keys.ts';
import type { Alike } from './union.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * The rows that the other dataset has too, each once. Both need the same columns of the same types; columns meet by name,
     * and null equals null. Where both name their subject by one column, consent known of either side holds for both.
     *
     * @example
     * ```ts
     * const inBoth = spring.intersect(autumn);
     * ```
     */
    intersect<R2, S2 extends State>(
      other: Alike<Dataset<R2, S2>, R, R2>,
    ): Dataset<
      { readonly [K in keyof R]: Partnered<R[K], K, R2, SameNames<R>> },
      Joining<'semi', S, S2, SameNames<R>, 'equal rows'>
    >;
    /**
     * The rows that the other dataset has not, each once. Both need the same columns of the same types; columns meet by name,
     * and null equals null. They are never consenting because of the other dataset, and take its labels.
     *
     * @example
     * ```ts
     * const onlyInSpring = spring.except(autumn);
     * ```
     */
    except<R2, S2 extends State>(
      other: Alike<Dataset<R2, S2>, R, R2>,
    ): Dataset<
      { readonly [K in keyof R]: Partnered<R[K], K, R2, SameNames<R>> },
      Joining<'anti', S, S2, SameNames<R>, 'equal rows'>
    >;
  }
}

type SameNames<R> = { readonly [K in keyof R]: K };

export const intersect = keeping('intersect');
export const except = keeping('except');

function keeping(operation: SetOperation['operation']) {
  return (left: Step, span: Span, other: unknown): Step => {
    const right = stepOf(other, `.${operation}(...)`, span);
    const from = { left: left.relation, right: right.relation };
    return nextStep({ kind: 'setOperation', span, operation, from }, { left, right }, left.isSmall);
  };
}
