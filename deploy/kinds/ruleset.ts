import type {
  CreateDataQualityRulesetCommandInput,
  UpdateDataQualityRulesetCommandInput,
} from '@aws-sdk/client-glue';
import { atOnce } from '../at-once.ts';
import type { Aws } from '../clients.ts';
import { type JsonObject, omit, toJsonObject } from '../json.ts';
import type { Desired, KindRules } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { withTags } from './glue-many.ts';
import { READS_AT_ONCE } from './many.ts';
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
    const definition = await definitionOf(aws, desired);
    if (definition === undefined) return undefined;
    const tags = await glueTags(aws, glueArn(aws, 'dataQualityRuleset', desired.name));
    return { definition, tags };
  },
  /** No call of Glue answers with the rules of several. */
  async readAll(aws, desired) {
    const found = new Map<string, JsonObject>();
    await atOnce(READS_AT_ONCE, desired, async (one) => {
      const definition = await definitionOf(aws, one);
      if (definition !== undefined) found.set(one.name, definition);
    });
    return await withTags(aws, desired, { kind: 'dataQualityRuleset', ...ruleset }, found);
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

async function definitionOf(aws: Aws, { name }: Desired): Promise<JsonObject | undefined> {
  const found = await unlessAbsent(aws.glue.getDataQualityRuleset({ Name: name }));
  return found === undefined ? undefined : toJsonObject(omitMetadata(found));
}

/** An answer of the SDK says besides how it came. */
function omitMetadata<A extends { readonly $metadata: object }>(answer: A): object {
  const { $metadata: _, ...rest } = answer;
  return rest;
}
