import type { Span } from '../../algebra/span.ts';
import { type ColumnDeclaration, declarationOf } from '../declarations/column.ts';
import type { Losing, State } from '../state/state.ts';
import type { Step } from '../step.ts';
import type { FactsOf, TypeOf, ValueOf } from '../values/value.ts';
import { column, projected, replaced } from './projection.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * Columns as another type; null where a value does not fit it, never an error.
     *
     * @param types column to type, `long()`, `decimal(10, 2)`, ...
     * @example
     * ```ts
     * const typed = accelerometer.cast({ timestamp: long() });
     * ```
     */
    cast<const M extends { readonly [K in keyof R]?: ColumnDeclaration<unknown, never> }>(
      types: M,
    ): Dataset<
      { readonly [K in keyof R]: K extends keyof M ? Cast<R[K], TypeOf<M[K]>> : R[K] },
      Losing<S, keyof M>
    >;
  }
}

type Cast<V, T> = ValueOf<T, FactsOf<V> | CanFail<TypeOf<V>, T>>;
type CanFail<From, To> = To extends 'string' | From
  ? never
  : From extends 'date' | 'timestamp'
    ? never
    : [From, To] extends ['int', 'long' | 'double']
      ? never
      : 'null';

export function cast(step: Step, span: Span, types: Readonly<Record<string, unknown>>): Step {
  const changed = Object.entries(types).map(([name, declaration]) => {
    const to = declarationOf(declaration, `.cast({ ${name}: ... })`, span).type;
    const input = { kind: 'column', name } as const;
    return [name, column(name, { kind: 'cast', to, input, span })] as const;
  });
  return projected(step, 'cast', replaced(step, new Map(changed)), span);
}
