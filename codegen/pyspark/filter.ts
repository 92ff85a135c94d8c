import type { Filter } from '../../algebra/verbs/filter.ts';
import { method } from '../python/build.ts';
import type { Emitter } from './emitter.ts';
import { emitExpression } from './expressions.ts';
import { dropColumns } from './frames.ts';
import { withPseudonyms } from './pseudonyms.ts';

/** `frame.where(condition)`; Spark too drops rows for which it is null. */
export const filter: Emitter<Filter> = {
  kind: 'filter',
  result: () => 'filtered',
  changesRows: true,
  emit(node, { input }, scope) {
    const ready = withPseudonyms(input.frame, input.schema, [node.where], scope);
    const condition = emitExpression(ready.rewrite(node.where), ready.schema);
    return { value: dropColumns(method(ready.frame, 'where', [condition]), ready.passing) };
  },
};
