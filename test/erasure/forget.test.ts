import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { S3 } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { ROOT } from '../../cli/command.ts';
import { generateLibrary } from '../../cli/generate.ts';
import { environmentOf, parseEnvironments } from '../../deploy/environments.ts';
import { deploy } from '../../deploy/index.ts';
import {
  type BucketConnection,
  connectBucket,
  type Erasure,
  ErasureError,
  folderSecrets,
  folderStore,
  forget,
  type LibraryMap,
  planErasure,
  type Receipt,
  readLibraryMap,
  receiptKey,
  renderPlan,
  STEPS,
  type Step,
  type Store,
  tableReader,
} from '../../erasure/index.ts';
import { writeSyntheticData } from '../../examples/stedi/synthetic/generate.ts';
import { runInFolders } from '../../runtime/folders.ts';
import type { JobOutcome } from '../../runtime/job-outcome.ts';
import { uploadLanding } from '../../runtime/landing.ts';
import { localClients } from '../../runtime/local-clients.ts';
import { localPseudonymKey, putLocalSecret } from '../../runtime/local-secret.ts';
import { runWorkflow } from '../../runtime/workflow.ts';
import { lakewright } from '../cli/author-project.ts';
import { gluesUnderTest, type WarmSpark, warmSpark } from '../runtime/warm-spark.ts';
import { canonicalRows } from '../stedi/oracle.ts';
import { BOB, CANARIES, CONSENT, JANE, plant, withoutJane } from './canary.ts';

const BUCKET = 'lake-that-forgets';
const ENVIRONMENTS = JSON.stringify({
  environments: {
    dev: { bucket: BUCKET, account: '123456789012', region: 'us-east-1' },
    elsewhere: { bucket: 'other-lake', account: '210987654321', region: 'us-east-1' },
  },
});
const DEV = environmentOf(parseEnvironments(ENVIRONMENTS, 'environments.json'), 'dev');
const CONSENT_AS_OF = '2024-06-01T00:00:00Z';
const TABLES = ['customer', 'step_trainer'];
const PSEUDONYMS = 'lakewright/balance/pseudonym-key/research';

