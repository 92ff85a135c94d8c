import { avg, count, job, sum } from '#lakewright';
import { customers, orders } from '../tables.ts';
import { answers } from '../zones.ts';

const COUNTRIES = ['13', '31', '23', '29', '30', '18', '17'] as const;

const ofCountries = customers
  .derive((c) => ({ country: c.customerPhone.substring(1, 2) }))
  .filter((c) => c.country.isIn(...COUNTRIES));

const usual = ofCountries
  .filter((c) => c.customerBalance.gt(0))
  .aggregate((c) => ({ usual: avg(c.customerBalance) }));

/** Customers with more money than usual who never ordered anything, by country. */
export const globalSalesOpportunity = job('q22_global_sales_opportunity', {
  rows: ofCountries
    .antiJoin(orders, 'customerKey')
    .crossJoin(usual)
    .filter((c) => c.customerBalance.toDouble().gt(c.usual))
    .groupBy('country')
    .aggregate((c) => ({ customers: count(), balance: sum(c.customerBalance) })),
  sink: answers.sink('q22_global_sales_opportunity'),
});
