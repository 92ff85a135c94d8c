import { int, job, library, string, zone } from '#lakewright';
import { libraryOf } from '../../../dsl/library-of.ts';

const orders = zone('landing').table('order', { columns: { id: string(), days: int() } });
const late = orders.sql(
  `SELECT id FROM input -- more than days since
   WHERE date_sub(current_date, days) > DATE '2024-01-01'`,
  { id: string() },
);

const sink = zone('restricted').sink('late_order');
export default libraryOf(library('shop', { jobs: [job('late_orders', { rows: late, sink })] }));
