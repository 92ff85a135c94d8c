import { asc, desc, job, sum } from '#lakewright';
import { customers, lines, orders } from '../tables.ts';
import { answers } from '../zones.ts';

const QUANTITY = 300;

const large = lines
  .groupBy('orderKey')
  .aggregate((c) => ({ quantity: sum(c.quantity) }))
  .filter((c) => c.quantity.gt(QUANTITY));

/** The hundred dearest orders of more than so many pieces, and who made them. */
export const largeVolumeCustomer = job('q18_large_volume_customer', {
  rows: orders
    .join(large, 'orderKey')
    .join(customers, 'customerKey')
    .select('customer', 'customerKey', 'orderKey', 'orderDate', 'totalPrice', 'quantity')
    .top(100, { order: [desc('totalPrice'), asc('orderDate')] }),
  sink: answers.sink('q18_large_volume_customer'),
});
