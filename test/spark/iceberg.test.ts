import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Glue } from '@aws-sdk/client-glue';
import type { S3 } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { date, job, library, long, rowCount, string, subject, zone } from '#lakewright';
import { check } from '../../check/index.ts';
import { generate, noWords } from '../../codegen/index.ts';
import { deploy } from '../../deploy/index.ts';
import { libraryOf } from '../../dsl/library-of.ts';
import type { JobOutcome } from '../../runtime/job-outcome.ts';
import { localClients } from '../../runtime/local-clients.ts';
import { startSpark } from '../../runtime/spark/session.ts';
import { toolchain } from '../../runtime/toolchain.ts';
import { runWorkflow } from '../../runtime/workflow.ts';
import { gluesUnderTest, type WarmSpark, warmSpark } from '../runtime/warm-spark.ts';

/** Folder of the jars of AWS's SDK that Iceberg's catalog for Glue takes. */
const SDK = process.env['LAKEWRIGHT_ICEBERG_SDK'];
const BUCKET = 'lake-of-snapshots';
const person = subject('person');
const landing = zone('landing');
const trusted = zone('trusted', { purpose: 'research', holds: 'identified' });
const curated = zone('curated', { purpose: 'research', holds: 'pseudonymous' });
const visits = landing.table('visit', {
  about: 'email',
  consent: { research: { grantedAt: 'agreedAt', version: 'changedAt' } },
  columns: {
    email: string().identifier().subject(person),
    place: string(),
    day: date(),
    agreedAt: long().nullable(),
    changedAt: long(),
  },
});
const visitTrusted = job('visit_trusted', {
  rows: visits.keepConsented('research'),
  sink: trusted.sink('visit'),
  format: 'iceberg',
  expectations: [rowCount({ min: 2 })],
});
const visitCurated = job('visit_curated', {
  rows: visitTrusted.table.select('place', 'day', 'changedAt'),
  sink: curated.sink('visit'),
  format: 'iceberg',
  partitionedBy: ['day', 'place'],
  targetFileSize: 2 ** 20,
});
const PEOPLE = ['jane', 'bob', 'ann'].map((name, at) => ({
  email: `${name}@canary.example`,
  place: ['Ulm', '01'][at % 2] ?? '',
  day: `2024-03-0${at + 1}`,
  agreedAt: 1,
  changedAt: at + 1,
}));

