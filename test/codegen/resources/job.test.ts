// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${name}` is what the deployer fills in.
import { expect } from 'chai';
import { resourceFiles } from '../../../codegen/resources/index.ts';
import { jobResource } from '../../../codegen/resources/job.ts';
import { supportModules } from '../../../codegen/support-modules.ts';
import { InternalError } from '../../../diagnostics/index.ts';
import { shop, shopArguments } from './checked-fixture.ts';

function jobInput(index: number, scriptArguments: readonly string[]) {
  const checked = shop();
  const job = checked.jobs[index];
  if (!job) throw new Error('no such job');
  return JSON.parse(JSON.stringify(jobResource(checked, job, scriptArguments)));
}

describe('the definition of a job', () => {
  it('says all that Glue asks for', () => {
    const input = jobInput(0, shopArguments.get('customer_trusted') ?? []);
    expect(input).to.deep.equal({
      Name: 'shop${suffix}_customer_trusted',
      Description: 'Customers who consent.',
      Role: 'arn:aws:iam::${account}:role/lakewright/shop${suffix}/trusted/lakewright-shop${suffix}-customer_trusted',
      Command: { Name: 'glueetl', ScriptLocation: '${script}', PythonVersion: '3' },
      GlueVersion: '5.1',
      WorkerType: 'G.1X',
      NumberOfWorkers: 2,
      Timeout: 60,
      MaxRetries: 0,
      ExecutionProperty: { MaxConcurrentRuns: 1 },
      ExecutionClass: 'STANDARD',
      DefaultArguments: { '--consent_as_of': 'now' },
      NonOverridableArguments: {
        '--conf':
          'spark.hadoop.fs.s3a.encryption.algorithm=SSE-KMS --conf spark.hadoop.fs.s3a.encryption.key=arn:aws:kms:${region}:${account}:alias/lakewright-shop${suffix}-trusted --conf spark.lakewright.quarantine.key=arn:aws:kms:${region}:${account}:alias/lakewright-shop${suffix}-quarantine --conf spark.lakewright.quarantine.days=30',
        '--job-language': 'python',
        '--scriptLocation': '${script}',
        '--extra-py-files': '${support}',
        '--job-bookmark-option': 'job-bookmark-disable',
        '--enable-metrics': 'true',
        '--enable-observability-metrics': 'true',
        '--custom-logGroup-prefix': '/lakewright/shop${suffix}/customer_trusted',
        '--landing_customer': 'catalog:shop${suffix}_landing.customer',
        '--trusted_customer': 'catalog:shop${suffix}_trusted.customer',
        '--quarantine': 's3://${bucket}/quarantine',
        '--report': 's3://${bucket}/lakewright/shop${suffix}/reports',
      },
      Tags: { 'lakewright:library': 'shop' },
    });
  });

  it('asks for Iceberg where it writes or reads a table of it, and nowhere else', () => {
    const checked = shop();
    const table = checked.tables.get('trusted.customer');
    if (!table?.writer) throw new Error('no such table');
    const iceberg = { ...table, writer: { ...table.writer, format: 'iceberg' } } as const;
    const tables = new Map([...checked.tables, [table.id, iceberg]]);
    const formats = (of: typeof checked) =>
      of.jobs.map((job) => {
        const input = JSON.parse(JSON.stringify(jobResource(of, job, [])));
        return input.NonOverridableArguments['--datalake-formats'] ?? null;
      });
    expect(formats(checked)).to.deep.equal([null, null]);
    expect(formats({ ...checked, tables })).to.deep.equal(['iceberg', 'iceberg']);
  });

  it('carries its author’s tags beside that of the library', () => {
    const checked = shop();
    const [first] = checked.jobs;
    if (!first) throw new Error('no such job');
    const tagged = { ...first, job: { ...first.job, tags: { team: 'lake' } } };
    expect(jobResource(checked, tagged, [])['Tags']).to.deep.equal({
      team: 'lake',
      'lakewright:library': 'shop',
    });
  });

  it('names the secret of the pseudonyms, and never the key', () => {
    const input = jobInput(1, shopArguments.get('participants') ?? []);
    expect(input.NonOverridableArguments['--pseudonym_key']).to.equal(
      'secretsmanager:lakewright/shop${suffix}/pseudonym-key/research',
    );
    expect(input.GlueVersion).to.equal('6.0');
    expect(input.NumberOfWorkers).to.equal(3);
  });

  it('has no key to name where its rows have no pseudonym, which is our bug', () => {
    expect(() => jobInput(0, ['pseudonym_key'])).to.throw(InternalError, 'no purpose');
  });

  it('answers every argument that a script asks for, or is our bug', () => {
    expect(() => jobInput(0, ['unheard_of'])).to.throw(InternalError, '--unheard_of');
  });
});

describe('the resource files of a library', () => {
  it('are in an order in which the resources can be made', () => {
    const files = resourceFiles(shop(), shopArguments);
    const seen = new Set([
      ...supportModules.map((module) => `support/${module}`),
      'script/customer_trusted',
      'script/participants',
    ]);
    for (const { id, dependsOn } of files.flatMap((file) => file.resources)) {
      expect(
        dependsOn.filter((needed) => !seen.has(needed)),
        id,
      ).to.deep.equal([]);
      seen.add(id);
    }
    expect(files.map((file) => file.path)).to.deep.equal([
      'roles/customer_trusted.json',
      'roles/participants.json',
      'keys/landing.json',
      'keys/trusted.json',
      'keys/curated.json',
      'keys/quarantine.json',
      'bucket-policy.json',
      'bucket-lifecycle.json',
      'databases/landing.json',
      'databases/trusted.json',
      'databases/curated.json',
      'tables/curated.participant.json',
      'tables/landing.customer.json',
      'tables/trusted.customer.json',
      'data-tags.json',
      'access/landing.json',
      'access/trusted.json',
      'access/curated.json',
      'access/curated.participant.json',
      'access/landing.customer.json',
      'access/trusted.customer.json',
      'jobs/customer_trusted.json',
      'jobs/participants.json',
      'workflow.json',
      'alarms/failed.json',
      'alarms/refused.json',
    ]);
  });
});
