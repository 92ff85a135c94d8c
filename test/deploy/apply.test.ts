// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the parameters of generated JSON look like this
import { Glue } from '@aws-sdk/client-glue';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import {
  DeployError,
  DeploymentStopped,
  type DeployOptions,
  deploy,
  planDeployment,
} from '../../deploy/index.ts';
import type { Endpoint } from '../../runtime/endpoint/index.ts';
import { BUCKET, type Fixture, fileOf, fixture, writeFixture } from './fixture.ts';
import { resetEndpoint, startTestEndpoint } from './local-python.ts';
import { type RecordingProxy, startProxy } from './recording-proxy.ts';

const NARROW = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::lake/a/*' }],
};
const CREDENTIALS = { accessKeyId: 'tests', secretAccessKey: 'tests' };

describe('a deployment', () => {
  let endpoint: Endpoint;
  let proxy: RecordingProxy;
  let glue: Glue;
  let iam: IAM;
  let s3: S3;

  before(async () => {
    endpoint = await startTestEndpoint('deploy');
    proxy = await startProxy(endpoint.url);
    // Around the proxy, so that what a test looks up is not in the record.
    const direct = { endpoint: endpoint.url, region: 'us-east-1', credentials: CREDENTIALS };
    glue = new Glue(direct);
    iam = new IAM(direct);
    s3 = new S3({ ...direct, forcePathStyle: true });
  });
  after(async () => {
    await proxy?.stop();
    await endpoint?.stop();
  });
  beforeEach(async () => {
    await resetEndpoint(endpoint.url);
    proxy.clear();
  });

  /** Writes the fixture, hands its options to the work, and takes the folder away again. */
  async function withLibrary<T>(
    of: Fixture,
    work: (options: DeployOptions) => Promise<T>,
  ): Promise<T> {
    const { directory, remove } = await writeFixture(of);
    const options = {
      directory,
      bucket: BUCKET,
      endpoint: proxy.url,
      createBucket: true,
      attempts: 1,
    };
    return await work(options).finally(remove);
  }

  const deployed = (of = fixture(), more: Partial<DeployOptions> = {}) =>
    withLibrary(of, (options) => deploy({ ...options, ...more }));

  async function failure(of = fixture(), more: Partial<DeployOptions> = {}): Promise<DeployError> {
    const error: unknown = await deployed(of, more).catch((thrown: unknown) => thrown);
    if (error instanceof DeployError) return error;
    throw new Error(`no DeployError but ${String(error)}`);
  }

  it('makes everything, with parameters filled in and tags of its own', async () => {
    const { written, destination } = await deployed();
    expect(written).to.have.length(15);
    expect(destination.account).to.equal('123456789012');
    const { Job: job } = await glue.getJob({ JobName: 'stedi_customer_trusted' });
    const location = new URL(job?.Command?.ScriptLocation ?? '');
    const script = await s3.getObject({ Bucket: location.host, Key: location.pathname.slice(1) });
    expect(await script.Body?.transformToString()).to.include('${not_a_parameter}');
    expect(job?.Role).to.equal('arn:aws:iam::123456789012:role/lakewright-stedi-customer_trusted');
    expect(job?.DefaultArguments?.['--note']).to.equal('a literal ${brace}');
    const { Tags: tags } = await glue.getTags({
      ResourceArn: 'arn:aws:glue:us-east-1:123456789012:job/stedi_customer_trusted',
    });
    expect(tags).to.include({ team: 'lake', 'lakewright:library': 'stedi' });
    const { Role: role } = await iam.getRole({ RoleName: 'lakewright-stedi-customer_trusted' });
    expect(role?.Tags?.map(({ Key }) => Key)).to.include('lakewright:library');
    const { Trigger: trigger } = await glue.getTrigger({ Name: 'stedi_start' });
    expect(trigger?.State).to.equal('ACTIVATED');
  });

  it('makes no write call the second time', async () => {
    await deployed();
    proxy.clear();
    const { written } = await deployed();
    expect(written).to.deep.equal([]);
    expect(proxy.calls.length).to.be.above(10);
    expect(proxy.writes()).to.deep.equal([]);
  });

  it('makes no write call in a dry run or a plan, and plans the bucket too', async () => {
    const { plan } = await deployed(fixture(), { dryRun: true });
    await withLibrary(fixture(), planDeployment);
    expect(plan.actions.map(({ kind }) => kind)).to.deep.equal(Array(15).fill('create'));
    expect(proxy.writes()).to.deep.equal([]);
  });

  it('tells about every step', async () => {
    const steps: string[] = [];
    const onProgress: DeployOptions['onProgress'] = ({ step, done, total }) => {
      steps.push(`${step} ${done}/${total}`);
    };
    await deployed(fixture(), { onProgress });
    expect(steps[0]).to.equal('read 1/11');
    expect(steps.at(-1)).to.equal('apply 15/15');
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
              Principal: { Service: 'glue.amazonaws.com' },
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
      await deployed();
      proxy.clear();
      const of = fixture();
      change(of);
      const { written } = await deployed(of);
      expect(written).to.have.length(1);
      expect(proxy.writes()).to.deep.equal(writes);
      proxy.clear();
      await deployed(of);
      expect(proxy.writes()).to.deep.equal([]);
    });
  }

  it('uploads a changed script under a new key and points its job there', async () => {
    await deployed();
    proxy.clear();
    const of = fixture();
    of.files['jobs/customer_trusted.py'] = '"""New."""\n';
    const { written } = await deployed(of);
    expect(written).to.deep.equal(['script/customer_trusted', 'job/customer_trusted']);
    expect(proxy.writes()[0]).to.match(/^S3 PUT .*\/scripts\/[0-9a-f]{16}\/customer_trusted\.py$/);
  });

  it('mends a script that somebody overwrote', async () => {
    await deployed();
    const { Job: job } = await glue.getJob({ JobName: 'stedi_customer_trusted' });
    const Key = new URL(job?.Command?.ScriptLocation ?? '').pathname.slice(1);
    await s3.putObject({ Bucket: BUCKET, Key, Body: 'import os\n' });
    expect((await deployed()).written).to.deep.equal(['script/customer_trusted']);
    expect((await deployed()).written).to.deep.equal([]);
  });

  it('takes an inline policy that is not ours off a role that is', async () => {
    await deployed();
    const RoleName = 'lakewright-stedi-customer_trusted';
    const PolicyDocument = JSON.stringify(NARROW);
    await iam.putRolePolicy({ RoleName, PolicyName: 'more', PolicyDocument });
    expect((await deployed()).written).to.deep.equal(['role/customer_trusted']);
    expect((await iam.listRolePolicies({ RoleName })).PolicyNames).to.deep.equal(['job']);
  });

  describe('of a table that a job publishes to', () => {
    const address = { DatabaseName: 'stedi_trusted', Name: 'customer' };
    const published = 's3://lake-of-tests/trusted/customer/run-7/';
    const changed = (): Fixture => {
      const of = fixture();
      const table = fileOf(of, 'tables/trusted.customer.json')['TableInput'] as object;
      const Parameters = { classification: 'parquet', metadata_location: 'first.json' };
      Object.assign(table, { Description: 'New', Parameters });
      return of;
    };

    async function publish(): Promise<void> {
      const { Table: table } = await glue.getTable(address);
      await glue.updateTable({
        DatabaseName: address.DatabaseName,
        TableInput: {
          Name: address.Name,
          Description: table?.Description,
          TableType: table?.TableType,
          StorageDescriptor: { ...table?.StorageDescriptor, Location: published },
          Parameters: {
            ...table?.Parameters,
            table_type: 'ICEBERG',
            metadata_location: 'm.json',
            run: '7',
          },
        },
        VersionId: table?.VersionId,
      });
    }

    it('leaves the published location alone', async () => {
      await deployed();
      await publish();
      expect((await deployed()).written).to.deep.equal([]);
    });

    it('keeps location and pointers when something else changes, and passes the version', async () => {
      await deployed();
      await publish();
      proxy.clear();
      await deployed(changed());
      const { Table: table } = await glue.getTable(address);
      expect(table?.Description).to.equal('New');
      expect(table?.StorageDescriptor?.Location).to.equal(published);
      expect(table?.Parameters).to.include({
        table_type: 'ICEBERG',
        metadata_location: 'm.json',
        run: '7',
      });
      const update = proxy.calls.find(({ name }) => name === 'Glue UpdateTable');
      expect(JSON.parse(update?.body ?? '{}')).to.have.property('VersionId', '2');
    });

    it('does not undo a publish that happens in between', async () => {
      await deployed();
      let raced = false;
      proxy.fate = async ({ name }): Promise<'pass'> => {
        // By now the deployer has read the table, and believes to know its location.
        if (name === 'Glue UpdateTable' && !raced) {
          raced = true;
          await publish();
        }
        return 'pass';
      };
      await deployed(changed());
      expect(raced).to.equal(true);
      const { Table: table } = await glue.getTable(address);
      expect(table?.StorageDescriptor?.Location).to.equal(published);
      expect(table?.Description).to.equal('New');
    });
  });

  it('refuses a job that somebody else made, before it writes anything', async () => {
    await glue.createJob({
      Name: 'stedi_customer_curated',
      Role: 'r',
      Command: { Name: 'glueetl', ScriptLocation: 's3://b/k' },
      Tags: { 'lakewright:library': 'other' },
    });
    const error = await failure();
    expect(error.code).to.equal('deploy/not-owned');
    expect(error.message).to.include('job stedi_customer_curated (of the library other)');
    expect(proxy.writes()).to.deep.equal([]);
  });

  it('leaves what is beside it alone', async () => {
    await deployed(fixture('other'));
    const { Jobs: before } = await glue.getJobs({});
    await deployed();
    const { Jobs: after } = await glue.getJobs({});
    expect(after?.filter(({ Name }) => Name?.startsWith('other_'))).to.deep.equal(before);
  });

  it('says what was done when a call fails, and goes on from there', async () => {
    proxy.fate = ({ name }) =>
      name === 'Glue CreateTable' ? { status: 400, error: 'AccessDeniedException' } : 'pass';
    const error = await failure();
    expect(error).to.be.instanceOf(DeploymentStopped);
    if (!(error instanceof DeploymentStopped)) return;
    expect(error.done.at(-1)).to.equal('database/trusted');
    expect(error.notDone[0]).to.equal('table/trusted.customer');
    expect(error.message).to.include('AWS refused the call');
    proxy.clear();
    expect((await deployed()).written).to.deep.equal(error.notDone);
  });

  it('waits until Glue knows a new role', async () => {
    let refusals = 0;
    proxy.fate = ({ name }) => {
      if (name !== 'Glue CreateJob' || refusals === 1) return 'pass';
      refusals += 1;
      return {
        status: 400,
        error: 'InvalidInputException',
        message: 'Role r should be given assume role permissions for Glue Service.',
      };
    };
    expect((await deployed()).written).to.have.length(15);
    expect(refusals).to.equal(1);
  });

  it('takes a lost answer for what it is', async () => {
    let lost = false;
    proxy.fate = ({ name }) => {
      if (name !== 'Glue CreateJob' || lost) return 'pass';
      lost = true;
      return 'cut-after';
    };
    expect((await deployed(fixture(), { attempts: 3 })).written).to.have.length(15);
  });

  for (const fate of ['cut-before', 'cut-after'] as const) {
    it(`converges after a crash at every write call (${fate})`, async function () {
      this.timeout(120_000);
      await deployed();
      const total = proxy.writes().length;
      expect(total).to.be.above(14);
      for (let survived = 0; survived < total; survived += 1) {
        await resetEndpoint(endpoint.url);
        proxy.clear();
        let down = false;
        proxy.fate = (call) => {
          if (down) return 'cut-before';
          down = call.writes && proxy.writes().length === survived + 1;
          return down ? fate : 'pass';
        };
        expect(await failure(), `crash ${survived}`).to.be.instanceOf(DeploymentStopped);
        proxy.clear();
        await deployed();
        proxy.clear();
        await deployed();
        expect(proxy.writes(), `after crash ${survived}`).to.deep.equal([]);
      }
    });
  }

  it('names a missing bucket, and makes none unasked', async () => {
    const error = await failure(fixture(), { createBucket: false });
    expect(error.code).to.equal('deploy/bucket-missing');
    expect(proxy.writes()).to.deep.equal([]);
  });

  describe('to AWS itself, from a machine that knows nothing of it', () => {
    const saved = { ...process.env };
    beforeEach(() => {
      for (const name of Object.keys(process.env)) {
        if (name.startsWith('AWS_')) delete process.env[name];
      }
      process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
      process.env['AWS_CONFIG_FILE'] = process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/nowhere';
    });
    afterEach(() => {
      process.env = saved;
    });

    async function code(region: Partial<DeployOptions>): Promise<string> {
      return await withLibrary(fixture(), ({ directory, bucket }) =>
        deploy({ directory, bucket, attempts: 1, ...region }).then(
          () => 'deployed',
          (error: unknown) => (error instanceof DeployError ? error.code : String(error)),
        ),
      );
    }

    it('asks for a region', async () => {
      expect(await code({})).to.equal('deploy/region-missing');
    });

    it('asks for credentials', async () => {
      expect(await code({ region: 'eu-west-1' })).to.equal('deploy/credentials-missing');
    });
  });

  it('names an endpoint that cannot be reached', async () => {
    const error = await failure(fixture(), { endpoint: 'http://127.0.0.1:9' });
    expect(error.code).to.equal('deploy/endpoint-unreachable');
    expect(error.message).to.include('http://127.0.0.1:9');
  });

  it('names an endpoint that is none of AWS', async () => {
    proxy.fate = () => ({ status: 200, error: 'x', html: true });
    expect((await failure()).code).to.equal('deploy/endpoint-invalid');
  });

  it('says that the credentials are refused', async () => {
    proxy.fate = () => ({ status: 403, error: 'ExpiredTokenException' });
    expect((await failure()).code).to.equal('deploy/credentials-refused');
  });
});

function startTrigger(of: Fixture): Record<string, unknown> {
  const [start] = fileOf(of, 'workflow.json')['Triggers'] as Record<string, unknown>[];
  return start ?? {};
}
