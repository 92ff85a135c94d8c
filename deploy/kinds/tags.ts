import type { Aws } from '../clients.ts';
import type { Difference } from '../compare.ts';
import type { Desired } from '../resource.ts';

/** Path prefix of the differences that are about tags. */
export const TAG_PATH = 'tags.';

/** Whether something else than tags differs. */
export function definitionDiffers(differences: readonly Difference[]): boolean {
  return differences.some((difference) => !difference.path.startsWith(TAG_PATH));
}

/** Whether a tag differs. */
export function tagsDiffer(differences: readonly Difference[]): boolean {
  return differences.some((difference) => difference.path.startsWith(TAG_PATH));
}

/** The tags that a resource must carry, as IAM and EventBridge take them. */
export function tagList({ tags }: Desired): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as IAM, EventBridge and the tagging API answer with them. */
export function tagsIn(
  list: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Record<string, string> {
  return Object.fromEntries(list.map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** What Glue keeps tags of, as its ARNs call it. */
export type Tagged = 'connection' | 'dataQualityRuleset' | 'job' | 'trigger' | 'workflow';

/** ARN of something of Glue that has tags. */
export function glueArn(aws: Aws, kind: Tagged, name: string): string {
  return `arn:${aws.partition}:glue:${aws.region}:${aws.account}:${kind}/${name}`;
}

/** Sets the tags that a Glue resource must carry; others stay. */
export async function tagGlue(aws: Aws, kind: Tagged, { name, tags }: Desired): Promise<void> {
  await aws.glue.tagResource({ ResourceArn: glueArn(aws, kind, name), TagsToAdd: { ...tags } });
}

/** Tags of a Glue resource. */
export async function glueTags(aws: Aws, arn: string): Promise<Record<string, string>> {
  const answer = await aws.glue.getTags({ ResourceArn: arn });
  return { ...answer.Tags };
}
