import { sinkId } from '../../algebra/library.ts';
import type { CheckedJob, CheckedLibrary } from '../../check/index.ts';
import { supportModules } from '../support-modules.ts';
import { glueArn, objects, secretArn } from './arns.ts';
import { databaseOfTable, tableOf, zoneOf } from './catalog.ts';
import {
  codePrefixes,
  connectionSecret,
  databaseName,
  deployedName,
  jobName,
  keyAlias,
  logGroupPrefix,
  ownerTags,
  reportPrefix,
  roleName,
  rolePath,
  suppressionKey,
  suppressionSecret,
} from './names.ts';
import { account, bucket, region } from './parameters.ts';
import { pseudonymSecretOf } from './pseudonym-secret.ts';
import type { JsonObject } from './text.ts';
import { connectionOf, inputsOf, QUARANTINE, quarantines, tablePrefix } from './zone-access.ts';

/** What the deployer needs to make a role: CreateRole and PutRolePolicy inputs, documents as JSON. */
export function roleResource(
  checked: CheckedLibrary,
  job: CheckedJob,
  scriptArguments: readonly string[],
): JsonObject {
  const library = deployedName(checked.library.name);
  const { name } = job.job;
  return {
    Path: rolePath(library, job.job.sink.zone),
    RoleName: roleName(library, name),
    AssumeRolePolicyDocument: trust(library, name),
    PolicyName: 'job',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: statements(accessOf(checked, job, scriptArguments)),
    },
    Tags: ownerTags(library),
  };
}

/** Glue may take the role for this one job of this account only (confused deputy). */
function trust(library: string, job: string): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'glue.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnEquals: { 'aws:SourceArn': glueArn(`job/${jobName(library, job)}`) },
        },
      },
    ],
  };
}

/** What one job touches. Key prefixes end in `/`. */
interface Access {
  readonly library: string;
  readonly job: string;
  /** Tables of the lake. */
  readonly inputs: readonly string[];
  readonly output: string;
  readonly inputPrefixes: readonly string[];
  /** Its output, and the malformed lines of its inputs. */
  readonly ownPrefixes: readonly string[];
  /** Whether it sets malformed lines aside. */
  readonly quarantines: boolean;
  readonly reportPrefix: string;
  /** Id of the key of its pseudonyms. */
  readonly secret?: string;
  /** Ids of the secrets with which it reads databases. */
  readonly connections: readonly string[];
  /** Name of the Glue connection through which it reaches them. */
  readonly network?: string;
  /** Whether its logs lie under a key that the library names. */
  readonly securesLogs: boolean;
  /** Whether it reads rows about people from outside, and so has to know whom to leave out. */
  readonly suppresses: boolean;
}

function accessOf(
  checked: CheckedLibrary,
  checkedJob: CheckedJob,
  scriptArguments: readonly string[],
): Access {
  const { job, reads } = checkedJob;
  const library = deployedName(checked.library.name);
  const output = sinkId(job.sink);
  const inputs = inputsOf(checked, checkedJob);
  const network = connectionOf(checked, checkedJob);
  const databases = reads.flatMap((id) => databaseOfTable(checked, id)?.connection ?? []);
  const quarantined = quarantines(checked, checkedJob);
  return {
    library,
    job: job.name,
    inputs,
    output,
    inputPrefixes: inputs.map(tablePrefix),
    ownPrefixes: [tablePrefix(output), ...quarantined],
    quarantines: quarantined.length > 0,
    reportPrefix: `${reportPrefix(library)}${jobName(library, job.name)}/`,
    ...(scriptArguments.includes('pseudonym_key')
      ? { secret: pseudonymSecretOf(library, job) }
      : {}),
    connections: [...new Set(databases)].sort().map((name) => connectionSecret(library, name)),
    ...(network === undefined ? {} : { network }),
    securesLogs: checked.library.security !== undefined,
    suppresses: scriptArguments.includes('suppression'),
  };
}

