import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { writeFiles } from '../../codegen/index.ts';
import { type Deployment, deploy, drift } from '../../deploy/index.ts';
import { listed } from '../../deploy/kinds/many.ts';
import { BUCKET } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';
import { wideLibrary } from './wide-library.ts';

const JOBS = 60;

describe(`calls for a library of ${JOBS} jobs`, function () {
  this.timeout(300_000);
  let stage: Stage;
  let directory: string;

  before(async () => {
    stage = await openStage('calls');
    directory = await mkdtemp(join(tmpdir(), 'lakewright-calls-'));
    await writeFiles(directory, wideLibrary(JOBS));
    await deployed();
  });
  after(async () => {
    await stage?.close();
    await rm(directory, { recursive: true, force: true });
  });
  beforeEach(() => stage.proxy.clear());

  async function deployed(): Promise<Deployment> {
    const where = { directory, bucket: BUCKET, endpoint: stage.proxy.url };
    return await deploy({ ...where, createBucket: true, attempts: 1 });
  }
  /** How often each call was made; of objects, the folder counts. */
  function counts(): Record<string, number> {
    const found: Record<string, number> = {};
    for (const { name, query } of stage.proxy.calls) {
      const prefix = new URLSearchParams(query).get('prefix') ?? '';
      const shown = `${name} ${prefix}`.trim();
      found[shown] = (found[shown] ?? 0) + 1;
    }
    return found;
  }

  it('are the fewest where nothing changed, and none of them writes', async () => {
    await deployed();
    expect(stage.proxy.writes()).to.deep.equal([]);
    expect(counts()).to.deep.equal({
      'Glue GetDatabase': 2,
      'Glue GetJobs': 1,
      'Glue GetTables': 2,
      // The workflow's.
      'Glue GetTags': 1,
      'Glue GetTriggers': 1,
      'Glue GetWorkflow': 1,
      // When each was changed last, which the deployment knows.
      'Glue ListDataQualityRulesets': 1,
      // Of two zones, and for the bucket's policy.
      'Kms DescribeKey': 6,
      'Kms GetKeyPolicy': 3,
      'Kms GetKeyRotationStatus': 3,
      'Kms ListResourceTags': 3,
      'LakeFormation GetLFTag': 3,
      // Of two databases, which a search for tables does not show.
      'LakeFormation GetResourceLFTags': 2,
      'LakeFormation ListPermissions': 1,
      'LakeFormation SearchTablesByLFTags': 1,
      'Query GetAccountAuthorizationDetails': 1,
      'Query GetCallerIdentity': 1,
      // Its policy and its lifecycle.
      'S3 GET /lake-of-tests/': 2,
      'S3 GET /lake-of-tests/ lakewright/wide/scripts/': 1,
      'S3 GET /lake-of-tests/ lakewright/wide/support/': 1,
      'S3 GET /lake-of-tests/lakewright/wide/lock.json': 1,
      'S3 GET /lake-of-tests/lakewright/wide/releases.json': 1,
      'S3 HEAD /lake-of-tests/': 1,
      // Of jobs, triggers and rulesets.
      'Tagging GetResources': 3,
    });
  });

  const HISTORY = 'lakewright/wide/releases.json';
  const RULESET = 'wide_trusted_job_0007';
  const reads = async (): Promise<number> => {
    stage.proxy.clear();
    expect(await planned()).to.deep.equal([]);
    return counts()['Glue GetDataQualityRuleset'] ?? 0;
  };

  it('read a ruleset that was changed outside, and only that', async () => {
    const { Ruleset } = await stage.glue.getDataQualityRuleset({ Name: RULESET });
    await stage.glue.updateDataQualityRuleset({ Name: RULESET, Ruleset: 'Rules = [RowCount > 0]' });
    expect(await planned()).to.deep.equal(['update ruleset/trusted.job_0007 true']);
    // Before it is written, and after.
    expect(counts()).to.include({ 'Glue GetDataQualityRuleset': 2 });
    expect(await reads()).to.equal(0);
    await stage.glue.updateDataQualityRuleset({ Name: RULESET, Ruleset });
    expect(await reads()).to.equal(1);
    expect(await reads()).to.equal(0);
  });

  it('read a ruleset that was deleted and made anew outside', async () => {
    const { Ruleset, TargetTable } = await stage.glue.getDataQualityRuleset({ Name: RULESET });
    const { Tags } = await stage.glue.getTags({
      ResourceArn: `arn:aws:glue:us-east-1:123456789012:dataQualityRuleset/${RULESET}`,
    });
    const other = 'Rules = [RowCount > 1]';
    await stage.glue.deleteDataQualityRuleset({ Name: RULESET });
    await stage.glue.createDataQualityRuleset({ Name: RULESET, Ruleset: other, TargetTable, Tags });
    expect(await planned()).to.deep.equal(['update ruleset/trusted.job_0007 true']);
    const found = await stage.glue.getDataQualityRuleset({ Name: RULESET });
    expect(found.Ruleset).to.equal(Ruleset);
  });

  it('read all rulesets once where what was recorded of them is lost, or is no such record', async () => {
    const found = await stage.s3.getObject({ Bucket: BUCKET, Key: HISTORY });
    const history = JSON.parse((await found.Body?.transformToString()) ?? '') as object;
    for (const rulesets of [undefined, { [RULESET]: 7 }]) {
      const Body = JSON.stringify({ ...history, rulesets });
      await stage.s3.putObject({ Bucket: BUCKET, Key: HISTORY, Body });
      expect(await reads()).to.equal(JOBS);
      expect(stage.proxy.writes()).to.deep.equal([`S3 PUT /${BUCKET}/${HISTORY}`]);
      expect(await reads()).to.equal(0);
    }
  });

  it('read all rulesets where their list is denied, and in search of drift', async () => {
    stage.proxy.fate = ({ name }) =>
      name === 'Glue ListDataQualityRulesets' ? { status: 400, error: 'AccessDenied' } : 'pass';
    expect(await planned()).to.deep.equal([]);
    expect(counts()).to.include({ 'Glue GetDataQualityRuleset': JOBS });
    stage.proxy.clear();
    await drift({ directory, bucket: BUCKET, endpoint: stage.proxy.url, attempts: 1 });
    expect(counts()).to.include({ 'Glue GetDataQualityRuleset': JOBS });
  });

  it('are eight reads at once, whichever kinds are read', async () => {
    let [running, most] = [0, 0];
    stage.proxy.fate = async ({ name, writes }) => {
      if (writes) return 'pass';
      running += 1;
      most = Math.max(most, running);
      await sleep(5);
      running -= 1;
      return name.startsWith('Tagging') ? { status: 200, error: 'none' } : 'pass';
    };
    await planned();
    expect(most).to.equal(8);
  });

  async function planned(): Promise<readonly string[]> {
    const { plan, written } = await deployed();
    const { actions } = plan;
    return actions.flatMap(({ kind, desired }) =>
      kind === 'unchanged' ? [] : [`${kind} ${desired.id} ${written.includes(desired.id)}`],
    );
  }

  it('finds nothing else where the index has not heard of the tags yet, and asks one by one', async () => {
    // An answer without resources.
    stage.proxy.fate = ({ name }) =>
      name.startsWith('Tagging') ? { status: 200, error: 'none' } : 'pass';
    expect(await planned()).to.deep.equal([]);
    expect(counts()).to.include({ 'Glue GetTags': JOBS * 2 + JOBS / 2 + 2 });
  });

  it('finds nothing else without the permissions that only spare calls', async () => {
    stage.proxy.fate = ({ name }) =>
      /^(Tagging|Query GetAccount)/.test(name) ? { status: 403, error: 'AccessDenied' } : 'pass';
    expect(await planned()).to.deep.equal([]);
    expect(counts()).to.include({ 'Query GetRole': JOBS, 'Query GetRolePolicy': JOBS });
  });

  it('asks for a script whose ETag is not that of its bytes', async () => {
    const { Contents: scripts = [] } = await stage.s3.listObjectsV2({
      Bucket: BUCKET,
      Prefix: 'lakewright/wide/scripts/',
    });
    const [{ Key = '' } = {}] = scripts;
    await stage.s3.putObject({ Bucket: BUCKET, Key, Body: 'import os' });
    expect(await planned()).to.deep.equal([`update script/${nameIn(Key)} true`]);
  });
});

/** Of the job whose script lies there. */
function nameIn(key: string): string {
  return /(\w+)\.py$/.exec(key)?.[1] ?? '';
}

describe('a list of all that there is', () => {
  const wanted = new Set(['c', 'e']);
  /** Two names a page. */
  const page = async (token = '0') => {
    const at = Number(token);
    const names = [...'abcdef'].slice(at, at + 2);
    return [names.map((name) => [name, at] as const), at < 4 ? String(at + 2) : undefined] as const;
  };

  it('is read until all is found, or to its end', async () => {
    const all = await listed(new Set(['c']), 9, page);
    expect([...all.found]).to.deep.equal([['c', 2]]);
    const none = await listed(new Set(['x']), 9, page);
    expect(none).to.deep.equal({ found: new Map(), whole: true });
  });

  it('is given up where it takes more calls than it may, and does not say that the rest is missing', async () => {
    const part = await listed(wanted, 2, page);
    expect(part).to.deep.equal({ found: new Map([['c', 2]]), whole: false });
  });

  it('says nothing where it may not be read', async () => {
    const nothing = await listed(wanted, 2, async () => undefined);
    expect(nothing).to.deep.equal({ found: new Map(), whole: false });
  });
});
