import type { Malformed } from './case.ts';
import { columnarFiles } from './columnar.ts';
import { csvFiles } from './csv.ts';
import { folderFiles } from './folders.ts';
import { jsonFiles, jsonLines } from './json.ts';

/** What may be wrong with a delivery, and what becomes of it, by what it is delivered as. */
export const catalogue: Readonly<Record<string, readonly Malformed[]>> = {
  'A line of JSON, beside a good one': jsonLines,
  'Files of JSON lines': jsonFiles,
  CSV: csvFiles,
  'Names of folders that tell a column': folderFiles,
  'Parquet, ORC and Avro': columnarFiles,
};
