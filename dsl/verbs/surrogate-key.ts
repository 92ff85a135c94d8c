import type { Label } from '../../algebra/labels.ts';
import type { Span } from '../../algebra/span.ts';
import { inWords, refuse } from '../refusal.ts';
import type { ColumnsOfType } from '../row.ts';
import type { State } from '../state/state.ts';
import type { Step } from '../step.ts';
import type { FactsOf, ScalarType, ValueOf } from '../values/value.ts';
import type { Free } from './explode.ts';
import { column, copy, projected } from './projection.ts';
import { call, keyText, read } from './written.ts';

/** Types whose equal values are equal texts: not doubles, which round. */
export type KeyType = Exclude<ScalarType, 'double'>;

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * Adds a key made of columns: the SHA-256 of their values, in hexadecimal digits. Equal values have the same key in every run
     * and every table; nulls are told apart from texts, and `a` and `bc` from `ab` and `c`. A hash hides nothing, since whoever has
     * the values finds the key: it keeps all labels, so the key of an e-mail address identifies as that does.
     *
     * @param spec `of` which columns, in this order, the key is made; `as` names it
     * @example
     * ```ts
     * const keyed = trips.surrogateKey({ of: ['bus', 'stop'], as: 'stopKey' });
     * ```
     */
    surrogateKey<const N extends ColumnsOfType<R, KeyType>, const A extends string>(spec: {
      readonly of: readonly [N, ...N[]];
      readonly as: A & Free<R, never, A>;
    }): Dataset<
      {
        readonly [K in keyof R | A]: K extends A
          ? ValueOf<'string', Extract<FactsOf<R[N]>, Label>>
          : R[K & keyof R];
      },
      S
    >;
  }
}

export function surrogateKey(
  step: Step,
  span: Span,
  spec: { readonly of: readonly string[]; readonly as: string },
): Step {
  const names = keyColumns(step, 'of', spec.of, span);
  const kept = step.frame.schema.map(({ name }) => copy(name));
  const key = column(spec.as, call('sha256', keyText(names.map(read))));
  return projected(step, 'derive', [...kept, key], span);
}

/** The columns that an author named as a key. */
export function keyColumns(
  step: Step,
  option: string,
  names: unknown,
  span: Span,
): readonly string[] {
  const known = step.frame.schema;
  if (!Array.isArray(names) || names.length === 0) {
    const expected = 'a list of one or more columns';
    return refuse('dsl/bad-option', span, { option, found: inWords(names), expected });
  }
  return names.map((name: string) => {
    const type = known.find((one) => one.name === name)?.type;
    if (!type) {
      const parameters = { column: name, known: known.map((one) => one.name) };
      return refuse('dsl/unknown-column', span, parameters);
    }
    if (!['double', 'array', 'struct', 'map'].includes(type.kind)) return name;
    const expected = 'columns of text, whole numbers, decimals, booleans, days or instants';
    return refuse('dsl/bad-option', span, { option, found: `${name} (${type.kind})`, expected });
  });
}
