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
  top: 'first',
};

/** The first rows of each window, or of all rows, under a total order, so that the pick never depends on how the rows lie. */
export const dedupe: Emitter<Dedupe> = {
  kind: 'dedupe',
  result: (node) => results[node.sugar],
  changesRows: true,
  emit(node, { input }, scope) {
    const { by, first: most } = node;
    if (most === undefined && columnNames(input.schema).every((name) => by.includes(name))) {
      return { value: method(input.frame, 'distinct') };
    }
    // As the relation has its columns, not as the frame has them: ties are broken in that order.
    const total = totalOrder(node, scope.schema(node.from.input));
    if (by.length === 0) {
      return { value: method(orderBy(input.frame, total), 'limit', [integer(most ?? 1)]) };
    }
    const order = scope.variable('order');
    const row = scope.column('row', input.schema);
    const numbered = withColumn(input.frame, row, over(f('row_number'), order));
    const isFirst =
      most === undefined
        ? operation('==', column(row), integer(1))
        : operation('<=', column(row), integer(most));
    const first = method(numbered, 'where', [isFirst]);
    return {
      before: [{ kind: 'assign', target: order.name, value: orderBy(partitionBy(by), total) }],
      value: dropColumns(first, [row]),
    };
  },
};
