import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMS } from '@aws-sdk/client-kms';
import { LakeFormation } from '@aws-sdk/client-lakeformation';
import { expect } from 'chai';
import { checkedLibrary } from '../../cli/checked-library.ts';
import { generate, writeFiles } from '../../codegen/index.ts';
import { type Deployment, type DeployOptions, deploy } from '../../deploy/index.ts';
import { BUCKET } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/stedi/index.ts');
const ACCOUNT = '123456789012';
const TRUSTED_ROLE = `arn:aws:iam::${ACCOUNT}:role/lakewright/stedi/trusted/lakewright-stedi-customer_trusted`;
const ALIAS = 'alias/lakewright-stedi-trusted';
const TABLE = { Table: { DatabaseName: 'stedi_trusted', Name: 'customer' } };

describe('the deployed side of privacy', () => {
  let stage: Stage;
  let kms: KMS;
  let lakeFormation: LakeFormation;
  let directory: string;

  before(async () => {
    stage = await openStage('privacy');
    const credentials = { accessKeyId: 'tests', secretAccessKey: 'tests' };
    const direct = { endpoint: stage.endpoint, region: 'us-east-1', credentials };
    kms = new KMS(direct);
    lakeFormation = new LakeFormation(direct);
    directory = await mkdtemp(join(tmpdir(), 'lakewright-privacy-'));
    const { checked, source } = await checkedLibrary(EXAMPLE);
    await writeFiles(directory, generate(checked, source));
  });
  after(async () => {
    await stage?.close();
    await rm(directory, { recursive: true, force: true });
  });
  beforeEach(() => stage.reset());

  async function deployed(more: Partial<DeployOptions> = {}): Promise<Deployment> {
    const where = { directory, bucket: BUCKET, endpoint: stage.proxy.url };
    return await deploy({ ...where, createBucket: true, attempts: 1, ...more });
  }

  it('is in place after a deployment, and the second one writes nothing', async () => {
    await deployed();
    stage.proxy.clear();
    const second = await deployed();
    expect(second.written).to.deep.equal([]);
    expect(stage.proxy.writes()).to.deep.equal([]);
  });
});
