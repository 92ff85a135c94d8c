import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { ErasureError } from '../../erasure/errors.ts';
import { folderStore } from '../../erasure/folder-store.ts';
import { devicesOf, lineFiles, sift } from '../../erasure/landing.ts';
import { readLibraryMap } from '../../erasure/library-map.ts';
import { isAbout, linesOf } from '../../erasure/lines.ts';
import { keysOf, personOf } from '../../erasure/person.ts';
import { BOB, HANDED_ON, JANE, plant } from './canary.ts';

const SECRET = 'secret-of-a-test';
const jane = personOf(
  SECRET,
  JANE.email,
  keysOf(SECRET, { subject: JANE.email, devices: [JANE.device], pseudonyms: [] }),
);

describe('lines of landing data', () => {
  it('are split as Spark splits them, with every byte kept', () => {
    const bytes = Buffer.from('\ufeffone\ntwo\r\n\rthree\r\n\nfour');
    const lines = linesOf(bytes);
    expect(lines.map(String)).to.deep.equal([
      '\ufeffone\n',
      'two\r\n',
      '\r',
      'three\r\n',
      '\n',
      'four',
    ]);
    expect(Buffer.concat(lines).equals(bytes)).to.equal(true);
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

  it('are taken out of what is compressed too', () => {
    const stored = { key: 'landing/customer/a.json.gz', current: true, marker: false, modified: 0 };
    const bytes = gzipSync(`{"email":"${JANE.email}"}\n{"email":"${BOB}"}\n`);
    const sifted = sift({ stored, keys: ['email'], wrapped: false }, bytes, jane);
    expect(sifted.about).to.equal(1);
    const again = sift({ stored, keys: ['email'], wrapped: false }, sifted.rest, jane);
    expect(again).to.deep.equal({ about: 0, rest: sifted.rest });
  });

  it('are refused in a compression that cannot be read', () => {
    const stored = {
      key: 'landing/customer/a.json.zst',
      current: true,
      marker: false,
      modified: 0,
    };
    const siftIt = () => sift({ stored, keys: ['email'], wrapped: false }, Buffer.of(1), jane);
    expect(siftIt).to.throw(ErasureError).with.property('code', 'erasure/format-unknown');
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

  it('says whose a device is: of the newest lines, or of all if no newest line names it', async () => {
    const map = await readLibraryMap('generated/stedi', 'customer');
    const store = folderStore(data, join(work, 'out'));
    const ofJane = await devicesOf(store, map, JANE.email);
    expect([...ofJane.all].sort()).to.deep.equal([JANE.sharedDevice, JANE.device].sort());
    expect(ofJane.shared).to.deep.equal([JANE.sharedDevice]);
    const ofBob = await devicesOf(store, map, BOB);
    expect([...ofBob.all].sort()).to.deep.equal([JANE.sharedDevice, HANDED_ON].sort());
    expect(await devicesOf(store, map, 'nobody')).to.deep.equal({ all: [], shared: [] });
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
