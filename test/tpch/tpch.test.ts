import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sinkId } from '../../algebra/library.ts';
import type { Row } from '../../algebra/row.ts';
import { type Column, findColumn } from '../../algebra/schema.ts';
import type { CheckedJob, CheckedLibrary } from '../../check/checked-library.ts';
import { checkedLibrary } from '../../cli/checked-library.ts';
import { runInFolders } from '../../runtime/folders.ts';
import { interpret } from '../../runtime/interpreter.ts';
import type { JobOutcome } from '../../runtime/job-outcome.ts';
import type { SparkSession } from '../../runtime/spark/session.ts';
import { GLUE_VERSIONS, toolchain } from '../../runtime/toolchain.ts';
import { gluesUnderTest, warmSpark } from '../runtime/warm-spark.ts';
import { answerColumns } from './answers.ts';
import { type Benchmark, generateBenchmark, landingRows } from './data.ts';
import { expectSameAnswer } from './same-answer.ts';

/** 0.01 is 60,000 lines of orders. A long run: `LAKEWRIGHT_TPCH_SCALE=0.1 npx mocha test/tpch`. */
const scale = process.env['LAKEWRIGHT_TPCH_SCALE'] ?? '0.01';
const example = join(import.meta.dirname, '..', '..', 'examples', 'tpch', 'index.ts');

describe(`TPC-H at scale ${scale}, answered as DuckDB does`, function () {
  this.timeout(1_800_000);
  let checked: CheckedLibrary;
  let benchmark: Benchmark;

  before(async () => {
    ({ checked } = await checkedLibrary(example));
    const [glue = GLUE_VERSIONS[0] as '5.1'] = gluesUnderTest();
    benchmark = generateBenchmark(checked, scale, toolchain(glue).python);
  });
  after(() => rmSync(benchmark.data, { recursive: true, force: true }));

  const jobs = Object.keys(answerColumns);

  /** Compares the answer of a job, all of its values as text. */
  const compare = (name: string, answer: readonly Readonly<Record<string, string>>[]) => {
    const job = checked.jobs.find((one) => one.job.name === name);
    const names = answerColumns[name] ?? [];
    const columns = names.map((one) => columnOf(checked, job, one));
    const found = answer.map((row) => names.map((one) => row[one] ?? 'null'));
    const wanted = benchmark.answers[jobs.indexOf(name)] ?? [];
    expect(wanted).to.have.length.above(0);
    expectSameAnswer(columns, found, wanted);
  };

  it('asks every query', () => {
    expect(checked.jobs.map(({ job }) => job.name).sort()).to.deep.equal(jobs);
  });

  describe('by the interpreter', () => {
    let tables: ReadonlyMap<string, readonly Row[]>;
    before(() => {
      tables = interpret(checked, { tables: landingRows(checked, benchmark), consentAsOf: 0n });
    });
    for (const name of jobs) {
      it(name, () => {
        const job = checked.jobs.find((one) => one.job.name === name);
        const rows = job ? (tables.get(sinkId(job.job.sink)) ?? []) : [];
        compare(name, rows.map(asTexts));
      });
    }
  });

  for (const glue of gluesUnderTest()) {
    describe(`by the generated scripts on Glue ${glue}`, () => {
      let spark: SparkSession;
      let outcomes: readonly JobOutcome[];
      before(async () => {
        ({ spark } = await warmSpark(glue));
        outcomes = await runInFolders({
          generated: 'generated/tpch',
          data: benchmark.data,
          out: join(benchmark.data, glue),
          spark,
          pseudonymKeys: join(benchmark.data, 'keys'),
        });
      });
      for (const [index, name] of jobs.entries()) {
        it(name, async () => {
          expect(outcomes[index]?.reason ?? '').to.equal('');
          const table = join(benchmark.data, glue, 'curated', name);
          const cells = (answerColumns[name] ?? []).map((one) => `CAST(${one} AS STRING) ${one}`);
          const rows = await spark.sql(`SELECT ${cells.join(', ')} FROM parquet.\`${table}\``);
          compare(name, rows as readonly Readonly<Record<string, string>>[]);
        });
      }
    });
  }
});

function columnOf({ frames }: CheckedLibrary, job: CheckedJob | undefined, name: string): Column {
  const schema = job ? (frames.get(job.job.rows)?.schema ?? []) : [];
  const column = findColumn(schema, name);
  if (!column) throw new TypeError(`${job?.job.name} gives no ${name}`);
  return column;
}

function asTexts(row: Row): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]));
}
