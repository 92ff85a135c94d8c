import type { RESTRICTED } from '../../algebra/library.ts';
import type { Listed } from '../row.ts';
import type { State } from '../state/state.ts';
import type { FactsOf, Identifying } from '../values/value.ts';
import type { Sink } from './sink.ts';

/** The sink itself where it may hold the rows; else a sentence that says why not. */
export type Admitted<R, S extends State, K> =
  K extends Sink<infer Z, infer T, infer P, infer H>
    ? Z extends typeof RESTRICTED
      ? K
      : [P] extends [S['purposes']]
        ? S['kind'] extends 'clean' | 'public'
          ? AdmittedColumns<R, K, `${Z}.${T}`, P, H>
          : Unconsented<S, `${Z}.${T}`, P>
        : Unconsented<S, `${Z}.${T}`, P>
    : K;

type Unconsented<S extends State, T extends string, P extends string> = S['kind'] extends 'clean'
  ? `${T} is for ${Listed<P>}, but these people consented to ${Listed<S['purposes']>} only: use ${KeepConsented<P>}`
  : S['kind'] extends 'mixed'
    ? `${T} is for ${Listed<P>}, but these rows may depend on people who did not consent: use ${KeepConsented<P>} before grouping, and join on the key of the subject`
    : `${T} is for ${Listed<P>}, but people who did not consent may be in these rows: use ${KeepConsented<P>}, or join with such rows on ${Listed<S['keys']>}`;

type KeepConsented<P extends string> = `keepConsented(${Listed<`'${P}'`>})`;

/** Where people are named anyway, columns tell nothing new; the compiler's check looks at pseudonyms there too. */
type AdmittedColumns<R, K, T extends string, P extends string, H> = [H] extends ['identified']
  ? K
  : [Telling<R>] extends [never]
    ? [OfOtherPurpose<R, P>] extends [never]
      ? K
      : `${T} is for ${Listed<P>}: pseudonymize ${Listed<OfOtherPurpose<R, P>>} for that purpose`
    : `${T} may not tell who people are: drop or pseudonymize ${Listed<Telling<R>>}`;

/** Columns that a person can be found by. */
type Telling<R> = {
  [C in keyof R]: [Extract<FactsOf<R[C]>, Identifying>] extends [never] ? never : C;
}[keyof R] &
  string;

/** Columns that hold pseudonyms for other purposes. */
type OfOtherPurpose<R, P extends string> = {
  [C in keyof R]: [
    Exclude<Extract<FactsOf<R[C]>, `pseudonym:${string}`>, `pseudonym:${P}`>,
  ] extends [never]
    ? never
    : C;
}[keyof R] &
  string;
