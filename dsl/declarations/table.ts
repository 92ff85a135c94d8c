import { type Label, uniteLabels } from '../../algebra/labels.ts';
import type { Consent, DeclaredColumn, Format, Owner, Table, Zone } from '../../algebra/library.ts';
import type { Span } from '../../algebra/span.ts';
import type { Dataset } from '../dataset.ts';
import { datasetOf } from '../dataset-of.ts';
import { inWords, refuse } from '../refusal.ts';
import type { Row } from '../row.ts';
import type { Local, Public, State } from '../state/state.ts';
import { declaredOrigin, sourceStep } from '../step.ts';
import type { FactsOf, facts, TypeOf, type, ValueOf } from '../values/value.ts';
import { type AnyColumn, declarationOf, type value } from './column.ts';
import { requireFolderColumn } from './folder-column.ts';
import { declaredFormat } from './format.ts';
import { requireDatabaseTable } from './jdbc.ts';

/** Any table's declaration. */
export type AnyTableSpec = TableSpec<TableColumns, string, Consents<TableColumns>>;

/** Columns by name. */
export type TableColumns = { readonly [name: string]: AnyColumn };

/** What an author says of a table that others fill. */
export interface TableSpec<C extends TableColumns, A extends string, B extends Consents<C>> {
  readonly doc?: string;
  /** How the files are written: JSON lines by default in the landing zone, Parquet elsewhere; `'orc'`, `'avro'`, `csv()`, or `jdbc()`. */
  readonly format?: Format;
  /** Columns that only the names of folders tell, `day=2024-01-31/`: none that says anything of a person. */
  readonly partitionedBy?: readonly (keyof C & string)[];
  /** Promise that the table fits into each executor's memory, so that joins send it there. */
  readonly size?: 'small' | 'large';
  readonly columns: C;
  /** Whose rows they are: a column labelled `.subject(...)` or `.alias(...)`. Absent: about nobody. */
  readonly about?: Owning<C, A>;
  /** When what a row tells of happened. Rows from before a person's consent must be filtered out. */
  readonly eventTime?: TimeColumn<C>;
  /** Where the table says who consents to a purpose. */
  readonly consent?: B;
}

/** Where consent stands, by purpose. */
export type Consents<C> = { readonly [purpose: string]: ConsentSpec<C> };

/** Columns that say who consents: times as milliseconds since 1970 (`long`) or timestamps. */
export interface ConsentSpec<C> {
  /** When consent was given; null: not given. */
  readonly grantedAt: TimeColumn<C>;
  /** When it was withdrawn; null: not withdrawn. */
  readonly withdrawnAt?: TimeColumn<C>;
  /** When the row was written: the newest row of a person decides. */
  readonly version: TimeColumn<C>;
}

type Owning<C, A> = [OwnerName<FactsOf<C[A & keyof C]>>] extends [never]
  ? `${A & string} does not tell whose rows they are: label it .subject(...) or .alias(...)`
  : A;

type TimeColumn<C> = {
  [K in keyof C]: TypeOf<C[K]> extends 'long' | 'timestamp' ? K : never;
}[keyof C] &
  string;

/** The expression of a table's column; one that holds consent is labelled with it. */
export type ColumnOf<D extends AnyColumn, K, B> =
  K extends ConsentColumn<B>
    ? ValueOf<D[typeof type], D[typeof facts] | ConsentLabel<K, B>>
    : D[typeof value];

type ConsentColumn<B> = {
  [P in keyof B]:
    | (B[P] extends { readonly grantedAt: infer K } ? K : never)
    | (B[P] extends { readonly withdrawnAt: infer K } ? K : never);
}[keyof B];

type ConsentLabel<K, B> = {
  [P in keyof B]: B[P] extends { readonly grantedAt: K } | { readonly withdrawnAt: K }
    ? `consent:${P & string}`
    : never;
}[keyof B];

/** Whose rows a declared table holds. */
export type TableState<C extends TableColumns, A extends string> = [A] extends [never]
  ? Public
  : Local<OwnerName<FactsOf<C[A]>>, A>;

type OwnerName<F> = F extends `subject:${infer N}` | `alias:${infer N}` ? N : never;

