import type { Label } from './labels.ts';
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
}

export type Schema = readonly Column[];

export function findColumn(schema: Schema, name: string): Column | undefined {
  return schema.find((column) => column.name === name);
}

export function columnNames(schema: Schema): readonly string[] {
  return schema.map((column) => column.name);
}
