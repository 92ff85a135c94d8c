import { uniteLabels } from '../../algebra/labels.ts';
import type { DataType } from '../../algebra/types.ts';
import * as algebra from '../../algebra/types.ts';
import { callSite } from '../call-site.ts';
import type { ArrayOf, MapOf, StructOf } from '../values/nested.ts';
import type { FactsOf, TypeOf, ValueOf } from '../values/value.ts';
import { type AnyColumn, type ColumnDeclaration, declarationOf, declare } from './column.ts';

/** Text in UTF-8. */
export function string(): ColumnDeclaration<'string', never> {
  return scalar(algebra.string);
}
/** A whole number of 32 bits. */
export function int(): ColumnDeclaration<'int', never> {
  return scalar(algebra.int);
}
/** A whole number of 64 bits; clock times in milliseconds are such. */
export function long(): ColumnDeclaration<'long', never> {
  return scalar(algebra.long);
}
/** A floating-point number of 64 bits. */
export function double(): ColumnDeclaration<'double', never> {
  return scalar(algebra.double);
}
/** True or false. */
export function boolean(): ColumnDeclaration<'boolean', never> {
  return scalar(algebra.boolean);
}
/** A day of the calendar; in landing data `2020-01-31`. */
export function date(): ColumnDeclaration<'date', never> {
  return scalar(algebra.date);
}
/** An instant, in microseconds; in landing data text that begins with its day, `2020-01-31T12:30:00Z`, in UTC where it says no offset. */
export function timestamp(): ColumnDeclaration<'timestamp', never> {
  return scalar(algebra.timestamp);
}
/** A fixed-point number of `precision` digits (1 to 38), `scale` of them behind the point. */
export function decimal(precision: number, scale: number): ColumnDeclaration<'decimal', never> {
  return scalar({ kind: 'decimal', precision, scale });
}

/** A list of values of one type: `array(string())`. */
export function array<E extends AnyColumn>(
  of: E,
): ColumnDeclaration<ArrayOf<ValueOf<TypeOf<E>, FactsOf<E>>>, Inner<E>> {
  const element = declarationOf(of, 'array(...)', callSite());
  return nested([of], {
    kind: 'array',
    element: element.type,
    elementNullable: element.nullable,
  });
}

/** Named fields: `struct({ city: string(), country: string() })`. Labels of a field are those of the whole column. */
export function struct<const Fields extends { readonly [name: string]: AnyColumn }>(
  fields: Fields,
): ColumnDeclaration<
  StructOf<{ readonly [K in keyof Fields]: ValueOf<TypeOf<Fields[K]>, FactsOf<Fields[K]>> }>,
  Inner<Fields[keyof Fields]>
> {
  const span = callSite();
  return nested(Object.values(fields), {
    kind: 'struct',
    fields: Object.entries(fields).map(([name, field]) => {
      const { type, nullable } = declarationOf(field, `field ${name}`, span);
      return { name, type, nullable };
    }),
  });
}

/** Values found by key: `map(string(), double())`. */
export function map<K extends AnyColumn, V extends AnyColumn>(
  key: K,
  value: V,
): ColumnDeclaration<
  MapOf<ValueOf<TypeOf<K>, FactsOf<K>>, ValueOf<TypeOf<V>, FactsOf<V>>>,
  Inner<K> | Inner<V>
> {
  const span = callSite();
  const values = declarationOf(value, 'map(...)', span);
  return nested([key, value], {
    kind: 'map',
    key: declarationOf(key, 'map(...)', span).type,
    value: values.type,
    valueNullable: values.nullable,
  });
}

/** Labels inside a nested type hold for the whole; being null does not. */
type Inner<C> = Exclude<FactsOf<C>, 'null'>;

function scalar<T>(type: DataType): ColumnDeclaration<T, never> {
  return declare({ type, nullable: false, labels: [], span: callSite() });
}

function nested<T, F>(parts: readonly unknown[], type: DataType): ColumnDeclaration<T, F> {
  const span = callSite();
  const labels = parts.map((part) => declarationOf(part, `${type.kind}(...)`, span).labels);
  return declare({ type, nullable: false, labels: uniteLabels(...labels), span });
}
