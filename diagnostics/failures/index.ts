import { deployFailures } from './deploy.ts';
import { erasureFailures } from './erasure.ts';
import { exportFailures } from './export.ts';
import { runFailures } from './run.ts';
import { runtimeFailures } from './runtime.ts';

/**
 * What can go wrong behind the compiler, by code: with a run, a deployment, an erasure, an export. Their messages quote what
 * AWS, Spark or a file said, so their words stand where that is known; what a code means stands here.
 */
export const failures = {
  ...runtimeFailures,
  ...deployFailures,
  ...runFailures,
  ...erasureFailures,
  ...exportFailures,
};

/** A stable name `area/what-is-wrong`, which is also the place in docs/diagnostics.md. */
export type FailureCode = keyof typeof failures;
