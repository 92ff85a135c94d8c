import type { BooleanValue } from './boolean.ts';
import type { FactsOf, Like, Meeting, ScalarType, ValueOf } from './value.ts';

/**
 * What every scalar can do. An operand is an expression of a type that meets this one without losing digits (`int` meets
 * `long` and `double`; a `long` and a `double` do not meet), or a constant, which takes this one's type. A comparison with
 * null is null, and `filter` keeps no row for it.
 */
export interface OrderedMethods<T extends ScalarType, F> {
  /** Equal: `c.status.eq('active')`. Null where one side is. */
  eq<const O>(other: Like<T, O>): BooleanValue<F | FactsOf<O>>;
  /** Not equal: `c.status.ne('closed')`. */
  ne<const O>(other: Like<T, O>): BooleanValue<F | FactsOf<O>>;
  /** Equal, or both null; never null itself: `c.city.eqNullSafe(c.before)`. */
  eqNullSafe<const O>(other: Like<T, O>): BooleanValue<Exclude<F | FactsOf<O>, 'null'>>;
  /** Greater: `c.distance.gt(0)`. Text compares by its UTF-8 bytes; a double's NaN is greater than every number. */
  gt<const O>(other: Like<T, O>): BooleanValue<F | FactsOf<O>>;
  /** Greater or equal: `c.timestamp.gte(c.grantedAt)`. */
  gte<const O>(other: Like<T, O>): BooleanValue<F | FactsOf<O>>;
  /** Less: `c.distance.lt(100)`. */
  lt<const O>(other: Like<T, O>): BooleanValue<F | FactsOf<O>>;
  /** Less or equal: `c.grantedAt.lte(c.timestamp)`. */
  lte<const O>(other: Like<T, O>): BooleanValue<F | FactsOf<O>>;
  /** One of the constants: `c.country.isIn('DE', 'AT', 'CH')`. */
  isIn<const O extends readonly unknown[]>(
    ...constants: { readonly [K in keyof O]: Like<T, O[K]> }
  ): BooleanValue<F>;
  /** This value, or the other where this one is null: `c.nickname.orElse(c.name)`. */
  orElse<const O>(other: Like<T, O>): ValueOf<Meeting<T, O>, Exclude<F, 'null'> | FactsOf<O>>;
  /** The greater of both; a null is left out: `c.seen.greatest(c.updated)`. */
  greatest<const O>(other: Like<T, O>): ValueOf<Meeting<T, O>, Either<F, FactsOf<O>>>;
  /** The lesser of both; a null is left out: `c.seen.least(c.updated)`. */
  least<const O>(other: Like<T, O>): ValueOf<Meeting<T, O>, Either<F, FactsOf<O>>>;
  /** Null where it equals the other: `c.city.nullIf('')`. */
  nullIf<const O>(other: Like<T, O>): ValueOf<T, F | FactsOf<O> | 'null'>;
}

/** The facts of a value that is null only where both are. */
type Either<F, G> = Exclude<F | G, 'null'> | Extract<Extract<F, 'null'>, G>;
