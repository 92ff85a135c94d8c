import { job, min } from '#lakewright';
import { curated } from '../zones.ts';
import { accelerometerTrusted } from './accelerometer-trusted.ts';
import { stepTrainerTrusted } from './step-trainer-trusted.ts';

// Joined on the customer too: at the same millisecond other people's sensors report as well.
const pairs = accelerometerTrusted.table.join(stepTrainerTrusted.table.drop('serialNumber'), {
  timestamp: 'sensorReadingTime',
  user: 'email',
});

const firstReadings = pairs.groupBy('user').aggregate((c) => ({ firstReading: min(c.timestamp) }));

// A clock time singles people out; the time since one's own first reading does not.
const readings = pairs
  .join(firstReadings, { user: 'user' })
  .derive((c) => ({ elapsedMs: c.timestamp.elapsedSince(c.firstReading) }))
  .pseudonymize('user', { as: 'participant', purpose: 'research' })
  .select('participant', 'elapsedMs', 'x', 'y', 'z', 'distanceFromObject');

/** The training set of step detection: phone and sensor readings of one customer at one time, under a pseudonym. */
export const machineLearningCurated = job('machine_learning_curated', {
  rows: readings,
  sink: curated.sink('machine_learning'),
  workers: 4,
  timeout: 60,
});
