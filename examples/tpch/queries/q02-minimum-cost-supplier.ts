import { asc, desc, job, min } from '#lakewright';
import { locatedSuppliers } from '../relations.ts';
import { offers, parts } from '../tables.ts';
import { answers } from '../zones.ts';

const SIZE = 15;
const TYPE = 'BRASS';
const REGION = 'EUROPE';

const offersOfRegion = offers.join(
  locatedSuppliers.filter((c) => c.region.eq(REGION)),
  'supplierKey',
);

const leastCosts = offersOfRegion.groupBy('partKey').aggregate((c) => ({ cost: min(c.cost) }));

/** From which supplier of a region to order each part of a kind: the hundred richest of those who have it at the least cost. */
export const minimumCostSupplier = job('q02_minimum_cost_supplier', {
  rows: offersOfRegion
    .join(
      parts.filter((c) => c.size.eq(SIZE).and(c.type.endsWith(TYPE))),
      'partKey',
    )
    .semiJoin(leastCosts, ['partKey', 'cost'])
    .select(
      ...(['supplierBalance', 'supplier', 'nation', 'partKey', 'manufacturer'] as const),
      ...(['supplierAddress', 'supplierPhone', 'supplierComment'] as const),
    )
    .top(100, { order: [desc('supplierBalance'), asc('nation'), asc('supplier'), asc('partKey')] }),
  sink: answers.sink('q02_minimum_cost_supplier'),
});
