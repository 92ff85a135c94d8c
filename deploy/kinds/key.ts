import { isPassing } from '../aws-errors.ts';
import type { Aws } from '../clients.ts';
import { isJsonObject, type Json, type JsonObject, pick } from '../json.ts';
import { pages } from '../pages.ts';
import { statementsBySid, withSids } from '../policy.ts';
import { type Desired, HASH_TAG, type KindRules, LIBRARY_TAG } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { onceKnown } from './once-known.ts';
import { tagsDiffer } from './tags.ts';

/** Says for which alias a key was made, so that one that got no alias is found again. */
const ALIAS_TAG = 'lakewright:alias';

/**
 * A KMS key, known by its alias. Its policy is all ours, so a statement that somebody added is taken off. A key is never deleted
 * or disabled, and one that waits for its deletion is not called back: that is how a zone's data is shredded.
 */
export const key: KindRules = {
  fields: { names: ['Description', 'EnableKeyRotation', 'KeyPolicy'] },
  owned: true,
  async read(aws, desired) {
    const found = await unlessAbsent(aws.kms.describeKey({ KeyId: desired.name }));
    const id = found?.KeyMetadata?.KeyId;
    if (id === undefined) return undefined;
    const { Policy: policy = '{}' } = await aws.kms.getKeyPolicy({
      KeyId: id,
      PolicyName: 'default',
    });
    const rotation = await aws.kms.getKeyRotationStatus({ KeyId: id });
    const parsed: Json = JSON.parse(policy);
    return {
      definition: {
        KeyId: id,
        Description: found?.KeyMetadata?.Description ?? '',
        EnableKeyRotation: rotation.KeyRotationEnabled === true,
        KeyPolicy: statementsBySid(parsed),
      },
      tags: await tagsOf(aws, id),
    };
  },
  async create(aws, desired) {
    // Where the answer to CreateKey got lost there may be a key without an alias: looked for before another is made.
    const id = await onceKnown(
      isPassing,
      async () => (await orphan(aws, desired)) ?? (await createKey(aws, desired)),
    );
    await aws.kms.enableKeyRotation({ KeyId: id });
    await aws.kms.createAlias({ AliasName: desired.name, TargetKeyId: id });
  },
  async update(aws, desired, live, differences) {
    const id = String(live.definition['KeyId']);
    const changed = (name: string): boolean =>
      differences.some(({ path }) => path === name || path.startsWith(`${name}.`));
    if (changed('KeyPolicy'))
      await aws.kms.putKeyPolicy({ KeyId: id, PolicyName: 'default', Policy: policyText(desired) });
    if (changed('Description')) {
      await aws.kms.updateKeyDescription({ KeyId: id, Description: description(desired) });
    }
    if (changed('EnableKeyRotation')) await aws.kms.enableKeyRotation({ KeyId: id });
    if (tagsDiffer(differences)) await aws.kms.tagResource({ KeyId: id, Tags: tagList(desired) });
  },
  async adopt(aws, desired, live) {
    const id = String(live.definition['KeyId']);
    await aws.kms.tagResource({ KeyId: id, Tags: tagList(desired) });
  },
};

/** The name and definition of a key, of its generated file. */
export function readKey(input: JsonObject): { name: string; definition: JsonObject } | undefined {
  const { AliasName: name, KeyPolicy: policy } = input;
  if (typeof name !== 'string' || !isJsonObject(policy)) return undefined;
  const definition = {
    ...pick(input, ['Description', 'EnableKeyRotation']),
    KeyPolicy: statementsBySid(policy),
  };
  return { name, definition };
}

async function createKey(aws: Aws, desired: Desired): Promise<string> {
  const made = await aws.kmsOnce.createKey({
    Description: description(desired),
    Policy: policyText(desired),
    Tags: tagList(desired),
  });
  return made.KeyMetadata?.KeyId ?? '';
}

/**
 * A key that an interrupted deployment of the same definition left without alias. KMS makes a new key at every call, and each
 * costs money until somebody finds it.
 */
async function orphan(aws: Aws, desired: Desired): Promise<string | undefined> {
  const keys = pages(async (Marker) => {
    const page = await aws.kms.listKeys({ Marker });
    return [page.Keys, page.Truncated === true ? page.NextMarker : undefined];
  });
  for await (const { KeyId: id } of keys) {
    if (id === undefined) continue;
    // Keys of others may not let us look at them, and are not ours then.
    const tags = await tagsOf(aws, id).catch((): Record<string, string> => ({}));
    const ours = [LIBRARY_TAG, HASH_TAG].every((tag) => tags[tag] === desired.tags[tag]);
    if (!ours || tags[ALIAS_TAG] !== desired.name) continue;
    const { KeyMetadata: found } = await aws.kms.describeKey({ KeyId: id });
    const { Aliases: aliases = [] } = await aws.kms.listAliases({ KeyId: id });
    if (found?.KeyState === 'Enabled' && aliases.length === 0) return id;
  }
  return undefined;
}

async function tagsOf(aws: Aws, id: string): Promise<Record<string, string>> {
  const { Tags: tags = [] } = await aws.kms.listResourceTags({ KeyId: id });
  return Object.fromEntries(tags.map((tag) => [tag.TagKey ?? '', tag.TagValue ?? '']));
}

function tagList(desired: Desired): { TagKey: string; TagValue: string }[] {
  const all = Object.entries({ ...desired.tags, [ALIAS_TAG]: desired.name });
  return all.map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}

function policyText(desired: Desired): string {
  const bySid = desired.definition['KeyPolicy'];
  const all = isJsonObject(bySid) ? withSids(bySid) : [];
  return JSON.stringify({ Version: '2012-10-17', Statement: all });
}

function description(desired: Desired): string {
  return String(desired.definition['Description'] ?? '');
}
