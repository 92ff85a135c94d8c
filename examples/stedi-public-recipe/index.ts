import { job, library } from '#lakewright';
import { accelerometerLanding } from '../stedi/tables/accelerometer.ts';
import { customerLanding } from '../stedi/tables/customer.ts';
import { stepTrainerLanding } from '../stedi/tables/step-trainer.ts';
import { curated, trusted } from '../stedi/zones.ts';

/** Customers with a consent date: any version of a customer that has one. */
const customerTrusted = job('customer_trusted', {
  rows: customerLanding.filter((c) => c.shareWithResearchAsOfDate.isNotNull()),
  // @ts-expect-error Delete this to see what the editor says; README.md tells why it is silenced.
  sink: trusted.sink('customer'),
});

/** Readings of trusted customers, whenever they were taken. */
const accelerometerTrusted = job('accelerometer_trusted', {
  rows: accelerometerLanding
    .join(customerTrusted.table, { user: 'email' })
    .select('user', 'timestamp', 'x', 'y', 'z'),
  // @ts-expect-error
  sink: trusted.sink('accelerometer'),
});

/** Trusted customers who have readings. */
const customerCurated = job('customer_curated', {
  rows: customerTrusted.table
    .join(accelerometerTrusted.table, { email: 'user' })
    .drop('timestamp', 'x', 'y', 'z')
    .distinct(),
  // @ts-expect-error
  sink: curated.sink('customer', { holds: 'identified' }),
});

/** Readings of devices that a curated customer has. */
const stepTrainerTrusted = job('step_trainer_trusted', {
  rows: stepTrainerLanding
    .join(customerCurated.table, 'serialNumber')
    .select('sensorReadingTime', 'serialNumber', 'distanceFromObject'),
  // @ts-expect-error
  sink: trusted.sink('step_trainer'),
});

/** Sensor readings with the phone readings of the same time: 43,681 rows of STEDI's data. */
const machineLearningCurated = job('machine_learning_curated', {
  rows: stepTrainerTrusted.table.join(accelerometerTrusted.table, {
    sensorReadingTime: 'timestamp',
  }),
  // @ts-expect-error
  sink: curated.sink('machine_learning'),
});

/** The pipeline that most public solutions of the STEDI exercise share, as they have it. The compiler refuses it. */
export default library('stedi_public_recipe', {
  doc: 'What most public solutions of the STEDI exercise do.',
  jobs: [
    customerTrusted,
    accelerometerTrusted,
    customerCurated,
    stepTrainerTrusted,
    machineLearningCurated,
  ],
});
