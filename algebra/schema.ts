import { type Label, uniteLabels } from './labels.ts';
import type { DataType } from './types.ts';

/** The declared column that a column is an unchanged copy of. */
export interface ColumnOrigin {
  /** `zone.table` */
  readonly table: string;
  readonly column: string;
}

/** A column as it stands at one point of a pipeline. */
export interface Column {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  /** Sorted, without doubles. */
  readonly labels: readonly Label[];
  readonly doc?: string;
  /** Present only while the column is an unchanged copy. */
  readonly origin?: ColumnOrigin;
  /** Purposes since whose consent by the row's subject this time is; set by `keepConsented`, present only while unchanged. */
  readonly grants?: readonly string[];
  /**
   * The width of the bands in which its declaration lets it be shown; present only while it is an unchanged copy that was not
   * said to equal another quasi-identifier.
   */
  readonly band?: number;
  /** Present where it was made, wholly or in part, of rows about nobody: a list in which things are looked up. */
  readonly fromList?: true;
}

export type Schema = readonly Column[];

export function findColumn(schema: Schema, name: string): Column | undefined {
  return schema.find((column) => column.name === name);
}

/**
 * A column that is said to equal others: it tells all that they tell, and may be shown in bands only if they may be in the same.
 * The same object where that changes nothing.
 */
export function alike(column: Column, others: readonly Column[]): Column {
  const labels = uniteLabels(column.labels, ...others.map((other) => other.labels));
  const isBanded = others.every(
    (other) => other.band === column.band || !other.labels.includes('quasi-identifier'),
  );
  const { band, ...rest } = column;
  if (band !== undefined && !isBanded) return { ...rest, labels };
  return labels.length > column.labels.length ? { ...column, labels } : column;
}

export function columnNames(schema: Schema): readonly string[] {
  return schema.map((column) => column.name);
}

const columnName = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;

/** Whether Parquet, Spark SQL, Glue and Athena all take a name of a column or field without quoting. */
export function isColumnName(name: string): boolean {
  return columnName.test(name);
}
