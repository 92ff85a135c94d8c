import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LifecycleRule } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { generate, noWords, writeFiles } from '../../codegen/index.ts';
import { environmentOf, parseEnvironments } from '../../deploy/environments.ts';
import { deploy, destroy } from '../../deploy/index.ts';
import { cloudformation } from '../../export/cloudformation/index.ts';
import { readLibrary } from '../../export/library.ts';
import { terraform } from '../../export/terraform/index.ts';
import { shop } from '../codegen/resources/checked-fixture.ts';
import { findingsOf, moduleOf } from '../export/terraform/schema.ts';
import { BUCKET } from './fixture.ts';
import { refused } from './glue-calls.ts';
import { openStage, type SilentOptions, type Stage } from './stage.ts';

const PREFIX = 'quarantine/customer/shop_customer_trusted/';
const OWN = /^lakewright-shop-quarantine-[0-9a-f]{16}$/;
const FOREIGN: LifecycleRule = {
  ID: 'theirs',
  Filter: { Prefix: 'raw/' },
  Status: 'Enabled',
  Expiration: { Days: 7 },
  Transitions: [{ Days: 3, StorageClass: 'GLACIER' }],
};
/** As S3 had it first. */
const OLD_FOREIGN: LifecycleRule = {
  ID: 'old',
  Prefix: 'raw/',
  Status: 'Enabled',
  Expiration: { Days: 7 },
};

async function written(quarantineDays: number): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'lakewright-lifecycle-'));
  const { library, ...rest } = shop();
  await writeFiles(
    directory,
    generate({ ...rest, library: { ...library, quarantineDays } }, noWords),
  );
  return directory;
}

describe("the bucket's lifecycle", () => {
  let stage: Stage;
  let directory: string;
  let longer: string;

  before(async () => {
    stage = await openStage('bucket-lifecycle');
    directory = await written(14);
    longer = await written(60);
  });
  after(async () => {
    await stage?.close();
    for (const one of [directory, longer]) await rm(one, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await stage.reset();
    await stage.s3.createBucket({ Bucket: BUCKET });
  });

  const options = (more: Partial<SilentOptions> = {}): SilentOptions =>
    stage.options(directory, more);
  const rules = async (): Promise<readonly LifecycleRule[]> =>
    (await stage.s3.getBucketLifecycleConfiguration({ Bucket: BUCKET })).Rules ?? [];
  const put = (Rules: LifecycleRule[]) =>
    stage.s3.putBucketLifecycleConfiguration({
      Bucket: BUCKET,
      LifecycleConfiguration: { Rules },
    });
  const settles = async (): Promise<void> => {
    stage.proxy.clear();
    await deploy(options());
    expect(stage.proxy.writes()).to.deep.equal([]);
  };

  it('deletes what a job set aside after the days that the library promises, and nothing else', async () => {
    await put([FOREIGN]);
    await deploy(options());
    const [foreign, own, ...others] = await rules();
    expect(others).to.deep.equal([]);
    expect(foreign).to.deep.equal(FOREIGN);
    expect(own?.ID).to.match(OWN);
    expect(own).to.deep.include({
      Filter: { Prefix: PREFIX },
      Status: 'Enabled',
      Expiration: { Days: 14 },
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 14 },
    });
    await settles();
    await deploy(options({ directory: longer }));
    const [unmoved, later] = await rules();
    expect(unmoved).to.deep.equal(FOREIGN);
    expect(later).to.deep.include({ ID: own?.ID, Expiration: { Days: 60 } });
  });

  it('is of the form of the rules that are there', async () => {
    await refused(put([FOREIGN, OLD_FOREIGN]), 'InvalidRequest');
    await put([OLD_FOREIGN]);
    await deploy(options());
    const [foreign, own] = await rules();
    expect(foreign).to.deep.equal(OLD_FOREIGN);
    expect(own).to.include({ Prefix: PREFIX }).and.not.to.have.property('Filter');
    await settles();
  });

  const changes: readonly (readonly [string, (rule: LifecycleRule) => LifecycleRule])[] = [
    ['earlier', (rule) => ({ ...rule, Expiration: { Days: 1 } })],
    ['never', (rule) => ({ ...rule, Status: 'Disabled' })],
    ['of everything', (rule) => ({ ...rule, Filter: { Prefix: '' } })],
    ['of other versions', ({ NoncurrentVersionExpiration: _, ...rule }) => rule],
    ['elsewhere', (rule) => ({ ...rule, Transitions: [{ Days: 1, StorageClass: 'GLACIER' }] })],
    ['gone', () => FOREIGN],
  ];
  it('is mended where somebody changed its rules, and theirs stay', async () => {
    await deploy(options());
    const before = await rules();
    for (const [what, change] of changes) {
      await put(before.map(change));
      const foreign = (await rules()).filter(({ ID = '' }) => !OWN.test(ID));
      const { written: ids } = await deploy(options());
      expect(ids, what).to.deep.equal(['bucket-lifecycle/shop']);
      expect(await rules(), what).to.deep.equal([...foreign, ...before]);
    }
  });

  it('is of the jobs of the environment', async () => {
    const dev = { bucket: BUCKET, account: '123456789012', region: 'us-east-1' };
    const text = JSON.stringify({ environments: { dev } });
    const environment = environmentOf(parseEnvironments(text, 'environments.json'), 'dev');
    await deploy(options({ environment }));
    const prefixes = (await rules()).map(({ Filter }) => Filter?.Prefix);
    expect(prefixes).to.deep.equal([PREFIX.replace('shop_', 'shop_dev_')]);
  });

  it('outlives the jobs and the library, as the lines do', async () => {
    await deploy(options());
    const before = await rules();
    await destroy(options());
    expect(await rules()).to.deep.equal(before);
    await put(before.map((rule) => ({ ...rule, ID: `${rule.ID}`.replace(/.$/, 'x') })));
    const former = await rules();
    await deploy(options());
    expect(await rules()).to.deep.equal([...former, ...before]);
  });

  it('is exported to Terraform where that is asked for', async () => {
    const exported = await readLibrary(directory, new Date(0));
    const module = moduleOf(terraform(exported));
    expect(findingsOf(module)).to.deep.equal([]);
    const found = module.resources.get('aws_s3_bucket_lifecycle_configuration.shop');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform
    expect(found).to.include({ count: '${var.bucket_lifecycle ? 1 : 0}' });
    expect(found?.['rule']).to.have.lengthOf(1);
    expect(cloudformation(exported).get('template.json')).not.to.include('Lifecycle');
  });
});
