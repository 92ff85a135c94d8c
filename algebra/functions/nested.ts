import type { Value } from '../row.ts';
import type { ArrayType, DataType, MapType } from '../types.ts';
import type { Operand } from './definition.ts';
import type { Parameter } from './parameters.ts';

/** Lists and maps as operands, and their values. Narrowing by type: parameters have seen to it what an operand is. */
export const list: Parameter = { expected: 'a list', fits: ({ type }) => type.kind === 'array' };
export const map: Parameter = { expected: 'a map', fits: ({ type }) => type.kind === 'map' };

export function listWhere(expected: string, fits: (element: DataType) => boolean): Parameter {
  return { expected, fits: ({ type }) => type.kind === 'array' && fits(type.element) };
}

export function arrayOf(operand: Operand | undefined): ArrayType {
  if (operand?.type.kind === 'array') return operand.type;
  throw new TypeError('expected a list');
}

export function mapOf(operand: Operand | undefined): MapType {
  if (operand?.type.kind === 'map') return operand.type;
  throw new TypeError('expected a map');
}

export function elementOf(operand: Operand | undefined): DataType {
  return arrayOf(operand).element;
}

export function listType([operand]: readonly Operand[]): DataType {
  return arrayOf(operand);
}

export function holdsNull(operand: Operand | undefined): boolean {
  return arrayOf(operand).elementNullable;
}

export function elements(value: Value | undefined): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[];
  throw new TypeError('expected a list');
}

export function pairs(value: Value | undefined): readonly (readonly [Value, Value])[] {
  return elements(value).map((pair) => {
    const [key = null, one = null] = elements(pair);
    return [key, one];
  });
}
