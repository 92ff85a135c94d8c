import { basename, dirname } from 'node:path';
import { expect } from 'chai';
import { adopt, DeployError } from '../../deploy/index.ts';
import { lakewright } from '../cli/author-project.ts';
import { BUCKET, fixture } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

const JOB = 'stedi_customer_trusted';
const ROLE = 'lakewright-stedi-customer_trusted';
const ARN = `arn:aws:glue:us-east-1:123456789012:job/${JOB}`;
const DATABASE = 'stedi_trusted';

describe('taking over what exists', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage('adopt');
  });
  after(() => stage?.close());
  beforeEach(async () => {
    await stage.reset();
    await stage.s3.createBucket({ Bucket: BUCKET });
  });

  const createJob = (Tags: Record<string, string> = {}) =>
    stage.glue.createJob({
      Name: JOB,
      Role: 'arn:aws:iam::123456789012:role/by-hand',
      Command: { Name: 'glueetl', ScriptLocation: 's3://by/hand.py', PythonVersion: '3' },
      DefaultArguments: { '--mine': 'x' },
      GlueVersion: '5.1',
      WorkerType: 'G.1X',
      NumberOfWorkers: 2,
      Timeout: 60,
      Description: 'Makes customer_trusted',
      Tags,
    });
  const adopted = (...ids: readonly string[]) =>
    stage.withLibrary(fixture(), ({ directory }) =>
      adopt({ directory, bucket: BUCKET, endpoint: stage.proxy.url, attempts: 1, ids }),
    );
  const refusal = async (...ids: readonly string[]): Promise<DeployError> => {
    const error: unknown = await adopted(...ids).catch((thrown: unknown) => thrown);
    if (error instanceof DeployError) return error;
    throw new Error(`no DeployError but ${String(error)}`);
  };

  it('tags a job, shows what a deployment will change, and changes nothing else', async () => {
    await createJob({ team: 'sea' });
    const { Job: before } = await stage.glue.getJob({ JobName: JOB });
    const { plan, adopted: ids } = await adopted('job/customer_trusted');
    expect(ids).to.deep.equal(['job/customer_trusted']);
    const paths = plan.actions.flatMap(({ differences }) => differences.map(({ path }) => path));
    expect(paths).to.include.members(['Role', 'Command.ScriptLocation', 'DefaultArguments.--mine']);
    expect(paths).not.to.include('Timeout');
    expect(stage.proxy.writes()).to.deep.equal(['Glue TagResource']);
    expect((await stage.glue.getJob({ JobName: JOB })).Job).to.deep.equal(before);
    const { Tags: tags } = await stage.glue.getTags({ ResourceArn: ARN });
    expect(tags).to.deep.equal({ team: 'sea', 'lakewright:library': 'stedi' });
    const { written } = await stage.deployed();
    expect(written).to.include('job/customer_trusted');
    expect((await stage.deployed()).written).to.deep.equal([]);
  });

  it('keeps all that a table, a database and a role hold', async () => {
    await stage.glue.createDatabase({
      DatabaseInput: { Name: DATABASE, LocationUri: 's3://x/', Parameters: { a: 'b' } },
    });
    const pointer = 's3://x/metadata/1.json';
    const Parameters = { table_type: 'ICEBERG', metadata_location: pointer, a: 'b' };
    const StorageDescriptor = { Columns: [{ Name: 'email', Type: 'string' }], Location: 's3://x/' };
    const TableInput = { Name: 'customer', Owner: 'ann', Parameters, StorageDescriptor };
    await stage.glue.createTable({ DatabaseName: DATABASE, TableInput });
    const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
    await stage.iam.createRole({ RoleName: ROLE, AssumeRolePolicyDocument });
    await adopted('database/trusted', 'table/trusted.customer', 'role/customer_trusted');
    const library = { 'lakewright:library': 'stedi' };
    const { Table: table } = await stage.glue.getTable({
      DatabaseName: DATABASE,
      Name: 'customer',
    });
    expect(table?.Parameters).to.deep.equal({ ...Parameters, ...library });
    expect(table).to.include({ Owner: 'ann' });
    expect(table?.StorageDescriptor?.Location).to.equal('s3://x/');
    const { Database: database } = await stage.glue.getDatabase({ Name: DATABASE });
    expect(database?.LocationUri).to.equal('s3://x/');
    expect(database?.Parameters).to.deep.equal({ a: 'b', ...library });
    const { Role: role } = await stage.iam.getRole({ RoleName: ROLE });
    expect(role?.Tags).to.deep.equal([{ Key: 'lakewright:library', Value: 'stedi' }]);
  });

  it('refuses what another library owns, and what is not there, before it writes', async () => {
    await createJob({ 'lakewright:library': 'other' });
    const owned = await refusal('job/customer_trusted');
    expect(owned.code).to.equal('deploy/not-owned');
    expect(owned.message).to.include('of the library other');
    const missing = await refusal('job/customer_curated');
    expect(missing.code).to.equal('deploy/import-missing');
    const unknown = await refusal('job/nobody');
    expect(unknown.code).to.equal('deploy/import-unknown');
    expect(unknown.hint).to.include('job/customer_trusted, job/customer_curated');
    expect((await refusal('script/customer_trusted')).hint).to.include('job/…');
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('takes the deployer’s lock, and is refused while somebody deploys', async () => {
    await createJob();
    const Key = 'lakewright/stedi/lock.json';
    const { adopted: ids } = await adopted('job/customer_trusted');
    expect(ids).to.deep.equal(['job/customer_trusted']);
    const puts = stage.proxy.calls.filter(({ name }) => name === `S3 PUT /${BUCKET}/${Key}`);
    expect(puts.map(({ body }) => JSON.parse(body).state)).to.deep.equal(['held', 'free']);
    await stage.glue.untagResource({ ResourceArn: ARN, TagsToRemove: ['lakewright:library'] });
    const held = JSON.stringify({ ...JSON.parse(puts[1]?.body ?? ''), state: 'held' });
    await stage.s3.putObject({ Bucket: BUCKET, Key, Body: held });
    stage.proxy.clear();
    expect((await refusal('job/customer_trusted')).code).to.equal('deploy/locked');
    expect(stage.proxy.calls.filter(({ writes }) => writes)).to.deep.equal([]);
  });

  it('writes nothing where the library owns it already', async () => {
    await stage.deployed();
    stage.proxy.clear();
    const { owned } = await adopted('job/customer_trusted');
    expect(owned).to.deep.equal(['job/customer_trusted']);
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('asks on the command line, and takes a yes in advance', async () => {
    await createJob();
    await stage.withLibrary(fixture(), async ({ directory }) => {
      const library = ['--generated', dirname(directory), '--library', basename(directory)];
      const where = [...library, '--endpoint', stage.proxy.url];
      const run = (...more: readonly string[]) =>
        lakewright(['import', 'job/customer_trusted', ...where, '--bucket', BUCKET, ...more]);
      const asked = await run();
      expect(asked.code).to.equal(1);
      expect(asked.err).to.include('error[deploy/not-confirmed]');
      const { out, code } = await run('--yes');
      expect(out)
        .to.match(/~ job {6}stedi_customer_trusted\n.*~ Command\.ScriptLocation/)
        .and.to.include('job/customer_trusted is the library');
      expect(code).to.equal(0);
    });
  });
});
