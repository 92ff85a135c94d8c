import { execute } from '../algebra/execute.ts';
import { sinkId } from '../algebra/library.ts';
import type { Relation } from '../algebra/relation.ts';
import type { Row } from '../algebra/row.ts';
import { columnNames, type Schema } from '../algebra/schema.ts';
import type { Execution } from '../algebra/verb.ts';
import type { CheckedLibrary } from '../check/checked-library.ts';

/** What rows are computed from. */
export interface Sample {
  /** Rows of the tables that no job writes, by `zone.table`. */
  readonly tables: ReadonlyMap<string, readonly Row[]>;
  /** Consent given after this instant does not count; epoch milliseconds. */
  readonly consentAsOf: bigint;
  /** Key of pseudonyms, by purpose; absent: asking for one is an error. */
  readonly pseudonymKey?: (purpose: string) => Uint8Array;
}

/**
 * Runs all jobs of a library on sample rows, in milliseconds and without Java: the meaning that the generated scripts must
 * match.
 * @returns the rows of every table, by `zone.table`: the sample's and those that jobs write
 * @throws TypeError when a job reads a table that the sample lacks
 */
export function interpret(
  checked: CheckedLibrary,
  sample: Sample,
): ReadonlyMap<string, readonly Row[]> {
  const tables = new Map(sample.tables);
  for (const { job } of checked.jobs) {
    tables.set(sinkId(job.sink), interpretRelation(checked, job.rows, { ...sample, tables }));
  }
  return tables;
}

/** The rows of one relation of a checked library, columns in the schema's order. */
export function interpretRelation(
  checked: CheckedLibrary,
  relation: Relation,
  sample: Sample,
): readonly Row[] {
  const schemaOf = (of: Relation): Schema => {
    const frame = checked.frames.get(of);
    if (!frame) throw new TypeError(`a ${of.kind} step is not of the checked library`);
    return frame.schema;
  };
  const names = columnNames(schemaOf(relation));
  return execute(relation, executionOf(sample, schemaOf)).map((row) =>
    Object.fromEntries(names.map((name) => [name, row[name] ?? null])),
  );
}

function executionOf(sample: Sample, schema: (relation: Relation) => Schema): Execution {
  return {
    schema,
    consentAsOf: sample.consentAsOf,
    rows(table) {
      const rows = sample.tables.get(table);
      if (rows) return rows;
      throw new TypeError(`the sample has no rows of ${table}`);
    },
    pseudonymKey(purpose) {
      if (sample.pseudonymKey) return sample.pseudonymKey(purpose);
      throw new TypeError(`the sample has no pseudonym key for ${purpose}`);
    },
  };
}
