import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type OracleAnswer, stediOracle, type Table } from './oracle.ts';

const AS_OF = 10_000;

/** A customer's row; `research` left out means no consent key, as in the feed. */
interface Version {
  readonly email: string;
  readonly device?: string;
  readonly updated?: number;
  readonly research?: number | string | null;
  readonly phone?: string;
}

interface World {
  readonly customers?: readonly (Version | string)[];
  readonly phone?: readonly (readonly [user: string, time: number, x?: number] | string)[];
  readonly device?: readonly (
    | readonly [device: string, time: number, distance?: number]
    | string
  )[];
}

const answerTo = (world: World): OracleAnswer => {
  const dir = mkdtempSync(join(tmpdir(), 'stedi-oracle-'));
  try {
    write(dir, 'customer', (world.customers ?? []).map(customerLine));
    write(dir, 'accelerometer', (world.phone ?? []).map(phoneLine));
    write(dir, 'step_trainer', (world.device ?? []).map(deviceLine));
    return stediOracle(dir, { consentAsOf: AS_OF, pseudonymKey: 'a key of sixteen bytes' });
  } finally {
    rmSync(dir, { recursive: true });
  }
};

function write(dir: string, feed: string, lines: readonly string[]): void {
  mkdirSync(join(dir, feed, 'landing'), { recursive: true });
  writeFileSync(join(dir, feed, 'landing', `${feed}-1.json`), lines.map((l) => `${l}\n`).join(''));
}

function customerLine(version: Version | string): string {
  if (typeof version === 'string') return version;
  const { email, device = `${email}'s`, updated = 100, research, phone = '1' } = version;
  const consent = research === undefined ? {} : { shareWithResearchAsOfDate: research };
  const row = { customerName: 'N', email, phone, birthDay: '967-01-01', serialNumber: device };
  return JSON.stringify({ ...row, registrationDate: 1, lastUpdateDate: updated, ...consent });
}

function phoneLine(reading: NonNullable<World['phone']>[number]): string {
  if (typeof reading === 'string') return reading;
  const [user, timestamp, x = 0] = reading;
  return JSON.stringify({ user, timestamp, x, y: 0, z: 0 });
}

function deviceLine(reading: NonNullable<World['device']>[number]): string {
  if (typeof reading === 'string') return reading;
  const [serialNumber, sensorReadingTime, distanceFromObject = 200] = reading;
  return JSON.stringify({ sensorReadingTime, serialNumber, distanceFromObject });
}

/** One column of a table's rows, sorted as the canonical rows are. */
function column(answer: OracleAnswer, table: Table, name: string): unknown[] {
  return answer.tables[table].rows.map((row) => Object(JSON.parse(row))[name]);
}

const trustedOf = (...customers: Version[]) =>
  column(answerTo({ customers }), 'customer_trusted', 'email');

