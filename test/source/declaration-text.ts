import type { Label } from '../../algebra/labels.ts';
import {
  type Consent,
  type Csv,
  type DeclaredColumn,
  type Format,
  type Jdbc,
  type Job,
  RESTRICTED,
  type Sink,
  type Table,
  type Zone,
} from '../../algebra/library.ts';
import type { DataType } from '../../algebra/types.ts';
import { object, text } from './text.ts';
import { Unsayable } from './unsayable.ts';

/** Names in the program, by what they stand for: `subject:customer`, `alias:device`. */
export type Owners = ReadonlyMap<string, string>;

/** A type as authors declare it: `decimal(10, 2)`, `array(string().nullable())`. */
export function typeText(type: DataType, nullable = false): string {
  return `${plainTypeText(type)}${nullable ? '.nullable()' : ''}`;
}

function plainTypeText(type: DataType): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision}, ${type.scale})`;
    case 'array':
      return `array(${typeText(type.element, type.elementNullable)})`;
    case 'map':
      return `map(${typeText(type.key)}, ${typeText(type.value, type.valueNullable)})`;
    case 'struct':
      return `struct(${object(type.fields.map((field) => [field.name, typeText(field.type, field.nullable)]))})`;
    default:
      return `${type.kind}()`;
  }
}

/** What a table is declared with: the second argument of `zone.table`. */
export function tableText(table: Table, owners: Owners): string {
  const { owner, consents, eventTime, format, partitionedBy, size, doc } = table;
  const columns = table.columns.map(
    (column) => [column.name, columnText(column, table, owners)] as const,
  );
  const consent = consents.map((one) => [one.purpose, consentText(one)] as const);
  const usual = table.zone === 'landing' ? 'json' : 'parquet';
  return object([
    ...(doc === undefined ? [] : [['doc', text(doc)] as const]),
    ...(format === usual ? [] : [['format', formatText(format)] as const]),
    ...(partitionedBy === undefined
      ? []
      : [['partitionedBy', `[${partitionedBy.map(text).join(', ')}]`] as const]),
    ...(size === 'large' ? [] : [['size', text(size)] as const]),
    ...(owner ? [['about', text(owner.column)] as const] : []),
    ...(eventTime === undefined ? [] : [['eventTime', text(eventTime)] as const]),
    ...(consents.length > 0 ? [['consent', object(consent)] as const] : []),
    ['columns', object(columns)],
  ]);
}

function formatText(format: Format): string {
  if (typeof format === 'string') return text(format);
  return format.kind === 'csv' ? csvText(format) : jdbcText(format);
}

function jdbcText({ connection, schema, table, fetchSize, network, split }: Jdbc): string {
  return `jdbc(${object([
    ['connection', text(connection)],
    ['schema', text(schema)],
    ['table', text(table)],
    ['fetchSize', String(fetchSize)],
    ...(network === undefined
      ? []
      : [
          [
            'network',
            typeof network === 'string' ? text(network) : JSON.stringify(network),
          ] as const,
        ]),
    ...(split === undefined ? [] : [['split', JSON.stringify(split)] as const]),
  ])})`;
}

function csvText({ header, delimiter, quote, escape: sign, nullValue, lineBreaks }: Csv): string {
  const escaped = sign === '\\' ? 'backslash' : 'doubled';
  return `csv(${object([
    ['header', String(header)],
    ['delimiter', text(delimiter)],
    ['quote', text(quote === '' ? 'none' : quote)],
    ['escape', text(escaped)],
    ['nullValue', text(nullValue)],
    ['lineBreaks', String(lineBreaks)],
  ])})`;
}

function consentText({ grantedAt, withdrawnAt, version }: Consent): string {
  return object([
    ['grantedAt', text(grantedAt)],
    ...(withdrawnAt === undefined ? [] : [['withdrawnAt', text(withdrawnAt)] as const]),
    ['version', text(version)],
  ]);
}

function columnText(column: DeclaredColumn, { owner, consents }: Table, owners: Owners): string {
  const { name, type, nullable, labels, band, doc } = column;
  const about: Label | undefined =
    owner?.column === name ? `${owner.kind}:${owner.name}` : undefined;
  const all = about && !labels.includes(about) ? [...labels, about] : labels;
  const isImplied = (label: Label) =>
    consents.some(
      (one) =>
        label === `consent:${one.purpose}` && (one.grantedAt === name || one.withdrawnAt === name),
    );
  const said = all
    .filter((label) => !isImplied(label))
    .map((label) => labelText(label, band, owners));
  const told = doc === undefined ? '' : `.doc(${text(doc)})`;
  return `${typeText(type, nullable)}${said.join('')}${told}`;
}

const plainLabels: Readonly<Record<string, string>> = {
  identifier: '.identifier()',
  'quasi-identifier': '.quasi()',
  sensitive: '.sensitive()',
  biometric: '.biometric()',
};

function labelText(label: Label, band: number | undefined, owners: Owners): string {
  if (label === 'quasi-identifier' && band !== undefined) return `.quasi({ band: ${band} })`;
  const [kind = ''] = label.split(':');
  const owner = owners.get(label);
  const said = owner === undefined ? plainLabels[label] : `.${kind}(${owner})`;
  if (said === undefined) throw new Unsayable(`no column is declared as ${label}`);
  return said;
}

/** What a zone is declared with: the arguments of `zone(...)`. */
export function zoneText({ name, purposes, holds, doc }: Zone): string {
  const [first, ...more] = purposes;
  const isPlain = name === 'landing' || name === RESTRICTED;
  const options = [
    ...(doc === undefined ? [] : [['doc', text(doc)] as const]),
    ...(first !== undefined && more.length === 0 ? [['purpose', text(first)] as const] : []),
    ...(more.length > 0 ? [['purposes', `[${purposes.map(text).join(', ')}]`] as const] : []),
    ...(isPlain || holds === 'pseudonymous' ? [] : [['holds', text(holds)] as const]),
  ];
  return isPlain && options.length === 0 ? text(name) : `${text(name)}, ${object(options)}`;
}

/** A sink of a zone. */
export function sinkText(zone: string, { table, holds, doc }: Sink, usual: Sink['holds']): string {
  const options = [
    ...(holds === usual ? [] : [['holds', text(holds)] as const]),
    ...(doc === undefined ? [] : [['doc', text(doc)] as const]),
  ];
  return `${zone}.sink(${[text(table), ...(options.length > 0 ? [object(options)] : [])].join(', ')})`;
}

/** What a job says besides its rows and its sink, where it is not as usual. */
export function jobOptions(job: Job): readonly (readonly [name: string, value: string])[] {
  const { doc, schedule, workerType, workers, timeout, glueVersion } = job;
  return [
    ...(doc === undefined ? [] : [['doc', text(doc)] as const]),
    ...(schedule === undefined ? [] : [['schedule', text(schedule)] as const]),
    ...(workerType === 'G.1X' ? [] : [['workerType', text(workerType)] as const]),
    ...(workers === 2 ? [] : [['workers', String(workers)] as const]),
    ...(timeout === 60 ? [] : [['timeout', String(timeout)] as const]),
    ...(glueVersion === '5.1' ? [] : [['glueVersion', text(glueVersion)] as const]),
  ];
}
