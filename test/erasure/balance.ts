import { job, library, zone } from '#lakewright';
import { customerLanding } from '../../examples/stedi/tables/customer.ts';
import { stepTrainerLanding } from '../../examples/stedi/tables/step-trainer.ts';
import { curated, trusted } from '../../examples/stedi/zones.ts';

const customerTrusted = job('customer_trusted', {
  rows: customerLanding.keepConsented('research'),
  sink: trusted.sink('customer'),
  format: 'iceberg',
});

const owners = customerLanding
  .select('email', 'serialNumber', 'lastUpdateDate')
  .latestBy('email', 'lastUpdateDate')
  .soleOwner('serialNumber')
  .select('email', 'serialNumber')
  .join(customerTrusted.table.select('email', 'shareWithResearchAsOfDate'), { email: 'email' });

const distances = stepTrainerLanding
  .join(owners, { serialNumber: 'serialNumber' })
  .filter((c) => c.sensorReadingTime.gte(c.shareWithResearchAsOfDate))
  .pseudonymize('email', { as: 'participant', purpose: 'research' })
  .select('participant', 'distanceFromObject');

const { quarantined } = customerLanding.quarantine((c) => ({
  'the day of birth is a day': c.birthDay.rlike('^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
}));

/**
 * Names in one table, which is of Iceberg, a pseudonym in another, readings of devices, and rows set aside for stewards: all that an
 * erasure has to find.
 */
export default library('balance', {
  jobs: [
    customerTrusted,
    job('distances_curated', { rows: distances, sink: curated.sink('distances') }),
    job('odd_customers', { rows: quarantined, sink: zone('restricted').sink('odd_customer') }),
  ],
});
