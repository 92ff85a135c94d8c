import { expect } from 'chai';
import type { Column } from '../../algebra/schema.ts';

type Cells = readonly string[];

/**
 * That two answers have the same rows, in whatever order: doubles equal to nine digits, all else exactly.
 * @param columns what is known of the values, all as text
 */
export function expectSameAnswer(
  columns: readonly Column[],
  found: readonly Cells[],
  wanted: readonly Cells[],
): void {
  const isDouble = columns.map(({ type }) => type.kind === 'double');
  const exact = (row: Cells) => row.filter((_, index) => !isDouble[index]);
  const doubles = (row: Cells) => row.filter((_, index) => isDouble[index]).map(Number);
  const sorted = (rows: readonly Cells[]) =>
    rows.map((row) => row.map((cell, index) => plain(cell, columns[index]))).sort(byText);
  const [ours, theirs] = [sorted(found), sorted(wanted)];
  expect(ours.map(exact)).to.deep.equal(theirs.map(exact));
  for (const [index, row] of ours.entries()) {
    for (const [place, value] of doubles(row).entries()) {
      const other = doubles(theirs[index] ?? [])[place] ?? Number.NaN;
      // Of no value the text is no number on either side.
      expect(Number.isNaN(value)).to.equal(Number.isNaN(other));
      if (!Number.isNaN(other)) expect(value).to.be.closeTo(other, Math.abs(other) * 1e-9);
    }
  }
}

/** Exact values are compared first, since digits of doubles may differ. */
function byText(left: Cells, right: Cells): number {
  const [first, second] = [JSON.stringify(left), JSON.stringify(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** DuckDB's decimals have other scales than the language's: 1.50 is 1.5. */
function plain(cell: string, column: Column | undefined): string {
  if (column?.type.kind !== 'decimal' || !cell.includes('.')) return cell;
  return cell.replace(/\.?0+$/, '');
}
