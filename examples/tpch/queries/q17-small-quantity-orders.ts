import { avg, job, sum } from '#lakewright';
import { lines, parts } from '../tables.ts';
import { answers } from '../zones.ts';

const BRAND = 'Brand#23';
const CONTAINER = 'MED BOX';
const YEARS = 7;

const ordered = lines.semiJoin(
  parts.filter((c) => c.brand.eq(BRAND).and(c.container.eq(CONTAINER))),
  'partKey',
);

const usual = ordered.groupBy('partKey').aggregate((c) => ({ usual: avg(c.quantity) }));

/** What would be lost each year if orders of less than a fifth of a part's usual quantity were refused. */
export const smallQuantityOrders = job('q17_small_quantity_orders', {
  rows: ordered
    .join(usual, 'partKey')
    .filter((c) => c.quantity.toDouble().lt(c.usual.times(0.2)))
    .aggregate((c) => ({ price: sum(c.price) }))
    .derive((c) => ({ yearly: c.price.dividedBy(YEARS) }))
    .select('yearly'),
  sink: answers.sink('q17_small_quantity_orders'),
});
