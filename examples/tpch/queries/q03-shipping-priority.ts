import { asc, desc, job, sum } from '#lakewright';
import { sales } from '../relations.ts';
import { customers, orders } from '../tables.ts';
import { answers } from '../zones.ts';

const SEGMENT = 'BUILDING';
const TODAY = '1995-03-15';

const waiting = orders
  .filter((c) => c.orderDate.lt(TODAY))
  .semiJoin(
    customers.filter((c) => c.segment.eq(SEGMENT)),
    'customerKey',
  );

/** The ten orders with the highest revenue among those that had not been shipped. */
export const shippingPriority = job('q03_shipping_priority', {
  rows: sales
    .filter((c) => c.shipDate.gt(TODAY))
    .join(waiting, 'orderKey')
    .groupBy('orderKey', 'orderDate', 'shipPriority')
    .aggregate((c) => ({ revenue: sum(c.revenue) }))
    .top(10, { order: [desc('revenue'), asc('orderDate')] }),
  sink: answers.sink('q03_shipping_priority'),
});
