import type { BooleanValue } from './boolean.ts';
import type { IntValue } from './number.ts';
import type { OrderedMethods } from './ordered.ts';
import type { FactsOf, Like, Value } from './value.ts';

/** Text. Every method keeps the labels: the lower case of an e-mail address still identifies a person. */
export interface StringValue<out F> extends Value<'string', F>, OrderedMethods<'string', F> {
  /** Lower case: `c.email.lower()`. */
  lower(): StringValue<F>;
  /** Upper case: `c.country.upper()`. */
  upper(): StringValue<F>;
  /** Without spaces at both ends: `c.name.trim()`. */
  trim(): StringValue<F>;
  /** Number of characters: `c.serialNumber.length()`. */
  length(): IntValue<F>;
  /** This text and the others in a row, null where one is: `c.city.concat(', ', c.country)`. */
  concat<const O extends readonly unknown[]>(
    ...others: { readonly [K in keyof O]: Like<'string', O[K]> }
  ): StringValue<F | FactsOf<O[number]>>;
  /** `length` characters from `start`, which counts from 1: `c.birthDay.substring(1, 4)`. */
  substring(start: number, length: number): StringValue<F>;
  /** Whether it starts so: `c.serialNumber.startsWith('ST-')`. */
  startsWith<const O>(prefix: Like<'string', O>): BooleanValue<F | FactsOf<O>>;
  /** Whether it ends so: `c.email.endsWith('.org')`. */
  endsWith<const O>(suffix: Like<'string', O>): BooleanValue<F | FactsOf<O>>;
  /** Whether it holds the text: `c.name.contains('test')`. */
  contains<const O>(part: Like<'string', O>): BooleanValue<F | FactsOf<O>>;
}
