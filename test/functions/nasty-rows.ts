import fc from 'fast-check';
import type { Value } from '../../algebra/row.ts';
import { nastyValues } from '../properties/nasty-values.ts';
import { typeOf } from '../verbs/given.ts';
import { type Signature, variablesOf } from './signature.ts';

/** How many, and which: `LAKEWRIGHT_FUNCTION_ROWS=500 LAKEWRIGHT_FUNCTION_SEED=7 npx mocha test/functions`. */
const count = Number(process.env['LAKEWRIGHT_FUNCTION_ROWS'] ?? 12);
const seed = Number(process.env['LAKEWRIGHT_FUNCTION_SEED'] ?? 1);

/** Random operands of a signature, of values at which engines tend to differ. */
export function nastyRows(signature: Signature): readonly (readonly Value[])[] {
  const operands = variablesOf(signature).map((type) => {
    const values = nastyValues(typeOf(type));
    const isNullable = typeof type !== 'string' || type.endsWith('?');
    return fc.constantFrom(...values, ...(isNullable ? [null] : []));
  });
  return fc.sample(fc.tuple(...operands), { numRuns: count, seed });
}
