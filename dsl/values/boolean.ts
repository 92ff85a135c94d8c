import type { OrderedMethods } from './ordered.ts';
import type { Value } from './value.ts';

/** A condition: true, false, or null where an operand is null. Use `and`, `or`, `not`: `&&`, `||`, `!` cannot see rows. */
export interface BooleanValue<out F> extends Value<'boolean', F>, OrderedMethods<'boolean', F> {
  /** Both: `c.x.gt(0).and(c.y.gt(0))`. False wins over null. */
  and<G>(other: BooleanValue<G>): BooleanValue<F | G>;
  /** At least one: `c.x.gt(0).or(c.y.gt(0))`. True wins over null. */
  or<G>(other: BooleanValue<G>): BooleanValue<F | G>;
  /** The opposite: `c.email.eq('').not()`. Null stays null. */
  not(): BooleanValue<F>;
}
