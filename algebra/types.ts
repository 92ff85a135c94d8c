/** Spark SQL's types under Spark's own names, as far as the language has them. */
export type DataType = ScalarType | DecimalType | ArrayType | StructType | MapType;

export type ScalarName = 'string' | 'int' | 'long' | 'double' | 'boolean' | 'date' | 'timestamp';

export interface ScalarType {
  readonly kind: ScalarName;
}

/** A fixed-point number of `precision` digits (1 to 38), `scale` of them behind the point. */
export interface DecimalType {
  readonly kind: 'decimal';
  readonly precision: number;
  readonly scale: number;
}

export interface ArrayType {
  readonly kind: 'array';
  readonly element: DataType;
  readonly elementNullable: boolean;
}

export interface StructType {
  readonly kind: 'struct';
  readonly fields: readonly StructField[];
}

export interface StructField {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
}

export interface MapType {
  readonly kind: 'map';
  readonly key: DataType;
  readonly value: DataType;
  readonly valueNullable: boolean;
}

export const string: ScalarType = { kind: 'string' };
export const int: ScalarType = { kind: 'int' };
export const long: ScalarType = { kind: 'long' };
export const double: ScalarType = { kind: 'double' };
export const boolean: ScalarType = { kind: 'boolean' };
export const date: ScalarType = { kind: 'date' };
export const timestamp: ScalarType = { kind: 'timestamp' };

/** A type as an author reads it: `decimal(10, 2)`, `array<string>`, `struct<x: double>`. */
export function typeName(type: DataType): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision}, ${type.scale})`;
    case 'array':
      return `array<${typeName(type.element)}>`;
    case 'struct':
      return `struct<${type.fields.map((field) => `${field.name}: ${typeName(field.type)}`).join(', ')}>`;
    case 'map':
      return `map<${typeName(type.key)}, ${typeName(type.value)}>`;
    default:
      return type.kind;
  }
}

/** Whether two types are the same, nested nullability aside. */
export function sameType(left: DataType, right: DataType): boolean {
  return typeName(left) === typeName(right);
}

/** Whether values of the type are whole numbers of a fixed width. */
export function isIntegral(type: DataType): boolean {
  return type.kind === 'int' || type.kind === 'long';
}

export function isNumeric(type: DataType): boolean {
  return isIntegral(type) || type.kind === 'double' || type.kind === 'decimal';
}

/**
 * The type two unlike numbers meet in, or undefined where meeting would lose digits silently: `int` and `long` meet in
 * `long`; a `double` meets only a `double` or an `int` (53 bits hold every int, but not every long); decimals meet in one
 * that has the digits of both on either side of the point, if 38 are enough, and whole numbers meet them as decimals.
 */
export function commonType(left: DataType, right: DataType): DataType | undefined {
  if (sameType(left, right)) return united(left, right);
  const [first, second] = [asDecimal(left), asDecimal(right)];
  if (first && second && (left.kind === 'decimal' || right.kind === 'decimal')) {
    const scale = Math.max(first.scale, second.scale);
    const whole = Math.max(first.precision - first.scale, second.precision - second.scale);
    return whole + scale <= 38 ? { kind: 'decimal', precision: whole + scale, scale } : undefined;
  }
  const kinds = new Set([left.kind, right.kind]);
  if (kinds.size === 2 && kinds.has('int') && kinds.has('long')) return long;
  if (kinds.size === 2 && kinds.has('int') && kinds.has('double')) return double;
  return undefined;
}

/** The same type, in which may be null what may be so in one of both. */
function united(left: DataType, right: DataType): DataType {
  if (left.kind === 'array' && right.kind === 'array') {
    const elementNullable = left.elementNullable || right.elementNullable;
    return { kind: 'array', element: united(left.element, right.element), elementNullable };
  }
  if (left.kind === 'map' && right.kind === 'map') {
    const valueNullable = left.valueNullable || right.valueNullable;
    return { ...left, value: united(left.value, right.value), valueNullable };
  }
  if (left.kind !== 'struct' || right.kind !== 'struct') return left;
  const fields = left.fields.map((field, index) => {
    const other = right.fields[index] ?? field;
    const nullable = field.nullable || other.nullable;
    return { name: field.name, type: united(field.type, other.type), nullable };
  });
  return { kind: 'struct', fields };
}

/** The decimal type that has all digits of a whole number or a decimal, as Spark has it; undefined of other types. */
export function asDecimal(type: DataType): DecimalType | undefined {
  if (type.kind === 'decimal') return type;
  if (!isIntegral(type)) return undefined;
  return { kind: 'decimal', precision: type.kind === 'int' ? 10 : 20, scale: 0 };
}

/** Whether values of the type have an order that Spark and the reference interpreter agree on. */
export function isOrderable(type: DataType): boolean {
  return type.kind !== 'map' && type.kind !== 'array' && type.kind !== 'struct';
}

/** Whether a map is in values of the type: Spark compares none. */
export function holdsMap(type: DataType): boolean {
  if (type.kind === 'map') return true;
  if (type.kind === 'array') return holdsMap(type.element);
  return type.kind === 'struct' && type.fields.some((field) => holdsMap(field.type));
}