function statements(access: Access): readonly JsonObject[] {
  return [
    ...storageStatements(access),
    otherBuckets(),
    ...catalogStatements(access),
    ...keyStatements(access),
    ...telemetryStatements(access),
    ...(access.secret === undefined ? [] : [secretStatement('ReadPseudonymKey', access.secret)]),
    ...(access.connections.length === 0
      ? []
      : [secretStatement('ReadConnections', ...access.connections)]),
    ...(access.network === undefined ? [] : networkStatements(access.network)),
    ...(access.suppresses ? suppressionStatements(access) : []),
  ];
}

function storageStatements(access: Access): readonly JsonObject[] {
  const [scripts, support] = codePrefixes(access.library);
  // Sixteen `?` stand for the content hash in the key, so that a run under way and a new version may meet.
  const hash = '?'.repeat(16);
  const written = [...access.ownPrefixes, access.reportPrefix];
  return [
    allow(
      'ReadOwnScript',
      ['s3:GetObject'],
      [
        objects(`${scripts}${hash}/${access.job}.py`),
        ...supportModules.map((module) => objects(`${support}${hash}/${module}.py`)),
      ],
    ),
    ...(access.inputPrefixes.length === 0
      ? []
      : [allow('ReadInputs', ['s3:GetObject'], access.inputPrefixes.map(objectsBelow))]),
    {
      ...allow('ListInputsAndOutput', ['s3:ListBucket'], [`arn:aws:s3:::${bucket}`]),
      Condition: {
        StringLike: {
          's3:prefix': [
            ...[...access.inputPrefixes, ...access.ownPrefixes].map((prefix) => `${prefix}*`),
            // Without it, S3 does not tell a list that is not there from one that may not be read.
            ...(access.suppresses ? [suppressionKey(access.library)] : []),
          ],
        },
      },
    },
    // Spark's S3A committer reads its own pending uploads back before it completes them.
    allow('ReadBackOwnOutput', ['s3:GetObject'], access.ownPrefixes.map(objectsBelow)),
    allow('WriteOutput', ['s3:AbortMultipartUpload', 's3:PutObject'], written.map(objectsBelow)),
    allow(
      'DeleteOwnOutput',
      ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      access.ownPrefixes.map(objectsBelow),
    ),
    {
      // Superseded tables and lines go in all versions that the bucket has kept of them.
      ...allow('ListOwnVersions', ['s3:ListBucketVersions'], [`arn:aws:s3:::${bucket}`]),
      Condition: { StringLike: { 's3:prefix': access.ownPrefixes.map((prefix) => `${prefix}*`) } },
    },
  ];
}

/**
 * A bucket of the account may let a role in by its own policy, whatever the role's says: to bring a job other code, or to take
 * rows out. A denial is the one thing that such a policy cannot outdo.
 */
function otherBuckets(): JsonObject {
  return {
    Sid: 'NoOtherBucket',
    Effect: 'Deny',
    Action: ['s3:*'],
    NotResource: [`arn:aws:s3:::${bucket}`, objects('*')],
  };
}

function catalogStatements({ library, inputs, output }: Access): readonly JsonObject[] {
  const known = [...new Set([...inputs, output])];
  return [
    allow('ReadTableDefinitions', ['glue:GetTable'], catalogArns(library, known)),
    allow('PublishOutput', ['glue:UpdateTable'], catalogArns(library, [output])),
  ];
}

/** Glue asks for the catalog and the database of a table too. */
function catalogArns(library: string, ids: readonly string[]): readonly string[] {
  const databases = new Set(ids.map((id) => databaseName(library, zoneOf(id))));
  return [
    glueArn('catalog'),
    ...[...databases].map((name) => glueArn(`database/${name}`)),
    ...ids.map((id) => glueArn(`table/${databaseName(library, zoneOf(id))}/${tableOf(id)}`)),
  ];
}

