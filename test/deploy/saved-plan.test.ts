import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  DeployError,
  type DeployOptions,
  deploy,
  type PlanDocument,
  planDeployment,
  planDocument,
  readSavedPlan,
  type SavedPlan,
} from '../../deploy/index.ts';
import { type Fixture, fileOf, fixture } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

const JOB = 'stedi_customer_trusted';

describe('a saved plan', () => {
  let stage: Stage;
  let folder: string;

  before(async () => {
    stage = await openStage('saved');
    folder = await mkdtemp(join(tmpdir(), 'lakewright-plan-'));
  });
  after(async () => {
    await stage?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => stage.reset());

  async function saved(options: DeployOptions): Promise<SavedPlan> {
    const document = planDocument(await planDeployment(options));
    return await readSavedPlan(await write(JSON.stringify(document)));
  }
  async function write(text: string): Promise<string> {
    const file = join(folder, 'plan.json');
    await writeFile(file, text);
    return file;
  }
  async function refusal(of: Fixture, plan: SavedPlan): Promise<string> {
    stage.proxy.clear();
    const error = await stage.failure(of, { saved: plan });
    expect(error.code).to.equal('deploy/plan-outdated');
    expect(stage.proxy.writes()).to.deep.equal([]);
    return error.message;
  }

  it('is deployed exactly while nothing moves, and says what it does', async () => {
    await stage.deployed();
    const of = fixture();
    fileOf(of, 'jobs/customer_trusted.json')['Timeout'] = 30;
    await stage.withLibrary(of, async (options) => {
      const plan = await saved(options);
      const { written } = await deploy({ ...options, saved: plan });
      expect(written).to.deep.equal(['job/customer_trusted']);
      const document = plan.document as unknown as PlanDocument;
      expect(document.summary).to.deep.equal({
        ...{ create: 0, update: 1, replace: 0, delete: 0, unchanged: 14 },
      });
      expect(document.destination.account).to.equal('123456789012');
      const [change] = document.changes;
      expect(change).to.include({ action: 'update', id: 'job/customer_trusted', name: JOB });
      expect(change?.differences[0]).to.deep.equal({ path: 'Timeout', from: 60, to: 30 });
    });
  });

  it('is the same text when it is planned twice', async () => {
    const text = async (): Promise<string> =>
      JSON.stringify(planDocument(await stage.deployed(fixture(), { dryRun: true })));
    expect(await text()).to.equal(await text());
  });

  it('is refused when somebody changed what it changes, or something else', async () => {
    await stage.deployed();
    const of = fixture();
    fileOf(of, 'jobs/customer_trusted.json')['Timeout'] = 30;
    const plan = await stage.withLibrary(of, saved);
    const { Job: job } = await stage.glue.getJob({ JobName: JOB });
    const JobUpdate = { Role: job?.Role, Command: job?.Command, Timeout: 45 };
    await stage.glue.updateJob({ JobName: JOB, JobUpdate });
    expect(await refusal(of, plan)).to.include('job/customer_trusted would be changed otherwise');
    await stage.glue.deleteWorkflow({ Name: 'stedi' });
    expect(await refusal(of, plan)).to.include('workflow/stedi would be changed too');
  });

  it('is refused when it was deployed before', async () => {
    const plan = await stage.withLibrary(fixture(), saved);
    await stage.deployed();
    expect(await refusal(fixture(), plan)).to.include(
      'script/customer_trusted needs no change any more',
    );
  });

  it('is refused when the generated files moved, though the same fields change', async () => {
    const plan = await stage.withLibrary(fixture(), saved);
    const of = fixture();
    fileOf(of, 'jobs/customer_curated.json')['Timeout'] = 7;
    expect(await refusal(of, plan)).to.include('job/customer_curated would be changed otherwise');
  });

  it('is refused in another account, and when people allowed something else', async () => {
    const { document, ...rest } = await stage.withLibrary(fixture(), saved);
    const elsewhere = { account: '210987654321', region: 'us-east-1', bucket: rest.bucket };
    const exceptions = [{ job: 'a', what: 'b', reason: 'c' }];
    const message = await refusal(fixture(), {
      ...rest,
      document: { ...document, destination: elsewhere, exceptions },
    });
    expect(message).to.include('this is account 123456789012').and.to.include('people allowed');
  });

  for (const [what, text] of [
    ['no JSON', 'Plan: 1 to create'],
    ['something else', '{"library": "stedi"}'],
    ['a plan of another version', '{"formatVersion": 2}'],
    ['half a plan', '{"formatVersion": 1, "library": "stedi", "changes": []}'],
    [
      'a plan that points outside',
      '{"formatVersion": 1, "library": "../x", "destination": {"bucket": "lake"}, "changes": [], "choices": {}}',
    ],
  ] as const) {
    it(`is not read from ${what}`, async () => {
      const error: unknown = await readSavedPlan(await write(text)).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(DeployError);
      expect(error).to.have.property('code', 'deploy/plan-unreadable');
    });
  }
});
