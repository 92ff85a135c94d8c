import { expect } from 'chai';
import { double, int, job, library, string, zone } from '#lakewright';
import type { Relation } from '../../algebra/relation.ts';
import { unrepeatable } from '../../algebra/sql-text.ts';
import type { DataType } from '../../algebra/types.ts';
import { check } from '../../check/index.ts';
import { generate, noWords } from '../../codegen/index.ts';
import type { DiagnosticError } from '../../diagnostics/index.ts';
import { libraryOf } from '../../dsl/library-of.ts';
import { interpretRelation } from '../../runtime/interpreter.ts';
import { agree } from '../dsl/agreement.ts';
import { accelerometer } from '../types/fixtures/tables.ts';
import { type Files, verify } from '../verify/verifier.ts';
import { type CheckedCase, checkedCase, sampleOf } from './checked-case.ts';
import type { Given } from './given.ts';
import { describeVerb } from './harness.ts';
import { call, filter, literal, nowhere, source } from './nodes.ts';
import { sparkRows, sparkVersions } from './spark-rows.ts';

const kinds: Readonly<Record<string, DataType>> = {
  int: { kind: 'int' },
  long: { kind: 'long' },
  string: { kind: 'string' },
  price: { kind: 'decimal', precision: 10, scale: 2 },
};

function sql(
  input: Relation,
  query: string,
  columns: Readonly<Record<string, string>>,
  more: { readonly language?: 'pyspark' } = {},
): Relation {
  const declared = Object.entries(columns).map(([name, kind]) => {
    return {
      name,
      type: kinds[kind] ?? {
        kind: 'array' as const,
        element: kinds['int'] as DataType,
        elementNullable: true,
      },
    };
  });
  return { kind: 'sql', span: nowhere, query, ...more, columns: declared, from: { input } };
}

const python = { language: 'pyspark' } as const;

const sales: Given = {
  columns: { who: 'string', n: 'int', price: 'decimal(10,2)' },
  labels: { who: ['subject:person'], n: ['sensitive'] },
  about: { kind: 'subject', name: 'person', column: 'who' },
  rows: [
    ['ann', 1, '1.50'],
    ['ann', 2, '2.50'],
    ['bob', 3, '0.25'],
  ],
};

const all = '[sensitive subject:person]';

describeVerb('sql', [
  {
    it: 'makes of the rows what the query says, of everybody, with the labels of all columns',
    given: { sales },
    write: (table) =>
      sql(
        table('sales'),
        "WITH of AS (SELECT who, n FROM input)\nSELECT n AS n, 'it\\'s \"{x}\"' AS who FROM of WHERE 'now(' <> who AND n > (SELECT min(n) FROM input) -- all others",
        { who: 'string', n: 'int' },
      ),
    schema: [`who string? ${all}`, `n int? ${all}`],
    state: 'mixed',
    bySparkAlone: true,
    rows: [
      ['it\'s "{x}"', 2],
      ['it\'s "{x}"', 3],
    ],
  },
  {
    it: 'may meet its own input, and be used as other rows are',
    given: { sales },
    write: (table) =>
      filter(
        sql(
          sql(table('sales'), 'SELECT a.n FROM input a JOIN input b ON a.n = b.n + 1', {
            n: 'int',
          }),
          'SELECT n, CAST(n AS DECIMAL(10, 2)) AS price FROM input UNION ALL SELECT 7, 7.00',
          { n: 'int', price: 'price' },
        ),
        call('gt', 'n', literal('int', 2)),
      ),
    bySparkAlone: true,
    rows: [
      [3, '3.00'],
      [7, '7.00'],
    ],
  },
  {
    it: 'makes of the rows what a function of PySpark says, of everybody likewise',
    given: { sales },
    write: (table) =>
      sql(
        table('sales'),
        `def ranked(rows):
    'Each with "those" before; \\ and {x}.'
    before = Window.partitionBy("who").orderBy("n").rowsBetween(Window.unboundedPreceding, -1)
    others = rows.groupBy("who").agg(F.max("n").alias("most"))
    joined = rows.join(others, "who").where((F.col("n") > 0) & ~rows["n"].isin([7, -1]))
    return joined.select("who", (F.coalesce(F.sum("n").over(before), F.lit(0)) + F.col("most")).cast("bigint").alias("n"))
`,
        { who: 'string', n: 'long' },
        python,
      ),
    schema: [`who string? ${all}`, `n long? ${all}`],
    state: 'mixed',
    bySparkAlone: true,
    rows: [
      ['ann', 2n],
      ['ann', 3n],
      ['bob', 3n],
    ],
  },
  {
    it: 'refuses lists, and no columns',
    given: { sales },
    write: (table) => sql(table('sales'), 'SELECT 1', { one: 'list' }),
    problems: ['schema/wrong-type'],
  },
  {
    it: 'refuses to give nothing',
    given: { sales },
    write: (table) => sql(table('sales'), 'SELECT 1', {}),
    problems: ['schema/no-columns'],
  },
]);

