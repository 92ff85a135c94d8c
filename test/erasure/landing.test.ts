import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { ErasureError } from '../../erasure/errors.ts';
import { folderStore } from '../../erasure/folder-store.ts';
import { countLinesOf, devicesOf, lineFiles, withoutLinesOf } from '../../erasure/landing.ts';
import { readLibraryMap } from '../../erasure/library-map.ts';
import { isAbout, linesIn } from '../../erasure/lines.ts';
import { keysOf, personOf } from '../../erasure/person.ts';
import { BOB, HANDED_ON, JANE, plant } from './canary.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const SECRET = 'secret-of-a-test';
const jane = personOf(
  SECRET,
  JANE.email,
  keysOf(
    SECRET,
    {
      subject: JANE.email,
      pseudonyms: [],
      devices: [{ device: JANE.device, pseudonyms: [] }],
    },
    () => '2024-01-01T00:00:00.000Z',
  ),
);

describe('lines of landing data', () => {
  it('are split as Spark splits them, with every byte kept, however the bytes come', async () => {
    const bytes = Buffer.from('\ufeffone\ntwo\r\n\rthree\r\n\nfour\r');
    const expected = ['\ufeffone\n', 'two\r\n', '\r', 'three\r\n', '\n', 'four\r'];
    for (let size = 1; size <= bytes.length; size += 1) {
      const lines: Buffer[] = [];
      for await (const some of linesIn(inPieces(bytes, size))) lines.push(...some);
      expect(lines.map(String), `pieces of ${size}`).to.deep.equal(expected);
      expect(Buffer.concat(lines).equals(bytes)).to.equal(true);
    }
  });

  const about = [
    `{"email":"${JANE.email}"}`,
    `{ "x": 1, "email" : "${JANE.email.replace('@', '\\u0040')}" }`,
    `{"EMAIL":"${JANE.email}"}`,
    `{"email":"${BOB}","email":"${JANE.email}"}`,
    `{"email":"${JANE.email}","email":"${BOB}"}`,
    `{"email":"${JANE.email}","name":"tru`,
    `{"email":"${JANE.email}`,
    `${JANE.email};1;2`,
    `["${JANE.email}"]`,
    `{"mail":"${JANE.email}"}`,
  ];
  for (const line of about) {
    it(`are hers: ${line}`, () => expect(isAbout(line, ['email'], jane)).to.equal(true));
  }
  const others = [
    `{"email":"${BOB}","friend":"${JANE.email}"}`,
    `{"email":"x${JANE.email}"}`,
    '{"email":null}',
    '',
    '{"email":',
  ];
  for (const line of others) {
    it(`are not hers: ${line}`, () => expect(isAbout(line, ['email'], jane)).to.equal(false));
  }

  it('of a device are hers up to the erasure, and where no time can be read', () => {
    const line = (time: string) => `{"serialNumber":"${JANE.device}"${time}}`;
    const isHers = (time: string) => isAbout(line(time), ['serialNumber'], jane, 'at');
    expect(
      [',"at":1704067200000', ',"at":"2024-01-01T00:00:00"', ',"at":"soon"', ''].map(isHers),
    ).to.deep.equal([true, true, true, true]);
    expect([',"at":1704067200001', ',"at":"2024-01-01 00:00:01Z"'].map(isHers)).to.deep.equal([
      false,
      false,
    ]);
    // A person stays the same.
    expect(isAbout(`{"email":"${JANE.email}","at":1704067200001}`, ['email'], jane, 'at')).to.equal(
      true,
    );
  });

  const fileOf = (name: string) => {
    const stored = { key: `landing/customer/${name}`, current: true, marker: false, modified: 0 };
    return { stored, keys: ['email'], wrapped: false };
  };
  const text = `{"email":"${JANE.email}"}\n{"email":"${BOB}"}\r{"email":"${JANE.email}"}`;

  for (const [name, form] of [
    ['a.json', (plain: string) => Buffer.from(plain)],
    ['a.json.gz', (plain: string) => gzipSync(plain)],
    [
      'members.json.gz',
      (plain: string) => Buffer.concat([gzipSync(plain.slice(0, 30)), gzipSync(plain.slice(30))]),
    ],
  ] as const) {
    it(`are taken out of ${name}, and nothing else is`, async () => {
      const file = fileOf(name);
      const bytes = form(text);
      expect(await countLinesOf(jane, file, inPieces(bytes, 7))).to.equal(2);
      let removed = 0;
      const rest = await buffer(
        withoutLinesOf(jane, file, inPieces(bytes, 7), () => {
          removed += 1;
        }),
      );
      expect(removed).to.equal(2);
      const left = name.endsWith('.gz') ? gunzipSync(rest) : rest;
      expect(left.toString()).to.equal(`{"email":"${BOB}"}\r`);
    });
  }

  it('are refused in a compression that cannot be read', async () => {
    const error = await countLinesOf(jane, fileOf('a.json.zst'), inPieces(Buffer.of(1), 1)).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(ErasureError).with.property('code', 'erasure/format-unknown');
  });

  it('are refused where a compressed file is cut off, before anything is replaced', async () => {
    const cut = gzipSync(text).subarray(0, -12);
    const error = await countLinesOf(jane, fileOf('a.json.gz'), inPieces(cut, 9)).catch(
      (thrown: unknown) => thrown,
    );
    expect(String(error)).to.contain('unexpected end of file');
  });

  it('are taken out of a large file without holding it', async function () {
    this.timeout(120_000);
    const megabytes = 192;
    const line = Buffer.from(`{"email":"${BOB}","note":"${'x'.repeat(1000)}"}\n`);
    const piece = Buffer.concat([
      ...Array.from({ length: 900 }, () => line),
      line.subarray(0, 500),
    ]);
    const hers = Buffer.from(`\n{"email":"${JANE.email}"}\n`);
    let given = 0;
    let most = 0;
    async function* large(): AsyncGenerator<Buffer> {
      while (given < megabytes * 1024 * 1024) {
        for (const one of [piece, hers]) {
          given += one.length;
          yield Buffer.from(one);
        }
        most = Math.max(most, process.memoryUsage.rss());
      }
    }
    const before = process.memoryUsage.rss();
    let kept = 0;
    let removed = 0;
    const rest = withoutLinesOf(jane, fileOf('large.json'), large(), () => {
      removed += 1;
    });
    for await (const one of rest) kept += one.length;
    expect(removed).to.be.greaterThan(100);
    expect(kept).to.equal(given - removed * (hers.length - 1));
    expect((most - before) / 1024 / 1024).to.be.below(megabytes);
  });
});

