import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { BUCKET, type Fixture, manyJobs, writeFixture } from '../deploy/fixture.ts';
import type { RecordedCall } from '../deploy/recording-proxy.ts';
import { openStage, type Stage } from '../deploy/stage.ts';
import { lakewright, type Ran } from './author-project.ts';

/** How many jobs there are, and at how many of its calls the process is killed. */
const JOBS = Number(process.env['LAKEWRIGHT_STORM_JOBS'] ?? 4);
const KILLS = Number(process.env['LAKEWRIGHT_DEPLOY_KILLS'] ?? 2);

describe('npm run deploy-jobs, ended from outside', function () {
  this.timeout(3_600_000);
  const of: Fixture = manyJobs(JOBS);
  let stage: Stage;
  let folder: string;
  let where: readonly string[];

  before(async () => {
    stage = await openStage('killed');
    folder = await mkdtemp(join(tmpdir(), 'lakewright-killed-'));
    const { directory } = await writeFixture(of);
    await rename(directory, join(folder, 'stedi'));
    where = ['--generated', folder, '--endpoint', stage.proxy.url, '--bucket', BUCKET];
  });
  after(async () => {
    await stage?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => stage.reset());

  /** Deploys, and sends a signal as soon as the endpoint is asked for the call of that number of those that are meant. */
  async function deployedUntil(
    number: number,
    signal: NodeJS.Signals,
    isMeant: (call: RecordedCall) => boolean,
  ): Promise<Ran> {
    let child: ChildProcess | undefined;
    let seen = 0;
    stage.proxy.fate = (call) => {
      if (isMeant(call)) seen += 1;
      if (isMeant(call) && seen === number) child?.kill(signal);
      return 'pass';
    };
    const ran = await lakewright(
      ['deploy', ...where, '--yes', '--create-bucket'],
      {},
      (started) => {
        child = started;
      },
    );
    stage.proxy.clear();
    return ran;
  }

  async function isWhole(): Promise<void> {
    stage.proxy.clear();
    const again = await lakewright(['deploy', ...where, '--yes']);
    expect(again.code, again.err).to.equal(0);
    expect(again.out).to.include('0 to create, 0 to change');
    expect(stage.proxy.writes()).to.deep.equal([]);
    const { Jobs: jobs = [] } = await stage.glue.getJobs({});
    expect(jobs).to.have.length(JOBS);
  }

  it('converges when it was killed while it uploads, once its lock is taken away', async () => {
    const isUpload = ({ name }: RecordedCall) => /^S3 PUT .*\/(scripts|support)\//.test(name);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await stage.reset();
      const killed = await deployedUntil(kill, 'SIGKILL', isUpload);
      expect(killed.code, killed.err).to.equal(null);
      const refused = await lakewright(['deploy', ...where, '--yes']);
      expect(refused.err).to.include('error[deploy/locked]');
      const [, id = ''] = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/.exec(refused.err) ?? [];
      const unlocked = await lakewright(['unlock', ...where, id]);
      expect(unlocked.code, unlocked.err).to.equal(0);
      const ran = await lakewright(['deploy', ...where, '--yes']);
      expect(ran.code, ran.err).to.equal(0);
      await isWhole();
    }
  });

  it('finishes what is under way and gives the lock back when it is interrupted', async () => {
    const isJob = ({ name }: RecordedCall) => name === 'Glue CreateJob';
    const ended = await deployedUntil(1, 'SIGINT', isJob);
    expect(ended.code, ended.err).to.equal(1);
    expect(ended.err).to.include('finishing what is under way');
    expect(ended.err).to.include('error[deploy/interrupted]: The deployment was interrupted');
    const ran = await lakewright(['deploy', ...where, '--yes']);
    expect(ran.code, ran.err).to.equal(0);
    await isWhole();
  });
});
