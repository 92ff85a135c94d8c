import { expect } from 'chai';
import { deployedName, roleName } from '../../../codegen/resources/names.ts';
import { suffix } from '../../../codegen/resources/parameters.ts';
import { roleResource } from '../../../codegen/resources/role.ts';
import { substitute } from '../../../deploy/parameters.ts';
import { allowed as allowedTo, type Policy } from '../../access/iam.ts';
import { shop, shopArguments } from './checked-fixture.ts';

const parameters = {
  account: '123456789012',
  region: 'eu-central-1',
  bucket: 'lake',
  suffix: '',
  prefix: 'lakewright/shop',
  support: 's3://lake/lakewright/shop/support/0123456789abcdef/lakewright_runtime.py',
};

interface Role {
  readonly AssumeRolePolicyDocument: unknown;
  readonly PolicyDocument: Policy;
}

function role(name: string, checked = shop()): Role {
  const job = checked.jobs.find((one) => one.job.name === name);
  if (!job) throw new Error(`no job ${name}`);
  const input = JSON.parse(
    JSON.stringify(roleResource(checked, job, shopArguments.get(name) ?? [])),
  );
  return substitute(input, parameters, 'role.json') as unknown as Role;
}

const object = (key: string) => `arn:aws:s3:::lake/${key}`;
const hash = '0123456789abcdef';
const table = (name: string) => `arn:aws:glue:eu-central-1:123456789012:table/${name}`;
const prefix = (value: string) => ({ 's3:prefix': value });
const viaS3 = (alias: string) => ({
  'kms:ViaService': 's3.eu-central-1.amazonaws.com',
  'kms:ResourceAliases': alias,
});
const key = 'arn:aws:kms:eu-central-1:123456789012:key/1';
const logs = 'arn:aws:logs:eu-central-1:123456789012:log-group';

function allows(
  policy: Policy,
  action: string,
  resource: string,
  context: Readonly<Record<string, string>> = {},
): boolean {
  const principal = { arn: 'arn:aws:iam::123456789012:role/x', policies: [policy] };
  return allowedTo({ principal, action, resources: [resource], context });
}

type Case = readonly [action: string, resource: string, context?: Record<string, string>];

