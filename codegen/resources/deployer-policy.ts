import type { CheckedLibrary } from '../../check/index.ts';
import { eventRuleArn, glueArn, libraryRoles, objects } from './arns.ts';
import { bucketLifecycleResource } from './bucket-lifecycle.ts';
import { zonesInUse } from './catalog.ts';
import {
  alarmName,
  codePrefixes,
  connectionName,
  databaseName,
  deployedName,
  deployerTag,
  jobName,
  keyAlias,
  lockKey,
  ownerTags,
  releaseKeys,
  rulesetName,
  tagValue,
  triggerName,
} from './names.ts';
import { account, bucket, region } from './parameters.ts';
import { type JsonObject, jsonText } from './text.ts';
import { quarantineAccess, zoneAccesses } from './zone-access.ts';

/**
 * `policies/deployer.json`: the tags and the policy of a role that may deploy the library and take it away again, and no more: it
 * neither reads nor decrypts a table, and hands roles of the library's own jobs to Glue only. Nothing deploys it, since only the
 * account's owners know who may take such a role; its parameters are theirs to fill in.
 *
 * Which resources an action is asked of: Service Authorization Reference, "Actions, resources, and condition keys" of each service.
 */
export function deployerPolicyJson(checked: CheckedLibrary): string {
  const library = deployedName(checked.library.name);
  return jsonText({
    Tags: { [deployerTag(library)]: tagValue('deployer') },
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        ...codeStatements(library),
        ...lifecycleStatements(checked),
        ...roleStatements(library),
        ...jobStatements(library),
        ...alarmStatements(library),
        connectionStatement(library),
        ...securityStatements(checked),
        catalogStatement(checked),
        ...keyStatements(checked),
        lakeFormationStatement(),
      ],
    },
  });
}

function codeStatements(library: string): readonly JsonObject[] {
  const code = [
    ...codePrefixes(library).map((prefix) => `${prefix}*`),
    ...releaseKeys(library),
    lockKey(library),
  ];
  return [
    allow(
      'Code',
      ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
      code.map((key) => objects(key)),
    ),
    allow(
      'Bucket',
      ['s3:GetBucketPolicy', 's3:ListBucket', 's3:PutBucketPolicy'],
      [`arn:aws:s3:::${bucket}`],
    ),
  ];
}

/** Whoever may set a bucket's lifecycle may let S3 delete all that lies there: only for a library that has rules in it. */
function lifecycleStatements(checked: CheckedLibrary): readonly JsonObject[] {
  if (bucketLifecycleResource(checked) === undefined) return [];
  const actions = ['s3:GetLifecycleConfiguration', 's3:PutLifecycleConfiguration'];
  return [allow('BucketLifecycle', actions, [`arn:aws:s3:::${bucket}`])];
}

function roleStatements(library: string): readonly JsonObject[] {
  const roles = [libraryRoles(library)];
  const actions = [
    'CreateRole',
    'DeleteRole',
    'DeleteRolePolicy',
    'GetRole',
    'GetRolePolicy',
    'ListRolePolicies',
    'PutRolePolicy',
    'TagRole',
    'UpdateAssumeRolePolicy',
  ];
  return [
    allow(
      'Roles',
      actions.map((name) => `iam:${name}`),
      roles,
    ),
    // Lists are of all that there is.
    allow('FindRoles', ['iam:GetAccountAuthorizationDetails', 'iam:ListRoles'], ['*']),
    {
      ...allow('RolesOfJobs', ['iam:PassRole'], roles),
      Condition: { StringEquals: { 'iam:PassedToService': 'glue.amazonaws.com' } },
    },
  ];
}

/** Nothing is changed under a run that is going on. */
const RUNS = ['glue:GetJobRuns', 'glue:GetWorkflowRuns'];

/** Many at once, what others use of the library, and what it left behind. */
const FINDING = [
  'events:ListRules',
  'glue:BatchGetJobs',
  'glue:BatchGetTriggers',
  'glue:GetConnections',
  'glue:GetDatabases',
  'glue:GetJobs',
  'glue:GetSecurityConfigurations',
  'glue:GetTriggers',
  'glue:ListDataQualityRulesets',
  'glue:ListJobs',
  'glue:ListTriggers',
  'tag:GetResources',
];

const CHANGING_ALARMS = [
  'events:DeleteRule',
  'events:PutRule',
  'events:PutTargets',
  'events:RemoveTargets',
  'events:TagResource',
];

/** Names begin with the library's, as those of a library with a longer name do too: their tags tell them apart. */
function jobStatements(library: string): readonly JsonObject[] {
  const kinds = ['Job', 'Trigger', 'Workflow', 'DataQualityRuleset'];
  const verbs = ['Create', 'Delete', 'Get', 'Update'];
  const named = kinds.flatMap((kind) => verbs.map((verb) => `glue:${verb}${kind}`));
  const [[tag, owner] = ['', '']] = Object.entries(ownerTags(library));
  return [
    allow('Jobs', [...named, ...RUNS, 'glue:GetTags', 'glue:TagResource'].sort(), [
      glueArn(`job/${jobName(library, '*')}`),
      glueArn(`trigger/${triggerName(library, '*')}`),
      glueArn(`workflow/${library}`),
      glueArn(`dataQualityRuleset/${rulesetName(library, '*', '*')}`),
    ]),
    // Likewise.
    allow('FindJobs', FINDING, ['*']),
    {
      Sid: 'NotThoseOfOthers',
      Effect: 'Deny',
      Action: [...CHANGING_ALARMS, 'glue:Delete*', 'glue:TagResource', 'glue:Update*'],
      Resource: '*',
      Condition: {
        Null: { [`aws:ResourceTag/${tag}`]: 'false' },
        StringNotEquals: { [`aws:ResourceTag/${tag}`]: owner },
      },
    },
  ];
}

