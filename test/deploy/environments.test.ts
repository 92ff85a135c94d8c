import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { desiredState } from '../../deploy/desired-state.ts';
import {
  type Environment,
  environmentOf,
  isPerBranch,
  parseEnvironments,
} from '../../deploy/environments.ts';
import { DeployError, planDeployment } from '../../deploy/index.ts';
import { readGenerated } from '../../deploy/manifest.ts';
import { BUCKET, fileOf, fixture, writeFixture } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

const ACCOUNT = '123456789012';
const PLACE = { account: ACCOUNT, region: 'us-east-1' };
const GENERATED = join(import.meta.dirname, '../../generated/stedi');

/** An environment as its file would give it. */
function environment(name: string, more: object = {}): Environment {
  const declared = { bucket: `lake-of-${name}`, ...PLACE, ...more };
  const text = JSON.stringify({ environments: { [name]: declared } });
  return environmentOf(parseEnvironments(text, 'environments.json'), name);
}

function refusal(work: () => unknown): DeployError {
  try {
    work();
  } catch (error) {
    if (error instanceof DeployError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the file of environments', () => {
  it('gives what it says, and names of its own', () => {
    const dev = environment('dev', { sizes: { workers: 3 }, tags: { team: 'lake' } });
    expect(dev).to.deep.equal({
      name: 'dev',
      declared: 'dev',
      suffix: '_dev',
      bucket: 'lake-of-dev',
      ...PLACE,
      tags: { team: 'lake' },
      sizes: { workers: 3 },
      jobs: {},
      networks: {},
    });
    expect(environment('prod', { suffix: '' }).suffix).to.equal('');
  });

  it('gives each branch a name and a bucket that no other environment has', () => {
    const text = JSON.stringify({
      environments: { review: { bucket: 'lake-{branch}', ...PLACE, perBranch: true } },
    });
    const all = parseEnvironments(text, 'environments.json');
    expect(isPerBranch(all, 'review')).to.equal(true);
    const branches = [
      'prod',
      'dev',
      'feature/JIRA-12_x',
      'feature/jira12x',
      '12',
      'ö',
      'a'.repeat(99),
    ];
    const found = branches.map((branch) => environmentOf(all, 'review', branch));
    for (const one of found) {
      expect(one.name).to.match(/^[a-z][a-z0-9]{7,15}$/);
      expect(one.suffix).to.equal(`_${one.name}`);
      expect(one.bucket).to.equal(`lake-${one.name}`);
    }
    expect(new Set(found.map(({ name }) => name)).size).to.equal(branches.length);
    expect(refusal(() => environmentOf(all, 'review')).code).to.equal('deploy/branch-unknown');
  });

  it('is asked for a name that it has', () => {
    const all = parseEnvironments('{"environments": {}}', 'environments.json');
    for (const name of ['dev', '__proto__', 'constructor']) {
      expect(refusal(() => environmentOf(all, name)).code).to.equal('deploy/environment-unknown');
    }
  });

  const place = `"account": "${ACCOUNT}", "region": "eu-west-1"`;
  const wrong: readonly (readonly [what: string, environments: string, said: string])[] = [
    ['no object', '[]', 'f.json:2: environments: it should be an object'],
    ['no bucket', `{\n"dev": {${place}}}`, 'f.json:3: environments.dev: bucket is missing'],
    [
      'a number as account',
      '{"dev": {\n"account": 123456789012, "region": "eu-west-1",\n"bucket": "lake"}}',
      'f.json:3: environments.dev.account: 123456789012 is not an account',
    ],
    [
      'a misspelt member',
      `{"dev": {${place}, "bucket": "lake",\n"tag": {}}}`,
      'f.json:3: environments.dev.tag: it is unknown; known are bucket, account',
    ],
    [
      'a name that does not fit into others',
      `{"Dev-1": {${place}, "bucket": "lake"}}`,
      'f.json:2: environments.Dev-1: its name should be at most 16',
    ],
    [
      'a hostile suffix',
      `{"dev": {${place}, "bucket": "lake",\n"suffix": "../\${x}"}}`,
      'f.json:3: environments.dev.suffix: "../',
    ],
    [
      'workers that Glue does not have',
      `{"dev": {${place}, "bucket": "lake",\n"jobs": {"a": {\n"workers": 1}}}}`,
      'f.json:4: environments.dev.jobs.a.workers: 1 is not a whole number from 2 to 299',
    ],
    [
      'a tag of AWS’s own',
      `{"dev": {${place}, "bucket": "lake", "tags": {\n"aws:x": ""}}}`,
      'f.json:3: environments.dev.tags.aws:x: its name should be a key',
    ],
    [
      'one bucket twice',
      `{"a": {${place}, "bucket": "lake"},\n"b": {${place},\n"bucket": "lake"}}`,
      'f.json:4: environments.b.bucket: it has the bucket of a',
    ],
    [
      'the same names twice',
      `{"a": {${place}, "bucket": "lake-a"},\n"b": {${place}, "bucket": "lake-b",\n"suffix": "a"}}`,
      'f.json:4: environments.b.suffix: it has account, region and suffix',
    ],
    [
      'a subnet and a group that are none',
      `{"b": {${place},\n"networks": {"crm": {"subnet": "vpc-1",\n"securityGroups": []}}}}`,
      'f.json:4: environments.b.networks.crm.securityGroups: it should be a list',
    ],
    [
      'a bucket for all branches',
      `{"b": {${place}, "perBranch": true,\n"bucket": "lake"}}`,
      'f.json:3: environments.b.bucket: it should hold {branch}',
    ],
  ];
  for (const [what, environments, said] of wrong) {
    it(`is refused for ${what}, at its line`, () => {
      const error = refusal(() =>
        parseEnvironments(`{\n"environments": ${environments}}`, 'f.json'),
      );
      expect(error.code).to.equal('deploy/environments-invalid');
      expect(error.message).to.include(said);
    });
  }

  it('is refused where it is no JSON, at the line', () => {
    const error = refusal(() => parseEnvironments('{\n"a": 1,\n}', 'f.json'));
    expect(error.message).to.match(/^f\.json:3: it is not JSON/);
  });

  it('is described by a schema that knows the same members', async () => {
    const path = join(import.meta.dirname, '../../docs/environments.schema.json');
    const schema = JSON.parse(await readFile(path, 'utf8'));
    const known = Object.keys(schema.$defs.environment.properties);
    const error = refusal(() => parseEnvironments('{"environments": {"a": {"x": 1}}}', 'f.json'));
    expect(error.message).to.include(`known are ${known.join(', ')}`);
    for (const name of schema.$defs.environment.required) {
      expect(error.message).to.include(`${name} is missing`);
    }
  });
});

describe('a library in an environment', () => {
  it('has the suffix in every name, and not a byte of a script differs', async () => {
    const generated = await readGenerated(GENERATED);
    const dev = desiredState(generated, { ...PLACE, bucket: 'b', environment: environment('dev') });
    const plain = desiredState(generated, { ...PLACE, bucket: 'b' });
    for (const [at, one] of dev.entries()) {
      expect(one.id).to.equal(plain[at]?.id);
      expect(one.body).to.deep.equal(plain[at]?.body);
      const { Description: _, ...definition } = one.definition;
      const text = JSON.stringify([one.name, definition]);
      // Tags of principals are the library's; their values are the environment's. Sids are the bucket's own.
      const names = text.replaceAll(
        /aws:PrincipalTag\/lakewright:stedi(:\w+)?|lakewright:library":"stedi/g,
        '',
      );
      expect(names.match(/.{0,30}stedi(?!_dev\b|_dev_).{0,30}/g), one.id).to.equal(null);
      const values = text.match(/\b(?:deployer|reader|steward)\b(?!_dev)/g);
      expect(values, one.id).to.equal(null);
    }
    const withoutSuffix = JSON.parse(JSON.stringify(dev).replaceAll('_dev', ''));
    for (const [at, { definition }] of plain.entries()) {
      expect(withoutSuffix[at].definition).to.deep.equal(JSON.parse(JSON.stringify(definition)));
    }
  });

  it('may not give sizes to jobs or places to networks that it does not have', async () => {
    const generated = await readGenerated(GENERATED);
    for (const given of [
      { jobs: { customer_trustd: { workers: 9 } } },
      { networks: { customer_trustd: { subnet: 'subnet-0a1b2c3d' } } },
    ]) {
      const typo = environment('dev', given);
      const error = refusal(() =>
        desiredState(generated, { ...PLACE, bucket: 'b', environment: typo }),
      );
      expect(error.code).to.equal('deploy/environment-unfit');
      expect(error.message).to.include('customer_trustd');
    }
  });
});

describe('a deployment into an environment', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage('environments');
  });
  after(() => stage?.close());
  beforeEach(() => stage.reset());

  const deployed = (one: Environment) =>
    stage.deployed(fixture(), { bucket: one.bucket, region: one.region, environment: one });

  it('leaves other environments as they are, and finds its own unchanged', async () => {
    const prod = environment('prod', { suffix: '' });
    const dev = environment('dev', {
      sizes: { workers: 3, timeout: 5 },
      jobs: { customer_curated: { workerType: 'G.2X', workers: 4 } },
      tags: { stage: 'development' },
    });
    await deployed(prod);
    await deployed(dev);
    stage.proxy.clear();
    for (const one of [prod, dev]) expect((await deployed(one)).written).to.deep.equal([]);
    expect(stage.proxy.writes()).to.deep.equal([]);

    const { Jobs: jobs = [] } = await stage.glue.getJobs({});
    const sizes = jobs.map(({ Name, WorkerType, NumberOfWorkers, Timeout }) =>
      [Name, WorkerType, NumberOfWorkers, Timeout].join(' '),
    );
    expect(sizes.sort()).to.deep.equal([
      'stedi_customer_curated G.1X 2 60',
      'stedi_customer_trusted G.1X 2 60',
      'stedi_dev_customer_curated G.2X 4 5',
      'stedi_dev_customer_trusted G.1X 3 5',
    ]);
    const ResourceArn = `arn:aws:glue:us-east-1:${ACCOUNT}:job/stedi_dev_customer_trusted`;
    expect((await stage.glue.getTags({ ResourceArn })).Tags).to.include({
      stage: 'development',
      'lakewright:library': 'stedi',
      'lakewright:environment': 'dev',
    });
    const scripts = jobs.map(({ Command }) => Command?.ScriptLocation ?? '');
    expect(new Set(scripts.map((uri) => uri.replace(/^.*\/(?=[0-9a-f]{16}\/)/, ''))).size).to.equal(
      2,
    );
  });

  it('takes over what was deployed without one, and nothing of another', async () => {
    const plain = environment('plain', { suffix: '' });
    await stage.deployed(fixture(), { bucket: plain.bucket });
    const { plan } = await deployed(plain);
    expect(new Set(plan.actions.map(({ kind }) => kind))).to.deep.equal(
      new Set(['unchanged', 'update']),
    );
    const other = environment('other', { suffix: '', bucket: plain.bucket });
    for (const more of [{ environment: other }, {}]) {
      const error = await stage.failure(fixture(), { bucket: plain.bucket, ...more });
      expect(error.code).to.equal('deploy/not-owned');
      expect(error.message).to.include('of the library stedi in the environment plain');
    }
  });

  it('is refused under a run that it would change, which it names', async () => {
    await stage.deployed();
    const of = fixture();
    fileOf(of, 'jobs/customer_trusted.json')['Timeout'] = 7;
    const { JobRunId: id = '' } = await stage.glue.startJobRun({
      JobName: 'stedi_customer_trusted',
    });
    stage.proxy.clear();
    const error = await stage.failure(of);
    expect(error.code).to.equal('deploy/job-running');
    expect(error.message).to.include('stedi_customer_trusted is WAITING').and.to.include(id);
    expect(stage.proxy.writes()).to.deep.equal([]);
    // Nothing of this job changes, and nothing is asked where nothing changes at all.
    await stage.deployed(fixture());
    const other = fixture();
    fileOf(other, 'jobs/customer_curated.json')['Timeout'] = 7;
    await stage.deployed(other);
    const { written } = await stage.deployed(of, { whileRunning: true });
    expect(written).to.have.members(['job/customer_trusted', 'job/customer_curated']);
  });

  it('is refused under a run of the workflow', async () => {
    await stage.deployed();
    const of = fixture();
    fileOf(of, 'tables/trusted.customer.json')['TableInput'] = {
      ...(fileOf(of, 'tables/trusted.customer.json')['TableInput'] as object),
      Description: 'Customers',
    };
    const { RunId: id = '' } = await stage.glue.startWorkflowRun({ Name: 'stedi' });
    const error = await stage.failure(of);
    expect(error.code).to.equal('deploy/job-running');
    expect(error.message).to.include('the workflow stedi is RUNNING').and.to.include(id);
  });

  it('is refused in another account, when nothing but the account was asked for', async () => {
    const elsewhere = environment('dev', { account: '999999999999' });
    const { directory, remove } = await writeFixture(fixture());
    const where = { directory, bucket: BUCKET, endpoint: stage.proxy.url, attempts: 1 };
    const error: unknown = await planDeployment({ ...where, environment: elsewhere })
      .catch((thrown: unknown) => thrown)
      .finally(remove);
    expect(error).to.have.property('code', 'deploy/other-account');
    expect(stage.proxy.calls).to.have.length(1);
  });
});
