import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import {
  DeployError,
  DeploymentStopped,
  type DeployOptions,
  deploy,
  forceUnlock,
} from '../../deploy/index.ts';
import { BUCKET, fileOf, fixture } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

const LOCK = `S3 PUT /${BUCKET}/lakewright/stedi/lock.json`;

describe('the lock of a deployment', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage('lock');
  });
  after(() => stage?.close());
  beforeEach(() => stage.reset());

  const changed = (timeout: number) => {
    const of = fixture();
    fileOf(of, 'jobs/customer_trusted.json')['Timeout'] = timeout;
    return of;
  };
  async function failureOf(deployment: Promise<unknown>): Promise<DeployError> {
    const error: unknown = await deployment.catch((thrown: unknown) => thrown);
    if (error instanceof DeployError) return error;
    throw new Error(`no DeployError but ${String(error)}`);
  }
  /** A deployment that is held up at its first job, and how to let it go on. */
  async function heldUp(
    more: Partial<DeployOptions> = {},
  ): Promise<{ result: Promise<unknown>; goOn(): void }> {
    let goOn = (): void => undefined;
    const freed = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let arrived = (): void => undefined;
    const there = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    stage.proxy.fate = async ({ name }): Promise<'pass'> => {
      if (name !== 'Glue CreateJob') return 'pass';
      arrived();
      await freed;
      return 'pass';
    };
    const result = stage.deployed(fixture(), { command: 'make it so', ...more });
    result.catch(() => undefined);
    await Promise.race([there, result]);
    return { result, goOn };
  }
  const idIn = ({ message }: DeployError): string => /Lock ID: (\S+)/.exec(message)?.[1] ?? '';

  it('refuses a second deployment and names the first', async () => {
    const { result, goOn } = await heldUp();
    const error = await failureOf(stage.deployed(changed(30)));
    expect(error.code).to.equal('deploy/locked');
    expect(error.message)
      .to.match(/being deployed by \S+@\S+ \(process \d+, since \d{4}-.*, make it so\)/)
      .and.to.include(`process ${process.pid}`);
    goOn();
    await result;
  });

  it('waits for the first if it may, and plans after it', async () => {
    const { result, goOn } = await heldUp();
    const told: string[] = [];
    const onLock = (message: string): void => {
      told.push(message);
      goOn();
    };
    const second = await stage.deployed(changed(30), { lockTimeout: 60, onLock });
    await result;
    expect(told).to.have.length(1);
    expect(told[0]).to.match(/^waiting for .*make it so/);
    expect(second.written).to.deep.equal(['job/customer_trusted']);
  });

  it('is given back, and is not taken where nothing differs', async () => {
    await stage.deployed();
    expect(stage.proxy.calls.filter(({ name }) => name === LOCK)).to.have.length(2);
    stage.proxy.clear();
    await stage.deployed();
    expect(stage.proxy.calls.filter(({ writes }) => writes)).to.deep.equal([]);
  });

  it('plans and asks again where somebody deployed between the plan and the lock', async () => {
    await stage.deployed();
    const asked: (readonly string[])[] = [];
    const { written } = await stage.deployed(changed(30), {
      async confirm({ plan }) {
        const changes = plan.actions.flatMap(({ differences }) => differences);
        asked.push(changes.map(({ from }) => String(from)));
        if (asked.length === 1) await stage.deployed(changed(20));
        return true;
      },
    });
    expect(asked.map(([from]) => from)).to.deep.equal(['60', '20']);
    expect(written).to.deep.equal(['job/customer_trusted']);
    const { Job: job } = await stage.glue.getJob({ JobName: 'stedi_customer_trusted' });
    expect(job?.Timeout).to.equal(30);
  });

  it('is renewed while its deployment lives', async () => {
    const { result, goOn } = await heldUp({ lockLifetime: 2 });
    await sleep(3_500);
    expect((await failureOf(stage.deployed(changed(30)))).code).to.equal('deploy/locked');
    goOn();
    await result;
  });

  it('is taken over from a deployment that died, and not before', async () => {
    stage.proxy.fate = ({ name }) =>
      name === 'Glue CreateJob' || stage.proxy.calls.some((call) => call.name === 'Glue CreateJob')
        ? 'cut-before'
        : 'pass';
    await failureOf(stage.deployed(fixture(), { lockLifetime: 2 }));
    stage.proxy.clear();
    expect((await failureOf(stage.deployed())).code).to.equal('deploy/locked');
    const told: string[] = [];
    const onLock = (message: string): number => told.push(message);
    const { written } = await stage.deployed(fixture(), { lockTimeout: 30, onLock });
    expect(told.at(-1)).to.match(/^taking over from .* whose lock ran out$/);
    expect(written).to.include('job/customer_trusted');
  });

  it('ends the deployment that loses it, before its next call', async () => {
    const { result, goOn } = await heldUp({ lockLifetime: 2 });
    const id = idIn(await failureOf(stage.deployed()));
    await stage.withLibrary(fixture(), async (options) => {
      expect((await failureOf(forceUnlock(options, 'another'))).code).to.equal('deploy/lock-other');
      expect((await forceUnlock(options, id)).command).to.equal('make it so');
    });
    await sleep(1_000);
    stage.proxy.calls.length = 0;
    goOn();
    const error = await failureOf(result);
    expect(error).to.be.instanceOf(DeploymentStopped);
    expect(error.message).to.include('The lock of this deployment was lost. Somebody took it over');
    expect(stage.proxy.writes()).to.deep.equal([]);
    stage.proxy.clear();
    expect((await stage.deployed()).written).to.include('job/customer_curated');
  });

  it('is given back by a deployment that is interrupted, after what is under way', async () => {
    const controller = new AbortController();
    const { result, goOn } = await heldUp({ signal: controller.signal });
    controller.abort();
    goOn();
    const error = await failureOf(result);
    expect(error.message).to.match(/^The deployment was interrupted\.\nDone before: /);
    expect(error.message).to.not.include('failed');
    expect(error.code).to.equal('deploy/interrupted');
    if (error instanceof DeploymentStopped) expect(error.done.at(-1)).to.match(/^job\//);
    const rest = await stage.deployed();
    expect(rest.written).to.have.length.above(0);
  });

  it('says where there is nothing to unlock', async () => {
    await stage.deployed();
    const error = await stage.withLibrary(fixture(), (options) =>
      failureOf(forceUnlock(options, 'x')),
    );
    expect(error.message).to.equal('Nobody holds the lock.');
  });

  it('lets one of several that begin together through, and the others after it', async () => {
    await stage.withLibrary(fixture(), async (options) => {
      const all = [1, 2, 3, 4].map(() => deploy({ ...options, lockTimeout: 60 }));
      const written = (await Promise.all(all)).map((one) => one.written.length);
      // The bucket is made before its lock.
      expect(written.filter((count) => count > 1)).to.have.length(1);
    });
  });
});
