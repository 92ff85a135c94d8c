import type { Label } from '../../algebra/labels.ts';
import type { BooleanValue } from './boolean.ts';
import type { NestedValue } from './nested.ts';
import type { DecimalValue, DoubleValue, IntValue, LongValue } from './number.ts';
import type { StringValue } from './string.ts';
import type { DateValue, TimestampValue } from './time.ts';

/** Carries an expression's type for the editor; no such property exists at run time. */
export declare const type: unique symbol;
/** Carries what is known of an expression for the editor; no such property exists at run time. */
export declare const facts: unique symbol;

/** What the types know of a value: its privacy labels, the bands it may be shown in, and `null` where it can be null. */
export type Fact = Label | `band:${number}` | 'null';

/** Labels of columns that a person can be found by. */
export type Identifying =
  | 'identifier'
  | 'quasi-identifier'
  | `subject:${string}`
  | `alias:${string}`
  | `consent:${string}`;

/**
 * A value of one row: a column, or something computed from columns. Operators unite the facts of their operands.
 *
 * @typeParam T the type: `'string'`, `'long'`, ...
 * @typeParam F the union of {@link Fact}s
 */
export interface Value<T, F> {
  readonly [type]: T;
  readonly [facts]: F;
  /** Whether there is no value: `c.withdrawnAt.isNull()`. Never null itself. */
  isNull(): BooleanValue<Exclude<F, 'null'>>;
  /** Whether there is a value: `c.email.isNotNull()`. Never null itself. */
  isNotNull(): BooleanValue<Exclude<F, 'null'>>;
}

/** Any expression. */
export type AnyValue = Value<unknown, unknown>;

/** The columns of a dataset by name; also what callbacks get as `c`. */
export type Row = { readonly [column: string]: AnyValue };

/** The facts of an expression; a constant has none. */
export type FactsOf<V> = V extends { readonly [facts]: infer F } ? F : never;

/** The type of an expression. */
export type TypeOf<V> = V extends { readonly [type]: infer T } ? T : never;

interface ScalarValues<F> {
  string: StringValue<F>;
  int: IntValue<F>;
  long: LongValue<F>;
  double: DoubleValue<F>;
  decimal: DecimalValue<F>;
  boolean: BooleanValue<F>;
  date: DateValue<F>;
  timestamp: TimestampValue<F>;
}

/** The scalar types by name. */
export type ScalarType = keyof ScalarValues<unknown>;

/** The expressions of a type that know the facts. */
export type ValueOf<T, F> = T extends ScalarType ? ScalarValues<F>[T] : NestedValue<T, F>;

/** The same value, perhaps null: what a left join makes of the right's columns. */
export type OrNull<V> =
  FactsOf<V> extends infer F ? ('null' extends F ? V : ValueOf<TypeOf<V>, F | 'null'>) : never;

/** The expression that a constant stands for where no operand says its type. */
export type Constant<V> = V extends AnyValue
  ? V
  : V extends string
    ? StringValue<never>
    : V extends boolean
      ? BooleanValue<never>
      : V extends number
        ? `${V}` extends `${string}.${string}` | `${string}e-${string}`
          ? DoubleValue<never>
          : IntValue<never>
        : never;

/** `2026-01-31` */
export type DateConstant = `${number}-${number}-${number}`;
/** `2026-01-31T23:59:59Z`, UTC. */
export type TimestampConstant = `${number}-${number}-${number}T${string}Z`;

type Exact = IntValue<unknown> | LongValue<unknown> | DecimalValue<unknown>;
type AnyNumber = Exact | DoubleValue<unknown>;

interface Partners {
  string: string | StringValue<unknown>;
  int: number | AnyNumber;
  long: number | bigint | Exact;
  double: number | IntValue<unknown> | DoubleValue<unknown>;
  decimal: number | Exact;
  boolean: boolean | BooleanValue<unknown>;
  date: DateConstant | DateValue<unknown>;
  timestamp: TimestampConstant | TimestampValue<unknown>;
}

/** The operand itself where it meets a value of type T without losing digits; a sentence where it does not. */
export type Like<T extends ScalarType, O> = O extends Partners[T]
  ? O
  : `${T} does not meet ${TypeName<O>} here: cast one of them first`;

/** A type as messages say it. */
export type TypeName<V> = [V] extends [AnyValue]
  ? TypeOf<V> extends infer T extends ScalarType
    ? T
    : 'a nested value'
  : V extends string
    ? 'a text constant'
    : V extends number | bigint
      ? 'a number constant'
      : V extends boolean
        ? 'a constant true or false'
        : 'this';

/** The type in which two numbers meet. */
export type Meeting<T, O> = O extends AnyValue
  ? T extends 'int'
    ? TypeOf<O>
    : T extends 'long'
      ? TypeOf<O> extends 'decimal'
        ? 'decimal'
        : T
      : T
  : T;
