import type { BooleanValue, Condition } from './boolean.ts';
import type { IntValue } from './number.ts';
import type { StringValue } from './string.ts';
import type {
  AnyValue,
  Constant,
  FactsOf,
  Like,
  OrNull,
  ScalarType,
  TypeOf,
  Value,
  ValueOf,
} from './value.ts';

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

/** A type as JSON may hold it, in which all can be null. */
export type JsonOf<T> =
  T extends StructOf<infer Fields>
    ? StructOf<{ readonly [K in keyof Fields]: JsonItem<Fields[K]> }>
    : T extends ArrayOf<infer E>
      ? ArrayOf<JsonItem<E>>
      : T;
type JsonItem<V> = ValueOf<JsonOf<TypeOf<V>>, 'null'>;

/** A list, a struct or a map. */
export type NestedValue<T, F> =
  T extends StructOf<infer Fields>
    ? StructValue<Fields, F>
    : T extends ArrayOf<infer E>
      ? ListValue<E, F>
      : T extends MapOf<infer K, infer V>
        ? MapValue<K, V, F>
        : Value<T, F>;

/** A list. The first element is at 1. Methods that compare elements need elements of a scalar type. */
export interface ListValue<E, out F> extends Value<ArrayOf<E>, F> {
  /** As JSON text, with nulls: `c.tags.toJson()`. */
  toJson(): StringValue<F>;
  /** How many elements it has: `c.tags.size()`. */
  size(): IntValue<F>;
  /** Whether a value is among its elements: `c.tags.includes('new')`. */
  includes<const O>(
    value: Element<E, O>,
  ): BooleanValue<F | FactsOf<O> | Extract<FactsOf<E>, 'null'>>;
  /** The element at a place, from 1 on, or from the end (-1); null where there is none: `c.tags.at(1)`. */
  at(place: number): ValueOf<TypeOf<E>, FactsOf<E> | F | 'null'>;
  /** `length` elements from `start` on: `c.tags.slice(1, 3)`. */
  slice(start: number, length: number): ListValue<E, F>;
  /** Each different element once: `c.tags.arrayDistinct()`. */
  arrayDistinct(): ListValue<E, F>;
  /** From the least to the greatest, nulls first: `c.rates.sorted()`. */
  sorted(): ListValue<E, F>;
  /** The least element, null of none: `c.rates.arrayMin()`. */
  arrayMin(): ValueOf<TypeOf<E>, FactsOf<E> | F | 'null'>;
  /** The greatest element, null of none: `c.rates.arrayMax()`. */
  arrayMax(): ValueOf<TypeOf<E>, FactsOf<E> | F | 'null'>;
  /** The texts with a separator between, nulls left out: `c.tags.arrayJoin(', ')`. */
  arrayJoin(separator: string): StringValue<F>;
  /** The different elements of both: `c.tags.arrayUnion(c.labels)`. */
  arrayUnion<D, G>(other: ListValue<D, G>): ListValue<E | D, F | G>;
  /** The different elements that both have: `c.tags.arrayIntersect(c.labels)`. */
  arrayIntersect<D, G>(other: ListValue<D, G>): ListValue<E, F | G>;
  /** The different elements that the other has not: `c.tags.arrayExcept(c.labels)`. */
  arrayExcept<D, G>(other: ListValue<D, G>): ListValue<E, F | G>;
  /** What is made of each element, and of its place from 0 on: `c.readings.transform((item) => item.x.times(2))`. */
  transform<const O extends Made>(
    make: (item: ItemOf<E, F>, place: IntValue<never>) => O,
  ): ListValue<Constant<O>, F | Labels<O>>;
  /** The elements of which a condition is true: `c.rates.filterItems((item) => item.gt(40))`. */
  filterItems<W>(
    make: (item: ItemOf<E, F>, place: IntValue<never>) => Condition<W>,
  ): ListValue<E, F | Labels<W>>;
  /** Whether a condition is true of an element; null if of none, but null of one: `c.rates.exists((item) => item.gt(200))`. */
  exists<W>(make: (item: ItemOf<E, F>) => Condition<W>): BooleanValue<F | FactsOf<W>>;
  /** Whether a condition is true of all; null if false of none, but null of one: `c.rates.forall((item) => item.gt(0))`. */
  forall<W>(make: (item: ItemOf<E, F>) => Condition<W>): BooleanValue<F | FactsOf<W>>;
  /**
   * What is made of a start and all elements, one after the other: `c.steps.reduce(0, (total, item) => total.plus(item))`. What
   * is made is of the start's type; a constant start is of the elements' where it can be.
   */
  reduce<const S extends Made, const O extends Made>(
    start: S,
    make: (
      total: ValueOf<TypeOf<StartOf<E, S>>, Labels<S> | Exclude<F, 'null'> | 'null'>,
      item: ItemOf<E, F>,
    ) => O,
  ): ValueOf<TypeOf<StartOf<E, S>>, F | FactsOf<S> | FactsOf<O> | 'null'>;
  /** What is made of the elements of two lists place by place, null where one is shorter: `c.xs.zipWith(c.ys, (item, other) => item.times(other))`. */
  zipWith<D, G, const O extends Made>(
    other: ListValue<D, G>,
    make: (item: OrNull<ItemOf<E, F>>, other: OrNull<ItemOf<D, G>>) => O,
  ): ListValue<Constant<O>, F | G | Labels<O>>;
  /** The elements of both, one list after the other: `c.tags.arrayConcat(c.labels)`. */
  arrayConcat<D, G>(other: ListValue<D, G>): ListValue<E | D, F | G>;
  /** From the last to the first: `c.rates.sorted().arrayReverse()`. */
  arrayReverse(): ListValue<E, F>;
  /** Whether both have an element in common: `c.tags.arraysOverlap(c.labels)`. */
  arraysOverlap<D, G>(
    other: ListValue<D, G>,
  ): BooleanValue<F | G | Extract<FactsOf<E | D>, 'null'>>;
  /** Of a list of lists, all elements: `c.pages.flatten()`. */
  flatten(): ValueOf<TypeOf<E>, FactsOf<E> | F>;
}

