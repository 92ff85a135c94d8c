import type {
  GetBucketLifecycleConfigurationCommandOutput,
  LifecycleRule,
} from '@aws-sdk/client-s3';
import type { Aws } from '../clients.ts';
import { asObject, isJsonObject, type JsonObject, omit, toJsonObject } from '../json.ts';
import type { Desired, KindRules } from '../resource.ts';
import { unlessAbsent } from './absent.ts';

/**
 * A library's rules in the lifecycle of its bucket, known by their ids. Rules of others stay as they are, and so do those of jobs that
 * the library declares no more: what these set aside may still lie there.
 */
export const bucketLifecycle: KindRules = {
  fields: { names: ['Rules'] },
  owned: false,
  async read(aws, desired) {
    const { Rules: rules = [] } = await current(aws, desired.name);
    const found = rules.filter((rule) => isOwn(desired, rule)).map(asMember);
    return found.length === 0
      ? undefined
      : { definition: { Rules: Object.fromEntries(found) }, tags: {} };
  },
  create: write,
  update: write,
};

/** The bucket and the rules, by id, of a generated file. */
export function readBucketLifecycle(
  input: JsonObject,
): { name: string; definition: JsonObject } | undefined {
  const { Bucket: name, Rules: rules } = input;
  if (typeof name !== 'string' || !Array.isArray(rules)) return undefined;
  const members = rules.filter(isJsonObject).map((rule) => [rule['ID'], omit(rule, ['ID'])]);
  return { name, definition: { Rules: Object.fromEntries(members) } };
}

/** Reads again, so that what somebody else wrote since the plan is kept. */
async function write(aws: Aws, desired: Desired): Promise<void> {
  const found = await current(aws, desired.name);
  const foreign = (found.Rules ?? []).filter((rule) => !isOwn(desired, rule));
  const rules = [...foreign, ...ownRules(desired, foreign.some(isOfOldForm))];
  await aws.s3.putBucketLifecycleConfiguration({
    Bucket: desired.name,
    LifecycleConfiguration: { Rules: rules },
    // Without it S3 goes back to a default of its own, of all rules.
    ...(found.TransitionDefaultMinimumObjectSize === undefined
      ? {}
      : { TransitionDefaultMinimumObjectSize: found.TransitionDefaultMinimumObjectSize }),
  });
}

type Lifecycle = Pick<
  GetBucketLifecycleConfigurationCommandOutput,
  'Rules' | 'TransitionDefaultMinimumObjectSize'
>;

async function current({ s3 }: Aws, Bucket: string): Promise<Lifecycle> {
  return (await unlessAbsent(s3.getBucketLifecycleConfiguration({ Bucket }))) ?? {};
}

function isOwn({ definition }: Desired, { ID: id = '' }: LifecycleRule): boolean {
  return Object.hasOwn(asObject(definition['Rules']), id);
}

/** Rules say their prefix in a filter or, as S3 had it first, beside it. */
function isOfOldForm({ Filter: filter }: LifecycleRule): boolean {
  return filter === undefined;
}

/** S3 takes no rules of both forms ("Filter element can only be used in Lifecycle V2"), and those of others are not ours to change. */
function ownRules({ definition }: Desired, oldForm: boolean): LifecycleRule[] {
  return Object.entries(asObject(definition['Rules'])).map(([ID, rule]) => {
    const { Filter: filter, ...rest } = asObject(rule);
    const scope = oldForm ? asObject(filter) : { Filter: filter };
    return { ID, ...scope, ...rest } as unknown as LifecycleRule; // generated as this structure; S3 validates it
  });
}

function asMember(rule: LifecycleRule): [string, JsonObject] {
  const { ID: id = '', Prefix: prefix, ...rest } = rule;
  const scope = isOfOldForm(rule) ? { Filter: { Prefix: prefix ?? '' } } : {};
  return [id, toJsonObject({ ...scope, ...rest })];
}
