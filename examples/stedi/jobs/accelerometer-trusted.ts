import { job } from '#lakewright';
import { accelerometerLanding } from '../tables/accelerometer.ts';
import { trusted } from '../zones.ts';
import { customerTrusted } from './customer-trusted.ts';

const consents = customerTrusted.table.select('email', 'shareWithResearchAsOfDate');

const readings = accelerometerLanding
  .join(consents, { user: 'email' }, { broadcast: 'right' })
  // Readings from before the customer agreed are not research's to use.
  .filter((c) => c.timestamp.gte(c.shareWithResearchAsOfDate))
  .drop('shareWithResearchAsOfDate')
  // The feed delivers readings more than once.
  .distinct();

/** Distinct phone readings of consenting customers, taken at or after their consent. */
export const accelerometerTrusted = job('accelerometer_trusted', {
  rows: readings,
  sink: trusted.sink('accelerometer'),
  workers: 2,
  timeout: 30,
});
