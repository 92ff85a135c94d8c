import { isColumnName } from './schema.ts';
import type { DataType, StructField } from './types.ts';

const scalars = ['string', 'int', 'long', 'double', 'boolean'] as const;

/**
 * The type of a text as `typeName` writes it, of the kinds that JSON has: `struct<x: double, tags: array<string>>`. All values
 * within may be null. Undefined where the text is none.
 */
export function typeOfText(text: string): DataType | undefined {
  const reader = { text, at: 0 };
  const type = readType(reader);
  return reader.at === text.length ? type : undefined;
}

interface Reader {
  readonly text: string;
  at: number;
}

function readType(reader: Reader): DataType | undefined {
  if (take(reader, 'array<')) {
    const element = readType(reader);
    if (!element || !take(reader, '>')) return undefined;
    return { kind: 'array', element, elementNullable: true };
  }
  if (take(reader, 'struct<')) return readStruct(reader);
  const kind = scalars.find((name) => take(reader, name));
  return kind && { kind };
}

function readStruct(reader: Reader): DataType | undefined {
  const fields: StructField[] = [];
  do {
    const end = reader.text.indexOf(': ', reader.at);
    const name = reader.text.slice(reader.at, end);
    if (end < 0 || !isColumnName(name)) return undefined;
    reader.at = end + 2;
    const type = readType(reader);
    if (!type) return undefined;
    fields.push({ name, type, nullable: true });
  } while (take(reader, ', '));
  return take(reader, '>') ? { kind: 'struct', fields } : undefined;
}

function take(reader: Reader, symbol: string): boolean {
  if (!reader.text.startsWith(symbol, reader.at)) return false;
  reader.at += symbol.length;
  return true;
}
