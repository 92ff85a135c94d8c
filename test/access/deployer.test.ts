import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CheckedLibrary } from '../../check/index.ts';
import { generate, noWords } from '../../codegen/index.ts';
import { isJsonObject, type Json, type JsonObject } from '../../deploy/json.ts';
import { substitute } from '../../deploy/parameters.ts';
import { shop } from '../codegen/resources/checked-fixture.ts';
import { BUCKET } from '../deploy/fixture.ts';
import { ACCOUNT, openPrivacyStage, type PrivacyStage } from '../deploy/privacy-stage.ts';
import { type Asked, askedOf } from './deployer-requests.ts';
import { allowed, type Policy, type Principal } from './iam.ts';

const REGION = 'us-east-1';
const LIBRARY_TAG = 'aws:ResourceTag/lakewright:library';
/** Whoever starts jobs needs them, or makes the bucket. */
const NOT_OF_DEPLOYERS = [
  'glue:GetJobBookmark',
  'glue:GetJobRun',
  'glue:GetWorkflowRun',
  'glue:ResetJobBookmark',
  'glue:StartJobRun',
  'glue:StartWorkflowRun',
  'logs:FilterLogEvents',
  's3:CreateBucket',
];
/** Services that IAM calls otherwise than the SDK. */
const SERVICES: Readonly<Record<string, string>> = {
  CloudWatchLogs: 'logs',
  EventBridge: 'events',
  ResourceGroupsTaggingAPI: 'tag',
};
/** Calls whose permission has another name. */
const ACTIONS: Readonly<Record<string, string>> = {
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:PutBucketLifecycleConfiguration': 's3:PutLifecycleConfiguration',
};

