import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Jdbc, Network } from '../../algebra/library.ts';
import { check } from '../../check/index.ts';
import { generate, noWords, writeFiles } from '../../codegen/index.ts';
import { environmentOf, parseEnvironments } from '../../deploy/environments.ts';
import { adopt, deploy, destroy } from '../../deploy/index.ts';
import { cloudformation } from '../../export/cloudformation/index.ts';
import { readLibrary } from '../../export/library.ts';
import { terraform } from '../../export/terraform/index.ts';
import { customers, job, keepConsented, library, sink, source } from '../check/plain.ts';
import { findingsOf, moduleOf } from '../export/terraform/schema.ts';
import { BUCKET } from './fixture.ts';
import { JOB, refused } from './glue-calls.ts';
import { deployErrorOf, openStage, type SilentOptions, type Stage } from './stage.ts';

const NAME = 'clinic_crm';
const PLACE = {
  SubnetId: 'subnet-0a1b2c3d',
  SecurityGroupIdList: ['sg-0a1b2c3d', 'sg-0a1b2c3e'],
  AvailabilityZone: 'us-east-1a',
};
const NETWORK: Network = {
  name: 'crm',
  subnet: PLACE.SubnetId,
  securityGroups: PLACE.SecurityGroupIdList,
  availabilityZone: PLACE.AvailabilityZone,
};

/** Writes a library that reads people from a database behind a network into a new folder. */
async function written(network: Jdbc['network']): Promise<string> {
  const named = network === undefined ? {} : { network };
  const format: Jdbc = {
    kind: 'jdbc',
    connection: 'crm',
    schema: 'public',
    table: 'customer',
    fetchSize: 1,
    ...named,
  };
  const rows = keepConsented(source('landing.customer'));
  const jobs = [job('research', rows, sink('trusted', 'research'))];
  const { checked } = check(library(jobs, { tables: [{ ...customers, format }] }));
  if (!checked) throw new TypeError('the library is wrong');
  const directory = await mkdtemp(join(tmpdir(), 'lakewright-connections-'));
  await writeFiles(directory, generate(checked, noWords));
  return directory;
}

