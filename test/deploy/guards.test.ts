import { KMS } from '@aws-sdk/client-kms';
import { LakeFormation } from '@aws-sdk/client-lakeformation';
import { expect } from 'chai';
import { openStage, type Stage } from './stage.ts';

const ACCOUNT = '123456789012';
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const TABLE = { Table: { DatabaseName: 'lake', Name: 'customer' } };
const ROLE = `arn:aws:iam::${ACCOUNT}:role/reader`;

/** What the local endpoint checks as KMS, S3 and Lake Formation do, so that a deployment that passes here passes there. */
describe('the endpoint, asked for keys, bucket policies and Lake Formation', () => {
  let stage: Stage;
  let kms: KMS;
  let lakeFormation: LakeFormation;

  before(async () => {
    stage = await openStage('guards');
    const credentials = { accessKeyId: 'tests', secretAccessKey: 'tests' };
    const direct = { endpoint: stage.endpoint, region: 'us-east-1', credentials };
    kms = new KMS(direct);
    lakeFormation = new LakeFormation(direct);
  });
  after(() => stage?.close());
  beforeEach(async () => {
    await stage.reset();
    await stage.s3.createBucket({ Bucket: 'lake' });
    await stage.glue.createDatabase({ DatabaseInput: { Name: 'lake' } });
    await createTable();
    const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
    await stage.iam.createRole({ RoleName: 'reader', AssumeRolePolicyDocument });
  });

  async function createTable(): Promise<void> {
    const Columns = ['email', 'since'].map((Name) => ({ Name, Type: 'string' }));
    const TableInput = { Name: 'customer', StorageDescriptor: { Columns } };
    await stage.glue.createTable({ DatabaseName: 'lake', TableInput });
  }
  async function refusal(call: Promise<unknown>): Promise<string> {
    const error: unknown = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof Error ? `${error.name}: ${error.message}` : 'it was let through';
  }
  const keyPolicy = (...more: object[]): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: more });
  const manage = { Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:Put*', Resource: '*' };
  const deny = {
    Sid: 'A',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::lake/*',
  };

  const keyPolicies: readonly (readonly [string, string, RegExp])[] = [
    ['that is no JSON', '{', /valid JSON/],
    [
      'that locks its administrators out',
      keyPolicy({ ...manage, Action: 'kms:Decrypt' }),
      /will not allow you to update the key policy/,
    ],
    [
      'for a role that does not exist',
      keyPolicy(manage, { ...manage, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/nobody` } }),
      /invalid principals/,
    ],
    [
      'with a condition that there is not',
      keyPolicy({ ...manage, Condition: { Like: {} } }),
      /Condition/,
    ],
  ];
  for (const [what, Policy, message] of keyPolicies) {
    it(`refuses a key’s policy ${what}`, async () => {
      const said = await refusal(kms.createKey({ Policy }));
      expect(said)
        .to.match(/^MalformedPolicyDocumentException/)
        .and.to.match(message);
    });
  }

  it('takes a key’s policy for the account and for a role that exists', async () => {
    const policy = keyPolicy(manage, {
      ...manage,
      Principal: { AWS: ROLE },
      Action: 'kms:Decrypt',
    });
    const { KeyMetadata: key } = await kms.createKey({ Policy: policy });
    const found = await kms.getKeyPolicy({ KeyId: key?.KeyId, PolicyName: 'default' });
    expect(found.Policy).to.equal(policy);
  });

  const bucketPolicies: readonly (readonly [string, object[], RegExp])[] = [
    ['for another bucket', [{ ...deny, Resource: 'arn:aws:s3:::other/*' }], /invalid resource/],
    ['for another service', [{ ...deny, Action: 'kms:Decrypt' }], /invalid action/],
    ['with a Sid twice', [deny, deny], /must be unique/],
    ['for nobody', [{ ...deny, Principal: undefined }], /Principal/],
    [
      'that is too long',
      [{ ...deny, Resource: Array(500).fill(`arn:aws:s3:::lake/${'a'.repeat(40)}`) }],
      /20480/,
    ],
  ];
  for (const [what, statements, message] of bucketPolicies) {
    it(`refuses a bucket’s policy ${what}`, async () => {
      const Policy = keyPolicy(...statements);
      const said = await refusal(stage.s3.putBucketPolicy({ Bucket: 'lake', Policy }));
      expect(said)
        .to.match(/^MalformedPolicy/)
        .and.to.match(message);
    });
  }

  it('keeps a bucket’s policy, and enforces it as little as IAM’s', async () => {
    await stage.s3.putBucketPolicy({ Bucket: 'lake', Policy: keyPolicy(deny) });
    await stage.s3.putObject({ Bucket: 'lake', Key: 'a', Body: 'b' });
    await stage.s3.deleteObjects({ Bucket: 'lake', Delete: { Objects: [{ Key: 'a' }] } });
    expect((await stage.s3.listObjectsV2({ Bucket: 'lake' })).Contents).to.equal(undefined);
  });

  it('assigns only LF-tags that are defined, one value each, and adds to what there is', async () => {
    const add = (TagKey: string, value: string) =>
      lakeFormation.addLFTagsToResource({
        Resource: TABLE,
        LFTags: [{ TagKey, TagValues: [value] }],
      });
    expect((await add('level', 'high')).Failures?.[0]?.Error?.ErrorCode).to.equal(
      'EntityNotFoundException',
    );
    await lakeFormation.createLFTag({ TagKey: 'Level', TagValues: ['high', 'low'] });
    await lakeFormation.createLFTag({ TagKey: 'team', TagValues: ['a'] });
    expect(
      await refusal(lakeFormation.createLFTag({ TagKey: 'level', TagValues: ['x'] })),
    ).to.match(/^InvalidInputException/);
    await add('team', 'a');
    await add('level', 'high');
    await add('level', 'low');
    const found = await lakeFormation.getResourceLFTags({ Resource: TABLE });
    const tags = found.LFTagsOnTable?.map(({ TagKey, TagValues }) => [TagKey, TagValues]);
    expect(tags).to.deep.equal([
      ['level', ['low']],
      ['team', ['a']],
    ]);
  });

  it('lets columns inherit, and tells what was assigned to them apart', async () => {
    await lakeFormation.createLFTag({ TagKey: 'level', TagValues: ['high', 'low'] });
    const tag = (value: string) => [{ TagKey: 'level', TagValues: [value] }];
    const Database = { Name: 'lake' };
    await lakeFormation.addLFTagsToResource({ Resource: { Database }, LFTags: tag('low') });
    const columns = { TableWithColumns: { ...TABLE.Table, ColumnNames: ['email'] } };
    await lakeFormation.addLFTagsToResource({ Resource: columns, LFTags: tag('high') });
    const all = await lakeFormation.getResourceLFTags({ Resource: TABLE });
    const values = all.LFTagsOnColumns?.map(({ Name, LFTags }) => [
      Name,
      LFTags?.[0]?.TagValues?.[0],
    ]);
    expect(values).to.deep.equal([
      ['email', 'high'],
      ['since', 'low'],
    ]);
    const assigned = await lakeFormation.getResourceLFTags({
      Resource: TABLE,
      ShowAssignedLFTags: true,
    });
    expect(assigned.LFTagsOnColumns?.map(({ Name }) => Name)).to.deep.equal(['email']);
    const missing = { TableWithColumns: { ...TABLE.Table, ColumnNames: ['no'] } };
    const said = refusal(
      lakeFormation.addLFTagsToResource({ Resource: missing, LFTags: tag('high') }),
    );
    expect(await said).to.match(/^EntityNotFoundException/);
  });

  it('grants to who exists, lists SELECT by columns, and revokes what was granted', async () => {
    const Principal = { DataLakePrincipalIdentifier: ROLE };
    const grant = { Principal, Resource: TABLE, Permissions: ['SELECT', 'DESCRIBE'] as const };
    await lakeFormation.grantPermissions({ ...grant, Permissions: [...grant.Permissions] });
    const { PrincipalResourcePermissions: listed } = await lakeFormation.listPermissions({
      Resource: TABLE,
    });
    expect(listed?.map(({ Permissions }) => Permissions)).to.deep.equal([['DESCRIBE'], ['SELECT']]);
    expect(listed?.[1]?.Resource?.TableWithColumns?.ColumnWildcard).to.deep.equal({});
    const refused = [
      lakeFormation.grantPermissions({ ...grant, Permissions: ['CREATE_TABLE'] }),
      lakeFormation.revokePermissions({ ...grant, Permissions: ['DROP'] }),
      lakeFormation.grantPermissions({
        ...grant,
        Permissions: ['SELECT'],
        Principal: { DataLakePrincipalIdentifier: `${ROLE}s` },
      }),
    ];
    for (const call of refused) expect(await refusal(call)).to.match(/^InvalidInputException/);
    await lakeFormation.revokePermissions({ ...grant, Permissions: ['SELECT'] });
    const left = await lakeFormation.listPermissions({ Resource: TABLE });
    expect(left.PrincipalResourcePermissions).to.have.length(1);
  });

  it('forgets what it knew of a table that was deleted', async () => {
    const Principal = { DataLakePrincipalIdentifier: ROLE };
    await lakeFormation.grantPermissions({ Principal, Resource: TABLE, Permissions: ['DESCRIBE'] });
    await stage.glue.deleteTable({ DatabaseName: 'lake', Name: 'customer' });
    expect(await refusal(lakeFormation.listPermissions({ Resource: TABLE }))).to.match(
      /^EntityNotFoundException/,
    );
    await createTable();
    const { PrincipalResourcePermissions } = await lakeFormation.listPermissions({
      Resource: TABLE,
    });
    expect(PrincipalResourcePermissions).to.deep.equal([]);
  });
});
