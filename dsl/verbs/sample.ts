import type { Span } from '../../algebra/span.ts';
import { int, long } from '../../algebra/types.ts';
import { literalOf } from '../literal.ts';
import { inWords, refuse } from '../refusal.ts';
import type { ColumnsOfType } from '../row.ts';
import type { State, WithoutSomeRows } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import { type KeyType, keyColumns } from './surrogate-key.ts';
import { call, keyText, read } from './written.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * About that share of the keys, with all their rows. Which ones is told by a hash of the key and the seed, so that every run,
     * every cluster and every table that has the key takes the same; a larger share has the keys of a smaller one and more.
     *
     * @param share above 0, up to 1
     * @param spec the columns that are the key; another `seed`, a whole number, takes other keys
     * @example
     * ```ts
     * const tenth = readings.sample(0.1, { by: ['user'] });
     * ```
     */
    sample<const N extends ColumnsOfType<R, KeyType>>(
      share: number,
      spec: { readonly by: readonly [N, ...N[]]; readonly seed?: number },
    ): Dataset<R, WithoutSomeRows<S>>;
  }
}

/** Parts that hashes are told into. */
const PARTS = 1_000_000_000;

export function sample(
  step: Step,
  span: Span,
  share: number,
  spec: { readonly by: readonly string[]; readonly seed?: number },
): Step {
  const { by, seed = 0 } = spec;
  if (typeof share !== 'number' || !(share > 0 && share <= 1)) {
    const expected = 'a number above 0, up to 1';
    return refuse('dsl/bad-option', span, { option: 'share', found: inWords(share), expected });
  }
  const parts = keyColumns(step, 'by', by, span).map(read);
  const hash = call('xxhash64', keyText([literalOf(seed, int, span), ...parts]));
  const place = call('pmod', hash, literalOf(PARTS, long, span));
  const where = call('lt', place, literalOf(Math.round(share * PARTS), long, span));
  return nextStep({ kind: 'filter', span, where, from: { input: step.relation } }, { input: step });
}
