import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  type SyntheticCounts,
  writeSyntheticData,
} from '../../examples/stedi/synthetic/generate.ts';
import { type CustomerVersion, type Landing, readLanding } from './landing.ts';
import { stediOracle } from './oracle.ts';

const FEEDS = ['customer', 'accelerometer', 'step_trainer'] as const;
type Feed = (typeof FEEDS)[number];
const NOW = Date.UTC(2026, 0, 1);

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

describe('the synthetic STEDI data', () => {
  let root: string;
  let dir: string;
  let counts: SyntheticCounts;
  let landing: Landing;

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'stedi-synthetic-'));
    dir = join(root, 'default');
    counts = await writeSyntheticData({ dir });
    landing = readLanding(dir);
  });
  after(() => rmSync(root, { recursive: true }));

  const linesOf = (feed: Feed, from = dir) => {
    const folder = join(from, feed, 'landing');
    const texts = readdirSync(folder)
      .sort()
      .map((file) => readFileSync(join(folder, file), 'utf8'));
    return texts.join('').split('\n').slice(0, -1);
  };
  const digest = (from: string) => {
    const hash = createHash('sha256');
    for (const feed of FEEDS) hash.update(linesOf(feed, from).join('\n'));
    return hash.digest('hex');
  };
  /** All versions of each customer, newest first. */
  const histories = (): CustomerVersion[][] => {
    const byEmail = groupBy(landing.customer.rows, (version) => version.email);
    const newestFirst = (a: CustomerVersion, b: CustomerVersion) =>
      b.lastUpdateDate - a.lastUpdateDate;
    return [...byEmail.values()].map((versions) => versions.toSorted(newestFirst));
  };
  const consentOf = (version: CustomerVersion | undefined) =>
    version?.shareWithResearchAsOfDate ?? null;

  describe('bytes', () => {
    it('are the same for the same seed and size, others for another seed', async () => {
      await writeSyntheticData({ dir: join(root, 'again'), customers: 200, seed: 1 });
      await writeSyntheticData({ dir: join(root, 'other'), customers: 200, seed: 2 });
      expect(digest(join(root, 'again'))).to.equal(digest(dir));
      expect(digest(join(root, 'other'))).to.not.equal(digest(dir));
    });

    it('stay what they were when the generator was last changed on purpose', () => {
      expect(digest(dir)).to.equal(
        'b932df15028e19613c4e29856a9c524e86af8f54e366ba924e8f47d28cb18c8b',
      );
    });

    it('have the shape of the real feeds', () => {
      expect(linesOf('customer')[1]).to.match(
        /^\{"customerName": ".+", "email": ".+@example\.com", "phone": "202555\d{4}", "birthDay": "\d{3,4}-01-01", "serialNumber": "[0-9a-f-]{36}", "registrationDate": \d{13}, "lastUpdateDate": \d{13}/,
      );
      const phone =
        /^\{"user":"[^"]+","timestamp":\d{13},"x":-?[01]\.0,"y":-?[01]\.0,"z":-?[01]\.0\}$/;
      const device =
        /^\{"sensorReadingTime":\d{13},"serialNumber":"[0-9a-f-]{36}","distanceFromObject":\d{3}\}$/;
      const shaped = (feed: Feed, shape: RegExp) =>
        linesOf(feed).filter((line) => shape.test(line)).length;
      expect(shaped('accelerometer', phone)).to.equal(landing.accelerometer.rows.length);
      expect(shaped('step_trainer', device)).to.equal(landing.step_trainer.rows.length);
    });
  });

  describe('size', () => {
    it('follows the number of customers', () => {
      const known = new Set(landing.customer.rows.map((version) => version.email));
      expect(known.size).to.equal(200);
      expect(counts.accelerometer.lines).to.be.within(5_000, 7_500);
      expect(counts.step_trainer.lines).to.be.within(2_200, 2_800);
    });

    it('is reported as a reader finds it', () => {
      for (const feed of FEEDS) {
        expect(counts[feed].lines, feed).to.equal(linesOf(feed).length);
        expect(counts[feed].malformed, feed).to.equal(landing[feed].malformed);
      }
    });

    it('splits files after 10,000 lines', async () => {
      const large = join(root, 'large');
      await writeSyntheticData({ dir: large, customers: 400 });
      const folder = join(large, 'accelerometer', 'landing');
      const [first = '', ...others] = readdirSync(folder).sort();
      expect(others).to.have.length(1);
      expect(readFileSync(join(folder, first), 'utf8').split('\n')).to.have.length(10_001);
    });
  });

  describe('dirt', () => {
    it('breaks lines in every way, in every feed', () => {
      for (const feed of FEEDS) {
        const lines = linesOf(feed);
        expect(lines, feed).to.include.members(['{}', '[]', '', 'connection reset by peer']);
        const some = (shape: RegExp) => lines.filter((line) => shape.test(line)).length;
        expect(some(/^\{.*[^}]$/), `${feed}: truncated`).to.be.greaterThan(0);
        expect(some(/"unknown"/), `${feed}: wrong type`).to.be.greaterThan(0);
        expect(some(/: ?null[,}]/), `${feed}: null`).to.be.greaterThan(0);
      }
    });

    it('withdraws, renews and contradicts consent', () => {
      const withdrawn = histories().filter(([a, b]) => b && !consentOf(a) && consentOf(b));
      const renewed = histories().filter(
        ([a, b, c]) => consentOf(a) && b && !consentOf(b) && consentOf(c),
      );
      const contradicted = histories().filter(
        ([a, b]) => a && a.lastUpdateDate === b?.lastUpdateDate && consentOf(a) !== consentOf(b),
      );
      expect(withdrawn).to.have.length.greaterThan(5);
      expect(renewed).to.have.length(10);
      expect(contradicted).to.have.length(10);
    });

    it('has consent that is absent, null, unreadable and in the future', () => {
      const lines = linesOf('customer');
      const some = (shape: RegExp) => lines.filter((line) => shape.test(line)).length;
      expect(some(/^(?!.*Research).*\}$/), 'absent').to.be.greaterThan(40);
      expect(some(/"shareWithResearchAsOfDate": null/), 'null').to.be.greaterThan(0);
      expect(some(/"shareWithResearchAsOfDate": "yes"/), 'unreadable').to.be.greaterThan(0);
      expect(
        histories().filter(([a]) => (consentOf(a) ?? 0) > NOW),
        'future',
      ).to.have.length(5);
    });

    it('delivers rows twice, in every feed', () => {
      for (const feed of FEEDS) {
        const rows = landing[feed].rows.map((row) => JSON.stringify(row));
        expect(rows.length - new Set(rows).size, feed).to.be.greaterThan(0);
      }
    });

    it('shares devices, hands them on, and replaces them', () => {
      const owners = (versions: readonly (CustomerVersion | undefined)[]) => {
        const known = versions.filter((version) => version !== undefined);
        const bySerial = groupBy(known, (version) => version.serialNumber);
        return [...bySerial.values()].map((some) => new Set(some.map(({ email }) => email)).size);
      };
      const shared = owners(histories().map(([newest]) => newest)).filter((size) => size > 1);
      const everShared = owners(landing.customer.rows).filter((size) => size > 1);
      const replaced = histories().filter(([a, b]) => b && a?.serialNumber !== b.serialNumber);
      expect(shared).to.have.length(5);
      expect(everShared).to.have.length(10);
      expect(replaced).to.have.length(5);
    });

    it('has readings of unknown users and unknown devices', () => {
      const emails = new Set(landing.customer.rows.map(({ email }) => email));
      const serials = new Set(landing.customer.rows.map(({ serialNumber }) => serialNumber));
      const strangers = landing.accelerometer.rows.filter(({ user }) => !emails.has(user));
      const lost = landing.step_trainer.rows.filter(
        ({ serialNumber }) => !serials.has(serialNumber),
      );
      expect(strangers).to.not.be.empty;
      expect(lost).to.not.be.empty;
    });

    it('has readings before, exactly at, and after consent', () => {
      const since = new Map(histories().map(([newest]) => [newest?.email, consentOf(newest)]));
      const timing = landing.accelerometer.rows.map(({ user, timestamp }) =>
        Math.sign(timestamp - (since.get(user) ?? Number.NaN)),
      );
      for (const sign of [-1, 0, 1]) expect(timing, `sign ${sign}`).to.include(sign);
    });

    it('has birthdays of years 967 to 1964', () => {
      const years = landing.customer.rows.map(({ birthDay }) => Number(birthDay?.split('-')[0]));
      expect(Math.min(...years)).to.be.within(967, 999);
      expect(Math.max(...years)).to.be.within(1900, 1964);
    });
  });

  it('would show a join on time alone: it pairs people', () => {
    const { tables } = stediOracle(dir, { consentAsOf: NOW, pseudonymKey: 'k' });
    const parse = (row: string): { timestamp: number; sensorReadingTime: number } =>
      JSON.parse(row);
    const phone = tables.accelerometer_trusted.rows.map(parse);
    const device = tables.step_trainer_trusted.rows.map(parse);
    const times = groupBy(phone, (reading) => reading.timestamp);
    const byTime = device.flatMap((reading) => times.get(reading.sensorReadingTime) ?? []);
    expect(byTime.length).to.be.greaterThan(tables.machine_learning_curated.count);
  });

  describe('the command', () => {
    const run = (...args: string[]) => {
      const script = 'examples/stedi/synthetic/generate.ts';
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['--import', 'tsx', script, ...args],
        { encoding: 'utf8' },
      );
      return { status, stdout, stderr };
    };

    it('writes the bytes that the function writes, and says how many lines', async () => {
      const [byCommand, byFunction] = [join(root, 'command'), join(root, 'function')];
      const { status, stdout } = run('--out', byCommand, '--customers', '3', '--seed', '7');
      await writeSyntheticData({ dir: byFunction, customers: 3, seed: 7 });
      expect(status).to.equal(0);
      expect(stdout).to.match(/^customer: \d+ lines, 1 of them malformed\n/);
      expect(digest(byCommand)).to.equal(digest(byFunction));
    });

    it('explains itself: 2 for how it was called, 1 for what it was given', () => {
      expect(run()).to.deep.include({ status: 2 });
      expect(run().stderr).to.match(/^--out DIR is missing\nusage: /);
      expect(run('--out', join(root, 'never'), '--customers', 'ten').stderr).to.match(
        /^--customers is 'ten'/,
      );
      const { status, stderr } = run('--out', dir);
      expect(status).to.equal(1);
      expect(stderr).to.match(/already holds files; name a folder that does not exist\n$/);
    });
  });

  describe('refusals', () => {
    const refusal = async (options: Parameters<typeof writeSyntheticData>[0]) => {
      const outcome = await writeSyntheticData(options).catch((error: unknown) => error);
      return outcome instanceof Error ? `${outcome.name}: ${outcome.message}` : 'written';
    };

    it('never writes into a folder that holds something, and leaves nothing beside it', async () => {
      const full = join(root, 'full');
      mkdirSync(full);
      writeFileSync(join(full, 'mine.txt'), 'keep me');
      expect(await refusal({ dir: full })).to.match(/^SyntheticDataError: .* already holds files/);
      expect(readdirSync(full)).to.deep.equal(['mine.txt']);
      expect(readdirSync(root).filter((name) => name.includes('partial'))).to.deep.equal([]);
    });

    it('writes into an empty folder', async () => {
      const empty = join(root, 'empty');
      mkdirSync(empty);
      expect(await refusal({ dir: empty, customers: 1 })).to.equal('written');
      expect(readdirSync(empty).sort()).to.deep.equal([
        'accelerometer',
        'customer',
        'step_trainer',
      ]);
    });

    it('names the number that will not do', async () => {
      const unused = join(root, 'unused');
      expect(await refusal({ dir: unused, customers: 0 })).to.match(/customers is 0; .* from 1 to/);
      expect(await refusal({ dir: unused, seed: 1.5 })).to.match(/seed is 1\.5; .* whole number/);
    });
  });
});
