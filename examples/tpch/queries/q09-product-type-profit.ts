import { job, sum } from '#lakewright';
import { locatedSuppliers, sales } from '../relations.ts';
import { offers, orders, parts } from '../tables.ts';
import { answers } from '../zones.ts';

const COLOUR = 'green';

/** What was earned with parts of a colour beyond their cost, by the supplier's nation and year. */
export const productTypeProfit = job('q09_product_type_profit', {
  rows: sales
    .semiJoin(
      parts.filter((c) => c.part.contains(COLOUR)),
      'partKey',
    )
    .join(offers, ['partKey', 'supplierKey'])
    .join(locatedSuppliers, 'supplierKey')
    .join(orders, 'orderKey')
    .derive((c) => ({
      year: c.orderDate.year(),
      profit: c.revenue.minus(c.cost.times(c.quantity)),
    }))
    .groupBy('nation', 'year')
    .aggregate((c) => ({ profit: sum(c.profit) })),
  sink: answers.sink('q09_product_type_profit'),
});
