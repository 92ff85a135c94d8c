import type { Label } from '../../algebra/labels.ts';
import type { Span } from '../../algebra/span.ts';
import { inWords, refuse } from '../refusal.ts';
import type { ColumnsOfType, Problem } from '../row.ts';
import type { Losing, State, WithoutSomeRows } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import type { ArrayOf } from '../values/nested.ts';
import type { IntValue } from '../values/number.ts';
import type { FactsOf, TypeOf, ValueOf } from '../values/value.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * A row for each element of a list, in place of the list. Fields of an element that is a struct are its properties:
     * `c.reading.x`. A row whose list is empty or null goes, unless `outer` keeps it once, with nulls. An element, and its place,
     * have the labels of the list.
     *
     * @param column the list
     * @example
     * ```ts
     * const readings = batches
     *   .explode('readings', { as: 'reading', position: 'place' })
     *   .derive((c) => ({ x: c.reading.x }));
     * ```
     */
    explode<
      N extends ColumnsOfType<R, ArrayOf<unknown>>,
      const A extends string,
      const P extends string = never,
      const O extends boolean = false,
    >(
      column: N,
      options: {
        /** Name of the element. */
        readonly as: A & Free<R, N, A>;
        /** Name of the element's place in the list, from 0 on. */
        readonly position?: P & Free<R, N, P>;
        /** Whether rows whose list is empty or null stay. */
        readonly outer?: O;
      },
    ): Dataset<
      {
        readonly [K in Exclude<keyof R, N> | A | P]: K extends A
          ? ElementOf<R[N], Nulls<O>>
          : K extends P
            ? IntValue<Telling<FactsOf<R[N]>> | Nulls<O>>
            : R[K & keyof R];
      },
      Losing<WithoutSomeRows<S>, N>
    >;
  }
}

/** Refuses a name that a column other than N has already. */
export type Free<R, N, A> =
  A extends Exclude<keyof R, N>
    ? Problem<`there is a column ${A & string} already: take another name`>
    : unknown;

type Nulls<O> = O extends true ? 'null' : never;

type ElementOf<V, Null> =
  TypeOf<V> extends ArrayOf<infer E>
    ? ValueOf<TypeOf<E>, Telling<FactsOf<V>> | Extract<FactsOf<E>, 'null'> | Null>
    : never;

/** Labels alone: an element is null, and shown in bands, for reasons of its own. */
type Telling<F> = Extract<F, Label>;

export function explode(step: Step, span: Span, column: string, options: unknown): Step {
  const { as, position, outer } = (options ?? {}) as Readonly<Record<string, unknown>>;
  const name = nameOf('as', as, span);
  const place = position === undefined ? {} : { position: nameOf('position', position, span) };
  const from = { input: step.relation };
  const isOuter = outer === true;
  return nextStep(
    { kind: 'explode', span, column, as: name, ...place, outer: isOuter, from },
    { input: step },
    false,
  );
}

function nameOf(option: string, value: unknown, span: Span): string {
  if (typeof value === 'string') return value;
  return refuse('dsl/bad-option', span, { option, found: inWords(value), expected: 'a name' });
}
