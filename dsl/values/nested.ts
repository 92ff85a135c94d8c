import type { FactsOf, TypeOf, Value, ValueOf } from './value.ts';

/** The type of a list of one type's values. */
export interface ArrayOf<E> {
  readonly array: E;
}
/** The type of named fields. */
export interface StructOf<Fields> {
  readonly struct: Fields;
}
/** The type of values found by key. */
export interface MapOf<K, V> {
  readonly map: readonly [K, V];
}

/** A list, a struct or a map. */
export type NestedValue<T, F> =
  T extends StructOf<infer Fields> ? StructValue<Fields, F> : Value<T, F>;

/** A struct. Its fields are its properties, with the labels of the whole: `c.address.city`. */
export type StructValue<Fields, F> = Value<StructOf<Fields>, F> & {
  readonly [K in keyof Fields]: ValueOf<TypeOf<Fields[K]>, FactsOf<Fields[K]> | F>;
} & {
  /** A field whose name is also a method's: `c.address.field('isNull')`. */
  field<K extends keyof Fields & string>(
    name: K,
  ): ValueOf<TypeOf<Fields[K]>, FactsOf<Fields[K]> | F>;
};