/**
 * Keys are found by alias, one per zone, since a policy cannot name a key that does not exist yet. Parts of a large upload are
 * decrypted when it is completed, so writing needs Decrypt too. A job writes under the key of its output's zone and, what it sets
 * aside, under that of the quarantine.
 */
function keyStatements(access: Access): readonly JsonObject[] {
  const alias = (zone: string) => keyAlias(access.library, zone);
  const read = new Set([...access.inputs, access.output].map(zoneOf));
  const aside = access.quarantines ? [QUARANTINE] : [];
  return [
    keyStatement('DecryptZones', 'kms:Decrypt', [...read, ...aside].map(alias)),
    keyStatement(
      'EncryptOutput',
      'kms:GenerateDataKey',
      [zoneOf(access.output), ...aside].map(alias),
    ),
  ];
}

function keyStatement(sid: string, action: string, aliases: readonly string[]): JsonObject {
  return {
    ...allow(sid, [action], [`arn:aws:kms:${region}:${account}:key/*`]),
    Condition: {
      StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': aliases },
    },
  };
}

/**
 * With a security configuration Glue writes logs to `<prefix>/<configuration>-role/<role>/output` and `/error`, and puts these groups
 * under its key as the job's role (developer guide, "Security configuration with Amazon CloudWatch logging").
 */
function telemetryStatements({ library, job, securesLogs }: Access): readonly JsonObject[] {
  const group = `log-group:${logGroupPrefix(library, job)}/*`;
  return [
    allow(
      'WriteOwnLogs',
      [
        ...(securesLogs ? ['logs:AssociateKmsKey'] : []),
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:PutLogEvents',
      ],
      [`arn:aws:logs:${region}:${account}:${group}`],
    ),
    {
      // CloudWatch has no resources to name here; the name space is the only limit it knows.
      ...allow('PublishMetrics', ['cloudwatch:PutMetricData'], ['*']),
      Condition: { StringEquals: { 'cloudwatch:namespace': 'Glue' } },
    },
  ];
}

/**
 * Glue makes network interfaces in the connection's subnet with the job's own role, and tags them as its own (what
 * AWSGlueServiceRole allows of EC2). EC2 asks of these lists for no resource.
 */
function networkStatements(network: string): readonly JsonObject[] {
  const own = `arn:aws:ec2:${region}:${account}`;
  const lists = ['NetworkInterfaces', 'RouteTables', 'SecurityGroups', 'Subnets', 'VpcEndpoints'];
  const actions = [...lists, 'VpcAttribute'].map((of) => `ec2:Describe${of}`).sort();
  return [
    allow(
      'FindNetwork',
      ['glue:GetConnection'],
      [glueArn('catalog'), glueArn(`connection/${network}`)],
    ),
    allow('LookAtNetwork', actions, ['*']),
    allow(
      'JoinNetwork',
      ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'],
      ['network-interface', 'security-group', 'subnet'].map((kind) => `${own}:${kind}/*`),
    ),
    {
      ...allow(
        'TagOwnInterfaces',
        ['ec2:CreateTags', 'ec2:DeleteTags'],
        [`${own}:network-interface/*`],
      ),
      Condition: {
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['aws-glue-service-resource'] },
        Null: { 'aws:TagKeys': 'false' },
      },
    },
  ];
}

function suppressionStatements({ library }: Access): readonly JsonObject[] {
  return [
    allow('ReadSuppressionList', ['s3:GetObject'], [objects(suppressionKey(library))]),
    secretStatement('ReadSuppressionKey', suppressionSecret(library)),
  ];
}

function secretStatement(sid: string, ...ids: readonly string[]): JsonObject {
  return allow(sid, ['secretsmanager:GetSecretValue'], ids.map(secretArn));
}

function allow(sid: string, actions: readonly string[], resources: readonly string[]): JsonObject {
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: resources };
}

function objectsBelow(prefix: string): string {
  return objects(`${prefix}*`);
}