/** The first line of what Spark says of a text that is no query is empty. */
const parsing = /^$|PARSE_SYNTAX_ERROR/;

/** What a run says of a function that gives what is another in each run. */
function ofTheRun(name: string): RegExp {
  return new RegExp(`asks for ${name}\\(\\), which is another in another run: take it from`);
}

/** Queries at which a run stops, and what it says; of names in backquotes the compiler thinks that they are columns. */
const stopped: readonly (readonly [query: string, says: RegExp])[] = [
  [
    'SELECT who, n AS m FROM input',
    /the query gives who string, m int; declared are who string, n int/,
  ],
  ['SELECT who, CAST(n AS BIGINT) AS n FROM input', /gives who string, n bigint/],
  ['SELECT who, n, n FROM input', /COLUMN_ALREADY_EXISTS|AMBIGUOUS|gives/i],
  ['SELECT who, CAST(`rand`() AS INT) AS n FROM input', /not give the same whenever/],
  ['SELECT who, CAST(`unix_timestamp`() AS INT) AS n FROM input', ofTheRun('current_timestamp')],
  ['SELECT who, n FROM input WHERE `now`() > TIMESTAMP "2020-01-01"', ofTheRun('now')],
  [
    'SELECT who, year(d) AS n FROM (SELECT who, `current_date`() AS d FROM input)',
    ofTheRun('current_date'),
  ],
  ['SELECT who, (SELECT year(`localtimestamp`())) AS n FROM input', ofTheRun('localtimestamp')],
  ['SELECT `current_user`() AS who, n FROM input', ofTheRun('current_user')],
  ['SELECT `current_timezone`() AS who, n FROM input', ofTheRun('current_timezone')],
  ['SELECT `current_database`() || `version`() AS who, n FROM input', ofTheRun('current_database')],
  ['SELECT `input_file_name`() AS who, n FROM input', /not give the same whenever/],
  ["SELECT who, year(TIMESTAMP 'now') AS n FROM input", /by a word such as 'now'/],
  ["SELECT who, year(CAST('today' AS DATE)) AS n FROM input", /by a word such as 'now'/],
  ["SELECT who, year(to_timestamp('tomorrow UTC')) AS n FROM input", /by a word such as 'now'/],
  ["SELECT 'x' AS who, CAST(id AS INT) AS n FROM range(5)", /reads something else/],
  [
    'SELECT who, (SELECT CAST(max(id) AS INT) FROM range(5)) AS n FROM input',
    /reads something else/,
  ],
  [
    'SELECT who, n FROM input) UNION ALL (SELECT who, n FROM elsewhere',
    /elsewhere|PARSE|TABLE_OR_VIEW/i,
  ],
  ['DROP VIEW input', parsing],
  ['SELECT who, n FROM input; SELECT 1', parsing],
];

