import { job, sum } from '#lakewright';
import { locatedSuppliers } from '../relations.ts';
import { lines, offers, parts } from '../tables.ts';
import { answers } from '../zones.ts';

const COLOUR = 'forest';
const NATION = 'CANADA';
const FROM = '1994-01-01';
const BEFORE = '1995-01-01';

const shipped = lines
  .filter((c) => c.shipDate.gte(FROM).and(c.shipDate.lt(BEFORE)))
  .groupBy('partKey', 'supplierKey')
  .aggregate((c) => ({ shipped: sum(c.quantity) }));

const surplus = offers
  .semiJoin(
    parts.filter((c) => c.part.startsWith(COLOUR)),
    'partKey',
  )
  .join(shipped, ['partKey', 'supplierKey'])
  .filter((c) => c.available.gt(c.shipped.times(0.5)));

/** Suppliers of a nation who have more of a part in stock than half of what they shipped of it in a year. */
export const potentialPartPromotion = job('q20_potential_part_promotion', {
  rows: locatedSuppliers
    .filter((c) => c.nation.eq(NATION))
    .semiJoin(surplus, 'supplierKey')
    .select('supplier', 'supplierAddress'),
  sink: answers.sink('q20_potential_part_promotion'),
});
