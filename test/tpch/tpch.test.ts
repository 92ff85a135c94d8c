import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sinkId } from '../../algebra/library.ts';
import type { Row, Value } from '../../algebra/row.ts';
import { type Column, findColumn } from '../../algebra/schema.ts';
import type { CheckedJob, CheckedLibrary } from '../../check/checked-library.ts';
import { checkedLibrary } from '../../cli/checked-library.ts';
import { interpret } from '../../runtime/interpreter.ts';
import { GLUE_VERSIONS, toolchain } from '../../runtime/toolchain.ts';
import { gluesUnderTest, warmSpark } from '../runtime/warm-spark.ts';
import { answerColumns } from './answers.ts';
import { type Benchmark, generateBenchmark, landingRows } from './data.ts';
import { expectSameAnswer } from './same-answer.ts';

/** 0.01 is 60,000 lines of orders. A long run: `LAKEWRIGHT_TPCH_SCALE=0.1 npx mocha test/tpch`. */
const scale = process.env['LAKEWRIGHT_TPCH_SCALE'] ?? '0.01';
const root = join(import.meta.dirname, '..', '..');
const example = join(root, 'examples', 'tpch', 'index.ts');
const generated = join(root, 'generated', 'tpch');
const answering = join(import.meta.dirname, 'answer_queries.py');

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
  const compare = (name: string, answer: readonly (readonly (string | null)[])[]) => {
    const job = checked.jobs.find((one) => one.job.name === name);
    const names = answerColumns[name] ?? [];
    const columns = names.map((one) => columnOf(checked, job, one));
    const found = answer.map((row) => row.map((cell) => cell ?? 'null'));
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
        const columns = answerColumns[name] ?? [];
        compare(
          name,
          rows.map((row) => columns.map((one) => textOf(row[one]))),
        );
      });
    }
  });

  for (const glue of gluesUnderTest()) {
    describe(`by the generated scripts on Glue ${glue}`, () => {
      let rows: readonly Readonly<Record<string, unknown>>[];
      before(async () => {
        const { spark } = await warmSpark(glue);
        const queries = Object.entries(answerColumns).map(([name, columns]) => {
          return [name, { script: join(generated, 'jobs', `${name}.py`), columns }] as const;
        });
        const parameters = { queries: Object.fromEntries(queries), data: benchmark.data };
        const support = join(generated, 'support');
        rows = await spark.transform(answering, {}, parameters, [support]);
      });
      for (const name of jobs) {
        it(name, () => {
          const own = rows.filter((row) => row['name'] === name);
          compare(
            name,
            own.map((row) => JSON.parse(String(row['row'])) as (string | null)[]),
          );
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

function textOf(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
