import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Jdbc, Table } from '../../algebra/library.ts';
import { check } from '../../check/index.ts';
import { generate, noWords } from '../../codegen/index.ts';
import { deploy } from '../../deploy/index.ts';
import { runInFolders } from '../../runtime/folders.ts';
import type { JobOutcome } from '../../runtime/job-outcome.ts';
import { localSecretFile, putLocalSecret } from '../../runtime/local-secret.ts';
import { runWorkflow } from '../../runtime/workflow.ts';
import { column, job, keepConsented, library, sink, source, table, zone } from '../check/plain.ts';
import { type Postgres, postgresPrograms, startPostgres } from '../runtime/postgres.ts';
import { type WarmSpark, warmSpark } from '../runtime/warm-spark.ts';
import { sparkVersions } from '../verbs/spark-rows.ts';

const PASSWORD = 'canary-0c7e-password';
const SECRETS = ['lakewright/shop/connection/crm', 'lakewright/shop/suppression-key'] as const;
/** Names that would end a quoted name or a text, or begin something else. */
const [SCHEMA, TABLE] = [`s"h'o\\p; --`, `cu"st'o\\mer ?{$1}`];

const inDatabase = (more: Partial<Jdbc>): Pick<Table, 'format'> => ({
  format: {
    kind: 'jdbc',
    connection: 'crm',
    schema: 'public',
    table: 'fact',
    fetchSize: 10_000,
    ...more,
  },
});

const customers = table(
  'customer',
  {
    email: column('string', 'identifier', 'subject:customer'),
    updated: column('long', 'quasi-identifier'),
    researchSince: column('timestamp?'),
  },
  {
    owner: { kind: 'subject', name: 'customer', column: 'email' },
    consents: [{ purpose: 'research', grantedAt: 'researchSince', version: 'updated' }],
    ...inDatabase({ schema: SCHEMA, table: TABLE }),
  },
);

const money = { ...column({ kind: 'decimal', precision: 10, scale: 2 }), nullable: true };
const facts = table(
  'fact',
  {
    id: column('long'),
    word: column('string?'),
    small: column('int?'),
    price: money,
    amount: money,
    ok: column('boolean?'),
    x: column('double?'),
    day: column('date'),
    at: column('timestamp?'),
    local: column('timestamp?'),
  },
  inDatabase({ split: { by: 'id', from: 0, to: 6, parts: 3 } }),
);

const shop = library(
  [
    job('customer_trusted', keepConsented(source('landing.customer')), sink('trusted', 'customer')),
    job('fact_trusted', source('landing.fact'), sink('trusted', 'fact')),
  ],
  {
    name: 'shop',
    tables: [customers, facts],
    zones: [zone('landing'), zone('trusted', { purposes: ['research'], holds: 'identified' })],
  },
);

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const PEOPLE = `${quote(SCHEMA)}.${quote(TABLE)}`;
const FACTS = `CREATE TABLE fact (id bigint, word varchar(20), small smallint, price numeric(10, 2),
  amount numeric, ok boolean, x double precision, day date, at timestamptz, local timestamp(3), more int)`;
const TABLES = `
  CREATE DOMAIN mail AS text;
  CREATE SCHEMA ${quote(SCHEMA)};
  CREATE TABLE ${PEOPLE} (email mail, updated bigint, "researchSince" timestamptz);
  INSERT INTO ${PEOPLE} VALUES ('canary-0c7e-ann', 1, '2024-01-01'), ('canary-0c7e-bob', 1, NULL),
    ('canary-0c7e-cy', 1, '2024-01-01'), ('canary-0c7e-cy', 2, 'infinity');
  ${FACTS};
  INSERT INTO fact VALUES
    (-1, 'é🦊', 3, 12.5, 1.5, true, 1e300, '2024-02-29', '2024-01-31 12:00:00.123456+02', '2024-01-31 12:00:00.1', 1),
    (2, NULL, NULL, NULL, NULL, NULL, NULL, '9999-12-31', NULL, NULL, NULL),
    (3, '', -1, -99999999.99, 1.005, false, 'NaN', '1582-10-15', 'infinity', '0044-03-15 BC', NULL),
    (99, 'far', 1, 0, 1234567890.12, true, 0.1, '1970-01-01', '1970-01-01 00:00+00', '1969-12-31 23:59:59.999', NULL),
    (5, 'canary-0c7e', 1, 1, 1, true, 1, 'infinity', NULL, NULL, NULL),
    (NULL, 'canary-0c7e', 1, 1, 1, true, 1, '2024-01-01', NULL, NULL, NULL)`;

