import type { Span } from '../../algebra/span.ts';
import { boolean } from '../../algebra/types.ts';
import type { OnUnmet } from '../../algebra/verbs/expect.ts';
import { expressionIn, named } from '../callback.ts';
import type { Dataset } from '../dataset.ts';
import { inWords, refuse } from '../refusal.ts';
import type { State, WithoutSomeRows } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import type { Condition } from '../values/boolean.ts';

export interface ExpectMethods<R, S extends State> {
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
}

const outcomes: readonly OnUnmet[] = ['fail', 'drop', 'warn'];

export function expect(
  step: Step,
  span: Span,
  make: (c: never) => unknown,
  options: { readonly onFail?: unknown } = {},
): Step {
  const { entries, scope } = named(make, step, 'expect', span);
  if (entries.length === 0) {
    const expected = 'one condition or more, each with its name';
    return refuse('dsl/bad-option', span, { option: 'expect', found: 'no condition', expected });
  }
  const expectations = entries.map(([name, value]) => {
    if (typeof value === 'boolean') return refuse('dsl/plain-boolean', span, { verb: 'expect' });
    const place = `"${name}" of .expect`;
    return { name, where: expressionIn(scope, value, place, span, boolean) };
  });
  const onUnmet = outcomes.find((one) => one === (options.onFail ?? 'fail'));
  if (onUnmet === undefined) {
    const found = inWords(options.onFail);
    return refuse('dsl/bad-option', span, {
      option: 'onFail',
      found,
      expected: outcomes.join(', '),
    });
  }
  const from = { input: step.relation };
  return nextStep({ kind: 'expect', span, expectations, onUnmet, from }, { input: step });
}