/** `policies/deployer.json`, which whoever deploys the library is to have. */
describe('the policy of the deployer', () => {
  let lake: PrivacyStage;
  let document: JsonObject;

  before(async () => {
    lake = await openPrivacyStage('deployer-policy');
    document = policyOf(shop());
  });
  after(() => lake?.close());

  const lets = ({ action, resources, context = {} }: Asked): boolean =>
    allowed({ principal: deployer(document), action, resources, context });

  it('allows each call of a deployment, of one that finds all as it was, and of repairs', async () => {
    const { stage } = lake;
    await stage.s3.createBucket({ Bucket: BUCKET });
    await lake.deployed();
    await lake.deployed();
    await stage.glue.updateJob({
      JobName: 'shop_participants',
      JobUpdate: { Role: 'x', Command: { Name: 'glueetl', ScriptLocation: 's3://x' } },
    });
    await lake.kms.updateKeyDescription({ KeyId: await lake.keyId(), Description: 'mine' });
    await stage.glue.updateWorkflow({ Name: 'shop', Description: 'mine' });
    await lake.deployed({ prune: true });
    const { Roles: roles = [] } = await stage.iam.listRoles({});
    const arns = new Map(roles.map((role) => [role.RoleName, role.Arn ?? '']));
    const calls = stage.proxy.calls.flatMap((call) =>
      askedOf(call, (name) => arns.get(name) ?? name, 'shop'),
    );
    expect(calls.length).to.be.above(100);
    expect(calls.filter((one) => !lets(one))).to.deep.equal([]);
  });

  it('has all that the deployer can call, and nothing that it does not', async () => {
    const { library } = shop();
    const logsKey = `arn:aws:kms:${REGION}:${ACCOUNT}:key/k`;
    const secured = { ...shop(), library: { ...library, security: { logsKey } } };
    const source = await readFile(join(import.meta.dirname, '../../deploy/clients.ts'), 'utf8');
    const called = callsIn(source).filter((one) => !NOT_OF_DEPLOYERS.includes(one));
    const needed = new Set([...called.map((one) => ACTIONS[one] ?? one), 'iam:PassRole']);
    const granted = statements(policyOf(secured)).filter(({ Effect }) => Effect === 'Allow');
    const actions = granted.flatMap(({ Action }) => Action as readonly string[]);
    expect([...new Set(actions)].sort()).to.deep.equal([...needed].sort());
  });

  const refusals: readonly (readonly [string, string, string, Record<string, string>?])[] = [
    ['read a table', 's3:GetObject', `arn:aws:s3:::${BUCKET}/trusted/customer/run/part-0`],
    ['write a table', 's3:PutObject', `arn:aws:s3:::${BUCKET}/trusted/customer/x`],
    ['read quarantine', 's3:GetObject', `arn:aws:s3:::${BUCKET}/quarantine/customer/x`],
    ['read reports', 's3:GetObject', `arn:aws:s3:::${BUCKET}/lakewright/shop/reports/a/1.json`],
    ['write code of others', 's3:PutObject', `arn:aws:s3:::${BUCKET}/lakewright/shop2/scripts/x`],
    ['decrypt', 'kms:Decrypt', key('k'), { [LIBRARY_TAG]: 'shop' }],
    ['encrypt', 'kms:GenerateDataKey', key('k'), { [LIBRARY_TAG]: 'shop' }],
    ['change keys of others', 'kms:PutKeyPolicy', key('k'), { [LIBRARY_TAG]: 'other' }],
    ['change keys of nobody', 'kms:PutKeyPolicy', key('k')],
    ['delete keys', 'kms:ScheduleKeyDeletion', key('k'), { [LIBRARY_TAG]: 'shop' }],
    ['run jobs', 'glue:StartJobRun', glue('job/shop_participants')],
    ['change jobs of others', 'glue:UpdateJob', glue('job/other_job')],
    ['change jobs alike', 'glue:UpdateJob', glue('job/shop_2_job'), { [LIBRARY_TAG]: 'shop_2' }],
    ['take jobs over', 'glue:TagResource', glue('job/shop_2_job'), { [LIBRARY_TAG]: 'shop_2' }],
    ['change networks of others', 'glue:UpdateConnection', glue('connection/other_crm')],
    [
      'change networks alike',
      'glue:UpdateConnection',
      glue('connection/shop_2_crm'),
      { [LIBRARY_TAG]: 'shop_2' },
    ],
    ['silence others', 'events:PutRule', rule('lakewright-other-failed')],
    [
      'silence those alike',
      'events:RemoveTargets',
      rule('lakewright-shop-2-failed'),
      { [LIBRARY_TAG]: 'shop-2' },
    ],
    ['make roles elsewhere', 'iam:CreateRole', `arn:aws:iam::${ACCOUNT}:role/admin`],
    [
      'hand roles to others',
      'iam:PassRole',
      `arn:aws:iam::${ACCOUNT}:role/lakewright/shop/trusted/x`,
      { 'iam:PassedToService': 'ec2.amazonaws.com' },
    ],
    ['delete security configurations', 'glue:DeleteSecurityConfiguration', '*'],
    ['read secrets', 'secretsmanager:GetSecretValue', '*'],
  ];
  for (const [what, action, resource, context = {}] of refusals) {
    it(`does not let anybody ${what}`, () => {
      expect(lets({ action, resources: [resource], context })).to.equal(false);
    });
  }

  it('reaches a former zone with the statement that docs/deploy.md has, and nothing else', async () => {
    const page = await readFile(join(import.meta.dirname, '../../docs/deploy.md'), 'utf8');
    const [, text = ''] = /```json\n(\{\n {2}"Sid": "FormerZone"[^`]*)```/.exec(page) ?? [];
    const filled = text.replaceAll('REGION', REGION).replaceAll('ACCOUNT', ACCOUNT);
    const statement: unknown = JSON.parse(filled.replaceAll('stedi_old', 'shop_old'));
    const former = { Version: '2012-10-17', Statement: [statement] } as unknown as Policy; // of this structure
    const without = deployer(document);
    const principal = { ...without, policies: [...without.policies, former] };
    const ofDatabase = (database: string) =>
      ['catalog', `database/${database}`, `table/${database}/customer`].map(glue);
    const calls = ['glue:GetTables', 'glue:DeleteTable', 'glue:DeleteDatabase'];
    for (const action of calls) {
      const asked = { action, resources: ofDatabase('shop_old') };
      expect(lets(asked), action).to.equal(false);
      expect(allowed({ principal, ...asked }), action).to.equal(true);
      for (const other of ['shop_older', 'shop_dev_old']) {
        expect(allowed({ principal, action, resources: ofDatabase(other) })).to.equal(false);
      }
    }
  });

  it('fits into a managed policy', () => {
    // IAM counts 6,144 characters without white space.
    expect(JSON.stringify(document).length).to.be.below(6144);
  });
});

function policyOf(checked: CheckedLibrary): JsonObject {
  const file = 'policies/deployer.json';
  const text = generate(checked, noWords).get(file) ?? '';
  const parsed: Json = JSON.parse(text);
  const place = { account: ACCOUNT, region: REGION, bucket: BUCKET };
  const filled = substitute(parsed, { ...place, suffix: '', prefix: '', support: '' }, file);
  const document = isJsonObject(filled) ? filled['PolicyDocument'] : undefined;
  if (!isJsonObject(document)) throw new Error(`${file} has no PolicyDocument`);
  return document;
}

function deployer(document: JsonObject): Principal {
  const policy = document as unknown as Policy; // generated as this structure
  return { arn: `arn:aws:iam::${ACCOUNT}:role/ci`, policies: [policy] };
}

function statements(document: JsonObject): readonly JsonObject[] {
  const all = document['Statement'];
  return Array.isArray(all) ? all.filter(isJsonObject) : [];
}

/** `glue:CreateJob` of `Pick<Glue, | 'createJob' ...>`. */
function callsIn(source: string): readonly string[] {
  const types = [...source.matchAll(/Pick<\s*(\w+),([^>]*)>/g)];
  return types.flatMap(([, service = '', names = '']) =>
    [...names.matchAll(/'(\w)(\w*)'/g)].map(
      ([, first = '', rest = '']) =>
        `${SERVICES[service] ?? service.toLowerCase()}:${first.toUpperCase()}${rest}`,
    ),
  );
}

function key(id: string): string {
  return `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`;
}

function rule(name: string): string {
  return `arn:aws:events:${REGION}:${ACCOUNT}:rule/${name}`;
}

function glue(resource: string): string {
  return `arn:aws:glue:${REGION}:${ACCOUNT}:${resource}`;
}
