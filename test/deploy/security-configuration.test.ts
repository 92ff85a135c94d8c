import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { generate, noWords, writeFiles } from '../../codegen/index.ts';
import { environmentOf, parseEnvironments } from '../../deploy/environments.ts';
import { DeployError, deploy, destroy } from '../../deploy/index.ts';
import { cloudformation } from '../../export/cloudformation/index.ts';
import { readLibrary } from '../../export/library.ts';
import { terraform } from '../../export/terraform/index.ts';
import { shop } from '../codegen/resources/checked-fixture.ts';
import { findingsOf, moduleOf } from '../export/terraform/schema.ts';
import { BUCKET } from './fixture.ts';
import { JOB } from './glue-calls.ts';
import { openStage, type SilentOptions, type Stage } from './stage.ts';

const ACCOUNT = '123456789012';
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/11111111-1111-1111-1111-111111111111`;
const OTHER_KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/mrk-22222222222222222222222222222222`;
const NAME = /^lakewright-shop-[0-9a-f]{16}$/;

async function written(logsKey: string | undefined): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'lakewright-security-'));
  const { library, ...rest } = shop();
  const security = logsKey === undefined ? {} : { security: { logsKey } };
  await writeFiles(directory, generate({ ...rest, library: { ...library, ...security } }, noWords));
  return directory;
}

