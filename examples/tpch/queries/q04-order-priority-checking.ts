import { count, job } from '#lakewright';
import { lines, orders } from '../tables.ts';
import { answers } from '../zones.ts';

const FROM = '1993-07-01';
const BEFORE = '1993-10-01';

const late = lines.filter((c) => c.receiptDate.gt(c.commitDate));

/** How many orders of a quarter got at least one line late, by priority. */
export const orderPriorityChecking = job('q04_order_priority_checking', {
  rows: orders
    .filter((c) => c.orderDate.gte(FROM).and(c.orderDate.lt(BEFORE)))
    .semiJoin(late, 'orderKey')
    .groupBy('priority')
    .aggregate(() => ({ orders: count() })),
  sink: answers.sink('q04_order_priority_checking'),
});
