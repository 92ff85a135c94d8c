import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { environmentOf, parseEnvironments } from '../../deploy/environments.ts';
import {
  type Deployment,
  deploy,
  type Environment,
  earlierRelease,
  liveRelease,
  releases,
  withRelease,
} from '../../deploy/index.ts';
import { lakewright } from '../cli/author-project.ts';
import { type Fixture, fileOf, fixture, writeFixture } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

const PLACE = { account: '123456789012', region: 'us-east-1' };
const FILE = JSON.stringify({
  environments: {
    staging: { bucket: 'lake-of-staging', ...PLACE },
    prod: { bucket: 'lake-of-prod', ...PLACE, suffix: '' },
  },
});

/** The library with another timeout of its first job, and another script. */
function version(timeout: number): Fixture {
  const of = fixture();
  fileOf(of, 'jobs/customer_trusted.json')['Timeout'] = timeout;
  of.files['jobs/customer_trusted.py'] = `print(${timeout}, 'é')\n`;
  return of;
}

describe('releases', () => {
  let stage: Stage;
  const environments = parseEnvironments(FILE, 'environments.json');
  const staging = environmentOf(environments, 'staging');
  const prod = environmentOf(environments, 'prod');

  before(async () => {
    stage = await openStage('releases');
  });
  after(() => stage?.close());
  beforeEach(() => stage.reset());

  const into = (environment: Environment, of: Fixture): Promise<Deployment> =>
    stage.deployed(of, { bucket: environment.bucket, environment });
  const of = (environment: Environment) => {
    return { library: 'stedi', environment, endpoint: stage.proxy.url };
  };
  const timeoutOf = async (JobName: string): Promise<number | undefined> =>
    (await stage.glue.getJob({ JobName })).Job?.Timeout;
  const scriptOf = async (JobName: string): Promise<string | undefined> => {
    const { Job: job } = await stage.glue.getJob({ JobName });
    const { host, pathname } = new URL(job?.Command?.ScriptLocation ?? '');
    const script = await stage.s3.getObject({ Bucket: host, Key: pathname.slice(1) });
    return await script.Body?.transformToString();
  };
  const redeploy = (from: Environment, to: Environment, choose = liveRelease) =>
    withRelease(of(from), choose, async (directory) => {
      const where = { bucket: to.bucket, environment: to, endpoint: stage.proxy.url };
      return await deploy({ ...where, directory, createBucket: true, attempts: 1 });
    });

  it('are kept by each deployment that is another, with who and when', async () => {
    await into(staging, version(1));
    await into(staging, version(2));
    stage.proxy.clear();
    await into(staging, version(2));
    expect(stage.proxy.writes()).to.deep.equal([]);
    const all = await releases(of(staging));
    expect(all).to.have.length(2);
    for (const { digest, at, by } of all) {
      expect(digest).to.match(/^[0-9a-f]{64}$/);
      expect(Math.abs(Date.parse(at) - Date.now())).to.be.below(600_000);
      expect(by).to.match(/^arn:aws:/);
    }
    expect(await releases(of(prod)).catch((error: Error) => error)).to.have.property(
      'code',
      'deploy/bucket-missing',
    );
  });

  it('are not made by a dry run', async () => {
    await into(staging, version(1));
    const where = { bucket: staging.bucket, environment: staging };
    await stage.deployed(version(2), { ...where, dryRun: true });
    expect(await releases(of(staging))).to.have.length(1);
  });

  it('go from one environment into another byte for byte, and back', async () => {
    await into(staging, version(1));
    await redeploy(staging, prod);
    await into(staging, version(2));
    await redeploy(staging, prod);
    expect(await timeoutOf('stedi_customer_trusted')).to.equal(2);
    expect(await scriptOf('stedi_customer_trusted')).to.equal("print(2, 'é')\n");
    const [second, first] = await releases(of(staging));
    const inProd = await releases(of(prod));
    expect(inProd.map(({ digest }) => digest)).to.deep.equal([second?.digest, first?.digest]);

    await redeploy(prod, prod, earlierRelease);
    expect(await timeoutOf('stedi_customer_trusted')).to.equal(1);
    expect(await scriptOf('stedi_customer_trusted')).to.equal("print(1, 'é')\n");
    expect(await timeoutOf('stedi_staging_customer_trusted')).to.equal(2);
    expect(liveRelease(await releases(of(prod)))).to.equal(first?.digest);
    await redeploy(prod, prod, (all) => earlierRelease(all, second?.digest.slice(0, 8)));
    expect(await timeoutOf('stedi_customer_trusted')).to.equal(2);
  });

  it('stay as many as are to, and can be gone back to', async () => {
    for (const timeout of [1, 2, 3]) await into(staging, version(timeout));
    const keep = { ...staging, keepReleases: 2 };
    const kept = async (): Promise<number> => {
      const Prefix = 'lakewright/stedi_staging/releases/';
      return (await stage.s3.listObjectsV2({ Bucket: staging.bucket, Prefix })).KeyCount ?? 0;
    };
    expect(await kept()).to.equal(3);
    await into(keep, version(4));
    expect([await kept(), (await releases(of(staging))).length]).to.deep.equal([2, 2]);
    await redeploy(staging, keep, earlierRelease);
    expect(await timeoutOf('stedi_staging_customer_trusted')).to.equal(3);
    expect([await kept(), (await releases(of(staging))).length]).to.deep.equal([2, 3]);
    stage.proxy.clear();
    await into(keep, version(3));
    expect(stage.proxy.writes()).to.deep.equal([]);
    // A deployment that died between the history and what it names no more.
    const Key = `lakewright/stedi_staging/releases/${'0'.repeat(64)}.json.gz`;
    await stage.s3.putObject({ Bucket: staging.bucket, Key, Body: 'x' });
    await into(keep, version(3));
    expect(await kept()).to.equal(2);
  });

  it('are refused where there are none, or not as they were kept', async () => {
    await into(staging, version(1));
    const [only] = await releases(of(staging));
    const refused = async (choose: typeof liveRelease): Promise<unknown> =>
      await redeploy(staging, prod, choose).catch((error: unknown) => error);
    const missing = [
      (all: Parameters<typeof liveRelease>[0]) => earlierRelease(all),
      (all: Parameters<typeof liveRelease>[0]) => earlierRelease(all, 'abcdef0'),
      (all: Parameters<typeof liveRelease>[0]) => earlierRelease(all, '0'.repeat(64)),
    ];
    for (const choose of missing) {
      expect(await refused(choose)).to.have.property('code', 'deploy/release-missing');
    }
    await stage.s3.putObject({
      Bucket: staging.bucket,
      Key: `lakewright/stedi_staging/releases/${only?.digest}.json.gz`,
      Body: 'else',
    });
    expect(await refused(liveRelease)).to.have.property('code', 'deploy/release-damaged');
    const { Buckets: buckets = [] } = await stage.s3.listBuckets({});
    expect(buckets.map(({ Name }) => Name)).to.deep.equal([staging.bucket]);
  });

  it('are listed, promoted and rolled back at the command line', async () => {
    await into(prod, version(1));
    await into(staging, version(2));
    const folder = await mkdtemp(join(tmpdir(), 'lakewright-releases-'));
    // Generated anew since, which a promotion must not see.
    await rename((await writeFixture(version(3))).directory, join(folder, 'stedi'));
    await writeFile(join(folder, 'environments.json'), FILE);
    const where = ['--environments', join(folder, 'environments.json'), '--generated', folder];
    const at = [...where, '--endpoint', stage.proxy.url];
    try {
      const asked = await lakewright(['promote', '--from', 'staging', '--to', 'prod', ...at]);
      expect(asked.err).to.include('error[deploy/not-confirmed]');
      expect(asked.out).to.include('Timeout: 1 -> 2');
      const done = await lakewright([
        'promote',
        '--from',
        'staging',
        '--to',
        'prod',
        '--yes',
        ...at,
      ]);
      expect(done.err).to.equal('');
      expect(await timeoutOf('stedi_customer_trusted')).to.equal(2);
      await lakewright(['rollback', '--env', 'prod', '--yes', ...at]);
      expect(await timeoutOf('stedi_customer_trusted')).to.equal(1);
      const { out } = await lakewright(['releases', '--env', 'prod', ...at]);
      expect(out).to.match(/^\* ([0-9a-f]{12}) {2}.*\n {2}(?!\1)[0-9a-f]{12} {2}.*\n {2}\1 /);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
