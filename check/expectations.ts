import { type Job, sinkId } from '../algebra/library.ts';
import { columnNames, findColumn, type Schema } from '../algebra/schema.ts';
import { expectedColumns, type TableExpectation } from '../algebra/table-expectations.ts';
import { type DataType, isNumeric, isOrderable, sameType, typeName } from '../algebra/types.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';
import type { Knowledge, Pass } from './knowledge.ts';

/** What is expected of whole tables: of columns that they have, of types for which it means something. */
export const expectations: Pass = {
  name: 'expectations',
  run: (known) => ({
    diagnostics: known.library.jobs.flatMap((job) => jobProblems(job, known)),
    learnt: {},
  }),
};

function jobProblems(job: Job, { schemas, tableSchemas, jobs }: Knowledge): readonly Diagnostic[] {
  const schema = schemas.get(job.rows);
  if (!schema) return [];
  const reads = jobs.find((one) => one.job === job)?.reads ?? [];
  const written = new Set(jobs.map((one) => sinkId(one.job.sink)));
  return (job.expectations ?? []).flatMap((one) => {
    const missing = expectedColumns(one).filter((name) => !findColumn(schema, name));
    if (missing.length > 0) return unknownColumns(missing, schema, one);
    if (one.kind !== 'references') return typeProblems(one, schema);
    const isThere = reads.includes(one.table) && written.has(one.table);
    const other = isThere ? tableSchemas.get(one.table) : undefined;
    return other ? referenceProblems(one, schema, other) : [unread(one)];
  });
}

function unknownColumns(
  names: readonly string[],
  schema: Schema,
  { span }: TableExpectation,
): readonly Diagnostic[] {
  const known = columnNames(schema);
  return names.map((column) => diagnostic('schema/unknown-column', { column, known }, { span }));
}

function typeProblems(expectation: TableExpectation, schema: Schema): readonly Diagnostic[] {
  return expectedColumns(expectation).flatMap((name) => {
    const type = findColumn(schema, name)?.type;
    const { fits, expected } = wanted[expectation.kind];
    if (!type || fits(type)) return [];
    return [wrongType(expectation, `${name} (${typeName(type)})`, expected)];
  });
}

/** For each kind of expectation, the types of columns that it can be said of. */
const wanted: {
  readonly [K in TableExpectation['kind']]: {
    readonly fits: (type: DataType) => boolean;
    readonly expected: string;
  };
} = {
  unique: { fits: isOrderable, expected: 'a type that can be compared' },
  rowCount: { fits: () => true, expected: '' },
  complete: { fits: () => true, expected: '' },
  mean: { fits: isNumeric, expected: 'a number' },
  fresh: {
    fits: ({ kind }) => kind === 'long' || kind === 'timestamp',
    expected: 'long (epoch milliseconds) or timestamp',
  },
  references: { fits: isOrderable, expected: 'a type that can be compared' },
};

function referenceProblems(
  expectation: TableExpectation & { readonly kind: 'references' },
  schema: Schema,
  other: Schema,
): readonly Diagnostic[] {
  const { column, of } = expectation;
  const [type, found] = [findColumn(schema, column)?.type, findColumn(other, of)?.type];
  if (!found) return unknownColumns([of], other, expectation);
  if (type && !sameType(type, found)) {
    const expected = `the type of ${of}, ${typeName(found)}`;
    return [wrongType(expectation, `${column} (${typeName(type)})`, expected)];
  }
  return typeProblems(expectation, schema);
}

function unread(expectation: TableExpectation & { readonly kind: 'references' }): Diagnostic {
  const expected = 'a table that the job reads and another job writes';
  return wrongType(expectation, expectation.table, expected);
}

function wrongType({ kind, span }: TableExpectation, found: string, expected: string): Diagnostic {
  return diagnostic('schema/wrong-type', { operation: kind, found, expected }, { span });
}
