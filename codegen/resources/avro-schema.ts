import type { Column } from '../../algebra/schema.ts';
import type { DataType } from '../../algebra/types.ts';
import type { Json, JsonObject } from './text.ts';

/**
 * The schema of a table's files as Avro writes it (Avro's specification, "Schema Declaration"), for readers of the catalog. All
 * columns may be null, so that a file may lack one. A timestamp is taken for milliseconds, which is all that Hive's SerDe knows; jobs
 * ask the files.
 */
export function avroSchema(name: string, columns: readonly Column[]): string {
  return JSON.stringify(
    record(
      name,
      columns.map((column) => ({ ...column, nullable: true })),
    ),
  );
}

interface Field {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
}

/** @param name of the record, unlike that of any other in the schema */
function record(name: string, fields: readonly Field[]): JsonObject {
  return {
    type: 'record',
    name,
    fields: fields.map((field): JsonObject => {
      const type = orNull(avroType(field.type, `${name}_${field.name}`), field.nullable);
      return { name: field.name, type, ...(field.nullable ? { default: null } : {}) };
    }),
  };
}

function orNull(type: Json, nullable: boolean): Json {
  return nullable ? ['null', type] : type;
}

/** @param path names the records within */
function avroType(type: DataType, path: string): Json {
  switch (type.kind) {
    case 'date':
      return { type: 'int', logicalType: 'date' };
    case 'timestamp':
      return { type: 'long', logicalType: 'timestamp-millis' };
    case 'decimal': {
      const { precision, scale } = type;
      return { type: 'bytes', logicalType: 'decimal', precision, scale };
    }
    case 'array':
      return { type: 'array', items: orNull(avroType(type.element, path), type.elementNullable) };
    case 'map':
      return { type: 'map', values: orNull(avroType(type.value, path), type.valueNullable) };
    case 'struct':
      return record(path, type.fields);
    default:
      return type.kind;
  }
}
