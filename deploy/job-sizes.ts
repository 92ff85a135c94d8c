import type { Environment } from './environments.ts';
import { DeployError } from './errors.ts';
import type { JsonObject } from './json.ts';
import type { Generated } from './manifest.ts';

/** A job's definition with the sizes that an environment gives it. */
export function sized(
  definition: JsonObject,
  { sizes, jobs }: Environment,
  job: string,
): JsonObject {
  const own = Object.hasOwn(jobs, job) ? jobs[job] : undefined;
  const { workerType, workers, timeout } = { ...sizes, ...own };
  return {
    ...definition,
    ...(workerType === undefined ? {} : { WorkerType: workerType }),
    ...(workers === undefined ? {} : { NumberOfWorkers: workers }),
    ...(timeout === undefined ? {} : { Timeout: timeout }),
  };
}

/** A size of a job that is not there is a misspelt one. @throws DeployError `deploy/environment-unfit` */
export function refuseUnknownJobs(
  { library, resources }: Pick<Generated, 'library' | 'resources'>,
  { name, jobs }: Environment,
): void {
  const known = new Set(resources.map(({ id }) => id));
  const unknown = Object.keys(jobs).filter((job) => !known.has(`job/${job}`));
  if (unknown.length === 0) return;
  const all = resources
    .filter(({ kind }) => kind === 'job')
    .map(({ id }) => id.slice('job/'.length));
  throw new DeployError(
    'deploy/environment-unfit',
    `The environment ${name} gives sizes to jobs that ${library} does not have: ${unknown.join(', ')}.`,
    `It has ${all.join(', ')}.`,
  );
}