describe('forgetting a person', function () {
  this.timeout(900_000);
  const work = mkdtempSync(join(tmpdir(), 'lakewright-forget-'));
  const data = join(work, 'data');
  const keys = join(work, 'keys');
  let warm: WarmSpark;
  let map: LibraryMap;
  /** The same in an environment, as which it is in the bucket. */
  let deployed: LibraryMap;
  const environments = join(work, 'environments.json');
  let s3: S3;
  let connection: BucketConnection;
  /** Rows of each table, as JSON, of a run that never had Jane. */
  let expected: Readonly<Record<string, readonly string[]>>;

  before(async () => {
    await writeSyntheticData({ dir: data, customers: 20, seed: 3 });
    plant(data);
    withoutJane(data, join(work, 'without'));
    const { folder } = await generateLibrary(join(ROOT, 'test', 'erasure', 'balance.ts'), work);
    map = await readLibraryMap(folder, 'customer');
    deployed = await readLibraryMap(folder, 'customer', DEV.suffix);
    writeFileSync(environments, ENVIRONMENTS);
    warm = await warmSpark(gluesUnderTest()[0] ?? '5.1');
    const never = join(work, 'never');
    succeeded(await runLocally(join(work, 'without'), never));
    expected = await tablesOf((zone, name) => join(never, zone, name));
  });

  after(() => {
    connection?.close();
    rmSync(work, { recursive: true, force: true });
  });

  const runLocally = (landing: string, out: string) =>
    runInFolders({
      generated: map.generated,
      data: landing,
      out,
      spark: warm.spark,
      pseudonymKeys: keys,
      consentAsOf: CONSENT_AS_OF,
    });

  const runInBucket = async () =>
    succeeded(
      await runWorkflow({
        endpoint: warm.endpoint.url,
        library: deployed.library,
        spark: warm.spark,
        work: join(work, 'scripts'),
        consentAsOf: CONSENT_AS_OF,
      }),
    );

  async function tablesOf(place: (zone: string, name: string) => string | Promise<string>) {
    const rows: Record<string, readonly string[]> = {};
    for (const { zone, name } of map.derived) {
      const from = await place(zone, name);
      const found = await warm.spark.sql(`SELECT * FROM parquet.\`${from}\``);
      rows[`${zone}.${name}`] = canonicalRows(found);
    }
    return rows;
  }

  const tablesInBucket = () =>
    tablesOf(async (zone, name) => {
      const location = await connection.store.location({ zone, name });
      // The trusted table is of Iceberg, which has its rows beside its metadata.
      return `s3://${BUCKET}/${location}${zone === 'trusted' ? 'data' : ''}`;
    });

  const readerOf = (store: Store) =>
    tableReader(store, () => Promise.resolve(warm.spark), join(work, 'copies'));

  describe('in a bucket with versions', () => {
    let erasure: Erasure;
    let receipt: Receipt;

    before(async () => {
      const endpoint = warm.endpoint.url;
      ({ s3 } = await localClients(endpoint));
      await s3.createBucket({ Bucket: BUCKET });
      await s3.putBucketVersioning({
        Bucket: BUCKET,
        VersioningConfiguration: { Status: 'Enabled' },
      });
      await deploy({ directory: map.generated, bucket: BUCKET, endpoint, environment: DEV });
      const [secret = ''] = deployed.pseudonymSecrets;
      await putLocalSecret(endpoint, secret, await localPseudonymKey(keys, PSEUDONYMS));
      connection = await connectBucket(deployed, { bucket: BUCKET, endpoint, environment: DEV });
      // Delivered twice, so that landing objects have an earlier version with her too.
      for (const _ of [1, 2]) {
        await uploadLanding({ s3, bucket: BUCKET, data, tables: TABLES });
        await runInBucket();
      }
      const { store, secrets } = connection;
      erasure = { map: deployed, store, secrets, reader: readerOf(store), subject: JANE.email };
    });
    after(() => s3?.destroy());

    it('is told about in cards with the counts of the runs that readers see', async () => {
      const { url } = warm.endpoint;
      const told = await lakewright([
        ...['report', '--env', 'dev', '--environments', environments],
        ...['--endpoint', url, '--generated', work],
      ]);
      expect(told.code, told.err).to.equal(0);
      const rows = (await tablesInBucket())['curated.distances'] ?? [];
      expect(told.out).to.match(
        new RegExp(
          `^\\| \`curated.distances\` \\| ${rows.length} \\| [1-9]\\d* \`participant\` \\|$`,
          'm',
        ),
      );
      expect(told.out).to.contain('one owner for each device');
      expectNoCanary(told.out, 'the card');
    });

    it('changes nothing for somebody who is not there, and says so', async () => {
      const before = await connection.store.list('');
      const nobody = { ...erasure, subject: 'nobody@lakewright.example' };
      const error = await planErasure(nobody).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(ErasureError).with.property('code', 'erasure/subject-unknown');
      expect(String(error)).not.to.contain('nobody@');
      expect(await connection.store.list('')).to.deep.equal(before);
    });

    it('is refused with the credentials of another account than the environment’s', async () => {
      const { url } = warm.endpoint;
      const where = ['--environments', environments, '--endpoint', url, '--generated', work];
      const told = await lakewright(['forget', JANE.email, '--env', 'elsewhere', ...where]);
      expect(told.err).to.contain('error[deploy/other-account]');
      expect(told.code).to.equal(1);
    });

    it('finds every place, and says it without a value', async () => {
      const before = await connection.store.list('');
      const plan = await planErasure(erasure);
      expect(await connection.store.list('')).to.deep.equal(before);
      expect([plan.devices, plan.sharedDevices]).to.deep.equal([2, 1]);
      const rows = (what: string, current: boolean) =>
        plan.held
          .filter((one) => one.what === what && one.current === current)
          .reduce((sum, one) => sum + one.rows, 0);
      // Seven customer lines, and 40 of the devices that are hers.
      expect(rows('landing', true)).to.equal(47);
      expect(rows('landing', false)).to.equal(47);
      expect(rows('quarantine', true)).to.be.greaterThan(0);
      const tables = plan.held.filter(({ what }) => what === 'table').map(({ place }) => place);
      for (const { zone, name } of map.derived) {
        expect(
          tables.filter((place) => place.startsWith(`${zone}/${name}/`)),
        ).to.have.lengthOf.at.least(2);
      }
      expectNoCanary(renderPlan(plan), 'the plan');
      expect(renderPlan(plan)).to.contain("1 of them is somebody else's too");
    });

    it('comes to an end though it is stopped after every step and in the middle of some', async () => {
      const done: Step[] = [];
      let attempts = 0;
      for (let budget = 1; ; budget *= 2) {
        attempts += 1;
        const store = stoppingAfter(budget, erasure.store);
        const reader = readerOf(store);
        const outcome = await forget({
          ...erasure,
          store,
          reader,
          rebuild: runInBucket,
          onStep(step) {
            done.push(step);
            throw new Stopped();
          },
        }).catch((error: unknown) => {
          if (error instanceof Stopped) return undefined;
          throw error;
        });
        if (outcome === undefined) continue;
        ({ receipt } = outcome);
        break;
      }
      expect(done).to.deep.equal([...STEPS]);
      expect(attempts).to.be.greaterThan(STEPS.length);
    });

    it('comes to the tables of a run that never had the person', async () => {
      expect(await tablesInBucket()).to.deep.equal(expected);
    });

    it('leaves every other byte of the landing data as it was', async () => {
      for (const { zone, name } of map.landing) {
        for (const stored of await connection.store.list(`${zone}/${name}/`)) {
          const file = stored.key.slice(`${zone}/${name}/`.length);
          const kept = readFileSync(join(work, 'without', name, 'landing', file), 'utf8');
          const found = await textOf(connection.store, stored);
          expect(withoutBom(found)).to.equal(withoutBom(kept));
        }
      }
    });

    it('leaves no value of the person in any version of any object, nor in a log', async () => {
      const all = await connection.store.list('');
      for (const stored of all.filter(({ marker }) => !marker)) {
        const bytes = await textOf(connection.store, stored, 'latin1');
        expectNoCanary(stored.key, 'a key');
        expectNoCanary(withoutBob(bytes), stored.key);
      }
      expectNoCanary(withoutBob(JSON.stringify(await tablesInBucket())), 'a table');
      expectNoCanary(readFileSync(warm.log, 'utf8'), "Spark's log");
      const zones = map.derived.map(({ zone }) => `${zone}/`);
      const versions = all.filter(({ key }) => zones.some((zone) => key.startsWith(zone)));
      expect(versions.filter(({ current, marker }) => !current || marker)).to.deep.equal([]);
    });

    it('writes a receipt of what was where and what became of it, without a value', async () => {
      const written = await connection.store.text(
        receiptKey(receipt.library, receipt.keys.subject),
      );
      expect(JSON.parse(written ?? '')).to.deep.equal(receipt);
      expectNoCanary(written ?? '', 'the receipt');
      expect(receipt.finished).to.be.a('string');
      const dealtWith = new Set(receipt.actions.map(({ place }) => place));
      expect(receipt.held.filter(({ place }) => !dealtWith.has(place))).to.deep.equal([]);
    });

    it('has nothing left to do when it is asked again', async () => {
      expect((await planErasure(erasure)).state).to.equal('nothing left');
      const again = await forget({ ...erasure, rebuild: () => Promise.reject(new Error('ran')) });
      expect(again).to.deep.equal({ state: 'finished', receipt });
    });

    it('brings nobody back when the files are delivered again', async () => {
      await uploadLanding({ s3, bucket: BUCKET, data, tables: TABLES });
      await runInBucket();
      expect(await tablesInBucket()).to.deep.equal(expected);
      for (const stored of await connection.store.list('quarantine/')) {
        const bytes = stored.marker ? '' : await textOf(connection.store, stored);
        // What is no JSON object at all says of nobody whom it is about.
        const known = bytes.split('\n').filter((line) => !line.includes('not one JSON object'));
        expectNoCanary(withoutBob(known.join('\n')), stored.key);
      }
    });

    describe('whose device is sold', () => {
      const DISTANCE = 4711;
      const put = (table: string, lines: readonly object[]) =>
        s3.putObject({
          Bucket: BUCKET,
          Key: `landing/${table}/sold.json`,
          Body: lines.map((line) => JSON.stringify(line)).join('\n'),
        });
      /** What the new owner's sensor measured, by his pseudonym. */
      const distancesOfBob = async () => {
        const key = await localPseudonymKey(keys, PSEUDONYMS);
        const participant = createHmac('sha256', key).update(BOB).digest('hex');
        const place = await connection.store.location({ zone: 'curated', name: 'distances' });
        const rows = await warm.spark.sql(
          `SELECT distanceFromObject AS d FROM parquet.\`s3://${BUCKET}/${place}\` WHERE participant = '${participant}'`,
        );
        return rows.map(({ d }) => Number(d));
      };

      it('lets it in again for whoever has it next, from after the erasure', async () => {
        await put('customer', [
          {
            email: BOB,
            serialNumber: JANE.device,
            registrationDate: 1,
            lastUpdateDate: CONSENT + 9,
            shareWithResearchAsOfDate: CONSENT,
          },
        ]);
        const now = Date.now();
        await put(
          'step_trainer',
          [now, now + 1].map((sensorReadingTime) => ({
            sensorReadingTime,
            serialNumber: JANE.device,
            distanceFromObject: DISTANCE,
          })),
        );
        await runInBucket();
        // Nothing that it measured while it was hers, though those files are there again.
        expect(await distancesOfBob()).to.deep.equal([DISTANCE, DISTANCE]);
      });

      it('takes nothing from the new owner when she is forgotten once more', async () => {
        const again = await forget({ ...erasure, rebuild: runInBucket });
        expect(again.state).to.equal('finished');
        expect(again.receipt.earlier).to.have.length(1);
        expect(await distancesOfBob()).to.deep.equal([DISTANCE, DISTANCE]);
        const left = await connection.store.list('landing/');
        const texts = left
          .filter(({ key, marker }) => !marker && !key.endsWith('sold.json'))
          .map((stored) => textOf(connection.store, stored));
        for (const text of await Promise.all(texts)) expectNoCanary(withoutBob(text), 'landing');
      });
    });
  });

  describe('in plain folders', () => {
    it('does the same', async () => {
      const out = join(work, 'out');
      succeeded(await runLocally(data, out));
      const store = folderStore(data, out);
      const erasure = { map, store, secrets: folderSecrets(keys), reader: readerOf(store) };
      const rebuild = () => runLocally(data, out);
      const { state } = await forget({ ...erasure, subject: JANE.email, rebuild });
      expect(state).to.equal('finished');
      expect(await tablesOf((zone, name) => join(out, zone, name))).to.deep.equal(expected);
      for (const prefix of [
        'landing/customer/',
        'landing/step_trainer/',
        'quarantine/',
        'erasures/',
      ]) {
        for (const stored of await store.list(prefix)) {
          expectNoCanary(withoutBob(await textOf(store, stored)), stored.key);
        }
      }
    });
  });
});

