import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeSyntheticData } from '../../examples/stedi/synthetic/generate.ts';
import { runInFolders } from '../../runtime/folders.ts';
import { localSecretFile } from '../../runtime/local-secret.ts';
import type { Row, SparkSession } from '../../runtime/spark/session.ts';
import { gluesUnderTest, warmSpark } from '../runtime/warm-spark.ts';
import {
  canonicalRows,
  type OracleAnswer,
  stediOracle,
  TABLES,
  type Table,
} from '../stedi/oracle.ts';
import { PLACES } from '../stedi/places.ts';
import {
  changed,
  type Line,
  type People,
  peopleOf,
  readWorld,
  type StediWorld,
  withdrawal,
  writeWorld,
} from '../stedi/world.ts';

const KEY = 'key-of-a-test-and-of-nothing-else';
const SECRET = 'lakewright/stedi/pseudonym-key/research';
const CONSENT_AS_OF = '2024-06-01T00:00:00Z';
/** People who withdraw one after another; each of them costs a run of all jobs. */
const WITHDRAWALS = Number(process.env['LAKEWRIGHT_STEDI_WITHDRAWALS'] ?? '1');
const refused = {
  lines: 'every line about anybody who does not consent',
  may: ['isRefused'],
} as const;
const early = { lines: 'the readings from before consent', may: ['isEarly'] } as const;
const both = {
  lines: `${refused.lines}, and ${early.lines}`,
  may: ['isRefused', 'isEarly'],
} as const;
/** What no table may tell of; each of them costs two runs of all jobs. `LAKEWRIGHT_STEDI_RELATIONS=each` tells them apart. */
const HIDDEN = process.env['LAKEWRIGHT_STEDI_RELATIONS'] === 'each' ? [refused, early] : [both];
/** Of each table its rows; of the features, whose means depend on the order of rows, as they are. */
interface Tables {
  readonly rows: ReadonlyMap<Table, readonly string[]>;
  readonly features: readonly Row[];
}

