import { columnNames } from '../../algebra/schema.ts';
import { type Dedupe, totalOrder } from '../../algebra/verbs/dedupe.ts';
import { integer, method, operation } from '../python/build.ts';
import { column } from './columns.ts';
import type { Emitter } from './emitter.ts';
import { dropColumns, orderBy, over, partitionBy, withColumn } from './frames.ts';
import { f } from './symbols.ts';

const results: { readonly [S in Dedupe['sugar']]: string } = {
  dedupe: 'deduped',
  latestBy: 'latest',
  distinct: 'distinct',
};

/** The first row of each window under a total order, so that the pick never depends on how the rows lie. */
export const dedupe: Emitter<Dedupe> = {
  kind: 'dedupe',
  result: (node) => results[node.sugar],
  changesRows: true,
  emit(node, { input }, scope) {
    const by = new Set(node.by);
    if (columnNames(input.schema).every((name) => by.has(name))) {
      return { value: method(input.frame, 'distinct') };
    }
    const order = scope.variable('order');
    const row = scope.column('row', input.schema);
    const numbered = withColumn(input.frame, row, over(f('row_number'), order));
    const first = method(numbered, 'where', [operation('==', column(row), integer(1))]);
    // As the relation has its columns, not as the frame has them: ties are broken in that order.
    const total = totalOrder(node, scope.schema(node.from.input));
    return {
      before: [{ kind: 'assign', target: order.name, value: orderBy(partitionBy(node.by), total) }],
      value: dropColumns(first, [row]),
    };
  },
};