/** Also where the library declares none any more, to take them away; which are its own is seen only by looking. */
function alarmStatements(library: string): readonly JsonObject[] {
  const finding = ['events:DescribeRule', 'events:ListTagsForResource', 'events:ListTargetsByRule'];
  return [
    allow('FindAlarms', finding, [eventRuleArn('lakewright-*')]),
    allow('Alarms', CHANGING_ALARMS, [eventRuleArn(alarmName(library, '*'))]),
  ];
}

/** Glue asks for the catalog too. EC2 is asked nothing: whether the subnet is there shows when a job starts. */
function connectionStatement(library: string): JsonObject {
  const verbs = ['Create', 'Delete', 'Get', 'Update'].map((verb) => `glue:${verb}Connection`);
  return allow(
    'Connections',
    [...verbs, 'glue:GetTags', 'glue:TagResource'],
    [glueArn('catalog'), glueArn(`connection/${connectionName(library, '*')}`)],
  );
}

/**
 * IAM knows no single security configuration, so that whoever may make and delete one may delete those of others: only for a library
 * that has one.
 */
function securityStatements({ library }: CheckedLibrary): readonly JsonObject[] {
  if (library.security === undefined) return [];
  const verbs = ['Create', 'Delete', 'Get'];
  return [
    allow(
      'SecurityConfigurations',
      verbs.map((verb) => `glue:${verb}SecurityConfiguration`),
      ['*'],
    ),
  ];
}

/** Definitions only. Glue asks for the catalog and the database of a table too, and for all that a database holds to delete it. */
function catalogStatement(checked: CheckedLibrary): JsonObject {
  const databases = zonesInUse(checked).map((zone) =>
    databaseName(deployedName(checked.library.name), zone),
  );
  const verbs = ['Create', 'Delete', 'Get', 'Update'];
  const named = ['Database', 'Table'].flatMap((kind) => verbs.map((verb) => `glue:${verb}${kind}`));
  return allow('Catalog', [...named, 'glue:GetTables'].sort(), [
    glueArn('catalog'),
    ...databases.flatMap((name) => [
      glueArn(`database/${name}`),
      glueArn(`table/${name}/*`),
      glueArn(`userDefinedFunction/${name}/*`),
    ]),
  ]);
}

/**
 * A key is administered by who made it for the library; none is used. A new key has no tags to be known by, but the request does.
 * To find a key is to look at those of others.
 */
function keyStatements(checked: CheckedLibrary): readonly JsonObject[] {
  const library = deployedName(checked.library.name);
  const keys = `arn:aws:kms:${region}:${account}:key/*`;
  const accesses = zoneAccesses(checked);
  const aliases = [...accesses, ...quarantineAccess(accesses)].map(
    ({ zone }) => `arn:aws:kms:${region}:${account}:${keyAlias(library, zone)}`,
  );
  const tagged = (of: string): JsonObject => ({
    StringEquals: Object.fromEntries(
      Object.entries(ownerTags(library)).map(([name, value]) => [`aws:${of}/${name}`, value]),
    ),
  });
  const administer = [
    'kms:CreateAlias',
    'kms:EnableKeyRotation',
    'kms:PutKeyPolicy',
    'kms:UpdateKeyDescription',
  ];
  return [
    {
      ...allow('NewKeys', ['kms:CreateKey', 'kms:TagResource'], ['*']),
      Condition: tagged('RequestTag'),
    },
    { ...allow('Keys', administer, [keys]), Condition: tagged('ResourceTag') },
    allow('Aliases', ['kms:CreateAlias'], aliases),
    allow(
      'FindKeys',
      [
        'kms:DescribeKey',
        'kms:GetKeyPolicy',
        'kms:GetKeyRotationStatus',
        'kms:ListAliases',
        'kms:ListKeys',
        'kms:ListResourceTags',
      ],
      ['*'],
    ),
  ];
}

/** Lake Formation names no resources in IAM; what its administrators may do is for its own settings to say. */
function lakeFormationStatement(): JsonObject {
  const actions = [
    'AddLFTagsToResource',
    'CreateLFTag',
    'GetLFTag',
    'GetResourceLFTags',
    'GrantPermissions',
    'ListPermissions',
    'RemoveLFTagsFromResource',
    'RevokePermissions',
    'SearchTablesByLFTags',
    'UpdateLFTag',
  ];
  return allow(
    'LakeFormation',
    actions.map((name) => `lakeformation:${name}`),
    ['*'],
  );
}

function allow(sid: string, actions: readonly string[], resources: readonly string[]): JsonObject {
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: resources };
}
