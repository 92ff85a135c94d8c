import { expect } from 'chai';
import { DeploymentStopped } from '../../deploy/index.ts';
import { BUCKET } from './fixture.ts';
import {
  ACCOUNT,
  ALIAS,
  ALIAS_ARN,
  KEY_HEADER,
  openPrivacyStage,
  type PrivacyStage,
  ROLE,
  ROLE_ARN,
  TABLE,
} from './privacy-stage.ts';

/** A sample of the calls that a deployment can be cut at; `LAKEWRIGHT_CRASH_POINTS=all` tries each. */
const EACH_POINT = process.env['LAKEWRIGHT_CRASH_POINTS'] === 'all';

describe('the deployed side of privacy', () => {
  let lake: PrivacyStage;

  before(async () => {
    lake = await openPrivacyStage('privacy');
  });
  after(() => lake?.close());
  beforeEach(() => lake.stage.reset());

  it('is in place after a deployment, and the second one writes nothing', async () => {
    await lake.settles();
    const { KeyRotationEnabled } = await lake.kms.getKeyRotationStatus({
      KeyId: await lake.keyId(),
    });
    expect(KeyRotationEnabled).to.equal(true);
    const sids = (await lake.bucketPolicy()).map(({ Sid }) => Sid);
    expect(sids).to.include.members(['LakewrightShopTls', 'LakewrightShopTrustedWriters']);
    const tags = await lake.lakeFormation.getResourceLFTags({ Resource: TABLE });
    const email = tags.LFTagsOnColumns?.find(({ Name }) => Name === 'email')?.LFTags;
    expect(email?.find(({ TagKey }) => TagKey === 'lakewright_column')?.TagValues).to.deep.equal([
      'identifying',
    ]);
    expect(await lake.permissions(ROLE_ARN)).to.deep.equal(['DESCRIBE', 'SELECT']);
  });

  it('lets puts name a zone’s key by its alias or by its ARN', async () => {
    await lake.deployed();
    const { KeyMetadata: key } = await lake.kms.describeKey({ KeyId: ALIAS });
    const statement = (await lake.bucketPolicy()).find(
      ({ Sid }) => Sid === 'LakewrightShopTrustedKey',
    );
    expect(statement?.Condition?.['StringNotEquals']?.[KEY_HEADER]).to.deep.equal([
      ALIAS_ARN,
      key?.Arn,
    ]);
  });

  it('keeps what others have in the bucket’s policy, wherever they put it', async () => {
    await lake.deployed();
    const foreign = [
      {
        Sid: 'Partner',
        Effect: 'Allow',
        Principal: { AWS: '210987654321' },
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${BUCKET}/shared/*`,
      },
      {
        Sid: 'LakewrightShop2fdTls',
        Effect: 'Deny',
        Principal: '*',
        Action: ['s3:*'],
        Resource: [`arn:aws:s3:::${BUCKET}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ];
    const [tls, ...rest] = await lake.bucketPolicy();
    await lake.putBucketPolicy([tls ?? {}, ...foreign, ...rest.slice(1)]);
    expect((await lake.deployed()).written).to.deep.equal(['bucket-policy/shop']);
    const kept = (await lake.bucketPolicy()).filter(
      ({ Sid }) => !/^LakewrightShop[A-Z]/.test(Sid ?? ''),
    );
    expect(kept).to.deep.equal(foreign);
    await lake.settles();
  });

  it('leaves grants and tags of others alone', async () => {
    await lake.deployed();
    const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
    await lake.stage.iam.createRole({ RoleName: 'analyst', AssumeRolePolicyDocument });
    const analyst = `arn:aws:iam::${ACCOUNT}:role/analyst`;
    const Principal = { DataLakePrincipalIdentifier: analyst };
    await lake.lakeFormation.grantPermissions({
      Principal,
      Resource: TABLE,
      Permissions: ['SELECT'],
    });
    await lake.lakeFormation.createLFTag({ TagKey: 'team', TagValues: ['a'] });
    const LFTags = [{ TagKey: 'team', TagValues: ['a'] }];
    await lake.lakeFormation.addLFTagsToResource({ Resource: TABLE, LFTags });
    await lake.settles();
    expect(await lake.permissions(analyst)).to.deep.equal(['SELECT']);
  });

  it('follows a key that was replaced', async () => {
    await lake.deployed();
    const before = await lake.keyId();
    await lake.kms.deleteAlias({ AliasName: ALIAS });
    await lake.kms.scheduleKeyDeletion({ KeyId: before });
    await lake.deployed();
    expect(await lake.keyId()).to.not.equal(before);
    await lake.settles();
    const { KeyMetadata: key } = await lake.kms.describeKey({ KeyId: ALIAS });
    const statement = (await lake.bucketPolicy()).find(
      ({ Sid }) => Sid === 'LakewrightShopTrustedKey',
    );
    expect(statement?.Condition?.['StringNotEquals']?.[KEY_HEADER]).to.include(key?.Arn);
  });

  it('refuses an alias of somebody else’s key, before it writes anything', async () => {
    const { KeyMetadata: key } = await lake.kms.createKey({ Description: 'not ours' });
    await lake.kms.createAlias({ AliasName: ALIAS, TargetKeyId: key?.KeyId });
    const error = await lake.failure();
    expect(error.code).to.equal('deploy/not-owned');
    expect(error.message).to.include(`key ${ALIAS}`);
    expect(lake.stage.proxy.writes()).to.deep.equal([]);
  });

  it('makes a role anew that lies on another path', async () => {
    await lake.deployed();
    const [PolicyName = ''] =
      (await lake.stage.iam.listRolePolicies({ RoleName: ROLE })).PolicyNames ?? [];
    const { Role: role } = await lake.stage.iam.getRole({ RoleName: ROLE });
    await lake.stage.iam.deleteRolePolicy({ RoleName: ROLE, PolicyName });
    await lake.stage.iam.deleteRole({ RoleName: ROLE });
    await lake.stage.iam.createRole({
      RoleName: ROLE,
      AssumeRolePolicyDocument: decodeURIComponent(role?.AssumeRolePolicyDocument ?? ''),
      Tags: role?.Tags,
    });
    expect(await lake.drift()).to.include('role/customer_trusted Path');
    await lake.settles();
    expect((await lake.stage.iam.getRole({ RoleName: ROLE })).Role?.Arn).to.equal(ROLE_ARN);
  });

  it('waits until Lake Formation knows a new role', async () => {
    let refused = false;
    lake.stage.proxy.fate = ({ name }) => {
      if (name !== 'LakeFormation GrantPermissions' || refused) return 'pass';
      refused = true;
      return { status: 400, error: 'InvalidInputException', message: 'Invalid principal' };
    };
    await lake.deployed();
    expect(refused).to.equal(true);
    await lake.settles();
  });

  it('says who may use Lake Formation, and can do without it', async () => {
    lake.stage.proxy.fate = ({ name }) =>
      name.startsWith('LakeFormation ')
        ? {
            status: 400,
            error: 'AccessDeniedException',
            message: 'Insufficient Lake Formation permission(s)',
          }
        : 'pass';
    const error = await lake.failure();
    expect(error.code).to.equal('deploy/access-denied');
    expect(error.hint).to.include('data lake administrator').and.to.include('--no-lake-formation');
    const { written } = await lake.deployed({ lakeFormation: false });
    expect(written.filter((id) => id.startsWith('data-'))).to.deep.equal([]);
    expect(written).to.include('key/trusted').and.to.include('bucket-policy/shop');
  });

  it('takes a key back that lost its alias', async () => {
    await lake.deployed();
    const before = await lake.keyId();
    await lake.kms.deleteAlias({ AliasName: ALIAS });
    await lake.settles();
    expect(await lake.keyId()).to.equal(before);
  });

  for (const [place, fate] of (['cut-before', 'cut-after'] as const).entries()) {
    it(`converges after a crash at any kind of call (${fate}), and leaves no key that nobody finds`, async function () {
      this.timeout(240_000);
      await lake.deployed();
      const guarding = lake.stage.proxy.writes().filter(isGuarding);
      const kinds = [...new Set(guarding)];
      expect(kinds.length).to.be.above(6);
      const tried = kinds.filter((_, index) => EACH_POINT || index % 4 === place);
      for (const kind of tried) {
        await lake.stage.reset();
        let down = false;
        lake.stage.proxy.fate = ({ name }) => {
          if (down) return 'cut-before';
          down = name === kind;
          return down ? fate : 'pass';
        };
        expect(await lake.failure(), kind).to.be.instanceOf(DeploymentStopped);
        lake.stage.proxy.clear();
        await lake.stage.breakLock('shop');
        await lake.settles();
        const { Keys: keys = [] } = await lake.kms.listKeys({});
        expect(keys, `keys after a crash at ${kind}`).to.have.length(4);
      }
    });
  }
});

/** Calls for keys, the bucket's policy and Lake Formation. */
function isGuarding(name: string): boolean {
  return /^(Kms|LakeFormation) /.test(name) || /^S3 PUT \/[^/]+\/?$/.test(name);
}
