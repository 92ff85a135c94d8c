import type { Aggregate } from '../../algebra/verbs/aggregate.ts';
import { method, text } from '../python/build.ts';
import { emitAggregate } from './aggregates.ts';
import { columnPath } from './columns.ts';
import type { Emitter } from './emitter.ts';
import { selectColumns } from './frames.ts';
import { withPseudonyms } from './pseudonyms.ts';

/** `frame.groupBy("a").agg(F.count(...).alias("n"))` */
export const aggregate: Emitter<Aggregate> = {
  kind: 'aggregate',
  result: () => 'summed',
  changesRows: true,
  emit(node, { input }, scope) {
    const order = [...node.by, ...node.measures.map(({ name }) => name)];
    const summary =
      node.by.length > 0
        ? `make one row for each ${node.by.join(', ')}`
        : 'make one row of all rows';
    if (node.measures.length === 0) {
      return { value: method(selectColumns(input.frame, node.by), 'distinct'), order, summary };
    }
    const values = node.measures.flatMap(({ call }) => call.arguments);
    const ready = withPseudonyms(input.frame, input.schema, values, scope);
    const measures = node.measures.map(({ name, call }) => {
      const rewritten = { ...call, arguments: call.arguments.map(ready.rewrite) };
      return method(emitAggregate(rewritten, ready.schema), 'alias', [text(name)]);
    });
    if (node.by.length === 0)
      return { value: method(ready.frame, 'agg', measures), order, summary };
    const groups = method(ready.frame, 'groupBy', node.by.map(columnPath));
    return { value: method(groups, 'agg', measures), order, summary };
  },
};
