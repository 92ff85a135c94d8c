import type { Span } from '../../algebra/span.ts';
import type { AggregateValue } from '../aggregates.ts';
import { inWords, refuse } from '../refusal.ts';
import type { Grouping, State } from '../state/state.ts';
import type { Step } from '../step.ts';
import type { BooleanValue } from '../values/boolean.ts';
import type { FactsOf, Row, ScalarType, TypeOf, Value, ValueOf } from '../values/value.ts';
import { aggregated } from './aggregate.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * A row for each group, with a column for each declared value of a column: what the measure gives of the group's rows with that
     * value, as `.where(c.axis.eq('x'))` does. Rows with other values make no column; a group of such rows alone stays, with nulls
     * (or 0 where the measure counts). Of whom the rows are is as after `groupBy`.
     *
     * @example
     * ```ts
     * const axes = measured.pivot({ by: ['user'], on: 'axis', values: ['x', 'y', 'z'], measure: (c) => avg(c.reading) });
     * ```
     */
    pivot<
      const B extends readonly (keyof R)[],
      const N extends keyof R,
      const V extends PivotValues,
      A extends AggregateValue<Row[string]>,
    >(spec: {
      /** The columns of which each combination of values gets a row. */
      readonly by: B;
      /** The column whose values become columns. */
      readonly on: N;
      /** Those values, which are the columns' names; or names, each with its value. */
      readonly values: V;
      /** What stands in these columns. */
      readonly measure: (c: NoInfer<R>) => A;
    }): Dataset<
      {
        readonly [K in (B[number] & string) | Names<V>]: K extends Names<V>
          ? Measured<A, FactsOf<R[N]>>
          : R[K & keyof R];
      },
      Grouping<S, B[number]>
    >;
  }
}

/** Texts, or constants by name. */
type PivotValues =
  | readonly string[]
  | { readonly [name: string]: string | number | bigint | boolean };

type Names<V> = V extends readonly (infer T)[] ? T & string : keyof V & string;

type Measured<A, F> =
  A extends AggregateValue<infer V>
    ? ValueOf<TypeOf<V>, FactsOf<V> | Exclude<F, 'null' | `band:${number}`>>
    : never;

/** A column as far as a pivot asks of it. */
interface Compared extends Value<ScalarType, unknown> {
  eq(value: unknown): BooleanValue<unknown>;
}

export function pivot(step: Step, span: Span, spec: unknown): Step {
  const { by, on, values, measure } = (spec ?? {}) as Readonly<Record<string, unknown>>;
  const isNames = (list: unknown): list is readonly string[] =>
    Array.isArray(list) && list.every((one) => typeof one === 'string');
  const wrong = (option: string, found: unknown, expected: string) =>
    refuse('dsl/bad-option', span, { option, found: inWords(found), expected });
  if (!isNames(by)) return wrong('by', by, 'a list of columns');
  if (typeof on !== 'string') return wrong('on', on, 'a column');
  if (typeof measure !== 'function') return wrong('measure', measure, 'a callback (c) => ...');
  const isList = Array.isArray(values);
  if (isList ? !isNames(values) : typeof values !== 'object' || values === null)
    return wrong('values', values, 'a list of texts, or { name: value }');
  const named = isList
    ? values.map((one) => [one, one] as const)
    : Object.entries(values as Readonly<Record<string, unknown>>);
  return aggregated(step, span, by, (c: Readonly<Record<string, Compared>>) =>
    Object.fromEntries(
      named.map(([name, value]) => {
        const made = measure(c) as Partial<AggregateValue<Row[string]>>;
        // What is no aggregate is told of as a measure that is none.
        return [name, made.where?.((c[on] as Compared).eq(value)) ?? made];
      }),
    ),
  );
}