/** A declared table as a dataset of all its rows. */
export function declareTable(
  zone: Zone,
  name: string,
  spec: AnyTableSpec,
  span: Span,
): Dataset<Row, State> {
  const table = declaredTable(zone, name, spec, span);
  return datasetOf(sourceStep(declaredOrigin(table, zone), span));
}

/**
 * What an author says of a table, as plain data.
 * @throws DiagnosticError `dsl/bad-option`, `dsl/unknown-column`
 */
export function declaredTable(zone: Zone, name: string, spec: AnyTableSpec, span: Span): Table {
  const consents = Object.entries(spec.consent ?? {}).map(
    ([purpose, { grantedAt, withdrawnAt, version }]): Consent => ({
      purpose,
      grantedAt,
      ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
      version,
    }),
  );
  const columns = declaredColumns(spec.columns, consents, span);
  requireColumns(columns, spec, consents, span);
  const format = declaredFormat(spec.format ?? usualFormat(zone), columns, span);
  const partitionedBy = pathColumns(spec, columns, span);
  requireDatabaseTable(format, zone, columns, partitionedBy, span);
  const owner = spec.about === undefined ? undefined : ownerOf(columns, spec.about, span);
  return {
    zone: zone.name,
    name,
    format,
    ...(partitionedBy.length === 0 ? {} : { partitionedBy }),
    size: spec.size ?? 'large',
    columns,
    consents,
    span,
    ...(spec.doc === undefined ? {} : { doc: spec.doc }),
    ...(owner ? { owner } : {}),
    ...(spec.eventTime === undefined ? {} : { eventTime: spec.eventTime }),
  };
}

function usualFormat({ name }: Zone): Format {
  return name === 'landing' ? 'json' : 'parquet';
}

/** Columns in the names of folders: plain values that tell nothing of a person, as paths stand in logs. */
function pathColumns(
  { partitionedBy, about, eventTime, consent }: AnyTableSpec,
  columns: readonly DeclaredColumn[],
  span: Span,
): readonly string[] {
  const named = Object.values(consent ?? {}).flatMap((one) => Object.values(one));
  for (const name of partitionedBy ?? []) {
    const column = columns.find((one) => one.name === name);
    if (!column) {
      const known = columns.map((one) => one.name);
      return refuse('dsl/unknown-column', span, { column: String(name), known });
    }
    const isSaidOfPeople = [about, eventTime, ...named].includes(name);
    requireFolderColumn(column, isSaidOfPeople, span);
  }
  return [...new Set(partitionedBy ?? [])];
}

function declaredColumns(
  columns: TableColumns,
  consents: readonly Consent[],
  span: Span,
): readonly DeclaredColumn[] {
  return Object.entries(columns).map(([name, value]) => {
    const declared = declarationOf(value, `column ${name}`, span);
    const consented = consents
      .filter((consent) => consent.grantedAt === name || consent.withdrawnAt === name)
      .map(({ purpose }): Label => `consent:${purpose}`);
    return { ...declared, name, labels: uniteLabels(declared.labels, consented) };
  });
}

function requireColumns(
  columns: readonly DeclaredColumn[],
  { about, eventTime }: AnyTableSpec,
  consents: readonly Consent[],
  span: Span,
): void {
  const known = columns.map(({ name }) => name);
  const named = consents.flatMap(({ grantedAt, withdrawnAt, version }) => [
    grantedAt,
    withdrawnAt,
    version,
  ]);
  for (const column of [about, eventTime, ...named]) {
    if (column !== undefined && !known.includes(column))
      refuse('dsl/unknown-column', span, { column: String(column), known });
  }
}

function ownerOf(columns: readonly DeclaredColumn[], about: string, span: Span): Owner {
  const labels = columns.find(({ name }) => name === about)?.labels ?? [];
  for (const kind of ['subject', 'alias'] as const) {
    const label = labels.find((one) => one.startsWith(`${kind}:`));
    if (label) return { kind, name: label.slice(kind.length + 1), column: about };
  }
  const expected = 'a column labelled .subject(...) or .alias(...)';
  return refuse('dsl/bad-option', span, { option: 'about', found: inWords(about), expected });
}
