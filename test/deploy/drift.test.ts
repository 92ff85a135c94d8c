import { expect } from 'chai';
import { type Drift, deploy, diff, drift, renderDiff, renderDrift } from '../../deploy/index.ts';
import { BUCKET, type Fixture, fileOf, fixture } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

const JOB = 'stedi_customer_trusted';

describe('drift', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage('drift');
    await stage.deployed();
  });
  after(() => stage?.close());

  async function found(of = fixture()): Promise<Drift> {
    stage.proxy.clear();
    const seen = await stage.withLibrary(of, drift);
    expect(stage.proxy.writes()).to.deep.equal([]);
    return seen;
  }
  function changed(timeout: number): Fixture {
    const of = fixture();
    fileOf(of, 'jobs/customer_trusted.json')['Timeout'] = timeout;
    return of;
  }
  async function edit(Timeout: number): Promise<void> {
    const { Job: job } = await stage.glue.getJob({ JobName: JOB });
    const {
      Name: _,
      CreatedOn: __,
      LastModifiedOn: ___,
      AllocatedCapacity: ____,
      MaxCapacity: _____,
      ...rest
    } = job ?? {};
    await stage.glue.updateJob({ JobName: JOB, JobUpdate: { ...rest, Timeout } });
  }

  it('is none where AWS is as it was deployed', async () => {
    const { drifted, unchanged } = await found();
    expect(drifted).to.deep.equal([]);
    expect(unchanged).to.equal(15);
  });

  it('is not what was generated since and is not deployed yet', async () => {
    const of = changed(30);
    fileOf(of, 'databases/trusted.json')['DatabaseInput'] = { Name: 'stedi_trusted' };
    Object.assign(fileOf(of, 'tables/curated.customer.json')['TableInput'] as object, {
      Description: 'New',
    });
    const { drifted } = await found(of);
    expect(drifted.map(({ origin, id }) => `${origin} ${id}`)).to.deep.equal([
      'pending database/trusted',
      'pending table/curated.customer',
      'pending job/customer_trusted',
    ]);
  });

  it('shows by field what somebody changed, apart from that', async () => {
    await edit(99);
    const arn = 'arn:aws:glue:us-east-1:123456789012:workflow/stedi';
    await stage.glue.untagResource({ ResourceArn: arn, TagsToRemove: ['lakewright:sha256'] });
    await stage.glue.deleteTrigger({ Name: 'stedi_start' });
    const { drifted } = await found();
    expect(drifted[0]).to.deep.equal({
      ...{ id: 'job/customer_trusted', kind: 'job', name: JOB, origin: 'outside' },
      ...{ what: 'changed', fields: [{ path: 'Timeout', generated: 60, now: 99 }] },
    });
    expect(drifted.map(({ origin, id, what }) => `${origin} ${id} ${what}`)).to.deep.equal([
      'outside job/customer_trusted changed',
      'outside workflow/stedi changed',
      'outside trigger/stedi_start missing',
    ]);
    const both = await found(changed(30));
    expect(both.drifted.map(({ origin, id }) => `${origin} ${id}`)).to.deep.equal([
      'either job/customer_trusted',
      'outside workflow/stedi',
      'either trigger/stedi_start',
    ]);
    expect(renderDrift(both).split('\n')).to.include.members([
      'Changed outside, or not deployed yet, or both:',
      '    Timeout: 30 is now 99',
      'Drift: 1 changed outside, 2 changed outside or not deployed yet, 0 not deployed yet, 12 as generated.',
    ]);
  });

  it('is repaired by the next deployment', async () => {
    await stage.withLibrary(fixture(), deploy);
    expect((await found()).drifted).to.deep.equal([]);
  });

  it('tells of a name that somebody else has now', async () => {
    await stage.glue.deleteJob({ JobName: JOB });
    const Command = { Name: 'glueetl', ScriptLocation: 's3://elsewhere/x.py' };
    await stage.glue.createJob({ Name: JOB, Role: 'r', Command });
    const { drifted } = await found();
    expect(drifted.map(({ id, what }) => `${id} ${what}`)).to.deep.equal([
      'job/customer_trusted foreign',
    ]);
    await stage.glue.deleteJob({ JobName: JOB });
    await stage.withLibrary(fixture(), deploy);
  });

  it('beside it, a diff shows scripts line by line and the rest by field', async () => {
    const of = fixture();
    const script = String(of.files['jobs/customer_trusted.py']);
    of.files['jobs/customer_trusted.py'] = `${script}print('new\u001b[2J')\n`;
    of.files['support/lakewright_tables.py'] = '"""Other support."""\n';
    const text = renderDiff(await stage.withLibrary(of, diff));
    expect(text)
      .to.include("\n+print('new\\u{1b}[2J')\n")
      .and.to.include('\n+++ generated/customer_trusted.py');
    expect(text).to.include(`\n ${script.split('\n')[2]}\n`);
    expect(text).to.include('~ job      stedi_customer_trusted\n    ~ Command.ScriptLocation: ');
    expect(renderDiff(await stage.withLibrary(fixture(), diff))).to.equal('');
    const { Job: job } = await stage.glue.getJob({ JobName: JOB });
    const Key = new URL(job?.Command?.ScriptLocation ?? '').pathname.slice(1);
    await stage.s3.putObject({ Bucket: BUCKET, Key, Body: 'import os\n' });
    const swapped = renderDiff(await stage.withLibrary(fixture(), diff));
    expect(swapped).to.include('\n--- aws/customer_trusted.py').and.to.include('\n-import os\n');
  });
});
