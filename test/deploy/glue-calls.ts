import { type CreateJobCommandInput, Glue } from '@aws-sdk/client-glue';
import { expect } from 'chai';

/** A job that Glue takes. */
export const JOB = {
  Name: 'lake_job',
  Role: 'arn:aws:iam::123456789012:role/lake',
  Command: { Name: 'glueetl', ScriptLocation: 's3://lake/job.py' },
  GlueVersion: '5.1',
  WorkerType: 'G.1X',
  NumberOfWorkers: 2,
} satisfies CreateJobCommandInput;

/** A client of an endpoint, without retries. */
export function glueAt(endpoint: string): Glue {
  const credentials = { accessKeyId: 'tests', secretAccessKey: 'tests' };
  return new Glue({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}

/** Expects a call to be refused with the error of that name. */
export async function refused(call: Promise<unknown>, name: string): Promise<void> {
  const outcome = await call.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
  expect(outcome).to.equal(name);
}