/** Texts at which a run stops before any of it runs, and those that give, or would read, something else. */
const stoppedPython: readonly (readonly [text: string, says: RegExp])[] = [
  ['def f(x): return x.select("who", F.col("n").alias("m"))', /gives who string, m int; declared/],
  [
    'def f(x): return x.where("n > (SELECT max(id) FROM range(3))").select("who", "n")',
    /reads something else/,
  ],
  [
    'def f(x): return x.select("who", F.expr("CAST(rand() AS INT)").alias("n"))',
    /not give the same whenever/,
  ],
  [
    'def f(x): return x.where("current_date() > \'2020-01-01\'").select("who", "n")',
    ofTheRun('current_date'),
  ],
  [
    'def f(x): return x.select("who", F.expr("unix_timestamp()").cast("int").alias("n"))',
    ofTheRun('current_timestamp'),
  ],
  [
    'def f(x): return x.select("who", F.year(F.lit("now").cast("timestamp")).alias("n"))',
    /by a word such as 'now'/,
  ],
  ['def f(x): return F.col("n")', /gives no frame/],
  ['def f(x): return x.write', /is not allowed/],
  ['def f(x: F.udf("n")): return x', /not one function/],
];

/** Texts that the compiler sees at once to give something else in another run, and those that only look like it. */
const unlike: readonly (readonly [text: string, found: string | undefined])[] = [
  ['SELECT who, n FROM input WHERE d > Current_Date', 'current_date'],
  ['SELECT who, n FROM input /* by */ WHERE rand ( ) < 0.5', 'rand'],
  ["SELECT who, n FROM input WHERE d > now() -- 'now'", 'now'],
  ["SELECT 'it\\'s', unix_timestamp() AS n FROM input", 'unix_timestamp'],
  ['SELECT who, unix_timestamp(d) AS n FROM input', undefined],
  ["SELECT 'rand()' AS who, n FROM input -- now()", undefined],
  ['SELECT `now`, input.current_user, n AS user FROM input', undefined],
  ['SELECT current_date FROM (SELECT d AS current_date FROM input)', undefined],
  ['SELECT current_time FROM input', undefined],
  ['def f(rows): return rows.where(F.current_timestamp() > F.col("d"))', 'current_timestamp'],
  ['def f(rows): return rows.select("now", F.lit("rand()"))', undefined],
];

/** What the verifier refuses besides; no run is needed to see it. */
const refusedPython: readonly string[] = [
  ...['rdd', 'sparkSession', '_jdf', '__class__', 'columns'].map(
    (name) => `def f(x): return x.${name}`,
  ),
  ...['collect', 'count', 'show', 'toPandas', 'cache', 'checkpoint'].map(
    (name) => `def f(x): return x.${name}()`,
  ),
  ...['foreach(f)', 'transform(f)', 'mapInPandas(f, "n int")', 'pivot("who")'].map(
    (call) => `def f(x): return x.${call}`,
  ),
  ...['udf("n")', 'broadcast(x)', 'sys.exit()', 'get_active_spark_context()'].map(
    (call) => `def f(x): return x.select(F.${call})`,
  ),
  ...['open("a")', 'getattr(x, "rdd")', 'eval("x")', '(lambda: x)()', '[y for y in x]'].map(
    (value) => `def f(x): return ${value}`,
  ),
  ...['f"{x.rdd}"', '"{0.rdd}".format(x)', '(y := x)', '{**x}["a"].rdd'].map(
    (value) => `def f(x): return x.select(${value})`,
  ),
  'def f(x) -> F.udf: return x',
  'def f(x=1): return x',
  'def f(*x): return x',
  'def f(x, y): return x',
  'def F(x): return x',
  'def f(x):\n    F = x\n    return F',
  'def f(x):\n    import os\n    return x',
  'def f(x):\n    x.n = 1\n    return x',
  'def f(x):\n    for y in x: pass\n    return x',
  'def f(x):\n    global y\n    return x',
  '@F.udf\ndef f(x): return x',
  'async def f(x): return x',
  'def f(x): return x\nf(1)',
  'import os\ndef f(x): return x',
  'def f(x): return',
  'def f(x) return x',
  'x',
];

