import { avg, count, job, max, min, rowCount, stddev, unique } from '#lakewright';
import { curated } from '../zones.ts';
import { machineLearningCurated } from './machine-learning-curated.ts';

const windowMs = 10_000;

const features = machineLearningCurated.table
  .derive((c) => ({
    windowStartMs: c.elapsedMs.bucket(windowMs),
    acceleration: c.x.times(c.x).plus(c.y.times(c.y)).plus(c.z.times(c.z)).sqrt(),
  }))
  .groupBy('participant', 'windowStartMs')
  .aggregate((c) => ({
    readings: count(),
    distanceMean: avg(c.distanceFromObject),
    distanceDeviation: stddev(c.distanceFromObject),
    distanceMin: min(c.distanceFromObject),
    distanceMax: max(c.distanceFromObject),
    accelerationMean: avg(c.acceleration),
    accelerationDeviation: stddev(c.acceleration),
    accelerationMin: min(c.acceleration),
    accelerationMax: max(c.acceleration),
  }));

/** What a step detector looks at: distance and acceleration of each participant, summed up every ten seconds. */
export const stepFeaturesCurated = job('step_features_curated', {
  rows: features,
  sink: curated.sink('step_features'),
  expectations: [unique(['participant', 'windowStartMs']), rowCount({ min: 1, onFail: 'warn' })],
  workers: 2,
  timeout: 30,
});
