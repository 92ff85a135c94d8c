import { job, unique } from '#lakewright';
import { customerLanding } from '../tables/customer.ts';
import { trusted } from '../zones.ts';

/** Customers who share their data with research, each in the newest version. */
export const customerTrusted = job('customer_trusted', {
  rows: customerLanding.keepConsented('research'),
  sink: trusted.sink('customer'),
  expectations: [unique('email')],
  workers: 2,
  timeout: 15,
});
