import type { Span } from '../../algebra/span.ts';
import { string } from '../../algebra/types.ts';
import type { ColumnsOfType } from '../row.ts';
import type { Renaming, State } from '../state/state.ts';
import type { Step } from '../step.ts';
import type { FactsOf, ValueOf } from '../values/value.ts';
import { column as columnOf, projected, replaced } from './projection.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * Replaces a text column by a keyed hash of it (HMAC-SHA-256; the key is a secret that the job gets when it runs). Equal
     * texts have equal pseudonyms, so the pseudonym stands for the subject as the column did, for one purpose only.
     *
     * @param column a text column
     * @param spec the pseudonym's column, and the purpose whose key is used
     * @example
     * ```ts
     * const training = readings.pseudonymize('email', { as: 'participant', purpose: 'research' });
     * ```
     */
    pseudonymize<
      N extends ColumnsOfType<R, 'string'>,
      const A extends string,
      const P extends string,
    >(
      column: N,
      spec: {
        readonly as: A extends Exclude<keyof R, N>
          ? `there is a column ${A} already: choose another name`
          : A;
        readonly purpose: P;
      },
    ): Dataset<
      {
        readonly [K in Exclude<keyof R, N> | A]: K extends A
          ? ValueOf<'string', `pseudonym:${P}` | Extract<FactsOf<R[N]>, 'null'>>
          : R[K & keyof R];
      },
      Renaming<S, { readonly [K in N]: A }>
    >;
  }
}

export function pseudonymize(
  step: Step,
  span: Span,
  column: string,
  spec: { readonly as: string; readonly purpose: string },
): Step {
  const purpose = { kind: 'literal', type: string, value: spec.purpose } as const;
  const call = {
    kind: 'call',
    function: 'pseudonym',
    arguments: [{ kind: 'column', name: column }, purpose],
    span,
  } as const;
  const replacement = new Map([[column, columnOf(spec.as, call)]]);
  return projected(step, 'pseudonymize', replaced(step, replacement), span);
}
