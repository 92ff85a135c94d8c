import type {
  CreateDataQualityRulesetCommandInput,
  UpdateDataQualityRulesetCommandInput,
} from '@aws-sdk/client-glue';
import { atOnce, READS_AT_ONCE } from '../at-once.ts';
import type { Aws } from '../clients.ts';
import { differences } from '../compare.ts';
import { type JsonObject, omit, toJsonObject } from '../json.ts';
import { allOf } from '../pages.ts';
import {
  type Desired,
  ENVIRONMENT_TAG,
  HASH_TAG,
  type KindRules,
  LIBRARY_TAG,
  type Proof,
  type Proofs,
} from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { withTags } from './glue-many.ts';
import { unlessDenied } from './many.ts';
import { definitionDiffers, glueArn, glueTags, tagGlue, tagsDiffer } from './tags.ts';

/** ListDataQualityRulesets takes no more as a page (API reference). */
const PAGE = 1_000;
/** When Glue changed it last, as GetDataQualityRuleset and ListDataQualityRulesets both say. */
const MODIFIED = 'LastModifiedOn';

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
  /** No call of Glue answers with the rules of several. A list says when each was changed last, which is enough where that is proven. */
  async readAll(aws, desired, proofs) {
    const found = new Map<string, JsonObject>();
    const untouched = await provenAsDesired(aws, desired, proofs);
    await atOnce(READS_AT_ONCE, desired, async (one) => {
      const definition = untouched.get(one.name) ?? (await definitionOf(aws, one));
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

/** What is read of a ruleset as its proof, if it is as it should be. */
export function proofOf(desired: Desired, live: JsonObject): Proof | undefined {
  const { [MODIFIED]: modified } = live;
  const sha256 = desired.tags[HASH_TAG];
  if (typeof modified !== 'string' || sha256 === undefined) return undefined;
  const same = differences(desired.definition, live, ruleset.fields).length === 0;
  return same ? { modified, sha256 } : undefined;
}

/** The same of rulesets that were just written. */
export async function readProofs(
  aws: Aws,
  written: readonly Desired[],
): Promise<readonly (readonly [string, Proof])[]> {
  const found: (readonly [string, Proof])[] = [];
  await atOnce(READS_AT_ONCE, written, async (one) => {
    const live = await definitionOf(aws, one);
    const proof = live === undefined ? undefined : proofOf(one, live);
    if (proof !== undefined) found.push([one.name, proof]);
  });
  return found;
}

/** Definitions, by name, of those that are as they should be, since nobody changed them after somebody saw that. */
async function provenAsDesired(
  aws: Aws,
  desired: readonly Desired[],
  proofs: Proofs,
): Promise<ReadonlyMap<string, JsonObject>> {
  const helpful = desired.filter(({ name, tags }) => proofs.get(name)?.sha256 === tags[HASH_TAG]);
  const stamps = helpful.length < 2 ? new Map<string, string>() : await modifiedOf(aws, helpful[0]);
  return new Map(
    helpful.flatMap(({ name, definition }): (readonly [string, JsonObject])[] => {
      const modified = stamps.get(name);
      const proven = modified !== undefined && proofs.get(name)?.modified === modified;
      return proven ? [[name, { ...definition, [MODIFIED]: modified }]] : [];
    }),
  );
}

/** When each ruleset of a library was changed last, by name; nothing where the caller may not ask. */
async function modifiedOf(aws: Aws, of: Desired | undefined): Promise<ReadonlyMap<string, string>> {
  const owner = [LIBRARY_TAG, ENVIRONMENT_TAG];
  const Tags = Object.fromEntries(
    Object.entries(of?.tags ?? {}).filter(([name]) => owner.includes(name)),
  );
  const all = allOf(async (NextToken) => {
    const page = await aws.glue.listDataQualityRulesets({ Tags, MaxResults: PAGE, NextToken });
    return [page.Rulesets, page.NextToken];
  });
  const listed = (await unlessDenied(all)) ?? [];
  return new Map(
    listed.flatMap(({ Name = '', LastModifiedOn }): (readonly [string, string])[] =>
      LastModifiedOn === undefined ? [] : [[Name, LastModifiedOn.toISOString()]],
    ),
  );
}

async function definitionOf(aws: Aws, { name }: Desired): Promise<JsonObject | undefined> {
  const found = await unlessAbsent(aws.glue.getDataQualityRuleset({ Name: name }));
  return found === undefined ? undefined : toJsonObject(omitMetadata(found));
}

/** An answer of the SDK says besides how it came. */
function omitMetadata<A extends { readonly $metadata: object }>(answer: A): object {
  const { $metadata: _, ...rest } = answer;
  return rest;
}
