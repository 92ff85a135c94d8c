// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the parameters of generated JSON look like this
import { expect } from 'chai';
import { environmentOf, parseEnvironments } from '../../deploy/environments.ts';
import {
  type Deployment,
  type DeployOptions,
  destroy,
  planDeployment,
  planDocument,
  renderPlan,
} from '../../deploy/index.ts';
import { addAlarm } from './alarm-fixture.ts';
import { BUCKET, type Fixture, fileOf, fixture } from './fixture.ts';
import { addRuleset } from './ruleset-fixture.ts';
import { openStage, type Stage } from './stage.ts';

const ARN = 'arn:aws:glue:us-east-1:123456789012:';

/** The library, and what is gone of it once its second job is no longer declared. */
function version(declared: 'both' | 'first'): Fixture {
  const of = fixture('stedi', ['customer_trusted', 'customer_curated', 'more', 'most']);
  for (const { kind, file } of of.resources) {
    if (kind === 'role') fileOf(of, file)['Path'] = '/lakewright/stedi${suffix}/trusted/';
  }
  const gone = declared === 'both' ? [] : GONE;
  of.resources = of.resources.filter(({ id }) => !gone.includes(id));
  return of;
}

const GONE: readonly string[] = [
  'script/customer_curated',
  'role/customer_curated',
  'job/customer_curated',
  'trigger/stedi_customer_curated',
  'table/curated.customer',
  'database/curated',
];
const FORMER = [
  'orphan/trigger/stedi_customer_curated',
  'orphan/job/stedi_customer_curated',
  'orphan/role/lakewright-stedi-customer_curated',
];