for (const glue of gluesUnderTest()) {
  describe(`an Iceberg table in the catalog, on Glue ${glue}`, function () {
    this.timeout(300_000);
    const work = mkdtempSync(join(tmpdir(), 'lakewright-iceberg-'));
    const generated = join(work, 'generated');
    let warm: WarmSpark;
    let api: Glue;
    let s3: S3;
    /** The first run of the trusted table's job. */
    let first: JobOutcome | undefined;

    before(async () => {
      const written = library('visits', { jobs: [visitTrusted, visitCurated] });
      const { checked, diagnostics } = check(libraryOf(written) ?? expect.fail('no library'));
      if (!checked) throw new Error(diagnostics.map(({ code }) => code).join());
      for (const [path, text] of generate(checked, noWords)) {
        mkdirSync(dirname(join(generated, path)), { recursive: true });
        writeFileSync(join(generated, path), text);
      }
      warm = await warmSpark(glue);
      ({ glue: api, s3 } = await localClients(warm.endpoint.url));
      await s3.createBucket({ Bucket: BUCKET });
      const VersioningConfiguration = { Status: 'Enabled' } as const;
      await s3.putBucketVersioning({ Bucket: BUCKET, VersioningConfiguration });
      await deployed();
      for (const one of PEOPLE) await deliver(one);
      [first] = await run();
    });
    after(() => {
      api?.destroy();
      s3?.destroy();
      rmSync(work, { recursive: true, force: true });
    });

    const deployed = () =>
      deploy({ directory: generated, bucket: BUCKET, endpoint: warm.endpoint.url });
    const deliver = (line: Readonly<Record<string, unknown>>) =>
      s3.putObject({
        Bucket: BUCKET,
        Key: `landing/visit/${line['changedAt']}.json`,
        Body: JSON.stringify(line),
      });
    const outcomes = () =>
      runWorkflow({
        endpoint: warm.endpoint.url,
        library: 'visits',
        spark: warm.spark,
        work: join(work, 'run'),
      });
    const run = async () => {
      const ran = await outcomes();
      expect(ran.map(({ reason }) => reason).join('')).to.equal('');
      return ran;
    };

    async function tableNow(zoneName: string) {
      const found = await api.getTable({ DatabaseName: `visits_${zoneName}`, Name: 'visit' });
      const { StorageDescriptor: storage, Parameters = {}, PartitionKeys = [] } = found.Table ?? {};
      const location = storage?.Location ?? '';
      const metadata = Parameters['metadata_location'] ?? '';
      const { Body } = await s3.getObject({
        Bucket: BUCKET,
        Key: metadata.replace(`s3://${BUCKET}/`, ''),
      });
      const text = (await Body?.transformToString()) ?? '{}';
      // A number of a snapshot has more digits than a number of JavaScript.
      const snapshot = /"current-snapshot-id":(\d+)/.exec(text)?.[1] ?? '';
      const said = JSON.parse(text);
      const pointers = { location, metadata, snapshot };
      return { storage, parameters: Parameters, keys: PartitionKeys, said, ...pointers };
    }

    /** As a reader does who was told the metadata, perhaps by the catalog. */
    async function rowsOf(metadata: string) {
      const view = `CREATE OR REPLACE TEMPORARY VIEW visit USING iceberg OPTIONS (path '${metadata}')`;
      await warm.spark.sql(view);
      return await warm.spark.sql('SELECT * FROM visit ORDER BY changedAt');
    }

    /** What a query says of a version of the trusted table, `@`, as a catalog has it. */
    async function told(location: string, query: string) {
      const settings = {
        '': 'org.apache.iceberg.spark.SparkCatalog',
        '.type': 'hadoop',
        '.warehouse': `s3://${BUCKET}/trusted/visit`,
      };
      for (const [name, value] of Object.entries(settings))
        await warm.spark.sql(`SET spark.sql.catalog.versions${name}=${value}`);
      return await warm.spark.sql(query.replace('@', `versions.\`${runId(location)}\``));
    }

    const asOf = (snapshot: string) =>
      `SELECT * FROM @ VERSION AS OF ${snapshot} ORDER BY changedAt`;

    /** Runs of which any version of any object is left, marks of deletion included. */
    async function runsLeft(zoneName: string) {
      const Prefix = `${zoneName}/visit/`;
      const found = await s3.listObjectVersions({ Bucket: BUCKET, Prefix });
      const all = [...(found.Versions ?? []), ...(found.DeleteMarkers ?? [])];
      return new Set(all.map(({ Key = '' }) => Key.split('/')[2] ?? ''));
    }

    const runId = (location: string) => location.split('/').at(-2) ?? '';

    it('is told by its metadata, which says the run and the instant of consent', async () => {
      const { storage, parameters, keys, location, metadata, said } = await tableNow('trusted');
      expect(metadata).to.match(new RegExp(`^${location}metadata/[^/]+\\.metadata\\.json$`));
      expect(parameters).to.include({ table_type: 'ICEBERG' });
      expect(storage).not.to.have.any.keys('InputFormat', 'SerdeInfo');
      expect(keys).to.deep.equal([]);
      for (const name of ['lakewright:run_id', 'lakewright:consent_as_of'])
        expect(said.properties[name]).to.equal(parameters[name]);
      expect(said.properties['lakewright:run_id']).to.equal(runId(location));
      expect(said).to.include({ 'format-version': 2, location: location.replace(/\/$/, '') });
      expect(await rowsOf(metadata)).to.deep.equal(PEOPLE);
      const files = `parquet.\`${first?.report?.output?.location}\``;
      expect(await warm.spark.sql(`SELECT * FROM ${files} ORDER BY changedAt`)).to.deep.equal(
        PEOPLE,
      );
      // Counts, and no values of anybody.
      const counts = 'SELECT sum(record_count) AS rows, any(size(lower_bounds) > 0) AS bounds';
      const counted = await told(location, `${counts} FROM @.files`);
      expect(counted).to.deep.equal([{ rows: PEOPLE.length, bounds: false }]);
    });

    it('is read by the next job, and may have folders', async () => {
      const { location, metadata, said, keys } = await tableNow('curated');
      const rows = PEOPLE.map(({ place, day, changedAt }) => ({ place, day, changedAt }));
      expect(await rowsOf(metadata)).to.deep.equal(rows);
      expect(keys).to.deep.equal([]);
      const spec = said['partition-specs'].at(-1).fields;
      expect(spec.map(({ name }: { name: string }) => name)).to.deep.equal(['day', 'place']);
      const Prefix = location.replace(`s3://${BUCKET}/`, '');
      const { Contents = [] } = await s3.listObjectsV2({ Bucket: BUCKET, Prefix });
      const files = Contents.map(({ Key = '' }) => Key).filter((key) => key.endsWith('.parquet'));
      expect(files).to.have.length(PEOPLE.length);
      // What was written on the way to files of this size is gone.
      expect([...(await runsLeft('curated'))]).to.deep.equal([runId(location)]);
    });

    it("is read by Iceberg's own catalog for Glue", async function () {
      // It takes 20 MB of AWS's SDK and a Spark of its own, of the line that has the SDK's version 2.
      if (SDK === undefined || glue !== '6.0') this.skip();
      const tools = toolchain(glue);
      const spark = await startSpark({
        tools,
        log: join(work, 'spark.log'),
        warehouse: join(work, 'spark'),
        s3Endpoint: warm.endpoint.url,
        settings: {
          'spark.driver.extraClassPath': `${join(tools.jars, '*')}:${join(SDK, '*')}`,
          'spark.sql.catalog.glue': 'org.apache.iceberg.spark.SparkCatalog',
          'spark.sql.catalog.glue.catalog-impl': 'org.apache.iceberg.aws.glue.GlueCatalog',
          'spark.sql.catalog.glue.glue.endpoint': warm.endpoint.url,
          'spark.sql.catalog.glue.s3.endpoint': warm.endpoint.url,
          'spark.sql.catalog.glue.s3.path-style-access': 'true',
          'spark.sql.catalog.glue.http-client.type': 'apache',
        },
      });
      try {
        const all = 'SELECT * FROM glue.visits_trusted.visit ORDER BY changedAt';
        expect(await spark.sql(all)).to.deep.equal(PEOPLE);
        const some = `SELECT changedAt AS n FROM glue.visits_curated.visit WHERE place = '01'`;
        expect(await spark.sql(some)).to.deep.equal([{ n: 2 }]);
      } finally {
        await spark.stop();
      }
    });

    it('is as it was deployed after a run', async () => {
      expect((await deployed()).written).to.deep.equal([]);
    });

    it('is the last good one after a run that fails', async () => {
      const before = await tableNow('trusted');
      for (const one of PEOPLE.slice(1)) await deliver({ ...one, agreedAt: null });
      const [failed] = await outcomes();
      expect(failed?.reason).to.contain('rows: 2 or more');
      expect((await tableNow('trusted')).metadata).to.equal(before.metadata);
      expect([...(await runsLeft('trusted'))]).to.deep.equal([runId(before.location)]);
      for (const one of PEOPLE) await deliver(one);
    });

    it('has no snapshot with a person who withdrew, and soon no file either', async () => {
      const before = await tableNow('trusted');
      await deliver({ ...PEOPLE[0], changedAt: 9, agreedAt: null });
      await run();
      const after = await tableNow('trusted');
      expect(await rowsOf(after.metadata)).to.deep.equal(PEOPLE.slice(1));
      expect(await told(after.location, asOf(after.snapshot))).to.deep.equal(PEOPLE.slice(1));
      const ofThen = await told(after.location, asOf(before.snapshot)).catch((error) => error);
      expect(String(ofThen)).to.contain(`Cannot find snapshot with ID ${before.snapshot}`);
      expect(after.said.snapshots).to.have.length(1);
      // Whoever is reading the version before still can, until the next run.
      expect(after.parameters['previous_metadata_location']).to.equal(before.metadata);
      expect(await rowsOf(before.metadata)).to.deep.equal(PEOPLE);
      await run();
      const last = await tableNow('trusted');
      expect([...(await runsLeft('trusted'))].toSorted()).to.deep.equal(
        [runId(after.location), runId(last.location)].toSorted(),
      );
      for (const { metadata } of [after, last])
        expect(await rowsOf(metadata)).to.deep.equal(PEOPLE.slice(1));
    });

    it('leaves nobody in the log', () => {
      expect(readFileSync(warm.log, 'utf8')).not.to.contain('canary.example');
    });
  });
}
