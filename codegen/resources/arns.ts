import { keyAlias, roleName, rolePath } from './names.ts';
import { account, bucket, region } from './parameters.ts';

/** The account itself: in a resource's policy it stands for whoever the account's own IAM policies allow the action besides. */
export const accountRoot = `arn:aws:iam::${account}:root`;

/** The role of one job, whose output lies in a zone. */
export function roleArn(library: string, zone: string, job: string): string {
  return `arn:aws:iam::${account}:role${rolePath(library, zone)}${roleName(library, job)}`;
}

/** Pattern of the roles of all jobs that write a zone. */
export function zoneRoles(library: string, zone: string): string {
  return `arn:aws:iam::${account}:role${rolePath(library, zone)}*`;
}

/** Pattern of the roles of all jobs of a library. */
export function libraryRoles(library: string): string {
  return `arn:aws:iam::${account}:role/lakewright/${library}/*`;
}

/** The alias of a zone's key. S3 takes it where it takes a key. */
export function keyAliasArn(library: string, zone: string): string {
  return `arn:aws:kms:${region}:${account}:${keyAlias(library, zone)}`;
}

/** Objects of the lake's bucket, by key; `*` and `?` are wildcards. */
export function objects(key: string): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}

/** Something of Glue: `job/x`, `table/database/name`. */
export function glueArn(resource: string): string {
  return `arn:aws:glue:${region}:${account}:${resource}`;
}

/** A secret by its id. Secrets Manager appends a hyphen and six characters of its own; no longer name fits the pattern. */
export function secretArn(id: string): string {
  return `arn:aws:secretsmanager:${region}:${account}:secret:${id}-??????`;
}

/** A rule of EventBridge, by name; `*` and `?` are wildcards. */
export function eventRuleArn(name: string): string {
  return `arn:aws:events:${region}:${account}:rule/${name}`;
}

/** A topic of SNS in the account and region of the deployment. */
export function topicArn(name: string): string {
  return `arn:aws:sns:${region}:${account}:${name}`;
}
