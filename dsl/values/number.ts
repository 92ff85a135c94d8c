import type { BooleanValue } from './boolean.ts';
import type { OrderedMethods } from './ordered.ts';
import type { StringValue } from './string.ts';
import type { TimestampValue } from './time.ts';
import type { FactsOf, Like, Meeting, Value, ValueOf } from './value.ts';

type NumberType = 'int' | 'long' | 'double' | 'decimal';

/**
 * Whole numbers and decimals that overflow are null, never wrapped around and never an error. Sums, differences and products of
 * decimals have Spark's precision and scale, an `int` counting as `decimal(10, 0)` and a `long` as `decimal(20, 0)`; beyond 38
 * digits those behind the point give way (but not below 6) and the result is rounded, halves away from zero.
 */
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
  /** Quotient as a double, also of decimals; null by zero: `c.total.dividedBy(c.count)`. */
  dividedBy<const O>(other: Like<T, O>): DoubleValue<F | FactsOf<O> | 'null'>;
  /** Remainder with the sign of this number, null by zero: `c.timestamp.modulo(1000)`. */
  modulo<const O>(other: Like<T, O>): ValueOf<Meeting<T, O>, F | FactsOf<O> | 'null'>;
  /** Remainder by a constant above zero, never below zero: `c.hour.minus(6).pmod(24)`. */
  pmod(divisor: number | bigint): ValueOf<T, F>;
  /** With the other sign: `c.x.negate()`. */
  negate(): ValueOf<T, F | Negated<T>>;
  /** Without the sign: `c.x.abs()`. */
  abs(): ValueOf<T, F | Negated<T>>;
}

type Overflow<T> = T extends 'double' ? never : 'null';
/** The least whole number has no positive counterpart. */
type Negated<T> = T extends 'int' | 'long' ? 'null' : never;

type Real = number | IntValue<unknown> | LongValue<unknown> | DoubleValue<unknown>;