describe('connections to networks', () => {
  let stage: Stage;
  let directory: string;
  let without: string;

  before(async () => {
    stage = await openStage('connections');
    directory = await written(NETWORK);
    without = await written(undefined);
  });
  after(async () => {
    await stage?.close();
    for (const one of [directory, without]) await rm(one, { recursive: true, force: true });
  });
  beforeEach(() => stage.reset());

  const options = (more: Partial<SilentOptions> = {}): SilentOptions =>
    stage.options(directory, more);
  const found = async (name = NAME) => (await stage.glue.getConnection({ Name: name })).Connection;
  const names = async () =>
    ((await stage.glue.getConnections({})).ConnectionList ?? []).map(({ Name }) => Name);

  it('are there before the jobs that are attached to them, and hold no secret', async () => {
    await deploy(options());
    expect(await found()).to.deep.include({
      ConnectionType: 'NETWORK',
      ConnectionProperties: {},
      PhysicalConnectionRequirements: PLACE,
    });
    const { Job: attached } = await stage.glue.getJob({ JobName: 'clinic_research' });
    expect(attached?.Connections).to.deep.equal({ Connections: [NAME] });
    const writes = stage.proxy.writes();
    const at = (call: string): number => writes.findIndex((one) => one.includes(call));
    expect(at('CreateConnection')).to.be.within(0, at('CreateJob'));
    stage.proxy.clear();
    await deploy(options());
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('are elsewhere in another environment, and the rest of the library is the same', async () => {
    const networks = { crm: { subnet: 'subnet-0d0d0d0d', securityGroups: ['sg-0d0d0d0d'] } };
    const dev = { bucket: BUCKET, account: '123456789012', region: 'us-east-1', networks };
    const text = JSON.stringify({ environments: { dev } });
    const environment = environmentOf(parseEnvironments(text, 'environments.json'), 'dev');
    await deploy(options({ environment }));
    expect((await found('clinic_dev_crm'))?.PhysicalConnectionRequirements).to.deep.equal({
      SubnetId: 'subnet-0d0d0d0d',
      SecurityGroupIdList: ['sg-0d0d0d0d'],
      AvailabilityZone: 'us-east-1a',
    });
    const { Job: attached } = await stage.glue.getJob({ JobName: 'clinic_dev_research' });
    expect(attached?.Connections).to.deep.equal({ Connections: ['clinic_dev_crm'] });
  });

  it('go where they are declared no more, unless a job of somebody else has one', async () => {
    await deploy(options());
    const foreign = { Name: 'clinic_mine', ConnectionType: 'NETWORK' as const };
    await stage.glue.createConnection({
      ConnectionInput: {
        ...foreign,
        ConnectionProperties: {},
        PhysicalConnectionRequirements: PLACE,
      },
    });
    await stage.glue.createJob({ ...JOB, Connections: { Connections: [NAME] } });
    const refusal = await deployErrorOf(deploy(options({ directory: without, prune: true })));
    expect(refusal.code).to.equal('deploy/still-used');
    expect(refusal.message).to.include('job lake_job has a connection of its');
    await stage.glue.deleteJob({ JobName: 'lake_job' });
    const pruned = await deploy(options({ directory: without, prune: true }));
    expect(pruned.written).to.include(`orphan/connection/${NAME}`);
    expect(await names()).to.deep.equal(['clinic_mine']);
    await deploy(options());
    await destroy(options());
    expect(await names()).to.deep.equal(['clinic_mine']);
  });

  it('of another region are refused before anything is made', async () => {
    const networks = { crm: { availabilityZone: 'us-east-2a' } };
    const dev = { bucket: BUCKET, account: '123456789012', region: 'us-east-1', networks };
    const text = JSON.stringify({ environments: { dev } });
    const environment = environmentOf(parseEnvironments(text, 'environments.json'), 'dev');
    const refusal = await deployErrorOf(deploy(options({ environment })));
    expect(refusal.code).to.equal('deploy/other-region');
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('of somebody else are taken over by name only', async () => {
    const ConnectionInput = {
      Name: NAME,
      ConnectionType: 'NETWORK' as const,
      ConnectionProperties: {},
      PhysicalConnectionRequirements: { ...PLACE, SubnetId: 'subnet-0e0e0e0e' },
    };
    await stage.glue.createConnection({ ConnectionInput });
    // Where the lock lies.
    await stage.s3.createBucket({ Bucket: BUCKET });
    expect((await deployErrorOf(deploy(options()))).code).to.equal('deploy/not-owned');
    const { adopted } = await adopt({ ...options(), ids: ['connection/crm'] });
    expect(adopted).to.deep.equal(['connection/crm']);
    await deploy(options());
    expect((await found())?.PhysicalConnectionRequirements).to.deep.equal(PLACE);
  });

  it('are exported', async () => {
    const exported = await readLibrary(directory, new Date(0));
    const module = moduleOf(terraform(exported));
    expect(findingsOf(module)).to.deep.equal([]);
    expect(module.resources.get('aws_glue_connection.crm')).to.deep.include({
      connection_type: 'NETWORK',
      physical_connection_requirements: {
        subnet_id: PLACE.SubnetId,
        security_group_id_list: PLACE.SecurityGroupIdList,
        availability_zone: PLACE.AvailabilityZone,
      },
    });
    expect(module.resources.get('aws_glue_job.research')).to.deep.include({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform
      connections: ['${aws_glue_connection.crm.name}'],
    });
    const template = JSON.parse(cloudformation(exported).get('template.json') ?? '');
    const all = Object.values<{ Type: string; Properties: { ConnectionInput?: object } }>(
      template.Resources,
    );
    const [connection] = all.filter(({ Type }) => Type === 'AWS::Glue::Connection');
    expect(connection?.Properties.ConnectionInput).to.deep.include({
      PhysicalConnectionRequirements: PLACE,
    });
  });

  it('need a place, at the endpoint', async () => {
    const ConnectionInput = {
      Name: 'x',
      ConnectionType: 'NETWORK' as const,
      ConnectionProperties: {},
    };
    await refused(stage.glue.createConnection({ ConnectionInput }), 'InvalidInputException');
    await refused(stage.glue.deleteConnection({ ConnectionName: 'x' }), 'EntityNotFoundException');
  });
});