const allowed: readonly Case[] = [
  ['s3:GetObject', object('landing/customer/2024/one.json')],
  ['s3:GetObject', object(`lakewright/shop/scripts/${hash}/customer_trusted.py`)],
  ['s3:GetObject', object(`lakewright/shop/support/${hash}/lakewright_runtime.py`)],
  ['s3:GetObject', object(`lakewright/shop/support/${hash}/lakewright_tables.py`)],
  ['s3:ListBucket', 'arn:aws:s3:::lake', prefix('landing/customer/')],
  ['s3:ListBucket', 'arn:aws:s3:::lake', prefix('trusted/customer/jr_1/')],
  ['s3:PutObject', object('trusted/customer/jr_1/part-0.parquet')],
  ['s3:DeleteObject', object('trusted/customer/jr_0/part-0.parquet')],
  ['s3:DeleteObjectVersion', object('trusted/customer/jr_0/part-0.parquet')],
  ['s3:ListBucketVersions', 'arn:aws:s3:::lake', prefix('trusted/customer/')],
  ['s3:AbortMultipartUpload', object('trusted/customer/jr_0/part-0.parquet')],
  ['s3:PutObject', object('quarantine/customer/shop_customer_trusted/jr_1/part-0.json')],
  ['s3:GetObject', object('quarantine/customer/shop_customer_trusted/jr_1/part-0.json')],
  ['s3:PutObject', object('lakewright/shop/reports/shop_customer_trusted/jr_1.json')],
  ['glue:GetTable', table('shop_landing/customer')],
  ['glue:GetTable', 'arn:aws:glue:eu-central-1:123456789012:catalog'],
  ['glue:GetTable', 'arn:aws:glue:eu-central-1:123456789012:database/shop_landing'],
  ['glue:UpdateTable', table('shop_trusted/customer')],
  ['kms:Decrypt', key, viaS3('alias/lakewright-shop-landing')],
  ['kms:GenerateDataKey', key, viaS3('alias/lakewright-shop-trusted')],
  ['logs:PutLogEvents', `${logs}:/lakewright/shop/customer_trusted/output:log-stream:jr_1`],
  ['cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'Glue' }],
];

const refused: readonly Case[] = [
  // Another table, whose name begins alike; another zone; everything.
  ['s3:GetObject', object('landing/customer_secret/one.json')],
  ['s3:GetObject', object('landing/accelerometer/one.json')],
  ['s3:GetObject', object('curated/participant/part-0.parquet')],
  ['s3:ListBucket', 'arn:aws:s3:::lake'],
  ['s3:ListBucket', 'arn:aws:s3:::lake', prefix('')],
  ['s3:ListBucket', 'arn:aws:s3:::lake', prefix('landing/')],
  ['s3:ListBucket', 'arn:aws:s3:::other', prefix('landing/customer/')],
  ['s3:ListBucketVersions', 'arn:aws:s3:::lake', prefix('landing/customer/')],
  ['s3:DeleteObjectVersion', object('landing/customer/one.json')],
  // Its inputs, another job's output, script or quarantine.
  ['s3:PutObject', object('landing/customer/one.json')],
  ['s3:DeleteObject', object('landing/customer/one.json')],
  ['s3:PutObject', object('curated/participant/part-0.parquet')],
  ['s3:PutObject', object('trusted/customer')],
  ['s3:GetObject', object(`lakewright/shop/scripts/${hash}/participants.py`)],
  ['s3:GetObject', object('lakewright/shop/scripts/customer_trusted.py')],
  ['s3:PutObject', object(`lakewright/shop/scripts/${hash}/customer_trusted.py`)],
  ['s3:GetObject', object('lakewright/shop/reports/shop_customer_trusted/jr_1.json')],
  ['s3:PutObject', object('quarantine/customer/shop_participants/jr_1/part-0.json')],
  ['glue:GetTable', table('shop_curated/participant')],
  ['glue:UpdateTable', table('shop_landing/customer')],
  ['glue:DeleteTable', table('shop_trusted/customer')],
  ['glue:CreateTable', table('shop_trusted/customer')],
  ['kms:Decrypt', key],
  ['kms:Decrypt', key, viaS3('alias/lakewright-shop-curated')],
  [
    'kms:Decrypt',
    key,
    {
      ...viaS3('alias/lakewright-shop-landing'),
      'kms:ViaService': 'sns.eu-central-1.amazonaws.com',
    },
  ],
  ['kms:GenerateDataKey', key, viaS3('alias/lakewright-shop-curated')],
  ['logs:PutLogEvents', `${logs}:/lakewright/shop/participants/output:log-stream:jr_1`],
  ['logs:PutLogEvents', `${logs}:/aws-glue/jobs/output:log-stream:jr_1`],
  ['cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'Billing' }],
  [
    'secretsmanager:GetSecretValue',
    'arn:aws:secretsmanager:eu-central-1:123456789012:secret:lakewright/shop/pseudonym-key/research-AbC123',
  ],
  ['iam:PassRole', 'arn:aws:iam::123456789012:role/lakewright-shop-customer_trusted'],
  ['sts:AssumeRole', '*'],
];

describe('the role of a job', () => {
  const document = role('customer_trusted').PolicyDocument;

  for (const [action, resource, context] of allowed) {
    it(`may ${action} ${resource} ${JSON.stringify(context ?? {})}`, () => {
      expect(allows(document, action, resource, context)).to.equal(true);
    });
  }

  for (const [action, resource, context] of refused) {
    it(`may not ${action} ${resource} ${JSON.stringify(context ?? {})}`, () => {
      expect(allows(document, action, resource, context)).to.equal(false);
    });
  }

  it('needs each of its actions: without one, something allowed is refused', () => {
    const statements = document.Statement;
    for (const statement of statements.filter(({ Effect }) => Effect === 'Allow')) {
      for (const action of statement.Action) {
        const without = statements.map((one) =>
          one === statement
            ? { ...one, Action: [...one.Action].filter((name) => name !== action) }
            : one,
        );
        const lost = allowed.some(
          ([name, resource, context]) => !allows({ Statement: without }, name, resource, context),
        );
        // Making log groups and streams comes before the first event; nobody else does it.
        const silent = ['logs:CreateLogGroup', 'logs:CreateLogStream'].includes(action);
        expect(lost || silent, `${statement.Sid} ${action}`).to.equal(true);
      }
    }
  });

  it('reads the secret only where the script asks for the key', () => {
    const secret =
      'arn:aws:secretsmanager:eu-central-1:123456789012:secret:lakewright/shop/pseudonym-key/research-AbC123';
    const participants = role('participants').PolicyDocument;
    expect(allows(participants, 'secretsmanager:GetSecretValue', secret)).to.equal(true);
    expect(allows(participants, 'secretsmanager:GetSecretValue', `${secret}4`)).to.equal(false);
    for (const other of ['marketing', 'research-abcdef', 'researcher']) {
      const foreign = secret.replace('research', other);
      expect(allows(participants, 'secretsmanager:GetSecretValue', foreign), other).to.equal(false);
    }
  });

  it('writes no quarantine where no landing table is parsed', () => {
    const participants = role('participants').PolicyDocument;
    const target = object('quarantine/customer/shop_participants/jr_1/part-0.json');
    expect(allows(participants, 's3:PutObject', target)).to.equal(false);
    expect(
      allows(participants, 'kms:GenerateDataKey', key, viaS3('alias/lakewright-shop-landing')),
    ).to.equal(false);
  });

  it('puts its own log groups under a key, and only where the library names one', () => {
    const groups = 'arn:aws:logs:eu-central-1:123456789012:log-group:/lakewright/shop';
    const own = `${groups}/participants/c-role/lakewright-shop-participants/output`;
    const allowsKey = (of: Role, group: string): boolean =>
      allows(of.PolicyDocument, 'logs:AssociateKmsKey', group);
    expect(allowsKey(role('participants'), own)).to.equal(false);
    const { library } = shop();
    const security = { logsKey: 'arn:aws:kms:eu-central-1:123456789012:key/k' };
    const secured = role('participants', { ...shop(), library: { ...library, security } });
    expect(allowsKey(secured, own)).to.equal(true);
    expect(allowsKey(secured, `${groups}/customer_trusted/output`)).to.equal(false);
    expect(allows(secured.PolicyDocument, 'logs:PutLogEvents', own)).to.equal(true);
  });

  it('can be taken by Glue for this job of this account only', () => {
    expect(role('customer_trusted').AssumeRolePolicyDocument).to.deep.equal({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'glue.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': '123456789012' },
            ArnEquals: {
              'aws:SourceArn': 'arn:aws:glue:eu-central-1:123456789012:job/shop_customer_trusted',
            },
          },
        },
      ],
    });
  });

  it('has a name that IAM takes, and long names stay apart', () => {
    const long = 'a'.repeat(70);
    expect(roleName('shop', 'customer_trusted')).to.equal('lakewright-shop-customer_trusted');
    expect(roleName('shop', `${long}1`)).to.not.equal(roleName('shop', `${long}2`));
    const longest = (library: string, job: string) =>
      roleName(deployedName(library), job).replace(suffix, `_${'e'.repeat(16)}`);
    for (const [library, job] of [
      ['shop', 'a'],
      ['shop', 'a'.repeat(31)],
      ['shop', 'a'.repeat(32)],
      ['s'.repeat(63), long],
    ] as const) {
      expect(longest(library, job))
        .to.match(/^lakewright[-_][\w+=,.@-]{1,53}$/)
        .and.contain('_e');
    }
  });
});
