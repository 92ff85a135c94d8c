import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { deploy } from '../../deploy/index.ts';
import { runInFolders } from '../../runtime/folders.ts';
import type { JobOutcome, RunEvent } from '../../runtime/job-outcome.ts';
import { uploadLanding } from '../../runtime/landing.ts';
import { localClients } from '../../runtime/local-clients.ts';
import { localSecretFile, putLocalSecret } from '../../runtime/local-secret.ts';
import { runWorkflow } from '../../runtime/workflow.ts';
import { SECRET, writeLanding, writePeople } from './people.ts';
import { gluesUnderTest, type WarmSpark, warmSpark } from './warm-spark.ts';

const ASIDE = 'arn:aws:kms:us-east-1:123456789012:alias/lakewright-people-quarantine';
const KEY = 'canary-of-the-pseudonym-key-0123';
const LINES = [
  { email: 'ann@example.com', town: 'Ulm', consentedAt: 1 },
  { email: 'ann@example.com', town: 'Ulm', consentedAt: 1 },
  { email: 'bob@example.com', town: 'Bonn' },
  { email: 'cy@example.com', town: 'Kiel', consentedAt: 4102444800000 },
  { email: 'dee@example.com', town: 'Ulm', consentedAt: 2 },
  '',
  '{"email": "eve@example.com", "town": "Ul',
  { email: 'fay@example.com', town: 7, consentedAt: 1 },
];
const ANN_AND_DEE = ['ann@example.com', 'dee@example.com'];
const VISITORS = ANN_AND_DEE.map((email) => createHmac('sha256', KEY).update(email).digest('hex'));

