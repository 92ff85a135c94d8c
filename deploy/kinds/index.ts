import type { Kind, KindRules } from '../resource.ts';
import { alarm } from './alarm.ts';
import { bucket } from './bucket.ts';
import { bucketLifecycle } from './bucket-lifecycle.ts';
import { bucketPolicy } from './bucket-policy.ts';
import { connection } from './connection.ts';
import { dataAccess } from './data-access.ts';
import { dataTag } from './data-tag.ts';
import { database } from './database.ts';
import { job } from './job.ts';
import { key } from './key.ts';
import { object } from './object.ts';
import { role } from './role.ts';
import { ruleset } from './ruleset.ts';
import { securityConfiguration } from './security-configuration.ts';
import { table } from './table.ts';
import { trigger } from './trigger.ts';
import { workflow } from './workflow.ts';

/** The rules of every kind; a new kind without rules does not compile. */
export const KINDS: { readonly [K in Kind]: KindRules } = {
  bucket,
  script: object,
  support: object,
  role,
  database,
  table,
  job,
  workflow,
  trigger,
  key,
  'bucket-policy': bucketPolicy,
  'bucket-lifecycle': bucketLifecycle,
  'data-tag': dataTag,
  'data-access': dataAccess,
  ruleset,
  alarm,
  connection,
  'security-configuration': securityConfiguration,
};
