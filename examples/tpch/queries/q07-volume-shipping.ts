import { job, sum } from '#lakewright';
import { locatedSuppliers, ordersOfCustomers, sales } from '../relations.ts';
import { answers } from '../zones.ts';

const [ONE, OTHER] = ['FRANCE', 'GERMANY'];
const FROM = '1995-01-01';
const UNTIL = '1996-12-31';

const sellers = locatedSuppliers
  .select('supplierKey', 'nation')
  .rename({ nation: 'supplierNation' });

const buyers = ordersOfCustomers.select('orderKey', 'nation').rename({ nation: 'customerNation' });

/** What was earned with goods between two nations, by direction and year. */
export const volumeShipping = job('q07_volume_shipping', {
  rows: sales
    .filter((c) => c.shipDate.gte(FROM).and(c.shipDate.lte(UNTIL)))
    .join(sellers, 'supplierKey')
    .join(buyers, 'orderKey')
    .filter((c) => {
      const there = c.supplierNation.eq(ONE).and(c.customerNation.eq(OTHER));
      const back = c.supplierNation.eq(OTHER).and(c.customerNation.eq(ONE));
      return there.or(back);
    })
    .derive((c) => ({ year: c.shipDate.year() }))
    .groupBy('supplierNation', 'customerNation', 'year')
    .aggregate((c) => ({ revenue: sum(c.revenue) })),
  sink: answers.sink('q07_volume_shipping'),
});
