import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { check } from '../../check/index.ts';
import { pythonModules } from '../../check/python-modules.ts';
import { generate, noWords } from '../../codegen/index.ts';
import { privacyPage } from '../../codegen/privacy.ts';
import { readmePage } from '../../codegen/readme.ts';
import { supportModules } from '../../codegen/support-modules.ts';
import { column, job, library, sink, source, table } from '../check/plain.ts';
import { shop } from './resources/checked-fixture.ts';

describe('generating a library', () => {
  const files = generate(shop(), noWords);
  const manifest = JSON.parse(files.get('manifest.json') ?? '');

  it('gives each job a script and a definition, and the library its pages and data', () => {
    expect([...files.keys()].toSorted()).to.deep.equal([
      'README.md',
      'access/curated.json',
      'access/curated.participant.json',
      'access/landing.customer.json',
      'access/landing.json',
      'access/trusted.customer.json',
      'access/trusted.json',
      'alarms/failed.json',
      'alarms/refused.json',
      'bucket-lifecycle.json',
      'bucket-policy.json',
      'cards/curated.participant.md',
      'data-tags.json',
      'databases/curated.json',
      'databases/landing.json',
      'databases/trusted.json',
      'funnel.json',
      'jobs/customer_trusted.json',
      'jobs/customer_trusted.py',
      'jobs/participants.json',
      'jobs/participants.py',
      'keys/curated.json',
      'keys/landing.json',
      'keys/quarantine.json',
      'keys/trusted.json',
      'library.json',
      'manifest.json',
      'policies/alarm-topic.json',
      'policies/deployer.json',
      'policies/erasure.json',
      'privacy.md',
      'provenance.json',
      'roles/customer_trusted.json',
      'roles/participants.json',
      'support/lakewright_arguments.py',
      'support/lakewright_columnar.py',
      'support/lakewright_counts.py',
      'support/lakewright_csv.py',
      'support/lakewright_expectations.py',
      'support/lakewright_failures.py',
      'support/lakewright_files.py',
      'support/lakewright_folders.py',
      'support/lakewright_iceberg.py',
      'support/lakewright_inputs.py',
      'support/lakewright_jdbc.py',
      'support/lakewright_json.py',
      'support/lakewright_lines.py',
      'support/lakewright_plain_python.py',
      'support/lakewright_proofs.py',
      'support/lakewright_pseudonyms.py',
      'support/lakewright_pyspark.py',
      'support/lakewright_quarantine.py',
      'support/lakewright_runtime.py',
      'support/lakewright_secrets.py',
      'support/lakewright_source.py',
      'support/lakewright_sql.py',
      'support/lakewright_steps.py',
      'support/lakewright_suppression.py',
      'support/lakewright_tables.py',
      'support/lakewright_texts.py',
      'support/lakewright_work.py',
      'tables/curated.participant.json',
      'tables/landing.customer.json',
      'tables/trusted.customer.json',
      'workflow.json',
    ]);
  });

  it('runs with no module that a job could be named like', () => {
    expect(supportModules.filter((name) => !pythonModules.has(name))).to.deep.equal([]);
  });

  it('lists every resource with the hash of its file, after what it depends on', () => {
    const seen = new Set<string>();
    for (const { id, file, sha256, dependsOn } of manifest.resources) {
      const text = files.get(file);
      expect(text, file).to.be.a('string');
      expect(sha256).to.equal(
        createHash('sha256')
          .update(text ?? '')
          .digest('hex'),
      );
      for (const needed of dependsOn) expect([...seen], `${id} needs`).to.include(needed);
      seen.add(id);
    }
    expect(manifest.jobs).to.deep.equal(['customer_trusted', 'participants']);
  });

  it('lists all files but the manifest itself', () => {
    const listed = [
      ...manifest.resources.map((one: { file: string }) => one.file),
      ...manifest.documents,
    ];
    const all = [...files.keys()].filter((path) => path !== 'manifest.json');
    expect([...new Set(listed)].toSorted()).to.deep.equal(all.toSorted());
  });

  it('gives the job definition every argument that the script asks for', () => {
    for (const job of manifest.jobs) {
      const script = files.get(`jobs/${job}.py`) ?? '';
      const asked = /getResolvedOptions\(\s*sys\.argv,\s*\[([^\]]*)\]/.exec(script)?.[1] ?? '';
      const names = [...asked.matchAll(/"(\w+)"/g)].map((found) => found[1]);
      const definition = JSON.parse(files.get(`jobs/${job}.json`) ?? '');
      const pinned = Object.keys(definition.NonOverridableArguments);
      const given = [...pinned, ...Object.keys(definition.DefaultArguments)];
      expect(names).to.include('report');
      for (const name of names.filter((one) => one !== 'JOB_NAME')) {
        expect(given).to.include(`--${name}`);
      }
    }
  });

  it('gives the same bytes again, and nothing of when and where', () => {
    expect([...generate(shop(), noWords)]).to.deep.equal([...files]);
    const today = new Date().toISOString().slice(0, 10);
    for (const [path, text] of files) {
      expect(text, path).to.not.contain(process.cwd());
      expect(text, path).to.not.contain(today);
    }
  });

  it('names no place of the source but in the provenance', () => {
    for (const [path, text] of files) {
      if (path !== 'provenance.json') expect(text, path).to.not.contain('examples/fixture.ts');
    }
  });

  it('numbers the steps of all jobs once, inputs first', () => {
    const { steps, jobs } = JSON.parse(files.get('library.json') ?? '');
    expect(steps.map((one: { kind: string }) => one.kind)).to.deep.equal([
      'source',
      'keepConsented',
      'source',
      'project',
    ]);
    for (const { step, from } of steps) {
      for (const input of Object.values(from)) expect(input).to.be.below(step);
    }
    expect(jobs.map((one: { rows: number }) => one.rows)).to.deep.equal([2, 4]);
  });
});

