import { job, sum } from '#lakewright';
import { lines } from '../tables.ts';
import { answers } from '../zones.ts';

const FROM = '1994-01-01';
const BEFORE = '1995-01-01';
const LEAST_DISCOUNT = 0.05;
const MOST_DISCOUNT = 0.07;
const QUANTITY = 24;

/** What a year would have earned more without certain discounts on small quantities. */
export const forecastingRevenueChange = job('q06_forecasting_revenue_change', {
  rows: lines
    .filter((c) => c.shipDate.gte(FROM).and(c.shipDate.lt(BEFORE)))
    .filter((c) => c.discount.gte(LEAST_DISCOUNT).and(c.discount.lte(MOST_DISCOUNT)))
    .filter((c) => c.quantity.lt(QUANTITY))
    .aggregate((c) => ({ revenue: sum(c.price.times(c.discount)) })),
  sink: answers.sink('q06_forecasting_revenue_change'),
});
