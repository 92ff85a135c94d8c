import type { CreateJobCommandInput, JobUpdate } from '@aws-sdk/client-glue';
import { omit, toJsonObject } from '../json.ts';
import type { KindRules } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { readMany } from './glue-many.ts';
import { onceKnown } from './once-known.ts';
import { definitionDiffers, glueArn, glueTags, tagGlue, tagsDiffer } from './tags.ts';

/** A Glue job. An update overwrites the whole definition, as UpdateJob does. */
export const job: KindRules = {
  fields: {
    names: [
      'Command',
      'Connections',
      'DefaultArguments',
      'Description',
      'ExecutionClass',
      'ExecutionProperty',
      'GlueVersion',
      'JobMode',
      'JobRunQueuingEnabled',
      'MaintenanceWindow',
      'MaxRetries',
      'NonOverridableArguments',
      'NotificationProperty',
      'NumberOfWorkers',
      'Role',
      'SecurityConfiguration',
      'Timeout',
      'WorkerType',
    ],
    defaults: {
      'Command.PythonVersion': ['3'],
      Connections: [{ Connections: [] }],
      ExecutionClass: ['STANDARD'],
      ExecutionProperty: [{ MaxConcurrentRuns: 1 }],
      JobMode: ['SCRIPT'],
      JobRunQueuingEnabled: [false],
      MaxRetries: [0],
      // Minutes: up to Glue 4.0, and since 5.0.
      Timeout: [2880, 480],
    },
  },
  owned: true,
  async read(aws, desired) {
    const found = await unlessAbsent(aws.glue.getJob({ JobName: desired.name }));
    if (found === undefined) return undefined;
    const tags = await glueTags(aws, glueArn(aws, 'job', desired.name));
    return { definition: toJsonObject(found.Job), tags };
  },
  async readAll(aws, desired) {
    return await readMany(aws, desired, {
      kind: 'job',
      fields: job.fields,
      async list(NextToken) {
        const page = await aws.glue.getJobs({ MaxResults: 1_000, NextToken });
        return [page.Jobs, page.NextToken];
      },
      batch: async (JobNames) => (await aws.glue.batchGetJobs({ JobNames })).Jobs,
    });
  },
  async create(aws, desired) {
    const input = { ...desired.definition, Tags: desired.tags };
    // Generated as this structure; Glue validates it.
    await onceKnown(isAboutRole, () =>
      aws.glue.createJob(input as unknown as CreateJobCommandInput),
    );
  },
  async update(aws, desired, _live, differences) {
    if (definitionDiffers(differences)) {
      const update = omit(desired.definition, ['Name']);
      await onceKnown(isAboutRole, () =>
        aws.glue.updateJob({ JobName: desired.name, JobUpdate: update as unknown as JobUpdate }),
      );
    }
    if (tagsDiffer(differences)) await tagGlue(aws, 'job', desired);
  },
  adopt: (aws, desired) => tagGlue(aws, 'job', desired),
  async delete(aws, desired) {
    await unlessAbsent(aws.glue.deleteJob({ JobName: desired.name }));
  },
};

/** Glue refuses a role that is new until it has heard of it. */
function isAboutRole(error: unknown): boolean {
  const about = /assume role|role .*(not exist|not found|cannot be assumed|trust)/i;
  return (
    error instanceof Error && error.name === 'InvalidInputException' && about.test(error.message)
  );
}
