import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMS } from '@aws-sdk/client-kms';
import { LakeFormation } from '@aws-sdk/client-lakeformation';
import { expect } from 'chai';
import { generate, noWords, writeFiles } from '../../codegen/index.ts';
import { DeployError, type Deployment, type DeployOptions, deploy } from '../../deploy/index.ts';
import { shop } from '../codegen/resources/checked-fixture.ts';
import { BUCKET } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

export const ACCOUNT = '123456789012';
export const ALIAS = 'alias/lakewright-shop-trusted';
export const ALIAS_ARN = `arn:aws:kms:us-east-1:${ACCOUNT}:${ALIAS}`;
export const ROLE = 'lakewright-shop-customer_trusted';
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/lakewright/shop/trusted/${ROLE}`;
export const TABLE = { Table: { DatabaseName: 'shop_landing', Name: 'customer' } };
export const KEY_HEADER = 's3:x-amz-server-side-encryption-aws-kms-key-id';

/** A statement of a policy, as far as tests look at it. */
export interface Statement {
  Sid?: string;
  Action?: unknown;
  Condition?: Record<string, Record<string, string[]>>;
}

/** A stage with the library of `shop()`, and what is asked of keys, the bucket's policy and Lake Formation. */
export interface PrivacyStage {
  readonly stage: Stage;
  readonly kms: KMS;
  readonly lakeFormation: LakeFormation;
  deployed(more?: Partial<DeployOptions>): Promise<Deployment>;
  /** The error of a deployment that is to fail. */
  failure(more?: Partial<DeployOptions>): Promise<DeployError>;
  /** What a plan says that differs, as `id path`. */
  drift(): Promise<readonly string[]>;
  /** Deploys, and once more without a write. */
  settles(): Promise<void>;
  /** Id of the key of the trusted zone. */
  keyId(): Promise<string>;
  bucketPolicy(): Promise<Statement[]>;
  putBucketPolicy(statements: readonly object[]): Promise<void>;
  /** What a principal may do with the landing table. */
  permissions(principal: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Starts it, and writes the library's generated files. */
export async function openPrivacyStage(name: string): Promise<PrivacyStage> {
  const stage = await openStage(name);
  const credentials = { accessKeyId: 'tests', secretAccessKey: 'tests' };
  const direct = { endpoint: stage.endpoint, region: 'us-east-1', credentials };
  const kms = new KMS(direct);
  const lakeFormation = new LakeFormation(direct);
  const directory = await mkdtemp(join(tmpdir(), 'lakewright-privacy-'));
  await writeFiles(directory, generate(shop(), noWords));

  async function deployed(more: Partial<DeployOptions> = {}): Promise<Deployment> {
    const where = { directory, bucket: BUCKET, endpoint: stage.proxy.url };
    return await deploy({ ...where, createBucket: true, attempts: 1, ...more });
  }
  async function failure(more: Partial<DeployOptions> = {}): Promise<DeployError> {
    const error: unknown = await deployed(more).catch((thrown: unknown) => thrown);
    if (error instanceof DeployError) return error;
    throw new Error(`no DeployError but ${String(error)}`);
  }
  async function drift(): Promise<readonly string[]> {
    const { plan } = await deployed({ dryRun: true });
    return plan.actions.flatMap(({ kind, desired, differences }) =>
      kind === 'create'
        ? [`${desired.id} is missing`]
        : differences.map((one) => `${desired.id} ${one.path}`),
    );
  }
  async function settles(): Promise<void> {
    await deployed();
    stage.proxy.clear();
    await deployed();
    expect(stage.proxy.writes()).to.deep.equal([]);
  }
  async function keyId(): Promise<string> {
    return (await kms.describeKey({ KeyId: ALIAS })).KeyMetadata?.KeyId ?? '';
  }
  async function bucketPolicy(): Promise<Statement[]> {
    const { Policy: policy } = await stage.s3.getBucketPolicy({ Bucket: BUCKET });
    return (JSON.parse(policy ?? '{}') as { Statement: Statement[] }).Statement;
  }
  async function putBucketPolicy(statements: readonly object[]): Promise<void> {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await stage.s3.putBucketPolicy({ Bucket: BUCKET, Policy });
  }
  async function permissions(principal: string): Promise<readonly string[]> {
    const all = await lakeFormation.listPermissions({ Resource: TABLE });
    return (all.PrincipalResourcePermissions ?? [])
      .filter(({ Principal }) => Principal?.DataLakePrincipalIdentifier === principal)
      .flatMap(({ Permissions }) => Permissions ?? [])
      .sort();
  }
  return {
    stage,
    kms,
    lakeFormation,
    deployed,
    failure,
    drift,
    settles,
    keyId,
    bucketPolicy,
    putBucketPolicy,
    permissions,
    async close() {
      await stage.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
