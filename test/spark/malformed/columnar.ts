import { GOOD, type Malformed } from './case.ts';

const good = "SELECT 'good' AS k, 1L AS n, CAST(NULL AS double) AS x";

/** Parquet, ORC and Avro; the columns are k, n and x. */
export const columnarFiles: readonly Malformed[] = (['parquet', 'orc', 'avro'] as const).flatMap(
  (table): readonly Malformed[] => {
    const file = (it: string, query: string, gives: Malformed['gives'], bytes?: number) => {
      const written = bytes === undefined ? { query } : { query, bytes };
      return { it, table, files: { a: written }, gives, onlySpark: `only Spark reads ${table}` };
    };
    const both = [
      file('as declared', good, { rows: [GOOD] }),
      file('null in a required column', `${good} UNION ALL SELECT NULL, 2L, NULL`, {
        rows: [GOOD],
        quarantined: { 'k is null': 1 },
      }),
      file('a column less', "SELECT 'good' AS k, 1L AS n", { stops: 'x is missing' }),
      file('a column of another type', `SELECT k, CAST(n AS int) AS n, x FROM (${good})`, {
        stops: 'n is int, expected bigint',
      }),
      file('cut off', good, { stops: '' }, 100),
    ];
    // What says nothing of how a format is read is tried with one of them.
    if (table === 'orc') return both;
    const differing = [
      {
        ...file('files of different types', good, { stops: '' }),
        files: { a: { query: good }, b: { query: "SELECT 'b' AS k, '2' AS n, 2D AS x" } },
      },
      {
        ...file('a file without an optional column', good, {
          rows: [GOOD, { k: 'b', n: '2' }],
        }),
        files: { a: { query: good }, b: { query: "SELECT 'b' AS k, 2L AS n" } },
      },
    ];
    if (table === 'avro') {
      const more = { query: `SELECT *, 2 AS new FROM (${good})` };
      const gives = { rows: [GOOD, GOOD], undeclared: 2 };
      const one = file('a file with a column more', good, gives);
      return [...both, ...differing, { ...one, files: { 'a [%2F] *': { query: good }, b: more } }];
    }
    return [
      ...both,
      file('a column more', `SELECT *, 2 AS new FROM (${good})`, { rows: [GOOD], undeclared: 1 }),
      file('a column in another case', `SELECT k AS K, n, x FROM (${good})`, {
        stops: 'k is missing',
      }),
      file('no rows', `${good} WHERE false`, { stops: 'no lines' }),
      { ...file('not of this format', good, { stops: '' }), files: { a: 'k,n\ngood,1\n' } },
      ...differing,
    ];
  },
);
