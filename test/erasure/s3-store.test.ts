import { buffer } from 'node:stream/consumers';
import type { Glue } from '@aws-sdk/client-glue';
import type { S3 } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { s3Store } from '../../erasure/s3-store.ts';
import type { Bytes, Store, Stored } from '../../erasure/store.ts';
import { partSize, partsOf } from '../../erasure/upload.ts';
import type { Endpoint } from '../../runtime/endpoint/index.ts';
import { localClients } from '../../runtime/local-clients.ts';
import { startTestEndpoint } from '../deploy/local-python.ts';

const BUCKET = 'lake-of-large-objects';
const KEY = 'landing/customer/large.json';
const line = (at: number) => `{"number":${at},"note":"${'x'.repeat(1000)}"}\n`;

describe('objects of a bucket', function () {
  this.timeout(120_000);
  let endpoint: Endpoint;
  let s3: S3;
  let glue: Glue;
  let store: Store;

  before(async () => {
    endpoint = await startTestEndpoint('s3-store');
    ({ s3, glue } = await localClients(endpoint.url));
    await s3.createBucket({ Bucket: BUCKET });
    await s3.putBucketVersioning({
      Bucket: BUCKET,
      VersioningConfiguration: { Status: 'Enabled' },
    });
    store = s3Store({
      s3,
      glue,
      bucket: BUCKET,
      library: 'x',
      encryptionKey: () => 'no object here is under a key',
    });
  });
  after(async () => {
    s3?.destroy();
    glue?.destroy();
    await endpoint?.stop();
  });

  async function put(text: string): Promise<Stored> {
    await s3.putObject({
      Bucket: BUCKET,
      Key: KEY,
      Body: text,
      ContentType: 'application/json',
      Metadata: { origin: 'a feed' },
    });
    const [current] = (await store.list(KEY)).filter((one) => one.current);
    if (current === undefined) throw new Error('nothing was put');
    return current;
  }

  for (const lines of [3, 40_000]) {
    it(`are replaced as a whole, and stay what they are (${lines} lines)`, async () => {
      const texts = Array.from({ length: lines }, (_, at) => line(at));
      const stored = await put(texts.join(''));
      await store.replace(stored, async function* (old: Bytes) {
        const all = (await buffer(old)).toString('utf8');
        expect(all.length).to.equal(texts.join('').length);
        for (const text of texts.slice(1)) yield Buffer.from(text);
      });
      const found = await s3.getObject({ Bucket: BUCKET, Key: KEY });
      expect(found.ContentType).to.equal('application/json');
      expect(found.Metadata).to.deep.equal({ origin: 'a feed' });
      expect(await found.Body?.transformToString()).to.equal(texts.slice(1).join(''));
      const { Uploads = [] } = await s3.listMultipartUploads({ Bucket: BUCKET });
      expect(Uploads).to.deep.equal([]);
    });
  }

  it('leave no part behind when their replacement fails half-way', async () => {
    const stored = await put(line(1));
    const failing = store.replace(stored, async function* () {
      for (let at = 0; at < 60_000; at += 1) yield Buffer.from(line(at));
      throw new Error('half-way');
    });
    expect(String(await failing.catch((error: unknown) => error))).to.contain('half-way');
    expect((await buffer(store.read(stored))).toString()).to.equal(line(1));
    const { Uploads = [] } = await s3.listMultipartUploads({ Bucket: BUCKET });
    expect(Uploads).to.deep.equal([]);
  });

  it('are not overwritten when somebody delivers them again meanwhile', async () => {
    const stored = await put(line(1));
    const overtaken = store.replace(stored, async function* () {
      await put(line(2));
      yield Buffer.from(line(3));
    });
    expect(await overtaken.catch((error: Error) => error.name)).to.equal('PreconditionFailed');
    const found = await s3.getObject({ Bucket: BUCKET, Key: KEY });
    expect(await found.Body?.transformToString()).to.equal(line(2));
  });

  it('go up in parts of one size, and in no more than S3 takes', async () => {
    async function* pieces(): AsyncGenerator<Buffer> {
      for (const size of [1, 9, 25, 0, 3]) yield Buffer.alloc(size, size);
    }
    const sizes: number[] = [];
    for await (const part of partsOf(pieces(), 10)) sizes.push(part.length);
    expect(sizes).to.deep.equal([10, 10, 10, 8]);
    const terabytes = 5 * 1024 ** 4;
    expect(terabytes / partSize(terabytes)).to.be.at.most(5000);
    expect(partSize()).to.equal(16 * 1024 * 1024);
  });
});
