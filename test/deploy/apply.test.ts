// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the parameters of generated JSON look like this
import { expect } from 'chai';
import { planDeployment } from '../../deploy/index.ts';
import { BUCKET, type Fixture, fileOf, fixture } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

const NARROW = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::lake/a/*' }],
};
describe('a deployment', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage('apply');
  });
  after(() => stage?.close());
  beforeEach(() => stage.reset());

  it('makes everything, with parameters filled in and tags of its own', async () => {
    const { written, destination } = await stage.deployed();
    expect(written).to.have.length(16);
    expect(destination.account).to.equal('123456789012');
    const { Job: job } = await stage.glue.getJob({ JobName: 'stedi_customer_trusted' });
    const location = new URL(job?.Command?.ScriptLocation ?? '');
    const script = await stage.s3.getObject({
      Bucket: location.host,
      Key: location.pathname.slice(1),
    });
    expect(await script.Body?.transformToString()).to.include('${not_a_parameter}');
    expect(job?.Role).to.equal('arn:aws:iam::123456789012:role/lakewright-stedi-customer_trusted');
    expect(job?.DefaultArguments?.['--note']).to.equal('a literal ${brace}');
    const { Tags: tags } = await stage.glue.getTags({
      ResourceArn: 'arn:aws:glue:us-east-1:123456789012:job/stedi_customer_trusted',
    });
    expect(tags).to.include({ team: 'lake', 'lakewright:library': 'stedi' });
    const { Role: role } = await stage.iam.getRole({
      RoleName: 'lakewright-stedi-customer_trusted',
    });
    expect(role?.Tags?.map(({ Key }) => Key)).to.include('lakewright:library');
    const { Trigger: trigger } = await stage.glue.getTrigger({ Name: 'stedi_start' });
    expect(trigger?.State).to.equal('ACTIVATED');
  });

  it('makes no write call the second time', async () => {
    await stage.deployed();
    stage.proxy.clear();
    const { written } = await stage.deployed();
    expect(written).to.deep.equal([]);
    expect(stage.proxy.calls.length).to.be.above(10);
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('reads the tables of a database with one call', async () => {
    await stage.deployed();
    stage.proxy.clear();
    await stage.deployed();
    const calls = stage.proxy.calls.map(({ name }) => name);
    expect(calls.filter((name) => name === 'Glue GetTables')).to.have.length(2);
    expect(calls).not.to.include('Glue GetTable');
  });

  it('makes no write call in a dry run or a plan, and plans the bucket too', async () => {
    const { plan } = await stage.deployed(fixture(), { dryRun: true });
    await stage.withLibrary(fixture(), planDeployment);
    expect(plan.actions.map(({ kind }) => kind)).to.deep.equal(Array(16).fill('create'));
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('shows the plan before the first write, then every step', async () => {
    const steps: string[] = [];
    await stage.deployed(fixture(), {
      confirm() {
        steps.push(`plan, ${stage.proxy.writes().length} writes`);
        return true;
      },
      onProgress: ({ step, done, total }) => steps.push(`${step} ${done}/${total}`),
    });
    expect(steps[0]).to.equal('read 1/11');
    expect(steps[11]).to.equal('plan, 0 writes');
    expect(steps.at(-1)).to.equal('apply 16/16');
  });

  const changes: readonly (readonly [string, (of: Fixture) => void, readonly string[]])[] = [
    [
      'a job',
      (of) => {
        fileOf(of, 'jobs/customer_trusted.json')['Timeout'] = 30;
      },
      ['Glue UpdateJob', 'Glue TagResource'],
    ],
    [
      'a removed field of a job',
      (of) => {
        delete fileOf(of, 'jobs/customer_trusted.json')['Description'];
      },
      ['Glue UpdateJob', 'Glue TagResource'],
    ],
    [
      'a database',
      (of) => {
        fileOf(of, 'databases/trusted.json')['DatabaseInput'] = { Name: 'stedi_trusted' };
      },
      ['Glue UpdateDatabase'],
    ],
    [
      'a table',
      (of) => {
        Object.assign(fileOf(of, 'tables/trusted.customer.json')['TableInput'] as object, {
          Description: 'New',
        });
      },
      ['Glue UpdateTable'],
    ],
    [
      'a trust policy',
      (of) => {
        fileOf(of, 'roles/customer_trusted.json')['AssumeRolePolicyDocument'] = {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'stage.glue.amazonaws.com' },
              Action: 'sts:AssumeRole',
            },
          ],
        };
      },
      ['Query UpdateAssumeRolePolicy', 'Query TagRole'],
    ],
    [
      'a role policy',
      (of) => {
        fileOf(of, 'roles/customer_trusted.json')['PolicyDocument'] = NARROW;
      },
      ['Query PutRolePolicy', 'Query TagRole'],
    ],
    [
      'a renamed role policy',
      (of) => {
        fileOf(of, 'roles/customer_trusted.json')['PolicyName'] = 'new';
      },
      ['Query PutRolePolicy', 'Query DeleteRolePolicy', 'Query TagRole'],
    ],
    [
      'a workflow',
      (of) => {
        Object.assign(fileOf(of, 'workflow.json')['Workflow'] as object, { Description: 'New' });
      },
      ['Glue UpdateWorkflow', 'Glue TagResource'],
    ],
    [
      'a schedule',
      (of) => {
        startTrigger(of)['Schedule'] = 'cron(0 4 * * ? *)';
      },
      ['Glue UpdateTrigger', 'Glue TagResource'],
    ],
    [
      'the type of a trigger',
      (of) => {
        Object.assign(startTrigger(of), { Type: 'ON_DEMAND' });
        delete startTrigger(of)['Schedule'];
        delete startTrigger(of)['StartOnCreation'];
      },
      ['Glue DeleteTrigger', 'Glue CreateTrigger'],
    ],
  ];
  for (const [what, change, writes] of changes) {
    it(`changes ${what} and nothing else, once`, async () => {
      await stage.deployed();
      stage.proxy.clear();
      const of = fixture();
      change(of);
      const { written } = await stage.deployed(of);
      expect(written).to.have.length(1);
      // And then what was deployed is kept.
      const [history, release] = stage.proxy.writes().slice(writes.length).toReversed();
      expect(release).to.match(/\/releases\/[0-9a-f]{64}\.json\.gz$/);
      expect(history).to.match(/\/releases\.json$/);
      expect(stage.proxy.writes().slice(0, -2)).to.deep.equal(writes);
      stage.proxy.clear();
      await stage.deployed(of);
      expect(stage.proxy.writes()).to.deep.equal([]);
    });
  }

  it('uploads a changed script under a new key and points its job there', async () => {
    await stage.deployed();
    stage.proxy.clear();
    const of = fixture();
    of.files['jobs/customer_trusted.py'] = '"""New."""\n';
    const { written } = await stage.deployed(of);
    expect(written).to.deep.equal(['script/customer_trusted', 'job/customer_trusted']);
    expect(stage.proxy.writes()[0]).to.match(
      /^S3 PUT .*\/scripts\/[0-9a-f]{16}\/customer_trusted\.py$/,
    );
  });

  it('mends a script that somebody overwrote', async () => {
    await stage.deployed();
    const { Job: job } = await stage.glue.getJob({ JobName: 'stedi_customer_trusted' });
    const Key = new URL(job?.Command?.ScriptLocation ?? '').pathname.slice(1);
    await stage.s3.putObject({ Bucket: BUCKET, Key, Body: 'import os\n' });
    expect((await stage.deployed()).written).to.deep.equal(['script/customer_trusted']);
    expect((await stage.deployed()).written).to.deep.equal([]);
  });

  it('takes an inline policy that is not ours off a role that is', async () => {
    await stage.deployed();
    const RoleName = 'lakewright-stedi-customer_trusted';
    const PolicyDocument = JSON.stringify(NARROW);
    await stage.iam.putRolePolicy({ RoleName, PolicyName: 'more', PolicyDocument });
    expect((await stage.deployed()).written).to.deep.equal(['role/customer_trusted']);
    expect((await stage.iam.listRolePolicies({ RoleName })).PolicyNames).to.deep.equal(['job']);
  });

  it('refuses a job that somebody else made, before it writes anything', async () => {
    await stage.glue.createJob({
      Name: 'stedi_customer_curated',
      Role: 'r',
      Command: { Name: 'glueetl', ScriptLocation: 's3://b/k' },
      Tags: { 'lakewright:library': 'other' },
    });
    const error = await stage.failure();
    expect(error.code).to.equal('deploy/not-owned');
    expect(error.message).to.include('job stedi_customer_curated (of the library other)');
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('leaves what is beside it alone', async () => {
    await stage.deployed(fixture('other'));
    const { Jobs: before } = await stage.glue.getJobs({});
    await stage.deployed();
    const { Jobs: after } = await stage.glue.getJobs({});
    expect(after?.filter(({ Name }) => Name?.startsWith('other_'))).to.deep.equal(before);
  });
});

function startTrigger(of: Fixture): Record<string, unknown> {
  const [start] = fileOf(of, 'workflow.json')['Triggers'] as Record<string, unknown>[];
  return start ?? {};
}
