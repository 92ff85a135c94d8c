import type { Label } from '../../algebra/labels.ts';
import type { Permit } from '../../algebra/permit.ts';
import type { Span } from '../../algebra/span.ts';
import type { LoweredColumn, LoweredRows } from '../../algebra/verbs/declassify.ts';
import { inWords, refuse } from '../refusal.ts';
import type { Clean, State } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import type { DateConstant, FactsOf, TypeOf, ValueOf } from '../values/value.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * Lets out what no rule lets out, since somebody looked at it and allowed it until a day. It says exactly what it lowers: all
     * labels that a column has, and which of them stay. It is listed in the manifest, in every plan of a deployment and on the
     * page of who sees what; it ends on its last day, and is refused where nothing needs it.
     *
     * @example
     * ```ts
     * const scored = answers.declassify({
     *   column: 'score',
     *   from: 'quasi-identifier',
     *   to: 'none',
     *   reason: 'Scores are published by the examination board with every name.',
     *   reviewer: 'privacy@example.org',
     *   expires: '2027-03-31',
     * });
     * ```
     */
    declassify<
      N extends keyof R,
      const From extends Extract<FactsOf<R[N]>, Label>,
      const To extends From | 'none',
    >(
      spec: Exception & {
        readonly column: N;
        readonly from: From | readonly From[];
        readonly to: To | readonly To[];
      },
    ): Dataset<
      {
        readonly [K in keyof R]: K extends N
          ? ValueOf<TypeOf<R[K]>, Exclude<FactsOf<R[K]>, Exclude<From, To>>>
          : R[K];
      },
      S
    >;
    /**
     * The same of rows that depend on several people, some perhaps without consent: they may be used for the purposes, whoever is
     * behind them.
     *
     * @example
     * ```ts
     * const beds = stays.aggregate(() => ({ taken: count() })).declassify({
     *   from: 'mixed',
     *   to: 'research',
     *   reason: 'The number of beds in use is on a screen in the hall.',
     *   reviewer: 'privacy@example.org',
     *   expires: '2027-03-31',
     * });
     * ```
     */
    declassify<const P extends string>(
      spec: Exception & { readonly from: MixedRows<S>; readonly to: P | readonly P[] },
    ): Dataset<R, Clean<P>>;
  }
}

/** Who allowed it, why, and until when. */
interface Exception {
  /** Why it does no harm. */
  readonly reason: string;
  /** Who looked at it and is to be asked. */
  readonly reviewer: string;
  /** The last day on which it holds, in UTC, within a year: `'2027-03-31'`. */
  readonly expires: DateConstant;
}

type MixedRows<S extends State> = S['kind'] extends 'mixed'
  ? 'mixed'
  : 'these rows do not depend on several people at once: nothing is to be declassified';

export function declassify(step: Step, span: Span, spec: unknown): Step {
  const given = recordOf(spec, span);
  const lowers =
    given['column'] === undefined ? loweredRows(given, span) : loweredColumn(given, span);
  const permit: Permit = {
    reason: textOf(given, 'reason', span),
    reviewer: textOf(given, 'reviewer', span),
    expires: textOf(given, 'expires', span),
  };
  const from = { input: step.relation };
  return nextStep({ kind: 'declassify', span, lowers, permit, from }, { input: step });
}

type Given = Readonly<Record<string, unknown>>;

function loweredColumn(given: Given, span: Span): LoweredColumn {
  const labels = (option: string): readonly Label[] =>
    // Which labels there are is the compiler's to tell: it compares them with those that it derives.
    [...new Set(textsOf(given, option, span))].sort() as readonly string[] as readonly Label[];
  const is = given['to'] === 'none' ? [] : labels('to');
  return { of: 'column', column: textOf(given, 'column', span), was: labels('from'), is };
}

function loweredRows(given: Given, span: Span): LoweredRows {
  if (given['from'] !== 'mixed') {
    const expected = "'mixed' for rows, or `column` and its labels";
    return refuse('dsl/bad-option', span, {
      option: 'from',
      found: inWords(given['from']),
      expected,
    });
  }
  return { of: 'rows', purposes: [...new Set(textsOf(given, 'to', span))].sort() };
}

function recordOf(spec: unknown, span: Span): Given {
  if (typeof spec === 'object' && spec !== null) return spec as Given;
  const expected = '{ column, from, to, reason, reviewer, expires }';
  return refuse('dsl/bad-option', span, { option: 'declassify', found: inWords(spec), expected });
}

function textOf(given: Given, option: string, span: Span): string {
  const value = given[option];
  if (typeof value === 'string') return value;
  return refuse('dsl/bad-option', span, { option, found: inWords(value), expected: 'text' });
}

function textsOf(given: Given, option: string, span: Span): readonly string[] {
  const value = given[option];
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (texts.length > 0 && texts.every((one) => typeof one === 'string')) return texts;
  return refuse('dsl/bad-option', span, {
    option,
    found: inWords(value),
    expected: 'one text or more',
  });
}