/** Values found by key. */
export interface MapValue<K, V, out F> extends Value<MapOf<K, V>, F> {
  /** As JSON text, with nulls: `c.settings.toJson()`. */
  toJson(): StringValue<F>;
  /** The value of a key, null where there is none: `c.settings.get('language')`. */
  get<const O>(key: Element<K, O>): ValueOf<TypeOf<V>, FactsOf<V> | F | FactsOf<O> | 'null'>;
  /** Whether there is such a key: `c.settings.hasKey('language')`. */
  hasKey<const O>(key: Element<K, O>): BooleanValue<F | FactsOf<O>>;
  /** The entries of which a condition is true: `c.settings.filterEntries((key, value) => value.gt(0))`. */
  filterEntries<W>(
    make: (key: ItemOf<K, F>, value: ItemOf<V, F>) => Condition<W>,
  ): MapValue<K, V, F | Labels<W>>;
  /** With other values under the same keys: `c.prices.transformValues((key, value) => value.times(2))`. */
  transformValues<const O extends Made>(
    make: (key: ItemOf<K, F>, value: ItemOf<V, F>) => O,
  ): MapValue<K, Constant<O>, F | Labels<O>>;
  /** How many keys there are: `c.settings.mapSize()`. */
  mapSize(): IntValue<F>;
  /** The entries, as structs of `key` and `value`: `c.settings.mapEntries()`. */
  mapEntries(): ListValue<StructValue<{ readonly key: K; readonly value: V }, never>, F>;
  /** The keys: `c.settings.mapKeys()`. */
  mapKeys(): ListValue<K, F>;
  /** The values in the order of the keys: `c.settings.mapValues()`. */
  mapValues(): ListValue<V, F>;
}

/** What a lambda may make. */
type Made = AnyValue | string | number | boolean;

/** An element as a lambda is given it: with the labels of its list. */
type ItemOf<E, F> = ValueOf<TypeOf<E>, FactsOf<E> | Exclude<F, 'null'>>;

/** That something made of elements can be null is no reason for the whole to be. */
type Labels<O> = Exclude<FactsOf<O>, 'null'>;

/** The start of `reduce`: a constant takes the elements' type where it is of their kind. */
type StartOf<E, S> = S extends AnyValue
  ? S
  : TypeOf<E> extends infer T extends ScalarType
    ? S extends ConstantOf<T>
      ? ValueOf<T, never>
      : Constant<S>
    : Constant<S>;
type ConstantOf<T extends ScalarType> = T extends 'int' | 'long' | 'double' | 'decimal'
  ? number
  : T extends 'boolean'
    ? boolean
    : string;

/** An operand of the type of elements. */
type Element<E, O> = TypeOf<E> extends infer T extends ScalarType ? Like<T, O> : never;

/** A struct. Its fields are its properties, with the labels of the whole: `c.address.city`. */
export type StructValue<Fields, F> = Value<StructOf<Fields>, F> & {
  readonly [K in keyof Fields]: ValueOf<TypeOf<Fields[K]>, FactsOf<Fields[K]> | F>;
} & {
  /** As JSON text, with nulls: `c.address.toJson()`. */
  toJson(): StringValue<F>;
  /** A field whose name is also a method's: `c.address.field('isNull')`. */
  field<K extends keyof Fields & string>(
    name: K,
  ): ValueOf<TypeOf<Fields[K]>, FactsOf<Fields[K]> | F>;
};
