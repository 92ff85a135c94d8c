// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the parameters of generated JSON look like this
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { desiredState } from '../../deploy/desired-state.ts';
import { DeployError, planDeployment } from '../../deploy/index.ts';
import type { Json } from '../../deploy/json.ts';
import { readGenerated } from '../../deploy/manifest.ts';
import { substitute } from '../../deploy/parameters.ts';
import type { DeployCode } from '../../diagnostics/index.ts';
import { BUCKET, type Fixture, fileOf, fixture, writeFixture } from './fixture.ts';

const PARAMETERS = {
  account: '123456789012',
  region: 'eu-west-1',
  bucket: 'lake',
  suffix: '',
  prefix: 'lakewright/stedi',
  support: 's3://lake/support.py',
};
/** Nobody listens there, so any call would end in `deploy/endpoint-unreachable`. */
const NOWHERE = 'http://127.0.0.1:9';

describe('parameters of generated JSON', () => {
  const put = (value: Json): Json => substitute(value, PARAMETERS, 'a.json');

  it('are put into string values, at any depth, and not into keys', () => {
    expect(
      put({ '${bucket}': ['s3://${bucket}/${account}', 1, null, { x: '${region}' }] }),
    ).to.deep.equal({
      '${bucket}': ['s3://lake/123456789012', 1, null, { x: 'eu-west-1' }],
    });
  });

  it('leave an escaped brace as the author wrote it', () => {
    expect(put('a $${bucket} $$${bucket} $x {y} $')).to.equal('a ${bucket} $${bucket} $x {y} $');
  });

  it('are not read a second time', () => {
    const parameters = { ...PARAMETERS, bucket: '${account}' };
    expect(substitute('${bucket}', parameters, 'a.json')).to.equal('${account}');
  });

  for (const text of [
    '${nobody}',
    '${}',
    '${ bucket }',
    '${constructor}',
    '${bucket',
    '${script}',
  ]) {
    it(`refuse ${text}, and say where`, () => {
      expect(() => put({ a: [text] }))
        .to.throw(DeployError, 'a.json/a/0')
        .with.property('code', 'deploy/unknown-parameter');
    });
  }
});

describe('a generated library', () => {
  it('becomes named, tagged resources with content-hash keys', async () => {
    const { directory, remove } = await writeFixture(fixture());
    const state = desiredState(await readGenerated(directory), PARAMETERS);
    await remove();
    const job = state.find(({ id }) => id === 'job/customer_trusted');
    const script = state.find(({ id }) => id === 'script/customer_trusted');
    expect(script?.name).to.match(
      /^s3:\/\/lake\/lakewright\/stedi\/scripts\/[0-9a-f]{16}\/customer_trusted\.py$/,
    );
    expect(job?.definition['Command']).to.have.property('ScriptLocation', script?.name);
    expect(job?.definition).not.to.have.property('Tags');
    expect(job?.tags).to.include({ team: 'lake', 'lakewright:library': 'stedi' });
    expect(state.find(({ kind }) => kind === 'table')?.name).to.equal('stedi_trusted.customer');
  });

  const mistakes: readonly (readonly [
    string,
    DeployCode,
    (dir: string, of: Fixture) => Promise<void>,
  ])[] = [
    ['no manifest', 'deploy/manifest-missing', (dir) => rm(join(dir, 'manifest.json'))],
    [
      'a manifest that is no JSON',
      'deploy/manifest-invalid',
      (dir) => appendFile(join(dir, 'manifest.json'), '}'),
    ],
    [
      'a script edited by hand',
      'deploy/generated-edited',
      (dir) => appendFile(join(dir, 'jobs/customer_trusted.py'), '#\n'),
    ],
    [
      'a listed file that is gone',
      'deploy/file-missing',
      (dir) => rm(join(dir, 'tables/trusted.customer.json')),
    ],
  ];
  for (const [what, code, spoil] of mistakes) {
    it(`is refused with ${what}, before any call`, async () => {
      const of = fixture();
      const { directory, remove } = await writeFixture(of);
      await spoil(directory, of);
      await refused(directory, code);
      await remove();
    });
  }

  const shapes: readonly (readonly [string, DeployCode, (of: Fixture) => void])[] = [
    ['a path out of its folder', 'deploy/manifest-invalid', (of) => rename(of, '../../etc/passwd')],
    ['an absolute path', 'deploy/manifest-invalid', (of) => rename(of, '/etc/passwd')],
    [
      'an unknown kind',
      'deploy/manifest-invalid',
      (of) =>
        of.resources.push({ id: 'bomb/x', kind: 'bomb', file: 'workflow.json', dependsOn: [] }),
    ],
    [
      'a resource listed twice',
      'deploy/manifest-invalid',
      (of) => of.resources.push(...of.resources.slice(0, 1)),
    ],
    [
      'an exception without its reviewer',
      'deploy/manifest-invalid',
      (of) =>
        of.exceptions.declassifications.push({ job: 'customer_trusted', reason: 'it is public' }),
    ],
    ['a resource before what it needs', 'deploy/manifest-invalid', (of) => of.resources.reverse()],
    [
      'a hostile name',
      'deploy/manifest-invalid',
      (of) => {
        of.library = 'a/../b';
      },
    ],
    [
      'a trigger that its file does not hold',
      'deploy/file-invalid',
      (of) =>
        of.resources.push({
          id: 'trigger/x',
          kind: 'trigger',
          file: 'workflow.json',
          dependsOn: [],
        }),
    ],
    [
      'an unknown parameter',
      'deploy/unknown-parameter',
      (of) => {
        fileOf(of, 'jobs/customer_trusted.json')['Role'] = '${secret}';
      },
    ],
    [
      'a job file that is no object',
      'deploy/file-invalid',
      (of) => {
        of.files['jobs/customer_trusted.json'] = '[]';
      },
    ],
  ];
  for (const [what, code, spoil] of shapes) {
    it(`is refused with ${what}, before any call`, async () => {
      const of = fixture();
      spoil(of);
      const { directory, remove } = await writeFixture(of);
      await refused(directory, code);
      await remove();
    });
  }

  for (const bucket of ['', 'ab', 'Upper', 's3://lake', '../lake', 'a'.repeat(64), 'lake\n']) {
    it(`is not deployed to the bucket ${JSON.stringify(bucket)}`, async () => {
      const { directory, remove } = await writeFixture(fixture());
      await refused(directory, 'deploy/bucket-name', { bucket });
      await remove();
    });
  }

  it('is not deployed to what is no address', async () => {
    const { directory, remove } = await writeFixture(fixture());
    await refused(directory, 'deploy/endpoint-invalid', { endpoint: 'localhost:5000' });
    await remove();
  });
});

function rename(of: Fixture, file: string): void {
  of.resources.push({ id: 'job/extra', kind: 'job', file, dependsOn: [] });
}

async function refused(
  directory: string,
  code: DeployCode,
  changes: { bucket?: string; endpoint?: string } = {},
): Promise<void> {
  const options = { directory, bucket: BUCKET, endpoint: NOWHERE, attempts: 1, ...changes };
  const error: unknown = await planDeployment(options).catch((thrown: unknown) => thrown);
  expect(error).to.be.instanceOf(DeployError);
  if (error instanceof DeployError) {
    expect(error.code).to.equal(code);
    expect(error.hint).to.match(/\.$/);
  }
}