describe('where people are', () => {
  const work = mkdtempSync(join(tmpdir(), 'lakewright-landing-'));
  const data = join(work, 'data');
  after(() => rmSync(work, { recursive: true, force: true }));

  before(() => {
    for (const table of ['customer', 'accelerometer', 'step_trainer']) {
      mkdirSync(join(data, table, 'landing'), { recursive: true });
      writeFileSync(join(data, table, 'landing', 'a.json'), '');
    }
    plant(data);
  });

  it('is read off the generated files', async () => {
    const { landing, derived } = await readLibraryMap('generated/stedi', 'customer');
    expect(landing.map(({ name, keys }) => [name, ...keys])).to.deep.equal([
      ['customer', 'email'],
      ['accelerometer', 'user'],
      ['step_trainer', 'serialNumber'],
    ]);
    expect(derived).to.deep.include({
      zone: 'curated',
      name: 'machine_learning',
      keys: ['participant'],
    });
    expect(derived).to.deep.include({ zone: 'trusted', name: 'customer', keys: ['email'] });
  });

  it('is asked of a kind of person that there is', async () => {
    const error = await readLibraryMap('generated/stedi', 'patient').catch((thrown) => thrown);
    expect(error).to.have.property('code', 'erasure/subject-kind-unknown');
    expect(error).to.have.property('hint', 'It knows customer: --subject NAME.');
  });

  it('is read with the time of what devices measured', async () => {
    const { landing } = await readLibraryMap('generated/stedi', 'customer');
    const times = landing.map(({ name, eventTime }) => [name, eventTime]);
    expect(times).to.deep.equal([
      ['customer', undefined],
      ['accelerometer', undefined],
      ['step_trainer', 'sensorReadingTime'],
    ]);
  });

  it('is not looked for in Parquet from outside or in a database, and says so before anything is touched', async () => {
    const generated = join(work, 'generated');
    cpSync('generated/stedi', generated, { recursive: true });
    const library = JSON.parse(readFileSync(join(generated, 'library.json'), 'utf8'));
    const formats = (format: unknown) => {
      const tables = library.tables.map((table: object) => ({ ...table, format }));
      writeFileSync(join(generated, 'library.json'), JSON.stringify({ ...library, tables }));
      return readLibraryMap(generated, 'customer').catch((thrown: unknown) => thrown);
    };
    expect(await formats('parquet')).to.have.property('code', 'erasure/format-unknown');
    const kind = { kind: 'jdbc', connection: 'crm', schema: 'public', table: 'customer' };
    const database = await formats(kind);
    expect(database).to.have.property('code', 'erasure/database-outside');
    expect(String(database)).to.contain('public.customer of the database crm');
    expect(await formats('json')).to.have.property('library', 'stedi');
  });

  it('says whose a device is: of the newest lines, or of all if no newest line names it', async () => {
    const map = await readLibraryMap('generated/stedi', 'customer');
    const store = folderStore(data, join(work, 'out'));
    const ofJane = await devicesOf(store, map, JANE.email);
    expect([...ofJane.all].sort()).to.deep.equal([JANE.sharedDevice, JANE.device].sort());
    expect(ofJane.shared).to.deep.equal([JANE.sharedDevice]);
    const ofBob = await devicesOf(store, map, BOB);
    expect([...ofBob.all].sort()).to.deep.equal([JANE.sharedDevice, HANDED_ON].sort());
    expect(ofJane.named.get(JANE.device)).to.be.greaterThan(ofJane.named.get(HANDED_ON) ?? 0);
    const ofNobody = await devicesOf(store, map, 'nobody');
    expect([...ofNobody.all, ...ofNobody.shared, ...ofNobody.named]).to.deep.equal([]);
  });

  it('leaves out what Spark does not read either', async () => {
    const map = await readLibraryMap('generated/stedi', 'customer');
    writeFileSync(join(data, 'customer', 'landing', '_SUCCESS'), '');
    writeFileSync(join(data, 'customer', 'landing', '.a.json.crc'), '');
    const files = await lineFiles(folderStore(data, join(work, 'out')), map);
    const names = files.map(({ stored }) => stored.key).filter((key) => key.includes('customer'));
    expect(names).to.deep.equal(['landing/customer/a.json', 'landing/customer/planted.json']);
  });
});
