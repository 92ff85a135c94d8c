import type { Table } from './oracle.ts';

/** Where a run in folders leaves the five tables. */
export const PLACES: Readonly<Record<Table, string>> = {
  customer_trusted: 'trusted/customer',
  accelerometer_trusted: 'trusted/accelerometer',
  customer_curated: 'curated/customer',
  step_trainer_trusted: 'trusted/step_trainer',
  machine_learning_curated: 'curated/machine_learning',
};
