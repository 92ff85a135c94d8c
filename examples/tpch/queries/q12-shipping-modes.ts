import { countIf, job } from '#lakewright';
import { lines, orders } from '../tables.ts';
import { answers } from '../zones.ts';

const FROM = '1994-01-01';
const BEFORE = '1995-01-01';

const lateThoughShippedInTime = lines
  .filter((c) => c.shipMode.isIn('MAIL', 'SHIP'))
  .filter((c) => c.receiptDate.gte(FROM).and(c.receiptDate.lt(BEFORE)))
  .filter((c) => c.shipDate.lt(c.commitDate).and(c.commitDate.lt(c.receiptDate)));

/** How many lines two cheap ways of shipping brought late, of urgent orders and of others. */
export const shippingModes = job('q12_shipping_modes', {
  rows: lateThoughShippedInTime
    .join(orders, 'orderKey')
    .derive((c) => ({ isUrgent: c.priority.isIn('1-URGENT', '2-HIGH') }))
    .groupBy('shipMode')
    .aggregate((c) => ({ urgent: countIf(c.isUrgent), others: countIf(c.isUrgent.not()) })),
  sink: answers.sink('q12_shipping_modes'),
});
