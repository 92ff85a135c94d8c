import { job, sum } from '#lakewright';
import { locatedSuppliers } from '../relations.ts';
import { offers } from '../tables.ts';
import { answers } from '../zones.ts';

const NATION = 'GERMANY';
const SHARE = 0.0001;

const stock = offers.semiJoin(
  locatedSuppliers.filter((c) => c.nation.eq(NATION)),
  'supplierKey',
);

const total = stock.aggregate((c) => ({ total: sum(c.cost.times(c.available)) }));

/** Parts that make up more than a share of the value of all stock of a nation's suppliers. */
export const importantStock = job('q11_important_stock', {
  rows: stock
    .groupBy('partKey')
    .aggregate((c) => ({ value: sum(c.cost.times(c.available)) }))
    .crossJoin(total)
    .filter((c) => c.value.gt(c.total.times(SHARE)))
    .select('partKey', 'value'),
  sink: answers.sink('q11_important_stock'),
});
