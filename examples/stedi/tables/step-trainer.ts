import { int, long, string } from '#lakewright';
import { device } from '../people.ts';
import { landing } from '../zones.ts';

/** Readings of the balance trainer's motion sensor. */
export const stepTrainerLanding = landing.table('step_trainer', {
  doc: "Distances measured by the balance trainer's motion sensor.",
  about: 'serialNumber',
  eventTime: 'sensorReadingTime',
  columns: {
    sensorReadingTime: long().quasi().doc('Epoch milliseconds.'),
    serialNumber: string().alias(device),
    distanceFromObject: int().sensitive().doc('Centimetres.'),
  },
});
