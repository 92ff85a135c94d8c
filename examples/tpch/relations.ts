import { customers, lines, nations, orders, regions, suppliers } from './tables.ts';

/** Lines with what they earn: their price less the discount. */
export const sales = lines.derive((c) => ({ revenue: c.price.minus(c.price.times(c.discount)) }));

/** Nations with the name of their region. */
export const nationsOfTheWorld = nations
  .join(regions, 'regionKey')
  .select('nationKey', 'nation', 'region');

/** Suppliers with the names of their nation and region. */
export const locatedSuppliers = suppliers.join(nationsOfTheWorld, 'nationKey');

/** Customers with the names of their nation and region. */
export const locatedCustomers = customers.join(nationsOfTheWorld, 'nationKey');

/** Orders with who made them, and where. */
export const ordersOfCustomers = orders.join(locatedCustomers, 'customerKey');