for (const glue of gluesUnderTest()) {
  describe(`a workflow on Glue ${glue}`, () => {
    let warm: WarmSpark;
    const library = writePeople();
    const data = writeLanding(LINES);
    const bucket = `people-${glue.replace('.', '-')}`;
    const work = mkdtempSync(join(tmpdir(), 'lakewright-workflow-'));

    before(async () => {
      warm = await warmSpark(glue);
      const { endpoint } = warm;
      await deploy({ directory: library, bucket, createBucket: true, endpoint: endpoint.url });
      await putLocalSecret(endpoint.url, SECRET, KEY);
      const { s3 } = await localClients(endpoint.url);
      await uploadLanding({ s3, bucket, data, tables: ['person'] });
      // What a deployed job has in its settings. The S3 client of Spark 3.5 sends no key over plain HTTP.
      await warm.spark.sql('SET spark.lakewright.quarantine.days=7');
      if (glue !== '5.1') await warm.spark.sql(`SET spark.lakewright.quarantine.key=${ASIDE}`);
    });
    after(async () => {
      for (const name of ['key', 'days'])
        await warm.spark.sql(`RESET spark.lakewright.quarantine.${name}`);
      rmSync(work, { recursive: true, force: true });
    });

    const run = async (onEvent?: (event: RunEvent) => void) =>
      await runWorkflow({
        endpoint: warm.endpoint.url,
        library: 'people',
        spark: warm.spark,
        work,
        consentAsOf: '2024-01-01T00:00:00Z',
        ...(onEvent ? { onEvent } : {}),
      });

    it('runs the deployed jobs in order, and each says what became of its rows', async () => {
      const events: RunEvent[] = [];
      const outcomes = await run((event) => events.push(event));
      expect(outcomes.map(({ job, state, reason }) => [job, state, reason])).to.deep.equal([
        ['people_person_trusted', 'succeeded', ''],
        ['people_visitor_curated', 'succeeded', ''],
      ]);
      expectCounts(outcomes);
      expect(events.map(({ kind }) => kind)).to.deep.equal([
        'job starts',
        'job ends',
        'job starts',
        'job ends',
      ]);
    });

    it('publishes a table that its location leads to', async () => {
      const rows = await publishedVisitors(warm);
      expect(rows.map(({ visitor }) => visitor)).to.have.members(VISITORS);
    });

    it('keeps the version before, and deletes the one before that', async () => {
      await run();
      await run();
      expect(await versionsOfPeople()).to.equal(2);
      expect(await publishedVisitors(warm)).to.have.length(2);
    });

    it('keeps the lines that it could not read of the last two runs, under a key of their own', async () => {
      const { s3 } = await localClients(warm.endpoint.url);
      const below = { Bucket: bucket, Prefix: 'quarantine/person/people_person_trusted/' };
      const keys = async () => {
        const { Versions = [] } = await s3.listObjectVersions(below);
        return Versions.flatMap(({ Key }) => Key ?? []);
      };
      const runs = async () => new Set((await keys()).map((key) => key.split('/')[3])).size;
      expect(await runs()).to.equal(2);
      for (const Key of glue === '5.1' ? [] : await keys()) {
        const { SSEKMSKeyId } = await s3.headObject({ Bucket: bucket, Key });
        expect(SSEKMSKeyId, Key).to.equal(ASIDE);
      }
      await warm.spark.sql('SET spark.lakewright.quarantine.days=0');
      await run();
      expect(await runs()).to.equal(1);
    });

    it('keeps the version before of a restricted table until it is some days old', async () => {
      await warm.spark.sql('SET spark.lakewright.restricted.days=1');
      await run();
      expect(await versionsOfPeople()).to.equal(2);
      await warm.spark.sql('SET spark.lakewright.restricted.days=0');
      await run();
      expect(await versionsOfPeople()).to.equal(1);
      await warm.spark.sql('RESET spark.lakewright.restricted.days');
    });

    it('tells the endpoint how each run ended', async () => {
      const { glue: api } = await localClients(warm.endpoint.url);
      const { JobRuns } = await api.getJobRuns({ JobName: 'people_visitor_curated' });
      expect(new Set(JobRuns?.map(({ JobRunState }) => JobRunState))).to.deep.equal(
        new Set(['SUCCEEDED']),
      );
    });

    it('stops at a job that fails, and readers keep the last good version', async () => {
      const { s3 } = await localClients(warm.endpoint.url);
      const spoiled = { Bucket: bucket, Key: 'landing/person/part-1.json' };
      await s3.putObject({ ...spoiled, Body: '\n\n' });
      const outcomes = await run();
      expect(outcomes.map(({ state, reason }) => [state, reason])).to.deep.equal([
        [
          'failed',
          `people_person_trusted: landing_person: no lines in catalog:people_landing.person`,
        ],
        ['not run', 'people_person_trusted failed'],
      ]);
      expect(await publishedVisitors(warm)).to.have.length(2);
      await s3.putObject({
        ...spoiled,
        Body: readFileSync(join(data, 'person/landing/part-1.json')),
      });
    });

    it('refuses a script that is not what was deployed', async () => {
      const { s3, glue: api } = await localClients(warm.endpoint.url);
      const { Job } = await api.getJob({ JobName: 'people_person_trusted' });
      const key = Job?.Command?.ScriptLocation?.replace(`s3://${bucket}/`, '') ?? '';
      const script = await s3.getObject({ Bucket: bucket, Key: key });
      const text = (await script.Body?.transformToString()) ?? '';
      await s3.putObject({ Bucket: bucket, Key: key, Body: `${text}\n# changed` });
      const failure = await run().catch((error: unknown) => error);
      expect(failure).to.have.property('code', 'runtime/bytes-differ');
      await s3.putObject({ Bucket: bucket, Key: key, Body: text });
    });

    it('leaves no key and no row in what was logged', () => {
      const log = readFileSync(warm.log, 'utf8');
      expect(log).to.contain('lakewright: {"job": "people_person_trusted"');
      for (const secret of [KEY, ...ANN_AND_DEE, 'eve@example.com', ...VISITORS]) {
        expect(log).not.to.contain(secret);
      }
    });

    async function versionsOfPeople(): Promise<number> {
      const { s3 } = await localClients(warm.endpoint.url);
      const listed = await s3.listObjectsV2({ Bucket: bucket, Prefix: 'trusted/person/' });
      return new Set((listed.Contents ?? []).map(({ Key }) => Key?.split('/')[2])).size;
    }

    async function publishedVisitors({ spark, endpoint }: WarmSpark) {
      const { glue: api } = await localClients(endpoint.url);
      const { Table } = await api.getTable({ DatabaseName: 'people_curated', Name: 'visitor' });
      return await spark.sql(`SELECT * FROM parquet.\`${Table?.StorageDescriptor?.Location}\``);
    }
  });

  describe(`scripts on plain folders, Glue ${glue}`, () => {
    const library = writePeople();
    const out = mkdtempSync(join(tmpdir(), 'lakewright-out-'));
    const pseudonymKeys = join(out, 'keys');
    mkdirSync(pseudonymKeys);
    writeFileSync(localSecretFile(pseudonymKeys, SECRET), `${KEY}\n`);
    after(() => rmSync(out, { recursive: true, force: true }));

    const run = async (data: string) =>
      await runInFolders({
        generated: library,
        data,
        out,
        spark: (await warmSpark(glue)).spark,
        pseudonymKeys,
        consentAsOf: '2024-01-01T00:00:00Z',
      });

    it('leaves each table as Parquet in <zone>/<table>', async () => {
      expectCounts(await run(writeLanding(LINES)));
      const { spark } = await warmSpark(glue);
      const rows = await spark.sql(`SELECT * FROM parquet.\`${out}/curated/visitor\``);
      expect(rows.map(({ visitor }) => visitor)).to.have.members(VISITORS);
      const funnel = readFileSync(join(out, 'reports', 'consent-funnel.json'), 'utf8');
      expect(JSON.parse(funnel)).to.deep.equal({
        consentAsOf: '2024-01-01T00:00:00Z',
        feeds: [
          [
            { table: 'landing_person', rows: 7 },
            { table: 'trusted_person', rows: 2 },
            { table: 'curated_visitor', rows: 2 },
          ],
        ],
      });
    });

    it('replaces a table, and keeps the last good one when a job fails', async () => {
      const { spark } = await warmSpark(glue);
      const trusted = `SELECT count(*) AS n FROM parquet.\`${out}/trusted/person\``;
      await run(writeLanding([{ email: 'gil@example.com', town: 'Jena', consentedAt: 1 }]));
      expect(await spark.sql(trusted)).to.deep.equal([{ n: 1 }]);
      const [failed, next] = await run(writeLanding(['']));
      expect([failed?.state, next?.state]).to.deep.equal(['failed', 'not run']);
      expect(await spark.sql(trusted)).to.deep.equal([{ n: 1 }]);
    });

    it('refuses a missing landing folder before it writes anything', async () => {
      const empty = mkdtempSync(join(tmpdir(), 'lakewright-nothing-'));
      const unwritten = join(empty, 'out');
      const { spark } = await warmSpark(glue);
      const failure = await runInFolders({
        generated: library,
        data: empty,
        out: unwritten,
        spark,
        pseudonymKeys,
      }).catch((error: unknown) => error);
      expect(failure).to.have.property('code', 'runtime/landing-missing');
      expect(existsSync(unwritten)).to.equal(false);
    });
  });
}

function expectCounts(outcomes: readonly JobOutcome[]): void {
  const [trusted, visitors] = outcomes.map(({ report }) => report);
  expect(trusted?.inputs).to.deep.equal({
    landing_person: {
      rows: 7,
      quarantined: { 'not one JSON object': 1, 'town is not string': 1 },
      unreadable: {},
    },
  });
  expect(trusted?.steps.map(({ rows }) => rows)).to.deep.equal([4, 2]);
  expect(trusted?.output?.rows).to.equal(2);
  expect(trusted?.consent_as_of).to.equal('2024-01-01T00:00:00.000+00:00');
  expect(visitors?.inputs).to.deep.equal({
    trusted_person: { rows: 2, quarantined: {}, unreadable: {} },
  });
  expect(visitors?.output?.rows).to.equal(2);
}
