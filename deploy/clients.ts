import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { Glue } from '@aws-sdk/client-glue';
import type { IAM } from '@aws-sdk/client-iam';
import type { KMS } from '@aws-sdk/client-kms';
import type { LakeFormation } from '@aws-sdk/client-lakeformation';
import type { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import type { S3 } from '@aws-sdk/client-s3';
import { boundReads } from './bounded-reads.ts';
import { DeployError } from './errors.ts';
import { type Gate, type Patience, patientStrategy } from './retry.ts';

type EventCalls = Pick<
  EventBridge,
  | 'deleteRule'
  | 'describeRule'
  | 'listRules'
  | 'listTagsForResource'
  | 'listTargetsByRule'
  | 'putRule'
  | 'putTargets'
  | 'removeTargets'
  | 'tagResource'
>;
type GlueCalls = Pick<
  Glue,
  | 'batchGetJobs'
  | 'batchGetTriggers'
  | 'createConnection'
  | 'createDataQualityRuleset'
  | 'createDatabase'
  | 'createJob'
  | 'createSecurityConfiguration'
  | 'createTable'
  | 'createTrigger'
  | 'createWorkflow'
  | 'deleteConnection'
  | 'deleteDataQualityRuleset'
  | 'deleteDatabase'
  | 'deleteJob'
  | 'deleteSecurityConfiguration'
  | 'deleteTable'
  | 'deleteTrigger'
  | 'deleteWorkflow'
  | 'getConnection'
  | 'getConnections'
  | 'getDataQualityRuleset'
  | 'getDatabase'
  | 'getDatabases'
  | 'getJob'
  | 'getJobBookmark'
  | 'getJobRun'
  | 'getJobRuns'
  | 'getJobs'
  | 'getSecurityConfiguration'
  | 'getSecurityConfigurations'
  | 'getTable'
  | 'getTables'
  | 'getTags'
  | 'getTrigger'
  | 'getTriggers'
  | 'getWorkflow'
  | 'getWorkflowRun'
  | 'getWorkflowRuns'
  | 'listDataQualityRulesets'
  | 'listJobs'
  | 'listTriggers'
  | 'resetJobBookmark'
  | 'startJobRun'
  | 'startWorkflowRun'
  | 'tagResource'
  | 'updateConnection'
  | 'updateDataQualityRuleset'
  | 'updateDatabase'
  | 'updateJob'
  | 'updateTable'
  | 'updateTrigger'
  | 'updateWorkflow'
>;
type IamCalls = Pick<
  IAM,
  | 'createRole'
  | 'deleteRole'
  | 'deleteRolePolicy'
  | 'getAccountAuthorizationDetails'
  | 'getRole'
  | 'getRolePolicy'
  | 'listRolePolicies'
  | 'listRoles'
  | 'putRolePolicy'
  | 'tagRole'
  | 'updateAssumeRolePolicy'
>;
type KmsCalls = Pick<
  KMS,
  | 'createAlias'
  | 'describeKey'
  | 'enableKeyRotation'
  | 'getKeyPolicy'
  | 'getKeyRotationStatus'
  | 'listAliases'
  | 'listKeys'
  | 'listResourceTags'
  | 'putKeyPolicy'
  | 'tagResource'
  | 'updateKeyDescription'
>;
type LakeFormationCalls = Pick<
  LakeFormation,
  | 'addLFTagsToResource'
  | 'createLFTag'
  | 'getLFTag'
  | 'getResourceLFTags'
  | 'grantPermissions'
  | 'listPermissions'
  | 'removeLFTagsFromResource'
  | 'revokePermissions'
  | 'searchTablesByLFTags'
  | 'updateLFTag'
>;
type LogsCalls = Pick<CloudWatchLogs, 'filterLogEvents'>;
type S3Calls = Pick<
  S3,
  | 'createBucket'
  | 'deleteObject'
  | 'getBucketLifecycleConfiguration'
  | 'getBucketPolicy'
  | 'getObject'
  | 'headBucket'
  | 'headObject'
  | 'listObjectsV2'
  | 'putBucketLifecycleConfiguration'
  | 'putBucketPolicy'
  | 'putObject'
>;
type TaggingCalls = Pick<ResourceGroupsTaggingAPI, 'getResources'>;

/**
 * All of AWS that the deployer calls, and where it calls it. There is no delete of a key or of a bucket, and of objects only that
 * of scripts and releases; what is read of objects are releases.
 */
export interface Aws {
  readonly events: EventCalls;
  readonly glue: GlueCalls;
  readonly iam: IamCalls;
  readonly kms: KmsCalls;
  /** Makes each call once, for what must not be made twice: KMS cannot tell a second try from a second wish. */
  readonly kmsOnce: Pick<KMS, 'createKey'>;
  readonly lakeFormation: LakeFormationCalls;
  readonly logs: LogsCalls;
  readonly s3: S3Calls;
  readonly tagging: TaggingCalls;
  /** Twelve digits. */
  readonly account: string;
  /** ARN of who calls. */
  readonly caller: string;
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** Asked before each try of each call. */
  readonly gate: Gate;
  /** Now, to the second, by the clock of S3. */
  now(): Date;
}

/** Which AWS to talk to. */
export interface ConnectOptions extends Patience {
  /** `http(s)://host:port` for all services, as of the embedded endpoint; AWS by default. */
  readonly endpoint?: string;
  /** By default that of the environment or profile; at a loopback endpoint `us-east-1`. */
  readonly region?: string;
  /** By default the standard chain (environment, profile, role); at a loopback endpoint a placeholder. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const LOCAL_CREDENTIALS = {
  accessKeyId: 'lakewright-local',
  secretAccessKey: 'lakewright-local',
} as const;

/**
 * Connects and asks STS who is calling, the first call of a deployment.
 *
 * @throws DeployError `deploy/endpoint-invalid`, `deploy/region-missing`; the SDK's own errors of the call
 */
export async function connect(options: ConnectOptions): Promise<Aws> {
  const shared = clientConfig(options);
  const gate: Gate = {};
  // A pace for each service, since each has quotas of its own.
  const config = (more?: Patience) => ({
    ...shared,
    retryStrategy: patientStrategy({ ...options, ...more }, gate),
  });
  // A newer Node is the project's to ask for, not for every run to be reminded of.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const [
    { CloudWatchLogs },
    { EventBridge },
    { Glue },
    { IAM },
    { KMS },
    { LakeFormation },
    { ResourceGroupsTaggingAPI },
    { S3 },
    { STS },
  ] = await Promise.all([
    import('@aws-sdk/client-cloudwatch-logs'),
    import('@aws-sdk/client-eventbridge'),
    import('@aws-sdk/client-glue'),
    import('@aws-sdk/client-iam'),
    import('@aws-sdk/client-kms'),
    import('@aws-sdk/client-lakeformation'),
    import('@aws-sdk/client-resource-groups-tagging-api'),
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/client-sts'),
  ]);
  const inTurn = boundReads();
  const glue = inTurn(new Glue(config()));
  const region = await glue.config.region().catch((cause: unknown) => {
    throw new DeployError(
      'deploy/region-missing',
      'No AWS region is set.',
      'Set AWS_REGION, or a region in the profile of AWS_PROFILE.',
      { cause },
    );
  });
  const s3 = inTurn(new S3({ ...config(), forcePathStyle: options.endpoint !== undefined }));
  const now = clockOf(s3);
  const identity = await new STS(config()).getCallerIdentity({});
  const partition = identity.Arn?.split(':')[1] ?? 'aws';
  return {
    events: inTurn(new EventBridge(config())),
    glue,
    iam: inTurn(new IAM(config())),
    kms: inTurn(new KMS(config())),
    kmsOnce: new KMS(config({ attempts: 1 })),
    lakeFormation: inTurn(new LakeFormation(config())),
    logs: inTurn(new CloudWatchLogs(config())),
    s3,
    tagging: inTurn(new ResourceGroupsTaggingAPI(config())),
    account: identity.Account ?? '',
    caller: identity.Arn ?? '',
    region,
    partition,
    gate,
    now,
  };
}

/** The clock of whoever answers, by the `Date` of its last answer. */
function clockOf(s3: S3): () => Date {
  let ahead = 0;
  s3.middlewareStack.add(
    (next) => async (args) => {
      const answered = await next(args);
      ahead = dateOf(answered.response) - Date.now();
      return answered;
    },
    { step: 'deserialize', name: 'clockOfAnswers', priority: 'low' },
  );
  return () => new Date(Date.now() + ahead);
}

function dateOf(response: unknown): number {
  const headers =
    typeof response === 'object' && response !== null && 'headers' in response
      ? (response.headers as Record<string, string>) // of the SDK's HttpResponse
      : {};
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}

/** What the clients of all services take alike. */
interface ClientConfig {
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: boolean;
  };
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

function clientConfig(options: ConnectOptions): ClientConfig {
  const local = options.endpoint !== undefined && LOOPBACK.test(hostOf(options.endpoint));
  const region = options.region ?? (local ? 'us-east-1' : undefined);
  const credentials = options.credentials ?? (local ? LOCAL_CREDENTIALS : undefined);
  return {
    requestHandler: {
      connectionTimeout: 5_000,
      // Below the time for which a lock is trusted.
      requestTimeout: 50_000,
      throwOnRequestTimeout: true,
    },
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(region === undefined ? {} : { region }),
    ...(credentials === undefined ? {} : { credentials }),
  };
}

function hostOf(endpoint: string): string {
  try {
    const url = new URL(endpoint);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url.hostname;
  } catch {
    // Said below, with the same words for both mistakes.
  }
  throw new DeployError(
    'deploy/endpoint-invalid',
    `The endpoint ${JSON.stringify(endpoint)} is not an http:// or https:// address.`,
    'Give it as http://127.0.0.1:5000, or leave it out to deploy to AWS.',
  );
}