describe('orphans', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage('prune');
  });
  after(() => stage?.close());
  beforeEach(() => stage.reset());

  const planned = (of: Fixture, more: Partial<DeployOptions> = {}): Promise<Deployment> =>
    stage.withLibrary(of, (options) => planDeployment({ ...options, ...more }));
  const pruned = (of: Fixture, more: Partial<DeployOptions> = {}): Promise<Deployment> =>
    stage.deployed(of, { prune: true, ...more });
  const ids = ({ plan }: Deployment): readonly string[] =>
    plan.actions.flatMap(({ kind, desired }) => (kind === 'delete' ? [desired.id] : []));
  const jobs = async (): Promise<readonly string[]> =>
    ((await stage.glue.listJobs({})).JobNames ?? []).toSorted();

  it('are listed by a plan, and left alone by a deployment', async () => {
    await stage.deployed(version('both'));
    await stage.deployed(version('first'));
    stage.proxy.clear();
    const found = await planned(version('first'));
    const { orphans, summary } = planDocument(found);
    expect(summary).to.include({ update: 0, delete: 0 });
    const names = orphans.map(
      ({ kind, name }) => `${kind} ${name.replace(/[0-9a-f]{16}/, 'HASH')}`,
    );
    expect(names).to.deep.equal([
      'trigger stedi_customer_curated',
      'job stedi_customer_curated',
      'role lakewright-stedi-customer_curated',
      'database stedi_curated',
      `script s3://${BUCKET}/lakewright/stedi/scripts/HASH/customer_curated.py`,
    ]);
    const text = renderPlan(found.plan, [], found);
    expect(text).to.include('    job stedi_customer_curated\n');
    expect(text).to.include('    database stedi_curated (of data)\n');
    expect(text).to.include('    1 scripts of earlier deployments\n');
    expect(text).to.match(/, 5 orphaned\.$/);
    expect(stage.proxy.writes()).to.deep.equal([]);
    expect(await planned(version('both'))).to.have.property('orphans').that.is.empty;
  });

  it('are deleted after all else where that is asked for, but no data', async () => {
    await stage.deployed(version('both'));
    await stage.s3.putObject({ Bucket: BUCKET, Key: 'curated/customer/part', Body: 'x' });
    const of = version('first');
    fileOf(of, 'jobs/customer_trusted.json')['Timeout'] = 7;
    const { written } = await pruned(of);
    expect(written.slice(0, 4)).to.deep.equal(['job/customer_trusted', ...FORMER]);
    expect(written).to.have.length(5);
    expect(await jobs()).to.deep.equal(
      ['customer_trusted', 'more', 'most'].map((name) => `stedi_${name}`),
    );
    const { TableList: tables } = await stage.glue.getTables({ DatabaseName: 'stedi_curated' });
    expect(tables).to.have.length(1);
    stage.proxy.clear();
    await pruned(of);
    expect(stage.proxy.writes()).to.deep.equal([]);
    const last = await pruned(of, { pruneTables: true });
    expect(ids(last)).to.deep.equal([
      'orphan/table/stedi_curated.customer',
      'orphan/database/stedi_curated',
    ]);
    const left = await stage.s3.listObjectsV2({ Bucket: BUCKET, Prefix: 'curated/' });
    expect(left.Contents).to.have.length(1);
  });

  it('are roles and rulesets of other names, and tables of zones that are there', async () => {
    await stage.deployed(addRuleset(version('both')));
    const now = version('both');
    fileOf(now, 'roles/most.json')['RoleName'] = 'lakewright-stedi${suffix}-cut-anew';
    fileOf(now, 'jobs/most.json')['Role'] =
      'arn:aws:iam::${account}:role/lakewright/stedi${suffix}/trusted/lakewright-stedi${suffix}-cut-anew';
    now.resources = now.resources.filter(({ id }) => id !== 'table/curated.customer');
    const { orphans } = await planned(now);
    expect(orphans.map(({ desired }) => desired.id)).to.deep.equal([
      'orphan/ruleset/stedi_trusted_customer',
      'orphan/role/lakewright-stedi-most',
      'orphan/table/stedi_curated.customer',
    ]);
  });

  it('are not what another library, another environment, another region or nobody owns', async () => {
    const PLACE = { account: '123456789012', region: 'us-east-1' };
    const file = JSON.stringify({ environments: { dev: { bucket: BUCKET, ...PLACE } } });
    const dev = environmentOf(parseEnvironments(file, ''), 'dev');
    const former = version('both');
    await stage.deployed(former, { environment: dev });
    await stage.deployed(former);
    const ResourceArn = `${ARN}job/stedi_customer_curated`;
    const tags = async (TagsToAdd: Record<string, string>): Promise<void> => {
      await stage.glue.tagResource({ ResourceArn, TagsToAdd });
    };
    const listed = async (): Promise<boolean> =>
      (await planned(version('first'))).orphans.some(({ desired }) => desired.kind === 'job');
    expect(await listed()).to.equal(true);
    await tags({ 'lakewright:environment': 'dev' });
    expect(await listed()).to.equal(false);
    await stage.glue.untagResource({ ResourceArn, TagsToRemove: ['lakewright:environment'] });
    await tags({ 'lakewright:library': 'other' });
    expect(await listed()).to.equal(false);
    await stage.glue.untagResource({ ResourceArn, TagsToRemove: ['lakewright:library'] });
    expect(await listed()).to.equal(false);
    const elsewhere = {
      Principal: { Service: 'glue.amazonaws.com' },
      Condition: { ArnEquals: {} },
    };
    await stage.iam.updateAssumeRolePolicy({
      RoleName: 'lakewright-stedi-customer_curated',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...elsewhere }],
      }),
    });
    const { orphans } = await planned(version('first'));
    expect(orphans.map(({ desired }) => desired.kind)).to.deep.equal([
      'trigger',
      'database',
      'script',
    ]);
    const inDev = await planned(version('first'), { environment: dev });
    expect(inDev.orphans.map(({ desired }) => desired.name).slice(0, 2)).to.deep.equal([
      'stedi_dev_customer_curated',
      'stedi_dev_customer_curated',
    ]);
  });

  it('stay while one of them runs, while others use one, and where they are most of the library', async () => {
    await stage.deployed(version('both'));
    const { JobRunId } = await stage.glue.startJobRun({ JobName: 'stedi_customer_curated' });
    const refusal = async (of = version('first'), more = {}): Promise<string> => {
      stage.proxy.clear();
      const error: unknown = await pruned(of, more).catch((thrown: unknown) => thrown);
      expect(stage.proxy.writes()).to.deep.equal([]);
      return error instanceof Error && 'code' in error ? `${error.code}: ${error.message}` : '';
    };
    expect(await refusal()).to.match(/^deploy\/job-running: the job stedi_customer_curated is/);
    await stage.glue.batchStopJobRun({
      JobName: 'stedi_customer_curated',
      JobRunIds: [JobRunId ?? ''],
    });
    const Actions = [{ JobName: 'stedi_customer_curated' }];
    await stage.glue.createTrigger({ Name: 'nightly', Type: 'ON_DEMAND', Actions });
    expect(await refusal()).to.include('trigger nightly starts stedi_customer_curated');
    await stage.glue.deleteTrigger({ Name: 'nightly' });
    const few = version('first');
    few.resources = few.resources.filter(({ id }) => !/\/(more|most|customer_trusted)$/.test(id));
    fileOf(few, 'workflow.json')['Triggers'] = [];
    few.resources = few.resources.filter(({ kind }) => kind !== 'trigger');
    expect(await refusal(few)).to.match(/^deploy\/prune-too-many: 10 of 13 resources/);
    expect((await pruned(few, { pruneMore: true, whileRunning: true })).written).to.have.length(14);
    expect(await jobs()).to.deep.equal([]);
  });

  it('are gone after as many attempts as it takes, each cut off at its first write', async () => {
    await stage.deployed(addAlarm(version('both')));
    const former = version('first');
    let attempts = 0;
    for (let over = false; !over && attempts < 30; attempts += 1) {
      stage.proxy.clear();
      let written = false;
      stage.proxy.fate = ({ writes, name }) => {
        // What is kept of releases is asked to be written, and refused as written, by each attempt.
        if (!writes || written || /\/(lock\.json|releases)/.test(name)) return 'pass';
        written = true;
        return 'cut-after';
      };
      over = await pruned(former, { pruneTables: true }).then(
        () => true,
        () => false,
      );
      await stage.breakLock();
    }
    // Of the role its policy goes first, and of the alarm its target.
    expect(attempts).to.be.above(8);
    const { orphans, plan } = await planned(former);
    expect(orphans).to.be.empty;
    expect(plan.actions.filter(({ kind }) => kind !== 'unchanged')).to.be.empty;
  });

  it('go with the library', async () => {
    await stage.deployed(version('both'));
    await stage.withLibrary(version('first'), async ({ directory, bucket, endpoint = '' }) => {
      const { written, data } = await destroy({ directory, bucket, endpoint, attempts: 1 });
      expect(written).to.include.members(FORMER);
      expect(data).to.include(`s3://${BUCKET}/curated/customer/`);
    });
    expect(await jobs()).to.deep.equal([]);
    expect((await stage.glue.getDatabases({})).DatabaseList).to.deep.equal([]);
  });
});
