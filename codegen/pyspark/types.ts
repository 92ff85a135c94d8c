import type { Column } from '../../algebra/schema.ts';
import type { DataType } from '../../algebra/types.ts';
import { constant, integer, list, text } from '../python/build.ts';
import type { PyExpression } from '../python/tree.ts';
import { t } from './symbols.ts';

const scalars = {
  string: { python: 'StringType', sql: 'string' },
  int: { python: 'IntegerType', sql: 'int' },
  long: { python: 'LongType', sql: 'bigint' },
  double: { python: 'DoubleType', sql: 'double' },
  boolean: { python: 'BooleanType', sql: 'boolean' },
  date: { python: 'DateType', sql: 'date' },
  timestamp: { python: 'TimestampType', sql: 'timestamp' },
} as const;

/** `T.LongType()`, `T.ArrayType(T.StringType(), containsNull=False)` */
export function sparkType(type: DataType): PyExpression {
  switch (type.kind) {
    case 'decimal':
      return t('DecimalType', [integer(type.precision), integer(type.scale)]);
    case 'array':
      return t('ArrayType', [sparkType(type.element)], {
        containsNull: constant(type.elementNullable),
      });
    case 'struct':
      return structType(type.fields);
    case 'map':
      return t('MapType', [sparkType(type.key), sparkType(type.value)], {
        valueContainsNull: constant(type.valueNullable),
      });
    default:
      return t(scalars[type.kind].python);
  }
}

/** `T.StructType([T.StructField("email", T.StringType(), nullable=False), ...])` */
export function structType(
  fields: readonly Pick<Column, 'name' | 'type' | 'nullable'>[],
): PyExpression {
  const items = fields.map(({ name, type, nullable }) =>
    t('StructField', [text(name), sparkType(type)], { nullable: constant(nullable) }),
  );
  return t('StructType', [list(items)]);
}

/** A scalar type as SQL and `Column.cast` name it: `bigint`, `decimal(10, 2)`. */
export function sqlType(type: DataType): string {
  if (type.kind === 'decimal') return `decimal(${type.precision}, ${type.scale})`;
  if (type.kind === 'array' || type.kind === 'struct' || type.kind === 'map') {
    throw new TypeError(`there is no cast to ${type.kind}`);
  }
  return scalars[type.kind].sql;
}
