import { double, long, string } from '#lakewright';
import { customer } from '../people.ts';
import { landing } from '../zones.ts';

/** Readings of the phone app: acceleration in three axes. */
export const accelerometerLanding = landing.table('accelerometer', {
  doc: 'Accelerometer readings of the phone app.',
  about: 'user',
  eventTime: 'timestamp',
  columns: {
    user: string().identifier().subject(customer).doc("The customer's email."),
    timestamp: long().quasi().doc('Epoch milliseconds.'),
    x: double().sensitive(),
    y: double().sensitive(),
    z: double().sensitive(),
  },
});
