import { job, max, sum } from '#lakewright';
import { sales } from '../relations.ts';
import { suppliers } from '../tables.ts';
import { answers } from '../zones.ts';

const FROM = '1996-01-01';
const BEFORE = '1996-04-01';

const revenues = sales
  .filter((c) => c.shipDate.gte(FROM).and(c.shipDate.lt(BEFORE)))
  .groupBy('supplierKey')
  .aggregate((c) => ({ revenue: sum(c.revenue) }));

const highest = revenues.aggregate((c) => ({ revenue: max(c.revenue) }));

/** The supplier who earned most in a quarter; several, where they earned the same. */
export const topSupplier = job('q15_top_supplier', {
  rows: suppliers
    .join(revenues.semiJoin(highest, 'revenue'), 'supplierKey')
    .select('supplierKey', 'supplier', 'supplierAddress', 'supplierPhone', 'revenue'),
  sink: answers.sink('q15_top_supplier'),
});
