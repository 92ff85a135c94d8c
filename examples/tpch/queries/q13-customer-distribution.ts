import { count, job } from '#lakewright';
import { customers, orders } from '../tables.ts';
import { answers } from '../zones.ts';

const SPECIAL = '%special%requests%';

const plainOrders = orders.filter((c) => c.orderComment.like(SPECIAL).not());

/** How many customers made how many orders, among them those who made none. */
export const customerDistribution = job('q13_customer_distribution', {
  rows: customers
    .leftJoin(plainOrders, 'customerKey')
    .groupBy('customerKey')
    .aggregate((c) => ({ orders: count(c.orderKey) }))
    .groupBy('orders')
    .aggregate(() => ({ customers: count() })),
  sink: answers.sink('q13_customer_distribution'),
});
