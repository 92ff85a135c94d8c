import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import {
  complete,
  double,
  fresh,
  type IfUnmet,
  job,
  library,
  long,
  mean,
  references,
  rowCount,
  string,
  timestamp,
  unique,
  zone,
} from '#lakewright';
import { sinkId } from '../../algebra/library.ts';
import { describeExpectation, unmetOfTable } from '../../algebra/table-expectations.ts';
import { check } from '../../check/index.ts';
import { generate, noWords } from '../../codegen/index.ts';
import { libraryOf } from '../../dsl/library-of.ts';
import { runInFolders } from '../../runtime/folders.ts';
import { interpret } from '../../runtime/interpreter.ts';
import { parseLandingRows } from '../../runtime/landing-rows.ts';
import { gluesUnderTest, warmSpark } from '../runtime/warm-spark.ts';

const CANARY = 'canary-0c7e';
const MINIMUM = 918273645;

const landing = zone('landing');
const trusted = zone('trusted', { purpose: 'research', holds: 'identified' });

const raw = landing.table('reading', {
  columns: {
    k: string().nullable(),
    x: double().nullable(),
    n: long().nullable(),
    at: timestamp().nullable(),
  },
});
// NaN cannot be said in JSON.
const readings = raw.derive((c) => ({ root: c.x.sqrt() }));

/** One set of expectations for any rows: of what they say, much is not so. */
const expectations = (options: IfUnmet) => [
  unique('k', options),
  unique(['k', 'x', 'n', 'at', 'root'], options),
  unique('root', options),
  rowCount({ min: 3, ...options }),
  rowCount({ max: 3, ...options }),
  rowCount({ min: 0, max: 100, ...options }),
  complete('k', options),
  complete('x', { share: 0.75, ...options }),
  complete('x', { share: 0.5, ...options }),
  mean('x', { min: -0.5, max: 2, ...options }),
  mean('n', { min: MINIMUM, ...options }),
  mean('n', { max: 2.5, ...options }),
  mean('root', { min: 0, ...options }),
  fresh('at', { hours: 1, ...options }),
  fresh('at', { hours: 1_000_000, ...options }),
  fresh('n', { hours: 1_000_000, ...options }),
];

const keys = job('key_trusted', {
  rows: raw
    .filter((c) => c.n.gt(1))
    .select('k')
    .distinct(),
  sink: trusted.sink('key'),
});
const whole = job('reading_trusted', {
  rows: readings.leftJoin(keys.table, 'k'),
  sink: trusted.sink('reading'),
  expectations: [
    ...expectations({ onFail: 'warn' }),
    references('k', keys.table, 'k', { onFail: 'warn' }),
  ],
});
const none = job('none_trusted', {
  rows: readings.filter((c) => c.k.eq('nobody')),
  sink: trusted.sink('none'),
  expectations: expectations({ onFail: 'warn' }),
});
const { kept, quarantined } = readings.quarantine((c) => ({
  'k is said': c.k.isNotNull(),
  'x > 0': c.x.gt(0),
}));
const good = job('good_trusted', { rows: kept.select('n'), sink: trusted.sink('good') });
const others = job('others_trusted', {
  rows: quarantined.select('n', 'reason'),
  sink: trusted.sink('others'),
});
const required = job('required_trusted', {
  rows: readings.expect((c) => ({ 'k is said': c.k.isNotNull() }), { onFail: 'warn' }),
  sink: trusted.sink('required'),
  expectations: expectations({}),
});

const LINES = [
  `{"k":"${CANARY}","x":1.5,"n":1,"at":"2024-02-29T12:00:00Z"}`,
  `{"k":"${CANARY}","x":1.5,"n":1,"at":"2024-02-29T12:00:00Z"}`,
  '{"k":"b","x":-0.0,"n":2,"at":"1970-01-01T00:00:00Z"}',
  '{"k":"c","x":0.0,"n":3}',
  '{"k":"d","x":-1.0}',
  '{"x":-4.0,"n":9007199254740993}',
  '{"n":4}',
];

