import { avg, job } from '#lakewright';
import { accelerometerLanding } from '../../../examples/stedi/tables/accelerometer.ts';
import { customerLanding } from '../../../examples/stedi/tables/customer.ts';
import { stepTrainerLanding } from '../../../examples/stedi/tables/step-trainer.ts';
import { curated, trusted } from '../../../examples/stedi/zones.ts';
import { advertising, consenting, consents, readings, steps } from '../leaks/tables.ts';

// 1. Raw rows in a zone that has a purpose.
job('raw', {
  rows: customerLanding,
  // @ts-expect-error
  sink: trusted.sink('raw'),
});

// 2. Consent filtered by hand.
job('by_hand', {
  rows: customerLanding.filter((c) => c.shareWithResearchAsOfDate.isNotNull()),
  // @ts-expect-error
  sink: trusted.sink('by_hand'),
});

// 3. Consent asked after rows were left out.
// @ts-expect-error
customerLanding.filter((c) => c.phone.isNotNull()).keepConsented('research');

// 4. A left join that keeps everybody.
job('everybody', {
  rows: accelerometerLanding.leftJoin(consents, { user: 'email' }),
  // @ts-expect-error
  sink: trusted.sink('everybody'),
});

// 5. A mean over everybody.
job('mean', {
  rows: accelerometerLanding.aggregate((c) => ({ mean: avg(c.x) })),
  // @ts-expect-error
  sink: curated.sink('mean'),
});

// 6. A device joined without asking whose it is.
job('device', {
  rows: stepTrainerLanding.join(consenting, 'serialNumber'),
  // @ts-expect-error
  sink: trusted.sink('device'),
});

// 7. Two people's readings paired by time.
job('paired', {
  rows: readings.join(steps, { timestamp: 'sensorReadingTime' }),
  // @ts-expect-error
  sink: trusted.sink('paired'),
});

// 8. The email in a training set, renamed and in lower case.
job('training', {
  rows: readings.derive((c) => ({ participant: c.user.lower() })).select('participant', 'x'),
  // @ts-expect-error
  sink: curated.sink('training'),
});

// 9. Birthdays and clock times in a training set.
job('birthdays', {
  rows: readings
    .join(consenting.select('email', 'birthDay'), { user: 'email' })
    .select('birthDay', 'timestamp', 'x'),
  // @ts-expect-error
  sink: curated.sink('birthdays'),
});

// 10. Consent to one purpose, used for another.
job('campaign', {
  rows: consenting.select('email'),
  // @ts-expect-error
  sink: advertising.sink('campaign'),
});
