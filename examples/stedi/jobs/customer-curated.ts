import { job } from '#lakewright';
import { curated } from '../zones.ts';
import { accelerometerTrusted } from './accelerometer-trusted.ts';
import { customerTrusted } from './customer-trusted.ts';

/** Trusted customers that have readings to learn from. */
export const customerCurated = job('customer_curated', {
  rows: customerTrusted.table.semiJoin(accelerometerTrusted.table, { email: 'user' }),
  // The balance trainer's readings are matched by serial number and email, so this table keeps both.
  sink: curated.sink('customer', { holds: 'identified' }),
  workers: 2,
  timeout: 15,
});
