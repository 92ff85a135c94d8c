import type { State } from './state/state.ts';

declare const contents: unique symbol;

/**
 * Rows of a table, or what steps made of them. Nothing is computed: each method describes one more step and gives a new
 * dataset; this one stays as it is.
 *
 * Each file in `verbs/` adds its methods. They are added, not inherited: for each new type of rows the checker would look at
 * every interface that is inherited from.
 *
 * @typeParam R the columns by name
 * @typeParam S whose rows they are, and what those people consent to
 */
export interface Dataset<in out R, in out S extends State> {
  /** For the editor only. Invariant, so that no annotation can hide a column or forge a consent. */
  readonly [contents]: (contents: readonly [R, S]) => readonly [R, S];
}
