import type {
  CreateDataQualityRulesetCommandInput,
  UpdateDataQualityRulesetCommandInput,
} from '@aws-sdk/client-glue';
import { omit, toJsonObject } from '../json.ts';
import type { KindRules } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { definitionDiffers, glueArn, glueTags, tagGlue, tagsDiffer } from './tags.ts';

/** A ruleset of Glue Data Quality. UpdateDataQualityRuleset takes no other table, so that one is a new ruleset. */
export const ruleset: KindRules = {
  fields: {
    names: ['Description', 'Ruleset', 'TargetTable'],
    // GetDataQualityRuleset may say the account's own.
    runtime: ['TargetTable.CatalogId'],
  },
  owned: true,
  fixed: ['TargetTable.DatabaseName', 'TargetTable.TableName', 'TargetTable'],
  async read(aws, desired) {
    const found = await unlessAbsent(aws.glue.getDataQualityRuleset({ Name: desired.name }));
    if (found === undefined) return undefined;
    const tags = await glueTags(aws, glueArn(aws, 'dataQualityRuleset', desired.name));
    return { definition: toJsonObject(omitMetadata(found)), tags };
  },
  async create(aws, desired) {
    const input = { ...desired.definition, Tags: desired.tags };
    // Generated as this structure; Glue validates it.
    await aws.glue.createDataQualityRuleset(
      input as unknown as CreateDataQualityRulesetCommandInput,
    );
  },
  async update(aws, desired, _live, differences) {
    if (definitionDiffers(differences)) {
      const input: unknown = omit(desired.definition, ['TargetTable']); // likewise
      await aws.glue.updateDataQualityRuleset(input as UpdateDataQualityRulesetCommandInput);
    }
    if (tagsDiffer(differences)) await tagGlue(aws, 'dataQualityRuleset', desired);
  },
  adopt: (aws, desired) => tagGlue(aws, 'dataQualityRuleset', desired),
  async replace(aws, desired) {
    await aws.glue.deleteDataQualityRuleset({ Name: desired.name });
    await ruleset.create(aws, desired);
  },
  async delete(aws, desired) {
    await unlessAbsent(aws.glue.deleteDataQualityRuleset({ Name: desired.name }));
  },
};

/** An answer of the SDK says besides how it came. */
function omitMetadata<A extends { readonly $metadata: object }>(answer: A): object {
  const { $metadata: _, ...rest } = answer;
  return rest;
}