class Stopped extends Error {}

/** The same store, of which somebody pulls the plug after so many changes. */
function stoppingAfter(budget: number, store: Store): Store {
  let left = budget;
  const spend = () => {
    if (left === 0) throw new Stopped();
    left -= 1;
  };
  return {
    ...store,
    async replace(stored, change) {
      spend();
      await store.replace(stored, change);
    },
    async write(key, text) {
      spend();
      await store.write(key, text);
    },
    async remove(stored) {
      spend();
      await store.remove(stored);
    },
  };
}

function succeeded(outcomes: readonly JobOutcome[]): readonly JobOutcome[] {
  expect(outcomes.map(({ reason }) => reason).join('')).to.equal('');
  return outcomes;
}

async function textOf(
  store: Store,
  stored: Parameters<Store['read']>[0],
  encoding: 'utf8' | 'latin1' = 'utf8',
): Promise<string> {
  return (await buffer(store.read(stored))).toString(encoding);
}

function expectNoCanary(text: string, where: string): void {
  const found = CANARIES.filter((canary) => text.includes(canary));
  expect(found, where).to.deep.equal([]);
}

/** Bob still has the device that was shared, and says so in his own line. */
function withoutBob(text: string): string {
  return text.replaceAll(JANE.sharedDevice, '');
}

function withoutBom(text: string): string {
  return text.replaceAll('\ufeff', '');
}
