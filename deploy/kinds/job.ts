import { setTimeout as sleep } from 'node:timers/promises';
import type { CreateJobCommandInput, JobUpdate } from '@aws-sdk/client-glue';
import { omit, toJsonObject } from '../json.ts';
import type { KindRules } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { definitionDiffers, glueArn, glueTags, tagsDiffer } from './tags.ts';

const ROLE_WAIT_MILLISECONDS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

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
  async create(aws, desired) {
    const input = { ...desired.definition, Tags: desired.tags };
    // Generated as this structure; Glue validates it.
    await onceRoleIsKnown(() => aws.glue.createJob(input as unknown as CreateJobCommandInput));
  },
  async update(aws, desired, _live, differences) {
    if (definitionDiffers(differences)) {
      const update = omit(desired.definition, ['Name']);
      await onceRoleIsKnown(() =>
        aws.glue.updateJob({ JobName: desired.name, JobUpdate: update as unknown as JobUpdate }),
      );
    }
    if (tagsDiffer(differences)) {
      const arn = glueArn(aws, 'job', desired.name);
      await aws.glue.tagResource({ ResourceArn: arn, TagsToAdd: { ...desired.tags } });
    }
  },
};

/** IAM tells other services about a new role within seconds, and Glue refuses it until then. */
async function onceRoleIsKnown<T>(call: () => Promise<T>): Promise<T> {
  for (const wait of ROLE_WAIT_MILLISECONDS) {
    try {
      return await call();
    } catch (error) {
      if (!isAboutRole(error)) throw error;
      await sleep(wait);
    }
  }
  return await call();
}

function isAboutRole(error: unknown): boolean {
  const about = /assume role|role .*(not exist|not found|cannot be assumed|trust)/i;
  return (
    error instanceof Error && error.name === 'InvalidInputException' && about.test(error.message)
  );
}
