import type { OrderedMethods } from './ordered.ts';
import type { FactsOf, TypeName, Value } from './value.ts';

/** The condition itself, or a sentence where it is none. */
export type Condition<W> =
  W extends BooleanValue<unknown>
    ? W
    : `a condition is needed, not ${TypeName<W>}: compare it with something`;

/** A condition: true, false, or null where an operand is null. Use `and`, `or`, `not`: `&&`, `||`, `!` cannot see rows. */
export interface BooleanValue<out F> extends Value<'boolean', F>, OrderedMethods<'boolean', F> {
  /** Both: `c.x.gt(0).and(c.y.gt(0))`. False wins over null. */
  and<O>(other: Condition<O>): BooleanValue<F | FactsOf<O>>;
  /** At least one: `c.x.gt(0).or(c.y.gt(0))`. True wins over null. */
  or<O>(other: Condition<O>): BooleanValue<F | FactsOf<O>>;
  /** The opposite: `c.email.eq('').not()`. Null stays null. */
  not(): BooleanValue<F>;
}
