import type { Span } from '../../algebra/span.ts';
import { inWords, refuse } from '../refusal.ts';
import type { ColumnsOfType, Problem } from '../row.ts';
import type { Losing, State, WithoutSomeRows } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import type { StringValue } from '../values/string.ts';
import type { FactsOf, ScalarType, TypeOf, ValueOf } from '../values/value.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * A row for each of some columns, in place of the columns: its name and its value, null too. The columns need one type; the
     * value has the labels of them all.
     *
     * @example
     * ```ts
     * const byAxis = accelerometer.unpivot({ columns: ['x', 'y', 'z'], name: 'axis', value: 'reading' });
     * ```
     */
    unpivot<
      const N extends ColumnsOfType<R, ScalarType>,
      const A extends string,
      const V extends string,
    >(spec: {
      /** The columns that become rows. */
      readonly columns: readonly (N & OfOneType<R, N>)[];
      /** Name of the column of their names. */
      readonly name: A & Free<R, N, A>;
      /** Name of the column of their values. */
      readonly value: V & Free<R, N, V>;
    }): Dataset<
      {
        readonly [K in Exclude<keyof R, N> | A | V]: K extends A
          ? StringValue<never>
          : K extends V
            ? ValueOf<TypeOf<R[N]>, FactsOf<R[N]>>
            : R[K & keyof R];
      },
      Losing<WithoutSomeRows<S>, N>
    >;
  }
}

/** Whether all the columns are of the type of each. */
type OfOneType<R, N extends keyof R, All extends keyof R = N> = N extends unknown
  ? [TypeOf<R[All]>] extends [TypeOf<R[N]>]
    ? unknown
    : Problem<'the columns need one type: cast some first'>
  : never;

type Free<R, N, A> =
  A extends Exclude<keyof R, N>
    ? Problem<`there is a column ${A & string} already: take another name`>
    : unknown;

export function unpivot(step: Step, span: Span, spec: unknown): Step {
  const { columns, name, value } = (spec ?? {}) as Readonly<Record<string, unknown>>;
  const isList = Array.isArray(columns) && columns.every((one) => typeof one === 'string');
  if (!isList) {
    const expected = 'a list of columns';
    return refuse('dsl/bad-option', span, { option: 'columns', found: inWords(columns), expected });
  }
  const names = { name: nameOf('name', name, span), value: nameOf('value', value, span) };
  const from = { input: step.relation };
  return nextStep({ kind: 'unpivot', span, columns, ...names, from }, { input: step }, false);
}

function nameOf(option: string, value: unknown, span: Span): string {
  if (typeof value === 'string') return value;
  return refuse('dsl/bad-option', span, { option, found: inWords(value), expected: 'a name' });
}
