import type { Expression } from '../../algebra/expressions.ts';
import type { Span } from '../../algebra/span.ts';
import { boolean, int as integer, string } from '../../algebra/types.ts';
import type { Expectation, OnUnmet } from '../../algebra/verbs/expect.ts';
import { expressionIn, named } from '../callback.ts';
import type { Dataset } from '../dataset.ts';
import { inWords, refuse } from '../refusal.ts';
import type { State, WithoutSomeRows } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import type { Condition } from '../values/boolean.ts';
import type { StringValue } from '../values/string.ts';
import type { FactsOf } from '../values/value.ts';
import { column, copy, projected } from './projection.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * Says what is expected of every row, by a name for each condition. A row for which a condition is false or null does not meet it.
     * Each run counts such rows by the names, in its report.
     *
     * @param make makes the conditions from the columns; the names are lines of the author's own
     * @param options `onFail`: `fail` (the default) ends the run and leaves the table's last version, `drop` leaves those rows out,
     * `warn` keeps them
     * @example
     * ```ts
     * const plausible = accelerometer.expect(
     *   (c) => ({ 'x is a number': c.x.isNaN().not(), 'y is a number': c.y.isNaN().not() }),
     *   { onFail: 'drop' },
     * );
     * ```
     */
    expect<const E extends Readonly<Record<string, unknown>>, const F extends OnUnmet = 'fail'>(
      make: (c: NoInfer<R>) => E & { readonly [K in keyof E]: Condition<E[K]> },
      options?: { readonly onFail?: F },
    ): Dataset<R, 'drop' extends F ? WithoutSomeRows<S> : S>;
    /**
     * The rows that meet all conditions, as `.expect` leaves them with `onFail: 'drop'`; and the others, for a table of their own, with
     * the column `reason`: the names of the conditions that a row does not meet. That table is one like any other: a zone takes it only
     * where it would take the rows.
     *
     * @example
     * ```ts
     * const { kept, quarantined } = accelerometer.quarantine((c) => ({ 'x is a number': c.x.isNaN().not() }));
     * ```
     */
    quarantine<const E extends Readonly<Record<string, unknown>>>(
      make: (c: NoInfer<R>) => E & { readonly [K in keyof E]: Condition<E[K]> },
    ): Quarantine<R, S, FactsOf<E[keyof E]>>;
  }
}

/** Rows that are as expected, and those that are not. */
export interface Quarantine<R, S extends State, F> {
  readonly kept: Dataset<R, WithoutSomeRows<S>>;
  readonly quarantined: Dataset<
    {
      readonly [K in keyof R | 'reason']: K extends 'reason'
        ? StringValue<Exclude<F, 'null'>>
        : R[K & keyof R];
    },
    WithoutSomeRows<S>
  >;
}

const outcomes: readonly OnUnmet[] = ['fail', 'drop', 'warn'];

export function expect(
  step: Step,
  span: Span,
  make: (c: never) => unknown,
  options: { readonly onFail?: unknown } = {},
): Step {
  const onUnmet = outcomes.find((one) => one === (options.onFail ?? 'fail'));
  if (onUnmet === undefined) {
    const found = inWords(options.onFail);
    const expected = outcomes.join(', ');
    return refuse('dsl/bad-option', span, { option: 'onFail', found, expected });
  }
  return expecting(step, expectationsOf(step, span, 'expect', make), onUnmet, span);
}

/** The steps of the rows that are as expected, and of those that are not. */
export function quarantine(
  step: Step,
  span: Span,
  make: (c: never) => unknown,
): { readonly kept: Step; readonly quarantined: Step } {
  const expectations = expectationsOf(step, span, 'quarantine', make);
  const kept = expecting(step, expectations, 'drop', span);
  const [first, ...rest] = expectations.map(({ where }) => unmet(where));
  const where = rest.reduce((one, other) => call('or', one, other), first ?? text(''));
  const from = { input: step.relation };
  const others = nextStep({ kind: 'filter', span, where, from }, { input: step });
  const copies = step.frame.schema.map(({ name }) => copy(name));
  const columns = [...copies, column('reason', reason(expectations))];
  return { kept, quarantined: projected(others, 'derive', columns, span) };
}

function expecting(
  step: Step,
  expectations: readonly Expectation[],
  onUnmet: OnUnmet,
  span: Span,
): Step {
  const from = { input: step.relation };
  return nextStep({ kind: 'expect', span, expectations, onUnmet, from }, { input: step });
}

function expectationsOf(
  step: Step,
  span: Span,
  verb: string,
  make: (c: never) => unknown,
): readonly Expectation[] {
  const { entries, scope } = named(make, step, verb, span);
  if (entries.length === 0) {
    const expected = 'one condition or more, each with its name';
    return refuse('dsl/bad-option', span, { option: verb, found: 'no condition', expected });
  }
  return entries.map(([name, value]) => {
    if (typeof value === 'boolean') return refuse('dsl/plain-boolean', span, { verb });
    const place = `"${name}" of .${verb}`;
    return { name, where: expressionIn(scope, value, place, span, boolean) };
  });
}

const separator = '; ';

/** The names of the expectations that a row does not meet, in their order. */
function reason(expectations: readonly Expectation[]): Expression {
  const names = expectations.map(
    ({ name, where }): Expression => ({
      kind: 'case',
      // biome-ignore lint/suspicious/noThenProperty: the algebra's branches are named so; nothing awaits them
      branches: [{ when: unmet(where), then: text(`${separator}${name}`) }],
      otherwise: text(''),
    }),
  );
  const longest = expectations.reduce((sum, { name }) => sum + separator.length + name.length, 0);
  const [first = text(''), ...rest] = names;
  const all = rest.length === 0 ? first : call('concat', first, ...rest);
  return call('substring', all, int(separator.length + 1), int(longest));
}

function unmet(where: Expression): Expression {
  return call('not', call('coalesce', where, { kind: 'literal', type: boolean, value: false }));
}

function call(name: string, ...operands: readonly Expression[]): Expression {
  return { kind: 'call', function: name, arguments: operands };
}

function text(value: string): Expression {
  return { kind: 'literal', type: string, value };
}

function int(value: number): Expression {
  return { kind: 'literal', type: integer, value };
}
