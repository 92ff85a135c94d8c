import type { Span } from '../../algebra/span.ts';
import { expressionIn, named } from '../callback.ts';
import { refuse } from '../refusal.ts';
import type { Problem } from '../row.ts';
import type { Losing, State } from '../state/state.ts';
import type { Step } from '../step.ts';
import type { AnyValue, Constant } from '../values/value.ts';
import { column, copy, projected, replaced } from './projection.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * Adds columns computed from each row.
     *
     * @param make makes the new columns: expressions or constants
     * @example
     * ```ts
     * const withMagnitude = accelerometer.derive((c) => ({
     *   magnitude: c.x.times(c.x).plus(c.y.times(c.y)).plus(c.z.times(c.z)).sqrt(),
     * }));
     * ```
     */
    derive<const D extends Derived>(
      make: (c: NoInfer<R>) => D & Existing<R, D>,
    ): Dataset<
      {
        readonly [K in keyof R | keyof D]: K extends keyof D ? Constant<D[K]> : R[K & keyof R];
      },
      S
    >;
    /**
     * Computes existing columns anew; each stays where it is.
     *
     * @example
     * ```ts
     * const lower = customers.replace((c) => ({ email: c.email.lower() }));
     * ```
     */
    replace<const D extends Derived>(
      make: (c: NoInfer<R>) => D & Missing<R, D>,
    ): Dataset<
      { readonly [K in keyof R]: K extends keyof D ? Constant<D[K]> : R[K] },
      Losing<S, keyof D>
    >;
  }
}

type Derived = { readonly [column: string]: AnyValue | string | number | boolean };

/** Refuses names that columns have already. */
export type Existing<R, D> = {
  readonly [K in keyof D &
    keyof R]: Problem<`there is a column ${K & string} already: use .replace to change it`>;
};
type Missing<R, D> = {
  readonly [K in Exclude<
    keyof D,
    keyof R
  >]: Problem<`there is no column ${K & string}: use .derive to add it`>;
};

export function derive(step: Step, span: Span, make: (c: never) => unknown): Step {
  const { entries, scope } = named(make, step, 'derive', span);
  const added = entries.map(([name, value]) =>
    column(name, expressionIn(scope, value, `column ${name} of .derive`, span)),
  );
  const kept = step.frame.schema.map(({ name }) => copy(name));
  return projected(step, 'derive', [...kept, ...added], span);
}

export function replace(step: Step, span: Span, make: (c: never) => unknown): Step {
  const { entries, scope } = named(make, step, 'replace', span);
  const known = step.frame.schema.map(({ name }) => name);
  const changed = entries.map(([name, value]) => {
    if (!known.includes(name)) return refuse('dsl/unknown-column', span, { column: name, known });
    const type = step.frame.schema.find((one) => one.name === name)?.type;
    return [
      name,
      column(name, expressionIn(scope, value, `column ${name} of .replace`, span, type)),
    ] as const;
  });
  return projected(step, 'derive', replaced(step, new Map(changed)), span);
}
