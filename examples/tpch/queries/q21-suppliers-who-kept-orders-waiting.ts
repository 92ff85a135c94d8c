import { asc, count, desc, job } from '#lakewright';
import { locatedSuppliers } from '../relations.ts';
import { lines, orders } from '../tables.ts';
import { answers } from '../zones.ts';

const NATION = 'SAUDI ARABIA';

const late = lines.filter((c) => c.receiptDate.gt(c.commitDate));

/** The hundred suppliers of a nation who most often were the only ones of several to be late with an order. */
export const suppliersWhoKeptOrdersWaiting = job('q21_suppliers_who_kept_orders_waiting', {
  rows: late
    .semiJoin(
      orders.filter((c) => c.status.eq('F')),
      'orderKey',
    )
    .semiJoin(lines, 'orderKey', { where: (c, other) => other.supplierKey.ne(c.supplierKey) })
    .antiJoin(late, 'orderKey', { where: (c, other) => other.supplierKey.ne(c.supplierKey) })
    .join(
      locatedSuppliers.filter((c) => c.nation.eq(NATION)),
      'supplierKey',
    )
    .groupBy('supplier')
    .aggregate(() => ({ waiting: count() }))
    .top(100, { order: [desc('waiting'), asc('supplier')] }),
  sink: answers.sink('q21_suppliers_who_kept_orders_waiting'),
});