for (const glue of gluesUnderTest()) {
  describe(`what is expected of tables, on Glue ${glue}`, () => {
    const work = mkdtempSync(join(tmpdir(), 'lakewright-expectations-'));
    after(() => rmSync(work, { recursive: true, force: true }));

    async function outcomes(...jobs: Parameters<typeof library>[1]['jobs']) {
      const { checked, diagnostics } = check(libraryOf(library('sample', { jobs })) ?? fail());
      if (!checked) throw new Error(diagnostics.map(({ code }) => code).join());
      const [data, generated] = [join(work, 'data'), join(work, 'generated')];
      for (const [path, text] of generate(checked, noWords)) {
        mkdirSync(dirname(join(generated, path)), { recursive: true });
        writeFileSync(join(generated, path), text);
      }
      mkdirSync(join(data, 'reading', 'landing'), { recursive: true });
      writeFileSync(join(data, 'reading', 'landing', 'part.json'), `${LINES.join('\n')}\n`);
      const { spark } = await warmSpark(glue);
      const folders = { data, out: join(work, 'out'), pseudonymKeys: join(work, 'keys') };
      return { checked, ran: await runInFolders({ generated, spark, ...folders }) };
    }

    it('is counted as the interpreter counts', async function () {
      this.timeout(300_000);
      const { checked, ran } = await outcomes(keys, whole, none);
      const schema = checked.tables.get('landing.reading')?.schema ?? [];
      const { rows } = parseLandingRows(LINES.join('\n'), schema);
      expect(rows).to.have.length(LINES.length);
      const tables = interpret(checked, {
        tables: new Map([['landing.reading', rows]]),
        consentAsOf: 0n,
      });
      const beside = { rows: (id: string) => tables.get(id) ?? [], now: BigInt(Date.now()) };
      for (const { job: one } of checked.jobs) {
        const found = ran.find((outcome) => outcome.job === `sample_${one.name}`);
        expect(found?.reason).to.equal('');
        const written = tables.get(sinkId(one.sink)) ?? [];
        const wanted = (one.expectations ?? []).map((each) => ({
          name: describeExpectation(each),
          of: sinkId(one.sink).replace('.', '_'),
          on_unmet: 'warn',
          unmet: unmetOfTable(each, written, checked.frames.get(one.rows)?.schema ?? [], beside),
          rows: written.length,
        }));
        expect(found?.report?.expectations ?? []).to.deep.equal(wanted);
        const unmet = wanted.filter((each) => each.unmet > 0).length;
        if (wanted.length > 0) expect(unmet).to.be.within(3, wanted.length - 2);
      }
    });

    it('parts rows with their reasons as the interpreter does', async function () {
      this.timeout(300_000);
      const { checked, ran } = await outcomes(good, others);
      const [first] = ran[0]?.report?.expectations ?? [];
      expect(first).to.include({ name: 'k is said', on_unmet: 'drop', unmet: 2, rows: 7 });
      const schema = checked.tables.get('landing.reading')?.schema ?? [];
      const { rows } = parseLandingRows(LINES.join('\n'), schema);
      const sample = { tables: new Map([['landing.reading', rows]]), consentAsOf: 0n };
      const tables = interpret(checked, sample);
      const { spark } = await warmSpark(glue);
      const text = 'concat_ws("|", n, reason) AS text';
      const place = join(work, 'out', 'trusted', 'others');
      const found = await spark.sql(`SELECT ${text} FROM parquet.\`${place}\``);
      const wanted = (tables.get('trusted.others') ?? []).map(({ n = null, reason = null }) =>
        [n, reason].filter((one) => one !== null).join('|'),
      );
      expect(wanted).to.have.length(5);
      expect(found.map((row) => row['text'])).to.have.members(wanted);
      expect(tables.get('trusted.good')).to.have.length(2);
    });

    it('ends the run where it is required, with its name and the count, and no value', async function () {
      this.timeout(300_000);
      const { ran } = await outcomes(required);
      expect(ran[0]?.state).to.equal('failed');
      expect(ran[0]?.reason).to.match(
        /^sample_required_trusted: not published: 2 of 7 rows of trusted_required do not meet: unique by k; .*trusted_required is not: rows: 3 or less; /,
      );
      expect(JSON.stringify(ran)).not.to.match(new RegExp(`${CANARY}|2024|9007199254740993`));
      const [first] = ran[0]?.report?.expectations ?? [];
      expect(first).to.deep.equal({
        name: 'k is said',
        of: 'landing_reading',
        on_unmet: 'warn',
        unmet: 2,
        rows: 7,
      });
    });
  });
}

function fail(): never {
  throw new TypeError('no library');
}
