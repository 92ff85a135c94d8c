import type { Label } from '../../algebra/labels.ts';
import type { Consent, Owner, Table } from '../../algebra/library.ts';
import type { Row, Value } from '../../algebra/row.ts';
import type { DataType, ScalarName } from '../../algebra/types.ts';
import { nowhere } from './nodes.ts';

/** A table of a case, in short: columns as `{ email: 'string', taken: 'long?' }` (`?`: nullable), rows by position. */
export interface Given {
  readonly columns: Readonly<Record<string, TypeText | DataType>>;
  readonly rows: readonly (readonly Value[])[];
  readonly labels?: Readonly<Record<string, readonly Label[]>>;
  readonly bands?: Readonly<Record<string, number>>;
  readonly about?: Owner;
  readonly eventTime?: string;
  readonly consents?: readonly Consent[];
}

type Plain = ScalarName | `decimal(${number},${number})`;
export type TypeText = Plain | `${Plain}?`;

/** The declaration of a given table. */
export function tableOf(name: string, given: Given): Table {
  return {
    zone: 'landing',
    name,
    format: 'parquet',
    size: 'large',
    span: nowhere,
    consents: given.consents ?? [],
    ...(given.about ? { owner: given.about } : {}),
    ...(given.eventTime ? { eventTime: given.eventTime } : {}),
    columns: Object.entries(given.columns).map(([column, type]) => {
      const band = given.bands?.[column];
      return {
        name: column,
        type: typeOf(type),
        nullable: typeof type !== 'string' || type.endsWith('?'),
        labels: given.labels?.[column] ?? [],
        ...(band === undefined ? {} : { band }),
        span: nowhere,
      };
    }),
  };
}

/** The rows of a given table by column name. */
export function rowsOf(given: Given): readonly Row[] {
  return named(Object.keys(given.columns), given.rows);
}

export function named(columns: readonly string[], rows: readonly (readonly Value[])[]): Row[] {
  return rows.map((row) => {
    if (row.length !== columns.length)
      throw new TypeError(`a row has not ${columns.length} values`);
    return Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]));
  });
}

/** `long?` or `decimal(10,2)` as a type. */
export function typeOf(text: TypeText | DataType): DataType {
  if (typeof text !== 'string') return text;
  const plain = text.replace('?', '');
  const decimal = /^decimal\((\d+),(\d+)\)$/.exec(plain);
  if (!decimal) return { kind: plain as ScalarName };
  return { kind: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) };
}
