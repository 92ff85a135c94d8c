import type { OrderedMethods } from './ordered.ts';
import type { FactsOf, Like, Meeting, Value, ValueOf } from './value.ts';

type NumberType = 'int' | 'long' | 'double' | 'decimal';

/** Whole numbers and decimals that overflow are null, never wrapped around and never an error. */
interface NumberMethods<T extends NumberType, F> extends OrderedMethods<T, F> {
  /** Sum: `c.steps.plus(1)`. */
  plus<const O>(
    other: Like<T, O>,
  ): ValueOf<Meeting<T, O>, F | FactsOf<O> | Overflow<Meeting<T, O>>>;
  /** Difference: `c.end.minus(c.start)`; see `elapsedSince` for clock times. */
  minus<const O>(
    other: Like<T, O>,
  ): ValueOf<Meeting<T, O>, F | FactsOf<O> | Overflow<Meeting<T, O>>>;
  /** Product: `c.x.times(c.x)`. */
  times<const O>(
    other: Like<T, O>,
  ): ValueOf<Meeting<T, O>, F | FactsOf<O> | Overflow<Meeting<T, O>>>;
  /** Quotient as a double, null by zero: `c.total.dividedBy(c.count)`. */
  dividedBy<const O>(other: Like<T, O>): DoubleValue<F | FactsOf<O> | 'null'>;
  /** Remainder with the sign of this number, null by zero: `c.timestamp.modulo(1000)`. */
  modulo<const O>(other: Like<T, O>): ValueOf<Meeting<T, O>, F | FactsOf<O> | 'null'>;
  /** With the other sign: `c.x.negate()`. */
  negate(): ValueOf<T, F | Negated<T>>;
  /** Without the sign: `c.x.abs()`. */
  abs(): ValueOf<T, F | Negated<T>>;
}

type Overflow<T> = T extends 'double' ? never : 'null';
/** The least whole number has no positive counterpart. */
type Negated<T> = T extends 'int' | 'long' ? 'null' : never;

/** Functions of real numbers, computed as doubles. */
interface RealMethods<F> {
  /** Square root, NaN of a negative: `c.x.times(c.x).sqrt()`. */
  sqrt(): DoubleValue<F>;
  /** To the power: `c.x.power(2)`. */
  power(exponent: number): DoubleValue<F>;
}

/** Clock times in milliseconds, counts and other whole numbers. */
interface WholeMethods<T extends 'int' | 'long', F> {
  /**
   * How much later this is than the other, in the columns' own unit: `c.timestamp.elapsedSince(c.firstReading)`. A
   * quasi-identifier on both sides is none any more: a span of time is not a time.
   */
  elapsedSince<const O extends IntValue<unknown> | LongValue<unknown>>(
    other: O,
  ): ValueOf<Meeting<T, O>, Elapsed<F, FactsOf<O>> | 'null'>;
  /** The multiple of `width` at or below: `c.elapsed.bucket(10_000)`. */
  bucket(width: number): ValueOf<T, F | 'null'>;
  /**
   * The band that holds it, by its start: `c.birthYear.band(10)`. The column itself must be declared so,
   * `int().quasi({ band: 10 })`; the width is the declared one or a multiple of it. It is no quasi-identifier any more.
   */
  band(width: BandOf<F>): ValueOf<T, Exclude<F, 'quasi-identifier' | `band:${number}`> | 'null'>;
}

type BandOf<F> = [Extract<F, `band:${number}`>] extends [never]
  ? 'declare the column with .quasi({ band: ... }) to show it in bands'
  : number;

/** The labels of a span of time: a quasi-identifier on both sides is gone. */
export type Elapsed<F, G> =
  | Exclude<F | G, 'quasi-identifier'>
  | Exclude<Extract<F | G, 'quasi-identifier'>, Extract<F, G>>;

/** A whole number of 32 bits. */
export interface IntValue<out F>
  extends Value<'int', F>,
    NumberMethods<'int', F>,
    WholeMethods<'int', F>,
    RealMethods<F> {}

/** A whole number of 64 bits. */
export interface LongValue<out F>
  extends Value<'long', F>,
    NumberMethods<'long', F>,
    WholeMethods<'long', F>,
    RealMethods<F> {}

/** A floating-point number of 64 bits. NaN equals NaN and is greater than every number. */
export interface DoubleValue<out F>
  extends Value<'double', F>,
    NumberMethods<'double', F>,
    RealMethods<F> {
  /** The whole number at or below, as a long, null where none fits: `c.distance.floor()`. */
  floor(): LongValue<F | 'null'>;
  /** The whole number at or above, as a long, null where none fits: `c.distance.ceil()`. */
  ceil(): LongValue<F | 'null'>;
  /** To `digits` (0 to 15, default 0) behind the point, halves away from zero: `c.distance.round(1)`. */
  round(digits?: number): DoubleValue<F>;
}

/** A fixed-point number. Precision and scale are checked when the library is generated. */
export interface DecimalValue<out F> extends Value<'decimal', F>, NumberMethods<'decimal', F> {
  /** To `digits` (0 to 15, default 0) behind the point, halves away from zero: `c.price.round(1)`. */
  round(digits?: number): DecimalValue<F>;
}