describe('the STEDI oracle', () => {
  describe('customer_trusted', () => {
    it('keeps customers with a consent and no others', () => {
      const [ann, bob, cid] = [
        { email: 'ann', research: 5 },
        { email: 'bob' },
        { email: 'cid', research: null },
      ];
      expect(trustedOf(ann, bob, cid)).to.deep.equal(['ann']);
    });

    it('lets the newest version decide: a withdrawal counts, a renewal counts', () => {
      const granted = { email: 'ann', updated: 1, research: 1 };
      const withdrawn = { email: 'ann', updated: 2 };
      const renewed = { email: 'ann', updated: 3, research: 3 };
      expect(trustedOf(withdrawn, granted)).to.deep.equal([]);
      const answer = answerTo({ customers: [renewed, granted, withdrawn] });
      expect(column(answer, 'customer_trusted', 'shareWithResearchAsOfDate')).to.deep.equal([3]);
    });

    it('counts a consent of the pinned instant itself, not one a millisecond later', () => {
      const [now, later] = [
        { email: 'now', research: AS_OF },
        { email: 'later', research: AS_OF + 1 },
      ];
      expect(trustedOf(now, later)).to.deep.equal(['now']);
    });

    it('takes two equally new versions that disagree on consent as none', () => {
      expect(trustedOf({ email: 'ann', research: 5 }, { email: 'ann' })).to.deep.equal([]);
      expect(trustedOf({ email: 'ann', research: 5 }, { email: 'ann', research: 6 })).to.deep.equal(
        [],
      );
    });

    it('keeps one row of equally new versions that agree on consent', () => {
      const versions = ['3', '2'].map((phone) => ({ email: 'ann', research: 5, phone }));
      expect(column(answerTo({ customers: versions }), 'customer_trusted', 'phone')).to.deep.equal([
        '2',
      ]);
    });

    it('takes an unreadable consent as none, though an older version is readable', () => {
      const older = { email: 'ann', updated: 1, research: 1 };
      const newer = { email: 'ann', updated: 2, research: 'yes' };
      expect(trustedOf(older, newer)).to.deep.equal([]);
    });
  });

  describe('accelerometer_trusted and customer_curated', () => {
    const customers = [
      { email: 'ann', research: 50 },
      { email: 'bob' },
      { email: 'cid', research: 50 },
    ];

    it('keeps distinct readings of trusted customers at or after their consent', () => {
      const phone: World['phone'] = [
        ['ann', 49],
        ['ann', 50],
        ['ann', 50],
        ['ann', 50, 1],
        ['bob', 60],
        ['nobody', 60],
      ];
      const answer = answerTo({ customers, phone });
      expect(column(answer, 'accelerometer_trusted', 'timestamp')).to.deep.equal([50, 50]);
      expect(column(answer, 'accelerometer_trusted', 'x')).to.deep.equal([0, 1]);
    });

    it('leaves customers whose readings all precede consent out of customer_curated', () => {
      const answer = answerTo({
        customers,
        phone: [
          ['ann', 50],
          ['cid', 49],
        ],
      });
      expect(answer.tables.customer_trusted.count).to.equal(2);
      expect(column(answer, 'customer_curated', 'email')).to.deep.equal(['ann']);
    });
  });

  describe('step_trainer_trusted', () => {
    const ann = { email: 'ann', device: 'D', research: 50 };
    const devicesOf = (customers: Version[], device: NonNullable<World['device']>) =>
      answerTo({
        customers,
        phone: [
          ['ann', 60],
          ['bob', 60],
        ],
        device,
      }).tables.step_trainer_trusted.rows;

    it("keeps distinct readings of a curated customer's own device at or after consent", () => {
      const rows = devicesOf(
        [ann],
        [
          ['D', 49],
          ['D', 50],
          ['D', 50],
          ['E', 60],
        ],
      );
      expect(rows).to.deep.equal([
        '{"distanceFromObject":200,"email":"ann","sensorReadingTime":50,"serialNumber":"D"}',
      ]);
    });

    it('leaves out a device with a second current owner, though that one never consented', () => {
      expect(devicesOf([ann, { email: 'bob', device: 'D' }], [['D', 60]])).to.deep.equal([]);
    });

    it('does not count an owner of an older version', () => {
      const former = { email: 'bob', device: 'D', updated: 1 };
      const current = { email: 'bob', device: 'E', updated: 2 };
      expect(devicesOf([ann, former, current], [['D', 60]])).to.have.length(1);
      expect(devicesOf([former, current], [['D', 60]])).to.deep.equal([]);
    });

    it('leaves out the device of a consenting customer without a phone reading', () => {
      const eve = { email: 'eve', device: 'F', research: 1 };
      expect(devicesOf([ann, eve], [['F', 60]])).to.deep.equal([]);
    });
  });

  describe('machine_learning_curated', () => {
    const customers = ['ann', 'bob'].map((email) => ({ email, device: email, research: 50 }));

    it('pairs readings of equal time and equal customer only', () => {
      const phone: World['phone'] = [
        ['ann', 60],
        ['ann', 60, 1],
        ['bob', 60],
        ['ann', 70],
      ];
      const answer = answerTo({
        customers,
        phone,
        device: [
          ['ann', 60],
          ['ann', 60, 201],
          ['bob', 80],
        ],
      });
      expect(answer.tables.machine_learning_curated.count).to.equal(4);
      expect(answer.participants).to.equal(1);
    });

    it("counts time from the subject's own first pair and names nobody", () => {
      const phone: World['phone'] = [
        ['ann', 55],
        ['ann', 60],
        ['ann', 75],
        ['bob', 90],
      ];
      const device: World['device'] = [
        ['ann', 60],
        ['ann', 75],
        ['bob', 90],
      ];
      const answer = answerTo({ customers: customers.slice(0, 1), phone, device });
      // HMAC-SHA-256 by Python: hmac.digest(b'a key of sixteen bytes', b'ann', 'sha256').hex()
      const participant = '1c4fbb5afbadc9fe0f529f76024cc513e4f7d7dbe6a27d32d4cbd07cd1383d4d';
      expect(answer.tables.machine_learning_curated.rows).to.deep.equal([
        `{"distanceFromObject":200,"elapsedMs":0,"participant":"${participant}","x":0,"y":0,"z":0}`,
        `{"distanceFromObject":200,"elapsedMs":15,"participant":"${participant}","x":0,"y":0,"z":0}`,
      ]);
    });
  });

  describe('malformed lines', () => {
    it('are counted per feed, and only they', () => {
      const good = customerLine({ email: 'ann', research: 5 });
      const broken = [good.slice(0, 40), '{}', 'oops', '[]', 'null', `${good}${good}`];
      const badColumns = [
        good.replace('"lastUpdateDate":100', '"lastUpdateDate":"100"'),
        good.replace('"lastUpdateDate":100', '"lastUpdateDate":1.5'),
        good.replace('"email":"ann"', '"email":null'),
        good.replace('"serialNumber"', '"serial"'),
      ];
      const answer = answerTo({
        customers: [...broken, good, '', '  ', ...badColumns],
        phone: ['{"user":"ann","timestamp":60,"x":"1","y":0,"z":0}', ['ann', 60]],
        device: ['{"sensorReadingTime":60,"serialNumber":"D","distanceFromObject":3000000000}'],
      });
      expect(answer.malformed).to.deep.equal({ customer: 10, accelerometer: 1, step_trainer: 1 });
      expect(answer.tables.customer_trusted.count).to.equal(1);
      expect(answer.tables.accelerometer_trusted.count).to.equal(1);
    });
  });

  it('refuses a landing folder without files', () => {
    const dir = mkdtempSync(join(tmpdir(), 'stedi-oracle-'));
    mkdirSync(join(dir, 'customer', 'landing'), { recursive: true });
    expect(() => stediOracle(dir, { consentAsOf: AS_OF, pseudonymKey: 'k' })).to.throw(
      'no .json file',
    );
    rmSync(dir, { recursive: true });
  });

  it('gives the known answers on the published STEDI data', function () {
    const { LAKEWRIGHT_STEDI_DATA: dir } = process.env;
    // The data set is not ours to publish; whoever has it names its folder.
    if (!dir) return this.skip();
    const answer = stediOracle(dir, { consentAsOf: Date.now(), pseudonymKey: 'k' });
    expect(Object.values(answer.tables).map((table) => table.count)).to.deep.equal([
      482, 32_025, 464, 11_297, 32_025,
    ]);
    expect(answer.participants).to.equal(464);
    expect(answer.malformed).to.deep.equal({ customer: 0, accelerometer: 0, step_trainer: 0 });
  });
});