/** A library whose one job runs a text, which somebody allowed. */
function allowed(body: string): Files {
  const days = zone('landing').table('day', { columns: { who: string(), n: int() } });
  const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const permit = { reason: 'It is a calendar.', reviewer: 'ann@example.org' };
  const rows = days
    .pyspark(body, { who: string(), n: int() })
    .declassify({ from: 'mixed', to: 'research', ...permit, expires: expires as '2027-01-01' });
  const sink = zone('trusted', { purpose: 'research', holds: 'identified' }).sink('day');
  const given = libraryOf(library('days', { jobs: [job('days_trusted', { rows, sink })] }));
  const checked = given && check(given).checked;
  if (!checked) throw new TypeError('the library was refused');
  return generate(checked, noWords);
}

describe('a query', () => {
  const written = (query: string, more = {}): CheckedCase =>
    checkedCase({ sales }, sql(source('sales'), query, { who: 'string', n: 'int' }, more));

  it('is nothing that the reference interpreter knows', () => {
    const one = written('SELECT who, n FROM input');
    const run = () => interpretRelation(one.checked, one.job.rows, sampleOf(one, 0n));
    expect(run).to.throw('the reference interpreter does not know what SQL means');
  });

  it('is refused where it plainly gives something else in another run', () => {
    const found = unlike.map(([text]) => [text, unrepeatable(text, ['who', 'n', 'current_time'])]);
    expect(found).to.deep.equal(unlike);
    const one = written('SELECT who, n FROM input WHERE now() > n');
    expect(one.problems.map(({ code }) => code)).to.deep.equal(['schema/unrepeatable']);
  });

  it('has the types that the algebra knows', () => {
    const labels = {
      identifier: true,
      'subject:customer': true,
      'quasi-identifier': true,
    } as const;
    const told = { ...labels, sensitive: true, null: true } as const;
    agree(
      accelerometer.sql('SELECT user, x FROM input', { user: string(), x: double() }),
      { user: ['string', told], x: ['double', told] },
      { kind: 'mixed', keys: [], aliases: [], complete: 'no' },
    );
  });

  it('is a text with declared columns, which have the labels of all that goes in', () => {
    const table = zone('landing').table('calendar', { columns: { day: int() } });
    const untyped = table as unknown as Record<string, (...values: unknown[]) => unknown>;
    const codesOf = (...values: unknown[]) => {
      try {
        untyped['sql']?.(...values);
      } catch (error) {
        return (error as DiagnosticError).diagnostics.map(({ code }) => code);
      }
      return [];
    };
    const bad = [['', { n: int() }], [7, { n: int() }], ['SELECT 1'], ['SELECT 1', { n: 'int' }]];
    for (const values of [...bad, ['SELECT 1', { n: int().sensitive() }]])
      expect(codesOf(...values)).to.deep.equal(['dsl/bad-option']);
  });

  it('is Python that the verifier looks at, which takes nothing but what builds a frame', () => {
    const texts = ['def f(x): return x.select("who", "n")', ...refusedPython];
    const verdicts = verify(texts.map(allowed));
    const taken = texts.filter((_, index) => {
      return !verdicts[index]?.findings.some((one) => one.includes("PySpark of the author's: "));
    });
    expect(taken).to.deep.equal(texts.slice(0, 1));
  });

  for (const glue of sparkVersions()) {
    it(`stops a run that would give something else, or read it, on Glue ${glue}`, async () => {
      const cases = [
        ...stopped.map(([query]) => written(query)),
        ...stoppedPython.map(([text]) => written(text, python)),
      ];
      const answers = await sparkRows(
        glue,
        cases.map((one) => ({
          relation: one.job.rows,
          schema: (relation: Relation) => one.checked.frames.get(relation)?.schema ?? [],
          tables: one.tables,
          consentAsOf: 0n,
        })),
      );
      for (const [index, [query, says]] of [...stopped, ...stoppedPython].entries()) {
        const answer = answers[index];
        expect(answer instanceof Error ? answer.message : 'rows', query).to.match(says);
      }
    });
  }
});
