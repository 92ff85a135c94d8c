import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeSyntheticData } from '../../examples/stedi/synthetic/generate.ts';
import { runInFolders } from '../../runtime/folders.ts';
import type { JobOutcome } from '../../runtime/job-outcome.ts';
import { localSecretFile } from '../../runtime/local-secret.ts';
import type { SparkSession } from '../../runtime/spark/session.ts';
import { gluesUnderTest, warmSpark } from '../runtime/warm-spark.ts';
import { canonicalRows, type OracleAnswer, stediOracle, TABLES } from '../stedi/oracle.ts';
import { PLACES } from '../stedi/places.ts';

const KEY = 'key-of-a-test-and-of-nothing-else';
const SECRET = 'lakewright/stedi/pseudonym-key/research';
const CONSENT_AS_OF = '2024-06-01T00:00:00Z';

for (const glue of gluesUnderTest()) {
  describe(`STEDI on Glue ${glue}`, () => {
    const work = mkdtempSync(join(tmpdir(), 'lakewright-stedi-'));
    const data = join(work, 'data');
    const out = join(work, 'out');
    const keys = join(work, 'keys');
    let spark: SparkSession;
    let outcomes: readonly JobOutcome[];
    let oracle: OracleAnswer;

    before(async () => {
      await writeSyntheticData({ dir: data, customers: 120, seed: 7 });
      mkdirSync(keys);
      writeFileSync(localSecretFile(keys, SECRET), KEY);
      oracle = stediOracle(data, { consentAsOf: Date.parse(CONSENT_AS_OF), pseudonymKey: KEY });
      ({ spark } = await warmSpark(glue));
      outcomes = await run();
    });
    after(() => rmSync(work, { recursive: true, force: true }));

    const run = async () =>
      await runInFolders({
        generated: 'generated/stedi',
        data,
        out,
        spark,
        pseudonymKeys: keys,
        consentAsOf: CONSENT_AS_OF,
      });

    const rowsOf = async (place: string) =>
      await spark.sql(`SELECT * FROM parquet.\`${join(out, place)}\``);

    it('runs every job', () => {
      expect(outcomes.map(({ reason }) => reason).join('')).to.equal('');
      expect(outcomes.map(({ state }) => state)).to.deep.equal(Array(6).fill('succeeded'));
    });

    for (const table of TABLES) {
      it(`writes the rows of ${table} that an independent computation finds`, async () => {
        const rows = canonicalRows(await rowsOf(PLACES[table]));
        expect(rows.length).to.be.greaterThan(0);
        expect(rows).to.deep.equal(oracle.tables[table].rows);
      });
    }

    it('sums up the training set by participant and ten seconds', async () => {
      const readings = await rowsOf(PLACES.machine_learning_curated);
      const windows = new Map<string, number[]>();
      for (const { participant, elapsedMs, distanceFromObject } of readings) {
        const window = `${participant} ${Math.floor(Number(elapsedMs) / 10_000) * 10_000}`;
        windows.set(window, [...(windows.get(window) ?? []), Number(distanceFromObject)]);
      }
      const features = await rowsOf('curated/step_features');
      expect(features.length).to.equal(windows.size);
      for (const row of features) {
        const distances = windows.get(`${row['participant']} ${row['windowStartMs']}`) ?? [];
        const mean = distances.reduce((sum, one) => sum + one, 0) / distances.length;
        expect(row['readings']).to.equal(distances.length);
        expect(row['distanceMean']).to.be.closeTo(mean, 1e-9);
        expect(row['distanceMin']).to.equal(Math.min(...distances));
        expect(row['distanceMax']).to.equal(Math.max(...distances));
      }
    });

    it('accounts for every line of the landing data', () => {
      for (const { report } of outcomes) {
        for (const [argument, { quarantined }] of Object.entries(report?.inputs ?? {})) {
          const feed = argument.replace('landing_', '');
          if (feed === argument) continue;
          const bad = Object.values(quarantined).reduce((sum, count) => sum + count, 0);
          expect([feed, bad]).to.deep.equal([
            feed,
            oracle.malformed[feed as keyof typeof oracle.malformed],
          ]);
        }
      }
    });

    it('comes to the same rows when run again', async () => {
      const before = canonicalRows(await rowsOf(PLACES.machine_learning_curated));
      await run();
      expect(canonicalRows(await rowsOf(PLACES.machine_learning_curated))).to.deep.equal(before);
    });

    it('comes to the known counts on the public STEDI data', async function () {
      const real = process.env['LAKEWRIGHT_STEDI_DATA'];
      // The public data has no clear licence, so it is not part of the project.
      if (real === undefined) this.skip();
      const realOut = join(work, 'real');
      const done = await runInFolders({
        generated: 'generated/stedi',
        data: real,
        out: realOut,
        spark,
        pseudonymKeys: keys,
      });
      expect(done.map(({ report }) => report?.output?.rows).slice(0, 5)).to.deep.equal([
        482, 32025, 464, 11297, 32025,
      ]);
      const [subjects] = await spark.sql(
        `SELECT count(DISTINCT participant) AS n FROM parquet.\`${join(realOut, PLACES.machine_learning_curated)}\``,
      );
      expect(subjects?.['n']).to.equal(464);
    });
  });
}
