import { avg, count, job, sum } from '#lakewright';
import { sales } from '../relations.ts';
import { answers } from '../zones.ts';

/** 90 days before the last day of the data. */
const SHIPPED_BY = '1998-09-02';

/** How much business was billed, shipped and returned. */
export const pricingSummaryReport = job('q01_pricing_summary_report', {
  rows: sales
    .filter((c) => c.shipDate.lte(SHIPPED_BY))
    .groupBy('returnFlag', 'lineStatus')
    .aggregate((c) => ({
      quantity: sum(c.quantity),
      basePrice: sum(c.price),
      revenue: sum(c.revenue),
      charge: sum(c.revenue.plus(c.revenue.times(c.tax))),
      averageQuantity: avg(c.quantity),
      averagePrice: avg(c.price),
      averageDiscount: avg(c.discount),
      lines: count(),
    })),
  sink: answers.sink('q01_pricing_summary_report'),
});
