import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type DeployOptions, destroy, hasChanges, planDeployment } from '../../deploy/index.ts';
import { type Fixture, fileOf, manyJobs, otherVersion, renamedJob } from './fixture.ts';
import type { Fate, RecordedCall } from './recording-proxy.ts';
import { openStage, type Stage } from './stage.ts';

const JOBS = Number(process.env['LAKEWRIGHT_STORM_JOBS'] ?? 4);
const STORMS = Number(process.env['LAKEWRIGHT_STORMS'] ?? 2);
const RACES = Number(process.env['LAKEWRIGHT_RACES'] ?? 2);
/** How many calls are crashed at, of each scenario; `all` for each of them. */
const CRASH_POINTS = process.env['LAKEWRIGHT_CRASH_POINTS'] ?? '3';
const FOREIGN = 'not_ours';
/** Short waits: the endpoint is at no quota. */
const QUICK = { backoff: 2 };

describe('a deployment in bad weather', function () {
  this.timeout(24 * 3_600_000);
  let stage: Stage;

  before(async () => {
    stage = await openStage('storms');
  });
  after(() => stage?.close());
  beforeEach(() => stage.reset());

  async function foreignJob(): Promise<string> {
    const { Job: job } = await stage.glue.getJob({ JobName: FOREIGN });
    return JSON.stringify(job);
  }
  async function withForeignJob(): Promise<string> {
    const Command = { Name: 'glueetl', ScriptLocation: 's3://others/job.py' };
    await stage.glue.createJob({ Name: FOREIGN, Role: 'others', Command });
    return await foreignJob();
  }
  async function jobNames(): Promise<readonly string[]> {
    const { Jobs: jobs = [] } = await stage.glue.getJobs({});
    return jobs.map(({ Name }) => Name ?? '').sort();
  }
  const namesIn = (of: Fixture): readonly string[] =>
    of.resources.flatMap(({ id, kind }) => (kind === 'job' ? [`stedi_${id.slice(4)}`] : []));

  /** Nothing is left to do, and that takes no write. */
  async function isSettled(of: Fixture, more: Partial<DeployOptions> = {}): Promise<void> {
    stage.proxy.clear();
    await stage.deployed(of, more);
    expect(stage.proxy.writes()).to.deep.equal([]);
  }
  async function orphansOf(of: Fixture): Promise<readonly string[]> {
    const { orphans } = await stage.withLibrary(of, planDeployment);
    return orphans.map(({ desired: { id } }) => id);
  }

  it(`makes everything once in ${STORMS} storms, with few calls more`, async () => {
    const of = manyJobs(JOBS);
    await stage.deployed(of);
    const ideal = stage.proxy.calls.length;
    let calls = 0;
    for (let storm = 0; storm < STORMS; storm += 1) {
      await stage.reset();
      await withForeignJob();
      const random = randomFrom(storm + 1);
      stage.proxy.fate = (call) => weather(call, random);
      await stage.deployed(of, { attempts: 1_000, lockTimeout: 5, ...QUICK });
      calls += stage.proxy.calls.length;
      expect(await jobNames(), `storm ${storm}`).to.have.members([...namesIn(of), FOREIGN]);
      await isSettled(of);
    }
    const ratio = calls / (ideal * STORMS);
    if (STORMS > 10) console.log(`      ${ratio.toFixed(2)} times the ideal of ${ideal} calls`);
    // Of a few storms, the average may lie above that of many.
    expect(ratio).to.be.below(STORMS > 10 ? 1.5 : 1.8);
  });

  it('gives up with a clear message where all is throttled, in the time it is given', async () => {
    stage.proxy.fate = (call) => refusal(call, true);
    const begun = Date.now();
    const error = await stage.failure(manyJobs(JOBS), { attempts: 1_000, patience: 2, ...QUICK });
    expect(error.code).to.equal('deploy/throttled');
    expect(error.message).to.include('AWS asks to slow down');
    expect(Date.now() - begun).to.be.below(20_000);
  });

  it('finds the pace of a service that takes a few calls a second only', async () => {
    const of = manyJobs(JOBS);
    await stage.deployed(of);
    const ideal = stage.proxy.calls.length;
    await stage.reset();
    let tokens = 5;
    let filled = Date.now();
    stage.proxy.fate = (call) => {
      const now = Date.now();
      tokens = Math.min(5, tokens + ((now - filled) * 40) / 1_000);
      filled = now;
      if (tokens < 1) return refusal(call, true);
      tokens -= 1;
      return 'pass';
    };
    await stage.deployed(of, { attempts: 1_000, backoff: 100 });
    expect(stage.proxy.calls.length).to.be.below(ideal * 1.5);
  });

  function crashAt(point: number, fate: 'cut-before' | 'cut-after'): void {
    let down = false;
    stage.proxy.fate = () => {
      if (down) return 'cut-before';
      down = stage.proxy.calls.length === point;
      return down ? fate : 'pass';
    };
  }
  const first = manyJobs(JOBS);
  const older = otherVersion(manyJobs(JOBS), 1);
  const newer = otherVersion(manyJobs(JOBS), 2);
  const named = inOwnPath(manyJobs(JOBS));
  const renamed = renamedJob(named, 'customer_curated', 'customer_kept');
  const scenarios: readonly Scenario[] = [
    { what: 'the first deployment', of: first },
    { what: 'another version', before: older, of: newer },
    { what: 'a deployment that prunes', before: named, of: renamed, more: { prune: true } },
  ];
  for (const { what, before, of, more = {} } of scenarios) {
    for (const fate of ['cut-before', 'cut-after'] as const) {
      it(`converges after a crash in ${what} (${fate})`, async () => {
        if (before !== undefined) await stage.deployed(before);
        stage.proxy.clear();
        await stage.deployed(of, more);
        const total = stage.proxy.calls.length;
        for (const point of sample(total)) {
          await stage.reset();
          const foreign = await withForeignJob();
          if (before !== undefined) await stage.deployed(before);
          stage.proxy.clear();
          crashAt(point, fate);
          // Of the last call, that of the lock, a deployment does not fail.
          await stage.deployed(of, more).then(
            () => expect(point).to.equal(total),
            () => expect(point).to.be.below(total),
          );
          stage.proxy.clear();
          await stage.breakLock();
          await stage.deployed(of, more);
          await isSettled(of, more);
          expect(await jobNames()).to.have.members([...namesIn(of), FOREIGN]);
          if (more.prune === true) expect(await orphansOf(of)).to.deep.equal([]);
          expect(await foreignJob()).to.equal(foreign);
        }
      });
    }
  }

  it('takes all away after a crash in a destruction', async () => {
    const of = manyJobs(JOBS);
    const gone = () =>
      stage.withLibrary(of, ({ directory, bucket, endpoint = '' }) =>
        destroy({ directory, bucket, endpoint, attempts: 1 }),
      );
    await stage.deployed(of);
    stage.proxy.clear();
    await gone();
    const total = stage.proxy.calls.length;
    for (const point of sample(total)) {
      await stage.reset();
      await withForeignJob();
      await stage.deployed(of);
      stage.proxy.clear();
      crashAt(point, 'cut-after');
      await gone().catch(() => undefined);
      stage.proxy.clear();
      await stage.breakLock();
      await gone();
      expect(await jobNames()).to.deep.equal([FOREIGN]);
    }
  });

  it(`leaves one version or the other after ${RACES} races of two deployers`, async () => {
    for (let race = 0; race < RACES; race += 1) {
      await stage.reset();
      const versions = [1, 2].map((version) => otherVersion(manyJobs(JOBS), version));
      const random = randomFrom(race + 1);
      stage.proxy.fate = async (): Promise<'pass'> => {
        await sleep(random() * 4);
        return 'pass';
      };
      const both = versions.map((of) => stage.deployed(of, { lockTimeout: 120 }));
      await Promise.all(both);
      stage.proxy.clear();
      const plans = versions.map((of) => stage.deployed(of, { dryRun: true }));
      const settled = (await Promise.all(plans)).filter(({ plan }) => !hasChanges(plan));
      expect(settled, `race ${race}`).to.have.length(1);
    }
  });
});

