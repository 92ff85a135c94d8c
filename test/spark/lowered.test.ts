import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { checkedLibrary } from '../../cli/checked-library.ts';
import { generate } from '../../codegen/index.ts';
import { runInFolders } from '../../runtime/folders.ts';
import { localSecretFile } from '../../runtime/local-secret.ts';
import type { SparkSession } from '../../runtime/spark/session.ts';
import { gluesUnderTest, warmSpark } from '../runtime/warm-spark.ts';

const patient = (name: string, city: string, more: object = {}) => ({
  email: `${name}@example.org`,
  birthYear: 1955,
  city,
  room: '7',
  points: 1,
  ward: 'north',
  updatedAt: 1,
  agreedAt: 1,
  ...more,
});

/** Three who agreed in Bern; in Genf two, and one who did not; in Lund three, of whom one has no room. */
const patients = [
  ...['ann', 'bob', 'cy'].map((name) => patient(name, 'Bern')),
  ...['dee', 'eve'].map((name) => patient(name, 'Genf')),
  patient('fay', 'Genf', { agreedAt: null }),
  ...['gus', 'hal'].map((name) => patient(name, 'Lund')),
  patient('ida', 'Lund', { room: null }),
];

for (const glue of gluesUnderTest()) {
  describe(`labels that are lowered, on Glue ${glue}`, () => {
    const work = mkdtempSync(join(tmpdir(), 'lakewright-lowered-'));
    let files: ReadonlyMap<string, string>;
    let spark: SparkSession;

    before(async function () {
      this.timeout(600_000);
      const { checked, source } = await checkedLibrary('test/privacy/lowered/library.ts');
      files = generate(checked, source);
      write(join(work, 'data/patient/landing/part.json'), patients.map(line).join(''));
      const secret = 'lakewright/ward/pseudonym-key/research';
      write(localSecretFile(join(work, 'keys'), secret), 'key-of-a-test-and-of-no-one');
      ({ spark } = await warmSpark(glue));
    });
    after(() => rmSync(work, { recursive: true, force: true }));

    const run = async (name: string, scripts: ReadonlyMap<string, string>) => {
      const generated = join(work, name);
      for (const [path, text] of scripts) write(join(generated, path), text);
      const outcomes = await runInFolders({
        generated,
        data: join(work, 'data'),
        out: join(work, 'out'),
        spark,
        pseudonymKeys: join(work, 'keys'),
        consentAsOf: '2024-06-01T00:00:00Z',
      });
      return new Map(outcomes.map((outcome) => [outcome.job.replace('ward_', ''), outcome]));
    };

    const edited = (job: string, edit: (text: string) => string): ReadonlyMap<string, string> => {
      const path = `jobs/${job}.py`;
      const text = files.get(path) ?? '';
      expect(edit(text), 'an edit').not.to.equal(text);
      const manifest = { ...JSON.parse(files.get('manifest.json') ?? ''), jobs: [job] };
      return new Map([...files, [path, edit(text)], ['manifest.json', JSON.stringify(manifest)]]);
    };

    it('runs as generated, and leaves out groups of too few people', async function () {
      this.timeout(300_000);
      const outcomes = await run('as generated', files);
      expect([...outcomes.values()].map(({ reason }) => reason).join('')).to.equal('');
      const rows = (job: string) => outcomes.get(job)?.report?.output?.rows;
      expect(rows('patient_trusted')).to.equal(8);
      expect(rows('bed_curated')).to.equal(3);
      expect(rows('city_curated')).to.equal(1);
      expect(rows('overall_curated')).to.equal(1);
    });

    it('publishes nothing where somebody lowers the number of people', async function () {
      this.timeout(300_000);
      const script = edited('city_curated', (text) => text.replaceAll(') >= 3)', ') >= 1)'));
      const { reason } = (await run('smaller groups', script)).get('city_curated') ?? {};
      expect(reason).to.match(/not published: 2 groups of fewer than 3 email after: make one row/);
    });

    it('reads nothing once a permit is over', async function () {
      this.timeout(300_000);
      const script = edited('ward_curated', (text) =>
        text.replaceAll(/"20\d\d-\d\d-\d\d"/g, '"2024-01-01"'),
      );
      const outcome = (await run('over', script)).get('ward_curated');
      expect(outcome?.reason).to.match(/a permit to declassify expired: it held until 2024-01-01/);
      expect(outcome?.report?.inputs ?? {}).to.deep.equal({});
    });
  });
}

function line(row: object): string {
  return `${JSON.stringify(row)}\n`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
