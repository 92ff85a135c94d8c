import { columnNames } from '../../algebra/schema.ts';
import type { SetOperation } from '../../algebra/verbs/set-operation.ts';
import { method } from '../python/build.ts';
import type { Emitter } from './emitter.ts';
import { selectColumns } from './frames.ts';

const operations = {
  intersect: { spark: 'intersect', result: 'shared', summary: 'keep rows that are in' },
  except: { spark: 'subtract', result: 'remaining', summary: 'keep rows that are not in' },
} as const;

/** `left.intersect(right.select("a", "b"))`: Spark puts columns together by their places, so the right says which they are. */
export const setOperation: Emitter<SetOperation> = {
  kind: 'setOperation',
  result: ({ operation }) => operations[operation].result,
  changesRows: true,
  emit({ operation }, { left, right }) {
    const { spark, summary } = operations[operation];
    const other = selectColumns(right.frame, columnNames(left.schema));
    return {
      value: method(left.frame, spark, [other]),
      order: columnNames(left.schema),
      summary: `${summary} ${right.frame.name}, each once`,
    };
  },
};
