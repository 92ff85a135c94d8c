import { keyText } from './group-rows.ts';
import type { Row, Value } from './row.ts';
import { findColumn, type Schema } from './schema.ts';
import type { Span } from './span.ts';

/** What an author expects of the table that a job writes, as a whole. */
export type TableExpectation = Stated & { readonly onUnmet: 'fail' | 'warn'; readonly span: Span };

/** Bounds that are absent are none. Null is a value like any other where rows have to be unique. */
export type Stated =
  | { readonly kind: 'unique'; readonly columns: readonly string[] }
  | ({ readonly kind: 'rowCount' } & Bounds)
  /** At least this share of the rows, from 0 to 1, has a value. */
  | { readonly kind: 'complete'; readonly column: string; readonly share: number }
  /** As doubles, of the rows that have a value; the mean of none is not within any bounds. */
  | ({ readonly kind: 'mean'; readonly column: string } & Bounds)
  /** The newest time is at most so many hours before the run. */
  | { readonly kind: 'fresh'; readonly column: string; readonly hours: number }
  /** Values that are there are values of a column of another table. */
  | {
      readonly kind: 'references';
      readonly column: string;
      /** `zone.table` */
      readonly table: string;
      readonly of: string;
    };

interface Bounds {
  readonly least?: number;
  readonly most?: number;
}

/** One line that says it; the name under which reports count it. */
export function describeExpectation(expectation: Stated): string {
  switch (expectation.kind) {
    case 'unique':
      return `unique by ${expectation.columns.join(', ')}`;
    case 'rowCount':
      return `rows: ${boundsText(expectation)}`;
    case 'complete':
      return expectation.share === 1
        ? `${expectation.column} is in every row`
        : `${expectation.column} is in a share of ${expectation.share} of the rows or more`;
    case 'mean':
      return `mean of ${expectation.column}: ${boundsText(expectation)}`;
    case 'fresh':
      return `newest ${expectation.column} at most ${expectation.hours} hours old`;
    case 'references':
      return `each ${expectation.column} is a ${expectation.of} of ${expectation.table}`;
  }
}

function boundsText({ least, most }: Bounds): string {
  const parts = [
    ...(least === undefined ? [] : [`${least} or more`]),
    ...(most === undefined ? [] : [`${most} or less`]),
  ];
  return parts.join(', ');
}

/** The columns of the table itself that an expectation is about. */
export function expectedColumns(expectation: Stated): readonly string[] {
  if (expectation.kind === 'unique') return expectation.columns;
  return expectation.kind === 'rowCount' ? [] : [expectation.column];
}

/** What an expectation looks at besides the rows. */
export interface Beside {
  rows(tableId: string): readonly Row[];
  /** When the run is, in epoch milliseconds. */
  readonly now: bigint;
}

/**
 * How many rows speak against an expectation: those that double others, lack a value, or refer to nothing. Of a count, a mean or an
 * age that is otherwise, 1. None where it is met: the specification that Spark must match.
 */
export function unmetOfTable(
  expectation: Stated,
  rows: readonly Row[],
  schema: Schema,
  beside: Beside,
): number {
  switch (expectation.kind) {
    case 'unique': {
      const keys = rows.map((row) => keyText(expectation.columns.map((name) => row[name] ?? null)));
      return rows.length - new Set(keys).size;
    }
    case 'rowCount':
      return isWithin(rows.length, expectation) ? 0 : 1;
    case 'complete': {
      const known = valuesOf(expectation.column, rows).length;
      return known >= expectation.share * rows.length ? 0 : rows.length - known;
    }
    case 'mean': {
      const values = valuesOf(expectation.column, rows).map(Number);
      const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
      return isWithin(mean, expectation) ? 0 : 1;
    }
    case 'fresh': {
      const { type } = findColumn(schema, expectation.column) ?? {};
      const perMillisecond = type?.kind === 'timestamp' ? 1000n : 1n;
      const oldest = (beside.now - BigInt(expectation.hours) * millisecondsOfHour) * perMillisecond;
      const times = valuesOf(expectation.column, rows);
      return times.some((time) => typeof time === 'bigint' && time >= oldest) ? 0 : 1;
    }
    case 'references': {
      const known = valuesOf(expectation.of, beside.rows(expectation.table));
      const keys = new Set(known.map(keyText));
      return valuesOf(expectation.column, rows).filter((one) => !keys.has(keyText(one))).length;
    }
  }
}

const millisecondsOfHour = 3_600_000n;

function valuesOf(column: string, rows: readonly Row[]): readonly NonNullable<Value>[] {
  return rows.map((row) => row[column] ?? null).filter((value) => value !== null);
}

/** NaN, as the mean of nothing or of what is no number, is within no bounds. */
function isWithin(value: number, { least, most }: Bounds): boolean {
  if (Number.isNaN(value)) return false;
  return (least === undefined || value >= least) && (most === undefined || value <= most);
}
