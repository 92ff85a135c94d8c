import type { DataType } from '../../algebra/types.ts';

/**
 * A type as the Glue catalog writes it, for Athena and Hive. Names inside structs are lower-case, as all names are there.
 * @example hiveType({ kind: 'long' }) // 'bigint'
 */
export function hiveType(type: DataType): string {
  switch (type.kind) {
    case 'long':
      return 'bigint';
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'array':
      return `array<${hiveType(type.element)}>`;
    case 'map':
      return `map<${hiveType(type.key)},${hiveType(type.value)}>`;
    case 'struct':
      return `struct<${type.fields
        .map((field) => `${field.name.toLowerCase()}:${hiveType(field.type)}`)
        .join(',')}>`;
    default:
      return type.kind;
  }
}
