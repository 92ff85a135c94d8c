/**
 * A value in the reference interpreter. `int` and `double` are numbers, `long` is a bigint, `timestamp` a bigint of
 * microseconds since 1970 UTC, `date` is `YYYY-MM-DD`, `decimal` is a plain decimal string of exactly its scale, `array` an
 * array, `struct` a record, `map` an array of key-value pairs.
 */
export type Value =
  | null
  | string
  | number
  | bigint
  | boolean
  | readonly Value[]
  | { readonly [field: string]: Value };

export type Row = Readonly<Record<string, Value>>;