interface Scenario {
  readonly what: string;
  /** What was deployed before. */
  readonly before?: Fixture;
  readonly of: Fixture;
  readonly more?: Partial<DeployOptions>;
}

/** With roles as codegen places them, below a path of the library's own. */
function inOwnPath(of: Fixture): Fixture {
  for (const { kind, file } of of.resources) {
    if (kind === 'role') fileOf(of, file)['Path'] = `/lakewright/${of.library}\${suffix}/trusted/`;
  }
  return of;
}

/** Evenly spread over all calls. */
function sample(total: number): readonly number[] {
  const all = Array.from({ length: total }, (_, at) => at + 1);
  if (CRASH_POINTS === 'all') return all;
  const count = Number(CRASH_POINTS);
  const spread = Array.from(
    { length: count },
    (_, at) => 1 + Math.round(((at + 0.5) / count) * (total - 1)),
  );
  return [...new Set(spread)];
}

/** Three calls of ten meet one of seven kinds of trouble. */
function weather(call: RecordedCall, random: () => number): Fate | Promise<Fate> {
  if (random() >= 0.3) return 'pass';
  const kind = Math.floor(random() * 8);
  if (kind < 2) return refusal(call, true);
  if (kind === 2) return refusal(call, false);
  if (kind === 3) return { status: 503, error: 'ServiceUnavailable' };
  if (kind === 4) return 'cut-before';
  if (kind === 5) return 'cut-after';
  if (kind === 6) return 'truncated';
  return sleep(20).then(() => 'pass' as const);
}

function refusal({ name }: RecordedCall, throttled: boolean): Fate {
  if (!throttled) return { status: 500, error: 'InternalFailure' };
  if (name.startsWith('S3 ')) return { status: 503, error: 'SlowDown' };
  return { status: 400, error: name.startsWith('Query ') ? 'Throttling' : 'ThrottlingException' };
}

/** Numbers from 0 to 1, the same of each seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
