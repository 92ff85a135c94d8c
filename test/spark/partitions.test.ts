import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { check } from '../../check/index.ts';
import { generate, noWords } from '../../codegen/index.ts';
import { deploy } from '../../deploy/index.ts';
import { uploadLanding } from '../../runtime/landing.ts';
import { localClients } from '../../runtime/local-clients.ts';
import { runWorkflow } from '../../runtime/workflow.ts';
import { call, column, filter, job, library, sink, source, table, zone } from '../check/plain.ts';
import { type WarmSpark, warmSpark } from '../runtime/warm-spark.ts';
import { literal } from '../verbs/nodes.ts';
import { sparkVersions } from '../verbs/spark-rows.ts';

const columns = { place: column('string'), day: column('date'), amount: column('long') };
const sales = library(
  [
    job('sale_trusted', source('landing.sale'), sink('trusted', 'sale'), {
      partitionedBy: ['day', 'place'],
      targetFileSize: 2 ** 20,
    }),
    job(
      'sale_curated',
      filter(source('trusted.sale'), call('gt', 'amount', literal('long', 2))),
      sink('curated', 'sale'),
    ),
  ],
  {
    name: 'sales',
    tables: [table('sale', columns)],
    zones: [
      zone('landing'),
      zone('trusted', { purposes: ['research'], holds: 'identified' }),
      zone('curated', { purposes: ['research'] }),
    ],
  },
);
const LINES = [
  { place: '01', day: '2024-02-29', amount: 1 },
  { place: 'Ulm', day: '2024-03-01', amount: 2 },
  { place: '01', day: '2024-03-01', amount: 3 },
  { place: 'Ulm', day: '2024-03-01', amount: 4 },
];
const BUCKET = 'sales-by-day';

// What differs between versions of Spark is tried in test/support/; here it is the catalog and S3.
const [glue = '5.1'] = sparkVersions();

describe(`a partitioned table in the catalog, on Glue ${glue}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'lakewright-partitions-'));
  let warm: WarmSpark;

  before(async function () {
    this.timeout(300_000);
    const { checked } = check(sales);
    if (!checked) throw new TypeError('the library is wrong');
    for (const [path, text] of generate(checked, noWords)) put(`generated/${path}`, text);
    put('data/sale/landing/a.json', LINES.map((line) => `${JSON.stringify(line)}\n`).join(''));
    warm = await warmSpark(glue);
    const endpoint = warm.endpoint.url;
    await deploy({
      directory: join(work, 'generated'),
      bucket: BUCKET,
      createBucket: true,
      endpoint,
    });
    const { s3 } = await localClients(endpoint);
    await uploadLanding({ s3, bucket: BUCKET, data: join(work, 'data'), tables: ['sale'] });
    for (let runs = 0; runs < 2; runs += 1) {
      const options = { endpoint, library: 'sales', spark: warm.spark, work: join(work, 'run') };
      for (const { reason } of await runWorkflow(options)) expect(reason).to.equal('');
    }
  });
  after(() => rmSync(work, { recursive: true, force: true }));

  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), text);
  };

  const tableNow = async (zoneName: string) => {
    const { glue: api } = await localClients(warm.endpoint.url);
    const found = await api.getTable({ DatabaseName: `sales_${zoneName}`, Name: 'sale' });
    return { ...found.Table, place: found.Table?.StorageDescriptor?.Location ?? '' };
  };

  it('says where its folders are', async () => {
    const { PartitionKeys = [], Parameters = {} } = await tableNow('trusted');
    expect(PartitionKeys.map(({ Name, Type }) => `${Name} ${Type}`)).to.deep.equal([
      'day date',
      'place string',
    ]);
    const told = Object.entries(Parameters).filter(([name]) => name.startsWith('projection.'));
    expect(Object.fromEntries(told)).to.deep.equal({
      'projection.enabled': 'true',
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy-MM-dd',
      'projection.day.range': '2024-02-29,2024-03-01',
      'projection.place.type': 'enum',
      'projection.place.values': '01,Ulm',
    });
  });

  it('has its files there, the version before beside it, and nothing else', async () => {
    const { place } = await tableNow('trusted');
    const { s3 } = await localClients(warm.endpoint.url);
    const { Contents = [] } = await s3.listObjectsV2({ Bucket: BUCKET, Prefix: 'trusted/sale/' });
    const keys = Contents.flatMap(({ Key = '' }) => (Key.endsWith('.parquet') ? [Key] : []));
    expect(new Set(keys.map((key) => key.split('/')[2])).size).to.equal(2);
    const prefix = place.replace(`s3://${BUCKET}/`, '');
    const now = keys.filter((key) => key.startsWith(prefix));
    expect(now.map((key) => dirname(key.slice(prefix.length))).toSorted()).to.deep.equal([
      'day=2024-02-29/place=01',
      'day=2024-03-01/place=01',
      'day=2024-03-01/place=Ulm',
    ]);
  });

  it('gives the next job the columns that folders tell', async () => {
    const { place } = await tableNow('curated');
    const rows = await warm.spark.sql(`SELECT * FROM parquet.\`${place}\` ORDER BY amount`);
    expect(rows).to.deep.equal(LINES.filter(({ amount }) => amount > 2));
  });
});
