import { desc, job, sum } from '#lakewright';
import { ordersOfCustomers, sales } from '../relations.ts';
import { answers } from '../zones.ts';

const FROM = '1993-10-01';
const BEFORE = '1994-01-01';

/** The twenty customers who cost most by sending back what they ordered in a quarter. */
export const returnedItemReporting = job('q10_returned_item_reporting', {
  rows: sales
    .filter((c) => c.returnFlag.eq('R'))
    .join(
      ordersOfCustomers.filter((c) => c.orderDate.gte(FROM).and(c.orderDate.lt(BEFORE))),
      'orderKey',
    )
    .groupBy(
      ...(['customerKey', 'customer', 'customerBalance', 'nation'] as const),
      ...(['customerAddress', 'customerPhone', 'customerComment'] as const),
    )
    .aggregate((c) => ({ revenue: sum(c.revenue) }))
    .top(20, { order: [desc('revenue')] }),
  sink: answers.sink('q10_returned_item_reporting'),
});
