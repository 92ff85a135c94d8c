import { expect } from 'chai';
import { DeployError, DeploymentStopped, type DeployOptions, deploy } from '../../deploy/index.ts';
import { fixture } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

describe('a deployment that fails', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage('failures');
  });
  after(() => stage?.close());
  beforeEach(() => stage.reset());

  it('says what was done when a call fails, and goes on from there', async () => {
    stage.proxy.fate = ({ name }) =>
      name === 'Glue CreateTable' ? { status: 400, error: 'AccessDeniedException' } : 'pass';
    const error = await stage.failure();
    expect(error).to.be.instanceOf(DeploymentStopped);
    if (!(error instanceof DeploymentStopped)) return;
    expect(error.done.at(-1)).to.equal('database/trusted');
    expect(error.notDone[0]).to.equal('table/trusted.customer');
    expect(error.message).to.include('AWS refused the call');
    stage.proxy.clear();
    expect((await stage.deployed()).written).to.deep.equal(error.notDone);
  });

  it('tells whom the bucket does not take scripts from how it would', async () => {
    const message =
      'not authorized to perform: s3:PutObject with an explicit deny in a resource-based policy';
    stage.proxy.fate = ({ name }) =>
      /^S3 PUT .*\/scripts\//.test(name) ? { status: 403, error: 'AccessDenied', message } : 'pass';
    const error = await stage.failure();
    expect(error.message).to.include(message);
    expect(error.hint).to.include('lakewright:<library>=deployer');
  });

  it('waits until Glue knows a new role', async () => {
    let refusals = 0;
    stage.proxy.fate = ({ name }) => {
      if (name !== 'Glue CreateJob' || refusals === 1) return 'pass';
      refusals += 1;
      return {
        status: 400,
        error: 'InvalidInputException',
        message: 'Role r should be given assume role permissions for Glue Service.',
      };
    };
    expect((await stage.deployed()).written).to.have.length(16);
    expect(refusals).to.equal(1);
  });

  it('takes a lost answer for what it is', async () => {
    let lost = false;
    stage.proxy.fate = ({ name }) => {
      if (name !== 'Glue CreateJob' || lost) return 'pass';
      lost = true;
      return 'cut-after';
    };
    expect((await stage.deployed(fixture(), { attempts: 3 })).written).to.have.length(16);
  });

  it('names a missing bucket, and makes none unasked', async () => {
    const error = await stage.failure(fixture(), { createBucket: false });
    expect(error.code).to.equal('deploy/bucket-missing');
    expect(stage.proxy.writes()).to.deep.equal([]);
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
      return await stage.withLibrary(fixture(), ({ directory, bucket }) =>
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
    const error = await stage.failure(fixture(), { endpoint: 'http://127.0.0.1:9' });
    expect(error.code).to.equal('deploy/endpoint-unreachable');
    expect(error.message).to.include('http://127.0.0.1:9');
  });

  it('names an endpoint that is none of AWS', async () => {
    stage.proxy.fate = () => ({ status: 200, error: 'x', html: true });
    expect((await stage.failure()).code).to.equal('deploy/endpoint-invalid');
  });

  it('says that the credentials are refused', async () => {
    stage.proxy.fate = () => ({ status: 403, error: 'ExpiredTokenException' });
    expect((await stage.failure()).code).to.equal('deploy/credentials-refused');
  });
});
