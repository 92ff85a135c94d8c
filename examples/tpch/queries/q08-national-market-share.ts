import { job, sum } from '#lakewright';
import { locatedSuppliers, ordersOfCustomers, sales } from '../relations.ts';
import { parts } from '../tables.ts';
import { answers } from '../zones.ts';

const NATION = 'BRAZIL';
const REGION = 'AMERICA';
const TYPE = 'ECONOMY ANODIZED STEEL';
const FROM = '1995-01-01';
const UNTIL = '1996-12-31';

const ordersOfRegion = ordersOfCustomers
  .filter((c) => c.region.eq(REGION).and(c.orderDate.gte(FROM)).and(c.orderDate.lte(UNTIL)))
  .select('orderKey', 'orderDate');

/** The share of a nation's suppliers in what a region spent on one type of part, by year. */
export const nationalMarketShare = job('q08_national_market_share', {
  rows: sales
    .semiJoin(
      parts.filter((c) => c.type.eq(TYPE)),
      'partKey',
    )
    .join(ordersOfRegion, 'orderKey')
    .join(locatedSuppliers.select('supplierKey', 'nation'), 'supplierKey')
    .derive((c) => ({ year: c.orderDate.year() }))
    .groupBy('year')
    .aggregate((c) => ({
      all: sum(c.revenue),
      national: sum(c.revenue).where(c.nation.eq(NATION)),
    }))
    .derive((c) => ({ marketShare: c.national.orElse(0).dividedBy(c.all) }))
    .select('year', 'marketShare'),
  sink: answers.sink('q08_national_market_share'),
});