const programs = postgresPrograms();
const why = 'no PostgreSQL in /usr/lib/postgresql: apt-get install postgresql';

for (const glue of sparkVersions()) {
  describe(`tables of a database${programs ? '' : ` (skipped: ${why})`}, on Glue ${glue}`, () => {
    const work = mkdtempSync(join(tmpdir(), 'lakewright-database-'));
    const keys = join(work, 'keys');
    let postgres: Postgres;
    let warm: WarmSpark;

    before(async function () {
      if (!programs) return this.skip();
      this.timeout(600_000);
      const { checked } = check(shop);
      if (!checked) throw new TypeError('the library is wrong');
      for (const [path, text] of generate(checked, noWords)) {
        put(join('generated', path), text);
        const alone = {
          ...JSON.parse(path === 'manifest.json' ? text : '{}'),
          jobs: ['fact_trusted'],
        };
        put(join('facts', path), path === 'manifest.json' ? JSON.stringify(alone) : text);
      }
      postgres = await startPostgres(programs, PASSWORD);
      await postgres.run(TABLES);
      connect(postgres.connection);
      put(`keys/${localSecretFile('', SECRETS[1])}`, 'key-of-a-test-and-of-no-one');
      warm = await warmSpark(glue);
    });
    after(async () => {
      await postgres?.stop();
      rmSync(work, { recursive: true, force: true });
    });

    const put = (path: string, text: string) => {
      mkdirSync(dirname(join(work, path)), { recursive: true });
      writeFileSync(join(work, path), text);
    };
    const connect = (connection: Postgres['connection']) =>
      put(`keys/${localSecretFile('', SECRETS[0])}`, JSON.stringify(connection));
    const run = async (files = 'generated'): Promise<readonly JobOutcome[]> => {
      const generated = join(work, files);
      const folders = { data: join(work, 'data'), out: join(work, 'out'), pseudonymKeys: keys };
      const consentAsOf = '2024-06-01T00:00:00Z';
      return await runInFolders({ generated, ...folders, spark: warm.spark, consentAsOf });
    };
    const rows = (name: string, columns: string) =>
      warm.spark.sql(
        `SELECT ${columns} FROM parquet.\`${join(work, 'out/trusted', name)}\` ORDER BY 1`,
      );
    /** Why the job of the facts stops where they are others; its table is the last good one afterwards. */
    const reasonWith = async (change: string): Promise<string> => {
      const kept = await rows('fact', 'id');
      await postgres.run(`ALTER TABLE fact RENAME TO kept; ${FACTS}; ${change}`);
      const [outcome] = await run('facts').finally(() =>
        postgres.run('DROP TABLE IF EXISTS fact; ALTER TABLE kept RENAME TO fact'),
      );
      expect(await rows('fact', 'id'), 'the last good table').to.deep.equal(kept);
      return outcome?.reason ?? '';
    };

    it('are read by their declared types, and what does not fit is set aside and counted', async function () {
      this.timeout(300_000);
      const outcomes = await run();
      expect(outcomes.map(({ reason }) => reason)).to.deep.equal(['', '']);
      expect(outcomes.map(({ report }) => report?.inputs)).to.deep.equal([
        {
          landing_customer: { rows: 4, quarantined: {}, unreadable: { researchSince: 1 } },
        },
        {
          landing_fact: {
            rows: 6,
            quarantined: { 'day is not date': 1, 'id is null': 1 },
            unreadable: { amount: 2, at: 1, local: 1 },
            undeclared: 4,
          },
        },
      ]);
      // Since when nobody can say of Cy, whose older row consents, is no consent.
      expect(await rows('customer', 'email')).to.deep.equal([{ email: 'canary-0c7e-ann' }]);
      const texts = 'id, word, small, price, amount, ok, string(x) AS x, day, at, local';
      const strings = texts
        .split(', ')
        .map((one) => (one.includes(' ') ? one : `string(${one}) AS ${one}`));
      const empty = { word: null, small: null, price: null, amount: null, ok: null, x: null };
      expect(
        (await rows('fact', strings.join(', '))).toSorted(
          (a, b) => Number(a['id']) - Number(b['id']),
        ),
      ).to.deep.equal([
        {
          ...{ id: '-1', word: 'é🦊', small: '3', price: '12.50', amount: '1.50', ok: 'true' },
          ...{ x: '1.0E300', day: '2024-02-29', at: '2024-01-31 10:00:00.123456' },
          local: '2024-01-31 12:00:00.1',
        },
        { id: '2', ...empty, day: '9999-12-31', at: null, local: null },
        {
          ...{ id: '3', word: '', small: '-1', price: '-99999999.99', amount: null, ok: 'false' },
          ...{ x: 'NaN', day: '1582-10-15', at: null, local: null },
        },
        {
          ...{ id: '99', word: 'far', small: '1', price: '0.00', amount: null, ok: 'true' },
          ...{ x: '0.1', day: '1970-01-01', at: '1970-01-01 00:00:00' },
          local: '1969-12-31 23:59:59.999',
        },
      ]);
    });

    it('are read past the rows of whoever was erased', async function () {
      this.timeout(300_000);
      const key = 'key-of-a-test-and-of-no-one';
      const digest = createHmac('sha256', key).update('canary-0c7e-cy').digest('hex');
      put('out/suppression.json', JSON.stringify({ digests: [digest], devices: [] }));
      const [outcome] = await run().finally(() => rmSync(join(work, 'out/suppression.json')));
      expect(outcome?.reason).to.equal('');
      expect(outcome?.report).to.deep.include({ suppressed: { landing_customer: 2 } });
      expect(outcome?.report?.inputs?.['landing_customer']?.rows).to.equal(2);
    });

    it('are read at one moment, in all parts', () => {
      const told = [...postgres.asked().matchAll(/SET TRANSACTION SNAPSHOT E?'([^']+)'/g)];
      expect(told.length).to.be.greaterThanOrEqual(3);
      expect(new Set(told.map(([, snapshot]) => snapshot)).size).to.equal(told.length / 3);
    });

    const CHANGES: readonly (readonly [it: string, change: string, says: RegExp])[] = [
      ['a column less', 'ALTER TABLE fact DROP x', /landing_fact: public.fact has no x$/],
      [
        'a column of another type',
        'ALTER TABLE fact ALTER price TYPE numeric(12, 2)',
        /landing_fact.price is numeric\(12,2\), expected decimal\(10,2\)$/,
      ],
      ['no table', 'DROP TABLE fact', /landing_fact: the database crm has no public.fact$/],
      ['no rows', '', /landing_fact: no rows in public.fact$/],
      [
        'nothing but rows that do not fit',
        "INSERT INTO fact (word) VALUES ('canary-0c7e')",
        /landing_fact: none of its rows can be read \(id is null: 1\)$/,
      ],
    ];
    for (const [it_, change, says] of CHANGES) {
      it(`stop the run where there is ${it_}`, async function () {
        this.timeout(300_000);
        expect(await reasonWith(change)).to.match(says);
      });
    }

    it('stop the run where nobody is let in, and nothing of the secret is told', async function () {
      this.timeout(300_000);
      connect({ ...postgres.connection, password: 'canary-0c7e-other' });
      const [outcome] = await run().finally(() => connect(postgres.connection));
      expect(outcome?.reason).to.match(/failed while reading landing_customer: .*28P01/);
      connect({ ...postgres.connection, url: 'jdbc:h2:canary-0c7e' });
      const [other] = await run().finally(() => connect(postgres.connection));
      expect(other?.reason).to.match(/the url of the connection crm is not jdbc:postgresql:/);
    });

    it('are read with the secret that the library was deployed with, and with no other', async function () {
      this.timeout(300_000);
      const endpoint = warm.endpoint.url;
      await deploy({
        directory: join(work, 'generated'),
        bucket: 'shop',
        createBucket: true,
        endpoint,
      });
      await putLocalSecret(endpoint, SECRETS[0], JSON.stringify(postgres.connection));
      await putLocalSecret(endpoint, SECRETS[1], 'key-of-a-test-and-of-no-one');
      const options = { endpoint, library: 'shop', spark: warm.spark, work: join(work, 'run') };
      const outcomes = await runWorkflow(options);
      expect(outcomes.map(({ reason }) => reason)).to.deep.equal(['', '']);
      expect(outcomes[1]?.report?.output?.rows).to.equal(4);
    });

    it('show no value, password or address in logs', () => {
      const log = readFileSync(warm.log, 'utf8');
      expect(log).not.to.include('canary-0c7e');
      expect(log).not.to.include(postgres.connection.url.split('?')[0]);
    });
  });
}
