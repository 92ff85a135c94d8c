// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform's templates and hostile names look like this
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readLibrary } from '../../../export/library.ts';
import { literal } from '../../../export/terraform/expressions.ts';
import { terraform } from '../../../export/terraform/index.ts';
import { hostileTexts } from '../../codegen/hostile-texts.ts';
import { environmentIn, graphLibrary } from '../graph-library.ts';
import { findingsOf, moduleOf } from './schema.ts';

describe('a library exported to Terraform', () => {
  const exported = async (library: string) =>
    terraform(await readLibrary(`generated/${library}`, new Date(0)));

  for (const library of ['stedi', 'tpch']) {
    it(`is what the provider's schema takes, and refers to what is there: ${library}`, async () => {
      const module = moduleOf(await exported(library));
      expect(findingsOf(module)).to.deep.equal([]);
      expect(module.resources.size).to.be.greaterThan(50);
    });
  }

  it('has the names, sizes and bucket of an environment, and refuses other accounts', async () => {
    const dev = environmentIn({ sizes: { workers: 7 } });
    const files = terraform(await readLibrary('generated/stedi', new Date(0), dev));
    const module = moduleOf(files);
    expect(findingsOf(module)).to.deep.equal([]);
    expect(module.resources.get('aws_glue_job.customer_trusted')).to.deep.include({
      name: 'stedi_dev_customer_trusted',
      number_of_workers: 7,
    });
    const { variable, data, locals } = JSON.parse(files.get('main.tf.json') ?? '');
    expect(variable.bucket.default).to.equal('lake-dev');
    expect(locals).to.include({ environment_account: '123456789012' });
    expect(data.aws_caller_identity.current.lifecycle.postcondition.condition).to.equal(
      '${self.account_id == local.environment_account}',
    );
    expect([...files.keys()].join()).to.contain('objects/lakewright/stedi_dev/scripts/');
  });

  it('names what it depends on', async () => {
    const { resources } = moduleOf(await exported('stedi'));
    const job = resources.get('aws_glue_job.customer_trusted');
    expect(job).to.deep.include({
      name: 'stedi_customer_trusted',
      role_arn: '${aws_iam_role.customer_trusted.arn}',
    });
    expect(job?.['non_overridable_arguments']).to.deep.include({
      '--extra-py-files': '${local.support_modules}',
      '--quarantine': 's3://${var.bucket}/quarantine',
    });
    expect(job).not.to.have.property('depends_on');
    expect(resources.get('aws_glue_trigger.stedi_start')).to.deep.include({
      workflow_name: '${aws_glue_workflow.stedi.name}',
      actions: [{ job_name: '${aws_glue_job.customer_trusted.name}' }],
    });
    expect(resources.get('aws_s3_bucket_policy.stedi')).to.have.property('policy');
  });

  it('holds the scripts under the keys that it uploads them to', async () => {
    const files = await exported('stedi');
    const { resources } = moduleOf(files);
    const script = resources.get('aws_s3_object.script_customer_trusted');
    expect(script?.['source']).to.equal(`\${path.module}/objects/${script?.['key']}`);
    expect(files.get(`objects/${script?.['key']}`)).to.contain('def transform');
  });

  it('leaves where data lies and what is paused to those who say so at run time', async () => {
    const { resources } = moduleOf(await exported('stedi'));
    const ignored = (address: string) => resources.get(address)?.['lifecycle'];
    expect(ignored('aws_glue_catalog_table.trusted_customer')).to.deep.nested.include({
      'ignore_changes[0]': 'storage_descriptor[0].location',
    });
    expect(ignored('aws_kms_key.trusted')).to.deep.equal({ prevent_destroy: true });
  });

  it('keeps hostile names, with labels that Terraform takes', () => {
    const names = [
      'a${b}',
      'a%{ if }',
      'é',
      '"\n',
      '../x',
      'a.b',
      'a_b',
      'A_B',
      '1',
      'x'.repeat(300),
    ];
    const library = graphLibrary(Object.fromEntries(names.map((name) => [name, []])));
    const module = moduleOf(terraform(library));
    const jobs = [...module.resources].filter(([address]) => address.startsWith('aws_glue_job.'));
    for (const [address] of jobs) expect(address).to.match(/^\w+\.[A-Za-z_][\w-]{0,99}$/);
    const said = jobs.map(([, body]) => String(body['name']).replaceAll(/([$%])\1\{/g, '$1{'));
    expect(said).to.have.members(names.map((name) => `graph_${name}`));
    expect(findingsOf(module)).to.deep.equal([]);
  });

  it('is the same text each time', async () => {
    expect([...(await exported('stedi'))]).to.deep.equal([...(await exported('stedi'))]);
  });

  it('escapes texts as Terraform itself reads them', function () {
    if (spawnSync('terraform', ['version']).status !== 0) {
      // A machine without Terraform still checks the schema above.
      this.skip();
      return;
    }
    this.timeout(60_000);
    const texts = [
      ...hostileTexts,
      '$${x}',
      '$$${x}',
      '%%{if}',
      '$',
      '%',
      '${',
      '%{',
      '$%{',
      '${"a"}',
    ];
    // Text is stored in normal form C (Terraform, "Strings and Templates"), and control characters survive JSON only.
    const plain = texts
      .map((text) => text.normalize('NFC'))
      .filter((text) => !/\p{Cs}/u.test(text));
    expect(outputOf(plain.map(literal))).to.deep.equal(plain);
  });
});

/** The value that Terraform gives to an expression. */
function outputOf(value: readonly string[]): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'lakewright-terraform-'));
  try {
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ output: { value: { value } } }));
    const run = (...args: readonly string[]) => {
      const done = spawnSync('terraform', args, { cwd: folder, encoding: 'utf8' });
      if (done.status !== 0) throw new Error(done.stdout + done.stderr);
      return done.stdout;
    };
    run('apply', '-auto-approve', '-no-color');
    return JSON.parse(run('output', '-json', 'value'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
