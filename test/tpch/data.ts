import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Row } from '../../algebra/row.ts';
import type { CheckedLibrary, CheckedTable } from '../../check/checked-library.ts';
import { parseLandingRows } from '../../runtime/landing-rows.ts';

/** Tables of the benchmark as landing data, and DuckDB's answers to its queries. */
export interface Benchmark {
  /** Folder that holds `<table>/landing/`. */
  readonly data: string;
  /** Rows of values as text, by query: the first is of query 1. */
  readonly answers: readonly (readonly (readonly string[])[])[];
}

const generator = fileURLToPath(new URL('generate_data.py', import.meta.url));

/**
 * Generates the benchmark's data at a scale, for the landing tables of a library.
 * @param scale 1 is about a gigabyte
 * @param python an interpreter that has DuckDB
 */
export function generateBenchmark(
  checked: CheckedLibrary,
  scale: string,
  python: string,
): Benchmark {
  const data = mkdtempSync(join(tmpdir(), 'lakewright-tpch-'));
  const columns = landingTables(checked).map(
    ({ declared, schema }) => [declared.name, schema.map(({ name }) => name)] as const,
  );
  const args = [generator, scale, data, JSON.stringify(Object.fromEntries(columns))];
  const { status, stdout, stderr } = spawnSync(python, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return { data, answers: JSON.parse(stdout) as Benchmark['answers'] };
}

/** The landing rows of all tables, by `landing.<table>`, as the interpreter takes them. */
export function landingRows(
  checked: CheckedLibrary,
  { data }: Benchmark,
): ReadonlyMap<string, readonly Row[]> {
  return new Map(
    landingTables(checked).map(({ id, declared, schema }) => {
      const text = readFileSync(join(data, declared.name, 'landing', `${declared.name}.json`));
      const { rows, quarantined } = parseLandingRows(text.toString(), schema);
      if (quarantined.size > 0) throw new Error(`${id} has lines that are no rows`);
      return [id, rows] as const;
    }),
  );
}

type Declared = CheckedTable & { readonly declared: NonNullable<CheckedTable['declared']> };

function landingTables({ tables }: CheckedLibrary): readonly Declared[] {
  return [...tables.values()].filter((table): table is Declared => table.declared !== undefined);
}
