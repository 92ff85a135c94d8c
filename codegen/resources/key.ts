import type { CheckedLibrary } from '../../check/index.ts';
import { accountRoot, zoneRoles } from './arns.ts';
import { deployedName, keyAlias, ownerTags, tagValue, zoneRoleTag } from './names.ts';
import { region } from './parameters.ts';
import { describe, type JsonObject } from './text.ts';
import { QUARANTINE, type ZoneAccess } from './zone-access.ts';

/** KMS: "Description ... Maximum length of 8192". */
const LONGEST_KEY_DESCRIPTION = 8192;

/**
 * What an administrator does with a key, without what uses it: nobody decrypts by being an administrator, and a grant, which
 * would be a way around the policy, is nobody's to make.
 */
const ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

/**
 * The key of one zone: its alias, and inputs of CreateKey and EnableKeyRotation.
 *
 * Every statement is for the account, with conditions: KMS then wants the caller's own IAM policy to allow the action too
 * (developer guide, "Default key policy", on the account principal). So a job decrypts a zone where both its zone may and its role
 * says that it reads it.
 */
export function keyResource(checked: CheckedLibrary, access: ZoneAccess): JsonObject {
  const library = deployedName(checked.library.name);
  const { zone } = access;
  return {
    AliasName: keyAlias(library, zone),
    Description: describe(
      zone === QUARANTINE
        ? `Lines that jobs of ${checked.library.name} could not read.`
        : `Objects of the ${zone} zone of ${checked.library.name}.`,
      LONGEST_KEY_DESCRIPTION,
    ),
    EnableKeyRotation: true,
    KeyPolicy: { Version: '2012-10-17', Statement: statements(library, access) },
    Tags: ownerTags(library),
  };
}

function statements(library: string, access: ZoneAccess): readonly JsonObject[] {
  const { zone, delivered, readers, writers, people } = access;
  const tag = `aws:PrincipalTag/${zoneRoleTag(library, zone)}`;
  const roles = (zones: readonly string[]) => ({
    ArnLike: { 'aws:PrincipalArn': zones.map((one) => zoneRoles(library, one)) },
  });
  return [
    allow('Administer', ADMINISTRATION, {}),
    ...(readers.length === 0 ? [] : [use('DecryptForJobs', 'kms:Decrypt', roles(readers))]),
    // Of its own jobs' output and of nothing else: a job of another zone has no business in this one.
    ...(writers.length === 0 ? [] : [use('EncryptForJobs', 'kms:GenerateDataKey', roles(writers))]),
    use('DecryptForPeople', 'kms:Decrypt', {
      StringEquals: { [tag]: people.map(tagValue) },
    }),
    ...(delivered.length === 0
      ? []
      : [
          use('EncryptForStewards', 'kms:GenerateDataKey', {
            StringEquals: { [tag]: [tagValue('steward')] },
          }),
        ]),
  ];
}

/** Through S3 only: what a caller decrypts is an object that S3 let it read. */
function use(
  sid: string,
  action: string,
  condition: { readonly ArnLike?: JsonObject; readonly StringEquals?: JsonObject },
): JsonObject {
  const viaS3 = { 'kms:ViaService': [`s3.${region}.amazonaws.com`] };
  return allow(sid, [action], {
    Condition: { ...condition, StringEquals: { ...viaS3, ...condition.StringEquals } },
  });
}

function allow(sid: string, actions: readonly string[], more: JsonObject): JsonObject {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: [accountRoot] },
    Action: actions,
    Resource: ['*'],
    ...more,
  };
}