for (const glue of gluesUnderTest()) {
  describe(`the tables of STEDI on Glue ${glue}`, function () {
    this.timeout(3_600_000);
    const work = mkdtempSync(join(tmpdir(), 'lakewright-non-interference-'));
    const keys = join(work, 'keys');
    let spark: SparkSession;
    let world: StediWorld;
    let people: People;
    let consents: ReadonlyMap<string, number>;
    let tables: Tables;

    before(async () => {
      mkdirSync(keys);
      writeFileSync(localSecretFile(keys, SECRET), KEY);
      world = readWorld(await landingData());
      consents = consentsIn(world);
      people = peopleOf(world, consents);
      ({ spark } = await warmSpark(glue));
      tables = await tablesOf(world, 'as it is');
    });
    after(() => rmSync(work, { recursive: true, force: true }));

    /** The public data has no clear licence, so it is not part of the project. */
    async function landingData(): Promise<string> {
      const real = process.env['LAKEWRIGHT_STEDI_DATA'];
      if (real !== undefined) return real;
      const data = join(work, 'synthetic');
      await writeSyntheticData({ dir: data, customers: 80, seed: 5 });
      return data;
    }

    /** What an independent computation makes of a world. */
    function answerFor(lines: StediWorld): OracleAnswer {
      const data = join(work, 'asked');
      writeWorld(data, lines);
      const asked = { consentAsOf: Date.parse(CONSENT_AS_OF), pseudonymKey: KEY };
      const answer = stediOracle(data, asked);
      rmSync(data, { recursive: true });
      return answer;
    }

    /** When each person who consents did so. */
    function consentsIn(lines: StediWorld): ReadonlyMap<string, number> {
      const trusted = answerFor(lines).tables.customer_trusted.rows.map((row) => JSON.parse(row));
      return new Map(trusted.map((row) => [row.email, row.shareWithResearchAsOfDate]));
    }

    /** What the jobs make of a world; the same `place` twice is the next run over the last one's tables. */
    async function tablesOf(lines: StediWorld, place: string): Promise<Tables> {
      const [data, out] = [join(work, place, 'data'), join(work, place, 'out')];
      rmSync(data, { recursive: true, force: true });
      writeWorld(data, lines);
      const outcomes = await runInFolders({
        generated: 'generated/stedi',
        data,
        out,
        spark,
        pseudonymKeys: keys,
        consentAsOf: CONSENT_AS_OF,
      });
      expect(outcomes.map(({ reason }) => reason).join('')).to.equal('');
      const rowsOf = async (table: string) =>
        await spark.sql(`SELECT * FROM parquet.\`${join(out, table)}\``);
      const rows = await Promise.all(
        TABLES.map(async (table) => [table, canonicalRows(await rowsOf(PLACES[table]))] as const),
      );
      return {
        rows: new Map(rows),
        features: await rowsOf('curated/step_features'),
      };
    }

    const chosen = (isChosen: (line: Line) => boolean) => world.filter(isChosen).length;

    it('hold rows of some people and none of others', () => {
      for (const table of TABLES) expect(rowsIn(tables, table).length, table).to.be.greaterThan(0);
      expect(tables.features.length).to.be.greaterThan(0);
      expect(chosen(people.isRefused), 'lines about people who do not consent').to.be.above(0);
      expect(chosen(people.isEarly), 'readings before consent').to.be.above(0);
    });

    for (const [number, { lines, may }] of HIDDEN.entries()) {
      const isHidden = (line: Line) => may.some((one) => people[one](line));

      it(`are the same without ${lines}`, async () => {
        const without = world.filter((line) => !isHidden(line));
        expectSame(await tablesOf(without, `removed ${number}`), tables);
      });

      it(`are the same whatever is said in ${lines}`, async () => {
        const other = changed(world, isHidden);
        expect([...consentsIn(other)], 'nobody comes to consent').to.deep.equal([...consents]);
        expectSame(await tablesOf(other, `changed ${number}`), tables);
      });
    }

    it('are those of a world without whoever withdraws, at the next run', async () => {
      const training = rowsIn(tables, 'machine_learning_curated').join('\n');
      const participants = [...consents.keys()].filter((one) => training.includes(pseudonym(one)));
      const leaving = spread(participants.sort(), WITHDRAWALS);
      expect(leaving.length).to.be.greaterThan(0);
      let [delivered, remaining, last] = [world, world, tables];
      for (const [number, email] of leaving.entries()) {
        delivered = [...delivered, withdrawal(delivered, email)];
        remaining = remaining.filter((line) => !people.about(line).includes(email));
        const next = await tablesOf(delivered, 'as it is');
        const expected = answerFor(remaining).tables;
        for (const table of TABLES) expectRows(table, rowsIn(next, table), expected[table].rows);
        const rows = TABLES.flatMap((table) => rowsIn(next, table));
        const text = `${rows.join('\n')}${JSON.stringify(next.features)}`;
        const gone = leaving.slice(0, number + 1);
        const shown = gone.flatMap(namesOf).filter((name) => text.includes(name));
        expect(shown.length, 'names of people who withdrew').to.equal(0);
        expect(next.features.length).to.be.below(last.features.length);
        last = next;
      }
      expectSame(last, await tablesOf(remaining, 'without'));
    });

    /** Pseudonym and email, and what of the name, phone and device no other person has. */
    function namesOf(email: string): readonly string[] {
      const columns = ['email', 'customerName', 'phone', 'serialNumber'];
      // As JSON: the beginning of another name is not the name.
      const said = (isOf: (one: unknown) => boolean) =>
        world
          .flatMap(({ json }) => (json && isOf(json['email']) ? [json] : []))
          .flatMap((json) => columns.map((column) => json[column]))
          .flatMap((value) => (typeof value === 'string' ? [JSON.stringify(value)] : []));
      const others = new Set(said((one) => one !== undefined && one !== email));
      const own = said((one) => one === email).filter((name) => !others.has(name));
      return [JSON.stringify(pseudonym(email)), ...new Set(own)];
    }
  });
}

function rowsIn(tables: Tables, table: Table): readonly string[] {
  return tables.rows.get(table) ?? [];
}

function expectSame(found: Tables, expected: Tables): void {
  for (const table of TABLES) expectRows(table, rowsIn(found, table), rowsIn(expected, table));
  const [one, other] = [found.features.toSorted(byWindow), expected.features.toSorted(byWindow)];
  const differing = one.filter((row, index) => !isAlike(row, other[index] ?? {}));
  expect([one.length, differing.length], 'step features').to.deep.equal([other.length, 0]);
}

/** As a multiset. Not shown where they differ: on the public data they are of people. */
function expectRows(table: Table, found: readonly string[], expected: readonly string[]): void {
  const same = found.join('\n') === expected.join('\n');
  expect(same, `${table}: ${found.length} rows, ${expected.length} expected`).to.equal(true);
}

function byWindow(a: Row, b: Row): number {
  const place = ({ participant, windowStartMs }: Row) => `${participant} ${windowStartMs}`;
  return place(a) < place(b) ? -1 : 1;
}

/** Sums of fractions differ in their last digits with the order of the rows, which nobody promises. */
function isAlike(one: Row, other: Row): boolean {
  return Object.entries(one).every(([name, value]) => {
    const expected = other[name];
    if (typeof value !== 'number' || typeof expected !== 'number') return value === expected;
    return Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
  });
}

function pseudonym(email: string): string {
  return createHmac('sha256', KEY).update(email).digest('hex');
}

/** As many as wanted, spread over all. */
function spread<T>(all: readonly T[], wanted: number): readonly T[] {
  return all.filter((_, index) => {
    const before = Math.floor((index * wanted) / all.length);
    return Math.floor(((index + 1) * wanted) / all.length) > before;
  });
}
