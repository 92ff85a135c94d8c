import type { CreateTriggerCommandInput, TriggerUpdate } from '@aws-sdk/client-glue';
import { omit, toJsonObject } from '../json.ts';
import type { KindRules } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { readMany } from './glue-many.ts';
import { definitionDiffers, glueArn, glueTags, tagGlue, tagsDiffer } from './tags.ts';

/** Said once, at creation; UpdateTrigger takes the rest. */
const CREATION_ONLY = ['Name', 'StartOnCreation', 'Type', 'WorkflowName'];

/**
 * A Glue trigger. Whether it is active is for its operators to say after creation: a schedule that somebody
 * paused stays paused.
 */
export const trigger: KindRules = {
  fields: {
    names: [
      'Actions',
      'Description',
      'EventBatchingCondition',
      'Predicate',
      'Schedule',
      'Type',
      'WorkflowName',
    ],
    // Of a single condition, where either means the same.
    defaults: { 'Predicate.Logical': ['AND', 'ANY'] },
  },
  owned: true,
  fixed: ['Type', 'WorkflowName'],
  async read(aws, desired) {
    const found = await unlessAbsent(aws.glue.getTrigger({ Name: desired.name }));
    if (found === undefined) return undefined;
    const tags = await glueTags(aws, glueArn(aws, 'trigger', desired.name));
    return { definition: toJsonObject(found.Trigger), tags };
  },
  async readAll(aws, desired) {
    return await readMany(aws, desired, {
      kind: 'trigger',
      fields: trigger.fields,
      async list(NextToken) {
        const page = await aws.glue.getTriggers({ MaxResults: 200, NextToken });
        return [page.Triggers, page.NextToken];
      },
      batch: async (TriggerNames) => (await aws.glue.batchGetTriggers({ TriggerNames })).Triggers,
    });
  },
  async create(aws, desired) {
    const input = { ...desired.definition, Tags: desired.tags };
    // Generated as this structure; Glue validates it.
    await aws.glue.createTrigger(input as unknown as CreateTriggerCommandInput);
  },
  async update(aws, desired, _live, differences) {
    if (definitionDiffers(differences)) {
      const update: unknown = omit(desired.definition, CREATION_ONLY);
      await aws.glue.updateTrigger({ Name: desired.name, TriggerUpdate: update as TriggerUpdate });
    }
    if (tagsDiffer(differences)) await tagGlue(aws, 'trigger', desired);
  },
  adopt: (aws, desired) => tagGlue(aws, 'trigger', desired),
  async replace(aws, desired, live) {
    await aws.glue.deleteTrigger({ Name: desired.name });
    const paused = live.definition['State'] === 'DEACTIVATED';
    const definition = paused ? omit(desired.definition, ['StartOnCreation']) : desired.definition;
    await trigger.create(aws, { ...desired, definition });
  },
  async delete(aws, desired) {
    await unlessAbsent(aws.glue.deleteTrigger({ Name: desired.name }));
  },
};
