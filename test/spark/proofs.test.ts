import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { checkedLibrary } from '../../cli/checked-library.ts';
import { generate } from '../../codegen/index.ts';
import { writeSyntheticData } from '../../examples/stedi/synthetic/generate.ts';
import { runInFolders } from '../../runtime/folders.ts';
import type { JobOutcome } from '../../runtime/job-outcome.ts';
import { localSecretFile } from '../../runtime/local-secret.ts';
import type { SparkSession } from '../../runtime/spark/session.ts';
import { gluesUnderTest, warmSpark } from '../runtime/warm-spark.ts';

const SECRET = 'lakewright/stedi/pseudonym-key/research';

/** Rules that somebody takes out of a generated script, and what stops the run. */
const FAULTS: readonly {
  readonly it: string;
  readonly job: string;
  readonly table: string;
  /** What stands in the script once, and what is put there instead. */
  readonly edits: readonly (readonly [from: string, to: string])[];
  readonly says: RegExp;
}[] = [
  {
    it: 'takes null for consent',
    job: 'customer_trusted',
    table: 'trusted/customer',
    edits: [
      [
        `            & F.col("shareWithResearchAsOfDate").isNotNull()
            & (F.col("shareWithResearchAsOfDate") <= consent_as_of)
`,
        '',
      ],
    ],
    says: /not published: \d+ rows whose email is of nobody who consents$/,
  },
  {
    it: 'keeps the readings of everybody',
    job: 'accelerometer_trusted',
    table: 'trusted/accelerometer',
    edits: [
      ['"inner"', '"left"'],
      [
        'F.col("timestamp") >= F.col("shareWithResearchAsOfDate")\n',
        'F.coalesce(F.col("timestamp") >= F.col("shareWithResearchAsOfDate"), F.lit(True))\n',
      ],
    ],
    says: /not published: \d+ rows whose user is of nobody who consents, or whose timestamp is before the consent$/,
  },
  {
    it: 'keeps the readings from before consent',
    job: 'accelerometer_trusted',
    table: 'trusted/accelerometer',
    edits: [
      [
        'F.col("timestamp") >= F.col("shareWithResearchAsOfDate")\n',
        'F.col("timestamp").isNotNull()\n',
      ],
    ],
    says: /not published: \d+ rows whose user .* or whose timestamp is before the consent$/,
  },
  {
    it: 'lets a device have two owners',
    job: 'step_trainer_trusted',
    table: 'trusted/step_trainer',
    edits: [['(F.col("_owners") == 1)', '(F.col("_owners") >= 1)']],
    says: /not published: \d+ of serialNumber do not have one email each after: keep rows whose/,
  },
  {
    it: 'makes pseudonyms of something else than the customer',
    job: 'machine_learning_curated',
    table: 'curated/machine_learning',
    edits: [
      [
        `        accelerometer_derived,
        "user",`,
        `        accelerometer_derived.withColumn("user", F.upper("user")),
        "user",`,
      ],
    ],
    says: /not published: \d+ rows whose participant is of nobody who consents$/,
  },
];

for (const glue of gluesUnderTest()) {
  describe(`a script that somebody edited, on Glue ${glue}`, () => {
    const work = mkdtempSync(join(tmpdir(), 'lakewright-proofs-'));
    const data = join(work, 'data');
    const out = join(work, 'out');
    let files: ReadonlyMap<string, string>;
    let spark: SparkSession;

    before(async function () {
      this.timeout(600_000);
      const { checked, source } = await checkedLibrary('examples/stedi/index.ts');
      files = generate(checked, source);
      await writeSyntheticData({ dir: data, customers: 60, seed: 11 });
      mkdirSync(join(work, 'keys'));
      writeFileSync(localSecretFile(join(work, 'keys'), SECRET), 'key-of-a-test-and-of-no-one');
      ({ spark } = await warmSpark(glue));
      const outcomes = await run('as generated', files);
      expect(outcomes.map(({ reason }) => reason).join('')).to.equal('');
      const proven = outcomes.map(({ report }) => report?.proofs?.length ?? 0);
      expect(Math.min(...proven), 'each job proves something').to.be.greaterThan(0);
    });
    after(() => rmSync(work, { recursive: true, force: true }));

    const run = async (
      name: string,
      scripts: ReadonlyMap<string, string>,
    ): Promise<readonly JobOutcome[]> => {
      const generated = join(work, name);
      for (const [path, text] of scripts) {
        mkdirSync(dirname(join(generated, path)), { recursive: true });
        writeFileSync(join(generated, path), text);
      }
      const pseudonymKeys = join(work, 'keys');
      const consentAsOf = '2024-06-01T00:00:00Z';
      return await runInFolders({ generated, data, out, spark, pseudonymKeys, consentAsOf });
    };

    /** The files with one script changed, and no other job to run. */
    const edited = ({ job, edits }: (typeof FAULTS)[number]): ReadonlyMap<string, string> => {
      const path = `jobs/${job}.py`;
      let text = files.get(path) ?? '';
      for (const [from, to] of edits) {
        expect(text.split(from).length, `${path} has ${from} once`).to.equal(2);
        text = text.replace(from, () => to);
      }
      const manifest = { ...JSON.parse(files.get('manifest.json') ?? ''), jobs: [job] };
      return new Map([...files, [path, text], ['manifest.json', JSON.stringify(manifest)]]);
    };

    for (const fault of FAULTS) {
      it(`publishes nothing where it ${fault.it}`, async function () {
        this.timeout(300_000);
        const { job, table, says } = fault;
        const rows = async () =>
          (await spark.sql(`SELECT count(*) AS n FROM parquet.\`${join(out, table)}\``))[0]?.['n'];
        const before = await rows();
        const [outcome] = await run(job, edited(fault));
        expect(outcome?.state).to.equal('failed');
        expect(outcome?.reason).to.match(says);
        expect(outcome?.reason).not.to.match(/@/);
        expect(await rows()).to.equal(before);
      });
    }
  });
}
