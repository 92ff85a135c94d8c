import { csv } from '../../../dsl/declarations/format.ts';
import type { CsvOptions } from '../../../dsl/index.ts';

/** A value of a row in words: longs and decimals as text, as JSON has no such numbers. */
export type Said = Readonly<
  Record<string, string | number | boolean | null | readonly (string | null)[]>
>;

/** A delivery that is not what was declared, and what becomes of it. */
export interface Malformed {
  readonly it: string;
  readonly table: 'json' | 'csv' | 'parquet' | 'orc' | 'avro' | CsvTable;
  /** Bytes or text by path; of Parquet, ORC and Avro, the query whose rows Spark writes, and how many bytes are kept of the file. */
  readonly files: Readonly<Record<string, string | Uint8Array | Written>>;
  /** Whether the column `day`, a required date, is told by folders. */
  readonly inFolders?: true;
  readonly gives: Read | Stop;
  /** Whether it is one odd line or record, which Spark can be given together with others of its table. */
  readonly isLine?: true;
  /** Why the interpreter does not read it. */
  readonly onlySpark?: string;
}

/** CSV of another form than the usual. */
export interface CsvTable {
  readonly csv: CsvOptions;
}

/** Files that Spark writes. */
export interface Written {
  readonly query: string;
  readonly bytes?: number;
}

/** The rows that are read, without what is null, and what became of the rest. */
export interface Read {
  readonly rows: readonly Said[];
  readonly quarantined?: Readonly<Record<string, number>>;
  readonly unreadable?: Readonly<Record<string, number>>;
  readonly undeclared?: number;
}

/** The run stops and publishes nothing; a part of what it says. */
export interface Stop {
  readonly stops: string;
}

/** A row that every case delivers besides the odd one. */
export const GOOD = { k: 'good', n: '1' } as const;

const GOOD_LINE = '{"k":"good","n":1}';

/** A line of JSON beside a good one. */
export function line(
  it: string,
  text: string,
  gives: Omit<Read, 'rows'> & { row?: Said },
): Malformed {
  return { ...lines(it, `${GOOD_LINE}\n${text}\n`, beside(gives)), isLine: true };
}

/** A file of JSON lines. */
export function lines(it: string, content: string | Uint8Array, gives: Read | Stop): Malformed {
  return { it, table: 'json', files: { 'part.json': content }, gives };
}

/** A record of CSV, of the columns k, n and x, beside a good one. */
export function record(
  it: string,
  text: string,
  gives: Omit<Read, 'rows'> & { row?: Said },
  options?: CsvOptions,
): Malformed {
  const { delimiter = ',' } = options ?? {};
  const head = ['k', 'n', 'x'].join(delimiter);
  const content = `${head}\n${['good', '1', ''].join(delimiter)}\n${text}\n`;
  const whole = sheet(it, content, beside(gives), options);
  return options === undefined ? { ...whole, isLine: true } : whole;
}

/** A file of CSV. */
export function sheet(
  it: string,
  content: string | Uint8Array,
  gives: Read | Stop,
  options?: CsvOptions,
): Malformed {
  const table = options === undefined ? 'csv' : { csv: options };
  return { it, table, files: { 'part.csv': content }, gives };
}

function beside({ row, ...rest }: Omit<Read, 'rows'> & { row?: Said }): Read {
  return { rows: row === undefined ? [GOOD] : [GOOD, row], ...rest };
}

/** The form of a case's CSV. */
export function formOf(table: Malformed['table']): ReturnType<typeof csv> | undefined {
  if (table === 'csv') return csv();
  return typeof table === 'string' ? undefined : csv(table.csv);
}
