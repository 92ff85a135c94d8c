import { type Csv, databaseOf, type Format, type Jdbc } from '../../algebra/library.ts';
import type { Column } from '../../algebra/schema.ts';
import type { CheckedLibrary, CheckedTable } from '../../check/index.ts';
import { InternalError } from '../../diagnostics/index.ts';
import { avroSchema } from './avro-schema.ts';
import { hiveType } from './hive-type.ts';
import { databaseName, deployedName, ownerTags } from './names.ts';
import { bucket } from './parameters.ts';
import { describe, type JsonObject, LONGEST_COMMENT, LONGEST_DESCRIPTION } from './text.ts';

/** The tables that lie in the lake; those of databases stay where they are. */
export function lakeTables(checked: CheckedLibrary): readonly CheckedTable[] {
  return [...checked.tables.values()].filter(
    ({ id }) => databaseOfTable(checked, id) === undefined,
  );
}

/** The database that has a table instead of the lake. */
export function databaseOfTable(checked: CheckedLibrary, id: string): Jdbc | undefined {
  const table = checked.tables.get(id);
  return table?.writer || !table?.declared ? undefined : databaseOf(table.declared);
}

/** Zones that hold at least one table of the lake, in the order of the library. */
export function zonesInUse(checked: CheckedLibrary): readonly string[] {
  const used = new Set(lakeTables(checked).map((table) => zoneOf(table.id)));
  return checked.library.zones.map((zone) => zone.name).filter((name) => used.has(name));
}

/** The zone of `zone.table`. */
export function zoneOf(id: string): string {
  return id.slice(0, id.indexOf('.'));
}

/** The table of `zone.table`. */
export function tableOf(id: string): string {
  return id.slice(id.indexOf('.') + 1);
}

/** CreateDatabase input of a zone. */
export function databaseResource(checked: CheckedLibrary, zone: string): JsonObject {
  const { library } = checked;
  const declared = library.zones.find((one) => one.name === zone);
  const doc = declared?.doc ?? zoneSentence(zone, declared?.purposes ?? []);
  return {
    DatabaseInput: {
      Name: databaseName(deployedName(library.name), zone),
      Description: describe(doc, LONGEST_DESCRIPTION),
      LocationUri: `s3://${bucket}/${zone}/`,
      Parameters: ownerTags(library.name),
    },
  };
}

function zoneSentence(zone: string, purposes: readonly string[]): string {
  if (purposes.length === 0) return `The ${zone} zone.`;
  return `The ${zone} zone: people in it consent to ${purposes.join(' and ')}.`;
}

/**
 * CreateTable input. `Location` is where the table begins; each run of its job repoints it to that run's folder below, so a
 * deployment leaves the location of an existing table alone.
 */
export function tableResource(checked: CheckedLibrary, table: CheckedTable): JsonObject {
  const { library } = checked;
  const zone = zoneOf(table.id);
  const name = tableOf(table.id);
  const doc = table.writer?.sink.doc ?? table.declared?.doc ?? table.writer?.doc;
  const location = `s3://${bucket}/${zone}/${name}/`;
  const own = ownerTags(library.name);
  return {
    DatabaseName: databaseName(deployedName(library.name), zone),
    TableInput: {
      Name: name,
      ...(doc === undefined ? {} : { Description: describe(doc, LONGEST_DESCRIPTION) }),
      TableType: 'EXTERNAL_TABLE',
      ...(isIceberg(checked, table.id)
        ? icebergTable(table, location, own)
        : tableOfFiles(table, location, own)),
    },
  };
}

function tableOfFiles(table: CheckedTable, location: string, own: JsonObject): JsonObject {
  const declared = table.writer ? undefined : table.declared?.format;
  const format = storage(declared ?? 'parquet', table);
  const folders = (table.writer ?? table.declared)?.partitionedBy ?? [];
  const inFiles = table.schema.filter((column) => !folders.includes(column.name));
  const keys = folders.flatMap((folder) => table.schema.filter((one) => one.name === folder));
  return {
    Parameters: { EXTERNAL: 'TRUE', ...format.parameters, ...own },
    StorageDescriptor: {
      Columns: inFiles.map((column) => columnInput(column, format.texts)),
      Location: location,
      InputFormat: format.input,
      OutputFormat: format.output,
      Compressed: format.compressed,
      SerdeInfo: { SerializationLibrary: format.serde, Parameters: format.serdeParameters },
    },
    ...(folders.length === 0 ? {} : { PartitionKeys: keys.map((column) => columnInput(column)) }),
  };
}

