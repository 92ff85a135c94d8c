import type { CreateWorkflowCommandInput, UpdateWorkflowCommandInput } from '@aws-sdk/client-glue';
import { toJsonObject } from '../json.ts';
import type { KindRules } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { definitionDiffers, glueArn, glueTags, tagGlue, tagsDiffer } from './tags.ts';

/** A Glue workflow; what runs in it is said by its triggers. */
export const workflow: KindRules = {
  fields: { names: ['DefaultRunProperties', 'Description', 'MaxConcurrentRuns'] },
  owned: true,
  async read(aws, desired) {
    const found = await unlessAbsent(aws.glue.getWorkflow({ Name: desired.name }));
    if (found === undefined) return undefined;
    const tags = await glueTags(aws, glueArn(aws, 'workflow', desired.name));
    return { definition: toJsonObject(found.Workflow), tags };
  },
  async create(aws, desired) {
    const input = { ...desired.definition, Tags: desired.tags };
    // Generated as this structure; Glue validates it.
    await aws.glue.createWorkflow(input as unknown as CreateWorkflowCommandInput);
  },
  async update(aws, desired, _live, differences) {
    if (definitionDiffers(differences)) {
      const input = desired.definition;
      await aws.glue.updateWorkflow(input as unknown as UpdateWorkflowCommandInput); // likewise
    }
    if (tagsDiffer(differences)) await tagGlue(aws, 'workflow', desired);
  },
  adopt: (aws, desired) => tagGlue(aws, 'workflow', desired),
  async delete(aws, desired) {
    await unlessAbsent(aws.glue.deleteWorkflow({ Name: desired.name }));
  },
};