/** Functions of real numbers, computed as doubles. */
interface RealMethods<F> {
  /** Square root, NaN of a negative: `c.x.times(c.x).sqrt()`. */
  sqrt(): DoubleValue<F>;
  /** To the power: `c.x.power(2)`, `c.growth.power(c.years)`. */
  power<const O>(exponent: Like<'double', O>): DoubleValue<F | FactsOf<O>>;
  /** e to its power: `c.x.exp()`. */
  exp(): DoubleValue<F>;
  /** e to its power, less 1; exact for small numbers: `c.rate.expm1()`. */
  expm1(): DoubleValue<F>;
  /** Natural logarithm, null of zero and below: `c.x.ln()`. */
  ln(): DoubleValue<F | 'null'>;
  /** Logarithm to base 10, null of zero and below: `c.x.log10()`. */
  log10(): DoubleValue<F | 'null'>;
  /** Logarithm to base 2, null of zero and below: `c.x.log2()`. */
  log2(): DoubleValue<F | 'null'>;
  /** Natural logarithm of this and 1, null at -1 and below: `c.rate.log1p()`. */
  log1p(): DoubleValue<F | 'null'>;
  /** Cube root: `c.volume.cbrt()`. */
  cbrt(): DoubleValue<F>;
  /** Sine of radians: `c.angle.sin()`. */
  sin(): DoubleValue<F>;
  /** Cosine of radians: `c.angle.cos()`. */
  cos(): DoubleValue<F>;
  /** Tangent of radians: `c.angle.tan()`. */
  tan(): DoubleValue<F>;
  /** The angle in radians whose sine it is: `c.x.asin()`. */
  asin(): DoubleValue<F>;
  /** The angle in radians whose cosine it is: `c.x.acos()`. */
  acos(): DoubleValue<F>;
  /** The angle in radians whose tangent it is: `c.x.atan()`. */
  atan(): DoubleValue<F>;
  /** The angle in radians of the point (`x`, this): `c.y.atan2(c.x)`. */
  atan2<O extends Real>(x: O): DoubleValue<F | FactsOf<O>>;
  /** The length of the line from (0, 0) to (this, `y`): `c.x.hypot(c.y)`. */
  hypot<O extends Real>(y: O): DoubleValue<F | FactsOf<O>>;
  /** Hyperbolic sine: `c.x.sinh()`. */
  sinh(): DoubleValue<F>;
  /** Hyperbolic cosine: `c.x.cosh()`. */
  cosh(): DoubleValue<F>;
  /** Hyperbolic tangent: `c.x.tanh()`. */
  tanh(): DoubleValue<F>;
  /** Radians as degrees: `c.angle.degrees()`. */
  degrees(): DoubleValue<F>;
  /** Degrees as radians: `c.heading.radians()`. */
  radians(): DoubleValue<F>;
  /** -1.0, 0.0 or 1.0: `c.change.sign()`. */
  sign(): DoubleValue<F>;
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
  /** The nearest double; of a `long` beyond 2^53 not all digits: `c.total.toDouble()`. */
  toDouble(): DoubleValue<F>;
  /** The multiple of `width` at or below: `c.elapsed.bucket(10_000)`. */
  bucket(width: number | bigint): ValueOf<T, F | 'null'>;
  /** Bits that both have: `c.flags.bitAnd(4)`. */
  bitAnd<const O>(other: Like<T, O>): ValueOf<Meeting<T, O>, F | FactsOf<O>>;
  /** Bits that one of both has: `c.flags.bitOr(4)`. */
  bitOr<const O>(other: Like<T, O>): ValueOf<Meeting<T, O>, F | FactsOf<O>>;
  /** Bits that just one has: `c.flags.bitXor(4)`. */
  bitXor<const O>(other: Like<T, O>): ValueOf<Meeting<T, O>, F | FactsOf<O>>;
  /** Bits moved left, those beyond the width lost: `c.flags.shiftLeft(2)`. */
  shiftLeft(by: number): ValueOf<T, F>;
  /** Bits moved right, keeping the sign: `c.flags.shiftRight(2)`. */
  shiftRight(by: number): ValueOf<T, F>;
  /** Binary digits as text: `c.flags.bin()`. */
  bin(): StringValue<F>;
  /** Hexadecimal digits as text: `c.flags.hex()`. */
  hex(): StringValue<F>;
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
    RealMethods<F> {
  /** The instant so many seconds after 1970, null outside the years 1 to 9999: `c.seconds.timestampSeconds()`. */
  timestampSeconds(): TimestampValue<F | 'null'>;
  /** The instant so many milliseconds after 1970: `c.timestamp.timestampMillis()`. */
  timestampMillis(): TimestampValue<F | 'null'>;
  /** The instant so many microseconds after 1970: `c.micros.timestampMicros()`. */
  timestampMicros(): TimestampValue<F | 'null'>;
}

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
  /** To `digits` (0 to 15, default 0) behind the point, halves to the even digit: `c.distance.bround(1)`. */
  bround(digits?: number): DoubleValue<F>;
  /** Whether it is NaN, false of null: `c.x.isNaN()`. */
  isNaN(): BooleanValue<Exclude<F, 'null'>>;
  /** The other number where it is NaN: `c.x.nanvl(0)`. */
  nanvl<O extends number | DoubleValue<unknown>>(other: O): DoubleValue<F | FactsOf<O>>;
  /** The number of the bucket it lies in, of `buckets` equal ones from `least` to `most`: `c.rate.widthBucket(40, 200, 8)`. */
  widthBucket(least: number, most: number, buckets: number): LongValue<F | 'null'>;
}

/** A fixed-point number. Precision and scale are checked when the library is generated. */
export interface DecimalValue<out F> extends Value<'decimal', F>, NumberMethods<'decimal', F> {
  /** To `digits` (0 to 15, default 0) behind the point, halves away from zero: `c.price.round(1)`. */
  round(digits?: number): DecimalValue<F>;
  /** To `digits` (0 to 15, default 0) behind the point, halves to the even digit: `c.price.bround(1)`. */
  bround(digits?: number): DecimalValue<F>;
  /** The whole number at or below: `c.price.floor()`. */
  floor(): DecimalValue<F>;
  /** The whole number at or above: `c.price.ceil()`. */
  ceil(): DecimalValue<F>;
  /** The nearest double: `c.price.toDouble()`. */
  toDouble(): DoubleValue<F>;
}
