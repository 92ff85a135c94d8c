import { expect } from 'chai';
import { double, int, string, zone } from '#lakewright';
import type { Relation } from '../../algebra/relation.ts';
import type { DataType } from '../../algebra/types.ts';
import type { DiagnosticError } from '../../diagnostics/index.ts';
import { interpretRelation } from '../../runtime/interpreter.ts';
import { agree } from '../dsl/agreement.ts';
import { accelerometer } from '../types/fixtures/tables.ts';
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

function sql(input: Relation, query: string, columns: Readonly<Record<string, string>>): Relation {
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
  return { kind: 'sql', span: nowhere, query, columns: declared, from: { input } };
}

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
        "WITH of AS (SELECT who, n FROM input)\nSELECT n AS n, 'it\\'s \"{x}\"' AS who FROM of WHERE n > (SELECT min(n) FROM input) -- all others",
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

/** Queries at which a run stops, and what it says. */
const stopped: readonly (readonly [query: string, says: RegExp])[] = [
  [
    'SELECT who, n AS m FROM input',
    /the query gives who string, m int; declared are who string, n int/,
  ],
  ['SELECT who, CAST(n AS BIGINT) AS n FROM input', /gives who string, n bigint/],
  ['SELECT who, n, n FROM input', /COLUMN_ALREADY_EXISTS|AMBIGUOUS|gives/i],
  ['SELECT who, CAST(rand() AS INT) AS n FROM input', /not give the same whenever/],
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

describe('a query', () => {
  const written = (query: string): CheckedCase =>
    checkedCase({ sales }, sql(source('sales'), query, { who: 'string', n: 'int' }));

  it('is nothing that the reference interpreter knows', () => {
    const one = written('SELECT who, n FROM input');
    const run = () => interpretRelation(one.checked, one.job.rows, sampleOf(one, 0n));
    expect(run).to.throw('the reference interpreter does not know what SQL means');
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

  for (const glue of sparkVersions()) {
    it(`stops a run that would give something else, or read it, on Glue ${glue}`, async () => {
      const cases = stopped.map(([query]) => written(query));
      const answers = await sparkRows(
        glue,
        cases.map((one) => ({
          relation: one.job.rows,
          schema: (relation: Relation) => one.checked.frames.get(relation)?.schema ?? [],
          tables: one.tables,
          consentAsOf: 0n,
        })),
      );
      for (const [index, [query, says]] of stopped.entries()) {
        const answer = answers[index];
        expect(answer instanceof Error ? answer.message : 'rows', query).to.match(says);
      }
    });
  }
});
