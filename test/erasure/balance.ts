import { job, library } from '#lakewright';
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

/** Names in one table, which is of Iceberg, a pseudonym in the other, and readings of devices: all that an erasure has to find. */
export default library('balance', {
  jobs: [
    customerTrusted,
    job('distances_curated', { rows: distances, sink: curated.sink('distances') }),
  ],
});
