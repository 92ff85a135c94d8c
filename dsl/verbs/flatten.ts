import type { Expression } from '../../algebra/expressions.ts';
import type { Span } from '../../algebra/span.ts';
import type { DataType } from '../../algebra/types.ts';
import type { ProjectedColumn } from '../../algebra/verbs/project.ts';
import { inWords, refuse } from '../refusal.ts';
import type { State } from '../state/state.ts';
import type { Step } from '../step.ts';
import type { StructOf } from '../values/nested.ts';
import type { FactsOf, TypeOf, ValueOf } from '../values/value.ts';
import { column, projected } from './projection.ts';
import { read } from './written.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * A column for each field in place of every struct, and so on within: `address.geo.lat` becomes `address_geo_lat`. Fields have
     * the labels of the whole, and are null where it is. Lists and maps stay as they are.
     *
     * @param options `separator` stands between the names, `_` if not told otherwise
     * @example
     * ```ts
     * const orders = events
     *   .replace((c) => ({ payload: c.payload.fromJson(struct({ id: long(), buyer: struct({ city: string() }) })) }))
     *   .flatten();
     * ```
     */
    flatten<const Separator extends string = '_'>(options?: {
      readonly separator?: Separator;
    }): Dataset<{ readonly [L in Leaves<R, Separator> as L[0]]: L[1] }, S>;
  }
}

/** Names and values of all columns, and of fields of structs. */
type Leaves<R, Separator extends string> = {
  [K in keyof R & string]: TypeOf<R[K]> extends StructOf<infer Fields>
    ? Within<Fields, Separator, K, FactsOf<R[K]>>
    : readonly [K, R[K]];
}[keyof R & string];

type Within<Fields, Separator extends string, Name extends string, F> = {
  [K in keyof Fields & string]: TypeOf<Fields[K]> extends StructOf<infer Inner>
    ? Within<Inner, Separator, `${Name}${Separator}${K}`, F | FactsOf<Fields[K]>>
    : readonly [`${Name}${Separator}${K}`, ValueOf<TypeOf<Fields[K]>, F | FactsOf<Fields[K]>>];
}[keyof Fields & string];

export function flatten(
  step: Step,
  span: Span,
  { separator = '_' }: { readonly separator?: string } = {},
): Step {
  if (typeof separator !== 'string' || !/^\w*$/.test(separator)) {
    const expected = 'letters, digits and _';
    return refuse('dsl/bad-option', span, {
      option: 'separator',
      found: inWords(separator),
      expected,
    });
  }
  const columns = step.frame.schema.flatMap(({ name, type }) =>
    leaves(name, type, read(name), separator),
  );
  return projected(step, 'derive', columns, span);
}

function leaves(
  name: string,
  type: DataType,
  value: Expression,
  separator: string,
): readonly ProjectedColumn[] {
  if (type.kind !== 'struct') return [column(name, value)];
  return type.fields.flatMap((field) => {
    const input: Expression = { kind: 'field', input: value, field: field.name };
    return leaves(`${name}${separator}${field.name}`, field.type, input, separator);
  });
}