describe('the privacy page', () => {
  const page = privacyPage(shop());

  it('says whose rows a table holds and on which consent', () => {
    expect(page).to.contain(
      '- Rows: depend only on people who consent to research\n- Used for: research\n- Readers see: who people are\n- Consent: to research, given in `landing.customer.shareWithResearchAsOfDate`\n',
    );
    expect(page).to.contain('- Rows: one `customer` each, whether or not they consent to anything');
  });

  it('says what lowered a label, and what was left behind', () => {
    expect(page).to.contain(
      '| `participant` | `pseudonym(email, "research")` | identifier, subject:customer |',
    );
    expect(page).to.contain('- of `landing.customer`: `shareWithResearchAsOfDate`');
  });

  it('says which values stand in the names of folders', () => {
    const columns = { day: column('date'), amount: column('long') };
    const rows = source('landing.sale');
    const sale = job('sale', rows, sink('curated', 'sale'), { partitionedBy: ['day'] });
    const { checked } = check(library([sale], { tables: [table('sale', columns)] }));
    const [, ofSale = ''] = checked ? privacyPage(checked).split('## `curated.sale`') : [];
    expect(ofSale).to.contain('| `day` | `date` | – (its values name folders) |');
    expect(ofSale).to.contain('| `amount` | `long` | – |');
  });

  it('explains each label that it uses', () => {
    const legend = page.slice(page.indexOf('## Labels'));
    for (const label of [
      'identifier',
      'subject:customer',
      'consent:research',
      'pseudonym:research',
    ]) {
      expect(legend).to.contain(`| ${label} |`);
    }
  });
});

describe('hostile docs', () => {
  const doc = '# | <script>x</script> ``` {{name}} \n\n| b |';

  it('change no structure of the pages', () => {
    const lines = (text: string) => text.split('\n').map((line) => line.replace(/[^|#]/g, ''));
    const plain = shop({ library: 'x', table: 'x' });
    const hostile = shop({ library: doc, table: doc });
    const shown =
      /&#35; &#124; &#60;script&#62;x&#60;\/script&#62; \\`\\`\\` \{\{name\}\} &#124; b &#124;/;
    for (const page of [readmePage, privacyPage]) {
      const cleaned = page(hostile).replaceAll(/&#\d+;/g, 'x');
      expect(lines(cleaned)).to.deep.equal(lines(page(plain)));
      expect(page(hostile)).to.match(shown);
    }
  });
});
