import { expect } from 'chai';
import {
  type DeployOptions,
  type Destroyed,
  type DestroyOptions,
  destroy,
} from '../../deploy/index.ts';
import { BUCKET, fixture } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

describe('a destruction', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage('destroy');
  });
  after(() => stage?.close());
  beforeEach(() => stage.reset());

  async function deployedTwice(): Promise<void> {
    await stage.deployed();
    const of = fixture();
    of.files['jobs/customer_trusted.py'] = '"""New."""\n';
    await stage.deployed(of);
    await stage.s3.putObject({ Bucket: BUCKET, Key: 'trusted/customer/part-0.parquet', Body: 'x' });
  }

  it('takes all away that the library made, former scripts too, and no data, after consent only', async () => {
    await deployedTwice();
    stage.proxy.clear();
    const dry = await stage.withLibrary(fixture(), (options) => gone(options, { dryRun: true }));
    expect(dry.plan.actions).to.have.length(16);
    await stage.withLibrary(fixture(), (options) => gone(options, { confirm: () => false }));
    expect(stage.proxy.writes()).to.deep.equal([]);
    const { plan, data, written } = await stage.withLibrary(fixture(), (options) => gone(options));
    expect(written).to.have.length(16);
    expect(written.slice(0, 3)).to.deep.equal([
      'trigger/stedi_customer_curated',
      'trigger/stedi_start',
      'workflow/stedi',
    ]);
    expect(plan.actions.every(({ kind }) => kind === 'delete')).to.equal(true);
    expect(data).to.have.members([
      `s3://${BUCKET}/trusted/customer/`,
      `s3://${BUCKET}/curated/customer/`,
    ]);
    const { Contents: left } = await stage.s3.listObjectsV2({ Bucket: BUCKET });
    // Each release stays, so that a rollback can bring the library back.
    const release = /releases\/[0-9a-f]{64}\./;
    expect(left?.map(({ Key }) => Key?.replace(release, 'releases/DIGEST.'))).to.deep.equal([
      'lakewright/stedi/lock.json',
      'lakewright/stedi/releases.json',
      'lakewright/stedi/releases/DIGEST.json.gz',
      'lakewright/stedi/releases/DIGEST.json.gz',
      'trusted/customer/part-0.parquet',
    ]);
    const [jobs, triggers, databases] = await Promise.all([
      stage.glue.getJobs({}),
      stage.glue.getTriggers({}),
      stage.glue.getDatabases({}),
    ]);
    expect([jobs.Jobs, triggers.Triggers, databases.DatabaseList]).to.deep.equal([[], [], []]);
    const { Roles: roles } = await stage.iam.listRoles({});
    expect(roles?.filter(({ RoleName }) => RoleName?.startsWith('lakewright-'))).to.deep.equal([]);
    stage.proxy.clear();
    expect((await stage.withLibrary(fixture(), (options) => gone(options))).written).to.deep.equal(
      [],
    );
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('leaves what another library owns, and what stands beside it', async () => {
    await stage.deployed(fixture('other'));
    await stage.deployed();
    const arn = 'arn:aws:glue:us-east-1:123456789012:job/stedi_customer_curated';
    await stage.glue.tagResource({
      ResourceArn: arn,
      TagsToAdd: { 'lakewright:library': 'other' },
    });
    await stage.glue.deleteTrigger({ Name: 'stedi_customer_curated' });
    const of = fixture();
    of.files['jobs/customer_curated.py'] = '"""Not its script."""\n';
    const failed = await refusal(of);
    expect(failed).to.include('job stedi_customer_curated runs its scripts');
    const { Jobs: jobs } = await stage.glue.getJobs({});
    expect(jobs?.map(({ Name }) => Name)).to.include.members([
      'stedi_customer_curated',
      'other_customer_curated',
    ]);
  });

  it('is refused, before it deletes anything, while others use what would go', async () => {
    await stage.deployed();
    const { Job: job } = await stage.glue.getJob({ JobName: 'stedi_customer_trusted' });
    const Command = { Name: 'glueetl', ScriptLocation: 's3://elsewhere/x.py' };
    await stage.glue.createJob({ Name: 'borrower', Role: job?.Role, Command });
    await stage.glue.createTrigger({
      Name: 'nightly',
      Type: 'ON_DEMAND',
      Actions: [{ JobName: 'stedi_customer_trusted' }],
    });
    await stage.glue.createTable({
      DatabaseName: 'stedi_trusted',
      TableInput: { Name: 'guest' },
    });
    stage.proxy.clear();
    expect(await refusal(fixture())).to.include(
      'job borrower has a role of its; trigger nightly starts stedi_customer_trusted; table stedi_trusted.guest is in its database',
    );
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  async function gone(
    { directory, bucket, endpoint = '', attempts = 1 }: DeployOptions,
    more: Partial<DestroyOptions> = {},
  ): Promise<Destroyed> {
    return await destroy({ directory, bucket, endpoint, attempts, ...more });
  }
  async function refusal(of: ReturnType<typeof fixture>): Promise<string> {
    const error: unknown = await stage
      .withLibrary(of, (options) => gone(options))
      .catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'deploy/still-used');
    return String(error);
  }
});