describe('a security configuration', () => {
  let stage: Stage;
  let directory: string;
  let rekeyed: string;
  let without: string;

  before(async () => {
    stage = await openStage('security-configuration');
    [directory, rekeyed, without] = [
      await written(KEY),
      await written(OTHER_KEY),
      await written(undefined),
    ];
  });
  after(async () => {
    await stage?.close();
    for (const one of [directory, rekeyed, without])
      await rm(one, { recursive: true, force: true });
  });
  beforeEach(() => stage.reset());

  const options = (more: Partial<SilentOptions> = {}): SilentOptions =>
    stage.options(directory, more);
  const names = async (): Promise<readonly string[]> => {
    const { SecurityConfigurations: all = [] } = await stage.glue.getSecurityConfigurations({});
    return all.map(({ Name = '' }) => Name);
  };
  const encryption = async (Name: string) =>
    (await stage.glue.getSecurityConfiguration({ Name })).SecurityConfiguration
      ?.EncryptionConfiguration;
  /** What the jobs name. */
  const named = async (): Promise<readonly string[]> => {
    const { Jobs: jobs = [] } = await stage.glue.getJobs({});
    return [...new Set(jobs.map(({ SecurityConfiguration: one = '' }) => one))];
  };

  it('is there before its jobs, about their logs alone', async () => {
    await deploy(options());
    const [name = '', ...others] = await names();
    expect(others).to.deep.equal([]);
    expect(name).to.match(NAME);
    expect(await named()).to.deep.equal([name]);
    expect(await encryption(name)).to.deep.equal({
      S3Encryption: [{ S3EncryptionMode: 'DISABLED' }],
      CloudWatchEncryption: { CloudWatchEncryptionMode: 'SSE-KMS', KmsKeyArn: KEY },
      JobBookmarksEncryption: { JobBookmarksEncryptionMode: 'DISABLED' },
    });
    stage.proxy.clear();
    await deploy(options());
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('is none where the library asks for none', async () => {
    await deploy(options({ directory: without }));
    expect(await names()).to.deep.equal([]);
    expect(await named()).to.deep.equal(['']);
  });

  it('of another key is another one, and no job is ever without, whichever call is the last', async () => {
    await deploy(options());
    const [before = ''] = await names();
    stage.proxy.clear();
    await deploy(options({ directory: rekeyed }));
    const writes = stage.proxy.writes().filter((name) => name.startsWith('Glue '));
    expect(writes[0]).to.equal('Glue CreateSecurityConfiguration');
    expect(writes.filter((name) => name === 'Glue UpdateJob')).to.have.length(2);
    // Behind the new one, and between the jobs.
    for (const done of [1, 2]) {
      await stage.reset();
      await deploy(options());
      let made = 0;
      stage.proxy.fate = ({ name, writes: isWrite }) => {
        const counts = isWrite && name.startsWith('Glue ');
        if (counts) made += 1;
        return counts && made > done ? 'cut-before' : 'pass';
      };
      const crashed: unknown = await deploy(options({ directory: rekeyed })).catch(
        (error: unknown) => error,
      );
      expect(crashed).to.be.instanceOf(DeployError);
      stage.proxy.clear();
      expect(await names()).to.include.members(await named());
      await stage.breakLock('shop');
      await deploy(options({ directory: rekeyed, prune: true }));
      const [after = '', ...rest] = await names();
      expect(rest).to.deep.equal([]);
      expect(after).to.match(NAME).and.not.equal(before);
      expect(await named()).to.deep.equal([after]);
    }
  });

  it('is under another key in another environment', async () => {
    const dev = { bucket: BUCKET, account: ACCOUNT, region: 'us-east-1', logsKey: OTHER_KEY };
    const text = JSON.stringify({ environments: { dev } });
    const environment = environmentOf(parseEnvironments(text, 'environments.json'), 'dev');
    await deploy(options({ environment }));
    const [name = ''] = await names();
    expect(name).to.match(/^lakewright-shop_dev-[0-9a-f]{16}$/);
    expect(await named()).to.deep.equal([name]);
    expect((await encryption(name))?.CloudWatchEncryption?.KmsKeyArn).to.equal(OTHER_KEY);
    const refusal: unknown = await deploy(options({ environment, directory: without })).catch(
      (error: unknown) => error,
    );
    expect(refusal).to.have.property('code', 'deploy/environment-unfit');
  });

  it('is refused under a key of another region', async () => {
    const elsewhere = await written(KEY.replace('us-east-1', 'us-east-2'));
    const refusal: unknown = await deploy(options({ directory: elsewhere })).catch(
      (error: unknown) => error,
    );
    await rm(elsewhere, { recursive: true });
    expect(refusal).to.have.property('code', 'deploy/other-region');
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('that somebody made anew under its name is made as it was', async () => {
    await deploy(options());
    const [Name = ''] = await names();
    await stage.glue.deleteSecurityConfiguration({ Name });
    const CloudWatchEncryption = { CloudWatchEncryptionMode: 'DISABLED' as const };
    await stage.glue.createSecurityConfiguration({
      Name,
      EncryptionConfiguration: { CloudWatchEncryption },
    });
    const { plan, written: ids } = await deploy(options());
    expect(ids).to.deep.equal(['security-configuration/shop']);
    expect(plan.actions.find(({ desired }) => desired.name === Name)?.kind).to.equal('replace');
    expect((await encryption(Name))?.CloudWatchEncryption?.KmsKeyArn).to.equal(KEY);
  });

  it('goes with the library, or where it is asked for no more; those of others stay', async () => {
    await deploy(options());
    const [Name = ''] = await names();
    const alike = `${Name.slice(0, -16)}${'0'.repeat(16)}`;
    const EncryptionConfiguration = {};
    await stage.glue.createSecurityConfiguration({ Name: alike, EncryptionConfiguration });
    await stage.glue.createJob({ ...JOB, SecurityConfiguration: Name });
    const prune = () => deploy(options({ directory: without, prune: true }));
    const refusal: unknown = await prune().catch((error: unknown) => error);
    expect(refusal).to.have.property('code', 'deploy/still-used');
    await stage.glue.deleteJob({ JobName: JOB.Name });
    expect((await prune()).written).to.include(`orphan/security-configuration/${Name}`);
    expect(await named()).to.deep.equal(['']);
    expect(await names()).to.deep.equal([alike]);
    await deploy(options());
    await destroy(options());
    expect(await names()).to.deep.equal([alike]);
  });

  it('is exported', async () => {
    const exported = await readLibrary(directory, new Date(0));
    const module = moduleOf(terraform(exported));
    expect(findingsOf(module)).to.deep.equal([]);
    expect(module.resources.get('aws_glue_job.participants')).to.include({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform
      security_configuration: '${aws_glue_security_configuration.shop.name}',
    });
    const made = module.resources.get('aws_glue_security_configuration.shop');
    expect(made?.['encryption_configuration']).to.deep.include({
      cloudwatch_encryption: { cloudwatch_encryption_mode: 'SSE-KMS', kms_key_arn: KEY },
    });
    const template = JSON.parse(cloudformation(exported).get('template.json') ?? '');
    const all = Object.values<{ Type: string; Properties: { EncryptionConfiguration?: object } }>(
      template.Resources,
    );
    const [found] = all.filter(({ Type }) => Type === 'AWS::Glue::SecurityConfiguration');
    expect(found?.Properties.EncryptionConfiguration).to.deep.include({
      S3Encryptions: [{ S3EncryptionMode: 'DISABLED' }],
    });
  });
});