/** Whether a job keeps a table as Iceberg. */
export function isIceberg(checked: CheckedLibrary, id: string): boolean {
  return checked.tables.get(id)?.writer?.format === 'iceberg';
}

/**
 * An Iceberg table that no run has written yet, as Iceberg's own catalog for Glue makes it where it has to be there before its
 * metadata (GlueTableOperations.createGlueTempTableIfNecessary). With `OpenTableFormatInput`, Glue would write that metadata with
 * the deployer's rights, into a zone that only its jobs write to. Columns are all here, also those that folders tell.
 */
function icebergTable({ schema }: CheckedTable, location: string, own: JsonObject): JsonObject {
  return {
    Parameters: { table_type: 'ICEBERG', ...own },
    StorageDescriptor: { Columns: schema.map((column) => columnInput(column)), Location: location },
  };
}

/**
 * Hive and Athena have lower-case names only. The SerDes below match a file's names without regard to case; the file's own
 * spelling is kept as a parameter for people, beside the labels, which tag-based access control can start from.
 */
function columnInput(column: Column, asText = false): JsonObject {
  const name = column.name.toLowerCase();
  const parameters = {
    ...(column.labels.length === 0 ? {} : { 'lakewright:labels': column.labels.join(' ') }),
    ...(name === column.name ? {} : { 'lakewright:name': column.name }),
  };
  return {
    Name: name,
    Type: asText ? 'string' : hiveType(column.type),
    ...(column.doc === undefined ? {} : { Comment: describe(column.doc, LONGEST_COMMENT) }),
    ...(Object.keys(parameters).length === 0 ? {} : { Parameters: parameters }),
  };
}

interface Storage {
  readonly input: string;
  readonly output: string;
  readonly serde: string;
  readonly serdeParameters: Readonly<Record<string, string>>;
  readonly compressed: boolean;
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether readers of the catalog see texts, whatever type jobs read them as. */
  readonly texts?: boolean;
}

function storage(format: Format, table: CheckedTable): Storage {
  if (typeof format !== 'string') {
    if (format.kind === 'csv') return csvStorage(format);
    throw new InternalError(`${table.id} of a database was to be in the catalog`);
  }
  return format === 'avro' ? avroStorage(table) : formats[format];
}

/** Athena's user guide, "Avro SerDe": it takes the schema from here, not from the files. */
function avroStorage({ id, schema, declared }: CheckedTable): Storage {
  const inFiles = schema.filter(({ name }) => !declared?.partitionedBy?.includes(name));
  return {
    input: 'org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat',
    serde: 'org.apache.hadoop.hive.serde2.avro.AvroSerDe',
    serdeParameters: { 'avro.schema.literal': avroSchema(tableOf(id), inFiles) },
    compressed: false,
    parameters: { classification: 'avro' },
  };
}

/** The SerDe splits lines and quotes; it knows dates only as numbers of days, so that readers are given texts. */
function csvStorage({ header, delimiter, quote, escape: sign }: Csv): Storage {
  return {
    input: 'org.apache.hadoop.mapred.TextInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
    serde: 'org.apache.hadoop.hive.serde2.OpenCSVSerde',
    serdeParameters: {
      separatorChar: delimiter,
      quoteChar: quote === '' ? '\u0000' : quote,
      escapeChar: sign === '' ? '\u0000' : sign,
    },
    compressed: false,
    parameters: {
      classification: 'csv',
      ...(header ? { 'skip.header.line.count': '1' } : {}),
    },
    texts: true,
  };
}

/** Input format, output format and SerDe: Athena's user guide, "JSON SerDe libraries", "Parquet SerDe", "ORC SerDe". */
const formats = {
  json: {
    input: 'org.apache.hadoop.mapred.TextInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
    serde: 'org.openx.data.jsonserde.JsonSerDe',
    // A line that is no JSON is null to a reader of the catalog; jobs quarantine it instead.
    serdeParameters: { 'ignore.malformed.json': 'true' },
    compressed: false,
    parameters: { classification: 'json' },
  },
  parquet: {
    input: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    serde: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
    serdeParameters: { 'serialization.format': '1' },
    compressed: true,
    parameters: { classification: 'parquet', 'parquet.compression': 'ZSTD' },
  },
  orc: {
    input: 'org.apache.hadoop.hive.ql.io.orc.OrcInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat',
    serde: 'org.apache.hadoop.hive.ql.io.orc.OrcSerde',
    serdeParameters: { 'serialization.format': '1' },
    compressed: true,
    parameters: { classification: 'orc' },
  },
} as const satisfies Readonly<Record<string, Storage>>;
