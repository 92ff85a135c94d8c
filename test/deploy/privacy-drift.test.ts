import { expect } from 'chai';
import { BUCKET } from './fixture.ts';
import {
  ACCOUNT,
  ALIAS_ARN,
  KEY_HEADER,
  openPrivacyStage,
  type PrivacyStage,
  ROLE_ARN,
  TABLE,
} from './privacy-stage.ts';

describe('drift of keys, the bucket’s policy and Lake Formation', () => {
  let lake: PrivacyStage;

  before(async () => {
    lake = await openPrivacyStage('privacy-drift');
    await lake.deployed();
  });
  after(() => lake?.close());

  const changes: readonly (readonly [string, () => Promise<unknown>, readonly string[]])[] = [
    [
      'a statement added to a key’s policy',
      async () => {
        const KeyId = await lake.keyId();
        const { Policy } = await lake.kms.getKeyPolicy({ KeyId, PolicyName: 'default' });
        const policy = JSON.parse(Policy ?? '{}') as { Statement: object[] };
        const Principal = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
        policy.Statement.push({
          Sid: 'X',
          Effect: 'Allow',
          Principal,
          Action: 'kms:*',
          Resource: '*',
        });
        await lake.kms.putKeyPolicy({
          KeyId,
          PolicyName: 'default',
          Policy: JSON.stringify(policy),
        });
      },
      ['key/trusted KeyPolicy.X'],
    ],
    [
      'a key that no longer rotates',
      async () => lake.kms.disableKeyRotation({ KeyId: await lake.keyId() }),
      ['key/trusted EnableKeyRotation'],
    ],
    [
      'a key with another description',
      async () => lake.kms.updateKeyDescription({ KeyId: await lake.keyId(), Description: 'mine' }),
      ['key/trusted Description'],
    ],
    [
      'a deny that lost an action',
      async () => {
        const all = await lake.bucketPolicy();
        const weak = all.map((one) =>
          one.Sid === 'LakewrightShopTrustedDeletes' ? { ...one, Action: 's3:DeleteObject' } : one,
        );
        await lake.putBucketPolicy(weak);
      },
      ['bucket-policy/shop Statement.LakewrightShopTrustedDeletes.Action'],
    ],
    [
      'a key’s ARN lost from the bucket’s policy',
      async () => {
        const all = await lake.bucketPolicy();
        const lost = all.map((one) =>
          one.Sid === 'LakewrightShopTrustedKey'
            ? { ...one, Condition: { StringNotEquals: { [KEY_HEADER]: ALIAS_ARN } } }
            : one,
        );
        await lake.putBucketPolicy(lost);
      },
      [
        `bucket-policy/shop Statement.LakewrightShopTrustedKey.Condition.StringNotEquals.${KEY_HEADER}`,
      ],
    ],
    [
      'a bucket without policy',
      () => lake.stage.s3.deleteBucketPolicy({ Bucket: BUCKET }),
      ['bucket-policy/shop is missing'],
    ],
    [
      'a column called plain',
      () =>
        lake.lakeFormation.addLFTagsToResource({
          Resource: { TableWithColumns: { ...TABLE.Table, ColumnNames: ['email'] } },
          LFTags: [{ TagKey: 'lakewright_column', TagValues: ['plain'] }],
        }),
      ['data-access/landing.customer ColumnLFTags.email'],
    ],
    [
      'a zone said to hold pseudonyms',
      () =>
        lake.lakeFormation.addLFTagsToResource({
          Resource: { Database: { Name: 'shop_landing' } },
          LFTags: [{ TagKey: 'lakewright_holds', TagValues: ['pseudonymous'] }],
        }),
      ['data-access/landing LFTags.lakewright_holds'],
    ],
    [
      'a job that may read a table more',
      async () => {
        const Resource = { Table: { DatabaseName: 'shop_curated', Name: 'participant' } };
        const Principal = { DataLakePrincipalIdentifier: ROLE_ARN };
        await lake.lakeFormation.grantPermissions({ Principal, Resource, Permissions: ['SELECT'] });
      },
      [`data-access/curated.participant Permissions.${ROLE_ARN}`],
    ],
    [
      'a job that may write what it reads',
      () =>
        lake.lakeFormation.grantPermissions({
          Principal: { DataLakePrincipalIdentifier: ROLE_ARN },
          Resource: TABLE,
          Permissions: ['INSERT'],
        }),
      [`data-access/landing.customer Permissions.${ROLE_ARN}`],
    ],
    [
      'an LF-tag that lost a value',
      () =>
        lake.lakeFormation.updateLFTag({
          TagKey: 'lakewright_column',
          TagValuesToDelete: ['sensitive'],
        }),
      ['data-tag/lakewright_column TagValues'],
    ],
  ];
  for (const [what, change, expected] of changes) {
    it(`shows ${what}, exactly that, and mends it`, async () => {
      await change();
      expect(await lake.drift()).to.deep.equal(expected);
      await lake.settles();
    });
  }
});
