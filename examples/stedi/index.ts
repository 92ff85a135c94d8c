import { library } from '#lakewright';
import { accelerometerTrusted } from './jobs/accelerometer-trusted.ts';
import { customerCurated } from './jobs/customer-curated.ts';
import { customerTrusted } from './jobs/customer-trusted.ts';
import { machineLearningCurated } from './jobs/machine-learning-curated.ts';
import { stepFeaturesCurated } from './jobs/step-features-curated.ts';
import { stepTrainerTrusted } from './jobs/step-trainer-trusted.ts';

/** STEDI's lakehouse: from landing feeds to a training set for step detection. */
export default library('stedi', {
  doc: 'From landing feeds to a training set for step detection, of consenting customers only.',
  jobs: [
    customerTrusted,
    accelerometerTrusted,
    customerCurated,
    stepTrainerTrusted,
    machineLearningCurated,
    stepFeaturesCurated,
  ],
});
