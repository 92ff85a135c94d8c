import type { Expect } from '../../algebra/verbs/expect.ts';
import { call, dict, method, text } from '../python/build.ts';
import type { Emitter } from './emitter.ts';
import { emitExpression } from './expressions.ts';
import { all, dropColumns } from './frames.ts';
import { withPseudonyms } from './pseudonyms.ts';

/**
 * `expected(frame, {"name": condition}, of="step", on_unmet="warn")`, which counts rows that do not meet a condition and gives all
 * rows back; where they are dropped, `.where(conditions)` stands behind it in the open.
 */
export const expect: Emitter<Expect> = {
  kind: 'expect',
  result: () => 'expected',
  changesRows: (node) => node.onUnmet === 'drop',
  emit({ expectations, onUnmet }, { input }, scope) {
    const conditions = expectations.map(({ where }) => where);
    const ready = withPseudonyms(input.frame, input.schema, conditions, scope);
    const said = (index: number) => {
      const where = conditions[index];
      if (!where) throw new RangeError(`no expectation ${index}`);
      return emitExpression(ready.rewrite(where), ready.schema);
    };
    const named = expectations.map(({ name }, index) => ({ key: text(name), value: said(index) }));
    const keywords = { of: text(input.counted), on_unmet: text(onUnmet) };
    const counted = call(scope.expected(), [ready.frame, dict(named)], keywords);
    const [first, ...rest] = named.map(({ value }) => value);
    const isDropped = onUnmet === 'drop' && first !== undefined;
    const rows = isDropped ? method(counted, 'where', [all(first, ...rest)]) : counted;
    return { value: dropColumns(rows, ready.passing) };
  },
};
