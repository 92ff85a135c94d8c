import { job, sum } from '#lakewright';
import { ordersOfCustomers, sales } from '../relations.ts';
import { suppliers } from '../tables.ts';
import { answers } from '../zones.ts';

const REGION = 'ASIA';
const FROM = '1994-01-01';
const BEFORE = '1995-01-01';

const ordersOfRegion = ordersOfCustomers.filter((c) =>
  c.region.eq(REGION).and(c.orderDate.gte(FROM)).and(c.orderDate.lt(BEFORE)),
);

/** What suppliers earned with customers of their own nation, by nation of a region. */
export const localSupplierVolume = job('q05_local_supplier_volume', {
  rows: sales
    .join(ordersOfRegion, 'orderKey')
    .semiJoin(suppliers, ['supplierKey', 'nationKey'])
    .groupBy('nation')
    .aggregate((c) => ({ revenue: sum(c.revenue) })),
  sink: answers.sink('q05_local_supplier_volume'),
});
