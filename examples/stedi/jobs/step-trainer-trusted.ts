import { job } from '#lakewright';
import { customerLanding } from '../tables/customer.ts';
import { stepTrainerLanding } from '../tables/step-trainer.ts';
import { trusted } from '../zones.ts';
import { customerCurated } from './customer-curated.ts';

// Whoever owns a device now counts, whether they consent or not: a shared device's readings may be anyone's.
const owners = customerLanding
  .select('email', 'serialNumber', 'lastUpdateDate')
  .latestBy('email', 'lastUpdateDate')
  .soleOwner('serialNumber')
  .select('email', 'serialNumber');

const consentingOwners = owners.join(
  customerCurated.table.select('email', 'shareWithResearchAsOfDate'),
  { email: 'email' },
  { broadcast: 'right' },
);

const readings = stepTrainerLanding
  .join(consentingOwners, { serialNumber: 'serialNumber' }, { broadcast: 'right' })
  .filter((c) => c.sensorReadingTime.gte(c.shareWithResearchAsOfDate))
  .drop('shareWithResearchAsOfDate')
  .distinct()
  // A distance below zero is a fault of the sensor.
  .expect((c) => ({ 'distance is not negative': c.distanceFromObject.gte(0) }), { onFail: 'drop' });

/** Distinct sensor readings of curated customers' own devices, taken at or after consent, with the owner. */
export const stepTrainerTrusted = job('step_trainer_trusted', {
  rows: readings,
  sink: trusted.sink('step_trainer'),
  workers: 2,
  timeout: 30,
});
