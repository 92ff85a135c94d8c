import { inOrder } from '../../algebra/fold.ts';
import { printRelation } from '../../algebra/printer.ts';
import type { Row } from '../../algebra/row.ts';
import { job, library, sink } from '../check/plain.ts';
import { printable } from '../source/printable.ts';
import { programOf } from '../source/program.ts';
import { Unsayable } from '../source/unsayable.ts';
import { checkedCase } from '../verbs/checked-case.ts';
import { rowsOf, tableOf } from '../verbs/given.ts';
import type { Program } from './programs.ts';

/**
 * The smallest program that can be found to fail too: the fewest steps, then the fewest rows.
 * @param fails whether a program does; asked some dozens of times
 */
export async function shrunk(
  program: Program,
  fails: (smaller: Program) => Promise<boolean>,
): Promise<Program> {
  let smallest = await withFewerSteps(program, fails);
  for (const name of Object.keys(program.given)) {
    smallest = await withFewerRows(smallest, name, fails);
  }
  return smallest;
}

/** Steps come after those that they are made of, so the first that fails has the fewest below it. */
async function withFewerSteps(
  { given, relation }: Program,
  fails: (smaller: Program) => Promise<boolean>,
): Promise<Program> {
  for (const step of inOrder(relation)) {
    const smaller = { given, relation: step };
    const isWhole = step === relation;
    if (isWhole || (checkedCase(given, step).frame && (await fails(smaller)))) return smaller;
  }
  return { given, relation };
}

/** Leaves out halves of a table's rows, then quarters, and so on down to single rows. */
async function withFewerRows(
  program: Program,
  name: string,
  fails: (smaller: Program) => Promise<boolean>,
): Promise<Program> {
  let found = program;
  for (let size = Math.ceil(rowsIn(found, name) / 2); size > 0; size = Math.floor(size / 2)) {
    for (let start = 0; start < rowsIn(found, name); ) {
      const smaller = withoutRows(found, name, start, size);
      if (await fails(smaller)) found = smaller;
      else start += size;
    }
  }
  return found;
}

function rowsIn({ given }: Program, name: string): number {
  return given[name]?.rows.length ?? 0;
}

function withoutRows({ given, relation }: Program, name: string, start: number, count: number) {
  const table = given[name];
  if (!table) throw new TypeError(`there is no table ${name}`);
  const rows = table.rows.filter((_, index) => index < start || index >= start + count);
  return { given: { ...given, [name]: { ...table, rows } }, relation };
}

/** A program as its author would write it, with its tables' rows; in other words where no author could write it. */
export function programText({ given, relation }: Program): string {
  const tables = Object.entries(given).map(([name, table]) => tableOf(name, table));
  const rows = Object.entries(given).flatMap(([name, table]) =>
    rowsOf(table).map((row) => `${name}: ${rowText(row)}`),
  );
  return `${sourceText(library([job('out', relation, sink('trusted', 'out'))], { tables }))}\n${rows.join('\n')}`;
}

function sourceText(one: Parameters<typeof printable>[0]): string {
  try {
    return programOf([printable(one)]).text;
  } catch (error) {
    if (error instanceof Unsayable) return one.jobs.map(({ rows }) => printRelation(rows)).join();
    throw error;
  }
}

function rowText(row: Row): string {
  return JSON.stringify(row, (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  });
}
