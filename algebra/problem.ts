import type { Span } from './span.ts';

/** What can be wrong with a relation or an expression: code to parameters. The words are in `diagnostics/`. */
export interface RelationProblems {
  'schema/unknown-column': { readonly column: string; readonly known: readonly string[] };
  'schema/duplicate-column': { readonly column: string; readonly hint: string };
  'schema/no-columns': { readonly verb: string };
  'schema/unrepeatable': { readonly verb: string; readonly function: string };
  'schema/unknown-table': { readonly table: string };
  'schema/unknown-function': { readonly function: string };
  'schema/unlike-types': {
    readonly operation: string;
    readonly left: string;
    readonly leftType: string;
    readonly right: string;
    readonly rightType: string;
  };
  'schema/wrong-type': {
    readonly operation: string;
    readonly found: string;
    readonly expected: string;
  };
  'schema/unknown-field': { readonly field: string; readonly known: readonly string[] };
  'schema/impossible-cast': { readonly column: string; readonly from: string; readonly to: string };
  'schema/equal-in-condition': { readonly left: string; readonly right: string };
  'schema/unlike-union': { readonly columns: readonly string[] };
  'schema/order-without-total': { readonly verb: string };
  'privacy/no-subject': { readonly verb: string; readonly why: string };
  'privacy/unknown-consent': { readonly purpose: string; readonly known: readonly string[] };
  'privacy/consent-columns-changed': {
    readonly columns: readonly string[];
    readonly table: string;
  };
  'privacy/consents-of-two-versions': { readonly versions: readonly string[] };
  'privacy/consent-after-filter': { readonly purposes: readonly string[] };
  'privacy/owner-after-filter': { readonly column: string };
  'privacy/not-an-alias': { readonly column: string };
  'privacy/declassify-mismatch': {
    readonly what: string;
    readonly said: readonly string[];
    readonly kept: readonly string[];
    readonly found: readonly string[];
  };
  'privacy/cross-subject': { readonly left: string; readonly right: string };
}

export type RelationProblemCode = keyof RelationProblems;

export type RelationProblem = {
  readonly [C in RelationProblemCode]: {
    readonly code: C;
    readonly span: Span;
    readonly parameters: RelationProblems[C];
  };
}[RelationProblemCode];

/** A result, as good as could be had, and what was wrong on the way: checks collect, they do not throw. */
export interface Checked<T> {
  readonly value: T;
  readonly problems: readonly RelationProblem[];
}

export function sound<T>(value: T): Checked<T> {
  return { value, problems: [] };
}

/** Makes a problem of a code with that code's parameters. */
export function problem<C extends RelationProblemCode>(
  code: C,
  span: Span,
  parameters: RelationProblems[C],
): RelationProblem {
  // A code with its own parameters is one member of the union; TypeScript cannot see it through the type parameter.
  return { code, span, parameters } as unknown as RelationProblem;
}
