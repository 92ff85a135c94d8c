import { isIdentifying } from '../../../algebra/labels.ts';
import type { Relation } from '../../../algebra/relation.ts';
import type { Row, Value } from '../../../algebra/row.ts';
import { findColumn } from '../../../algebra/schema.ts';
import type { Program } from './run.ts';

/**
 * The windows of a job whose columns reach its table unless they are dropped, each with the declared columns that identify
 * somebody and that it goes by the order of. What comes behind a window only computes, so that no choice of rows tells of it.
 */
export function ordersByName(
  rows: Relation,
  program: Program,
): ReadonlyMap<Relation, readonly string[]> {
  if (rows.kind === 'project') return ordersByName(rows.from.input, program);
  if (rows.kind === 'union') {
    const sides = [rows.from.left, rows.from.right];
    return new Map(sides.flatMap((side) => [...ordersByName(side, program)]));
  }
  if (rows.kind !== 'window') return new Map();
  const schema = program.schema(rows.from.input);
  const names = rows.order
    .map(({ column }) => findColumn(schema, column))
    .filter((column) => column?.origin && column.labels.some(isIdentifying))
    .flatMap((column) => column?.name ?? [])
    .filter((name) => !rows.by.includes(name));
  return names.length === 0 ? new Map() : new Map([[rows, names]]);
}

const PLACE = ' place';

/** What a step makes of its input with some columns turned, which stand in the result as they were. */
export function withTurned(
  names: readonly string[] | undefined,
  inputs: Readonly<Record<string, readonly Row[]>>,
  step: (inputs: Readonly<Record<string, readonly Row[]>>) => readonly Row[],
): readonly Row[] {
  if (!names) return step(inputs);
  const input = inputs['input'] ?? [];
  const seen = input.map((row, place) => ({
    ...row,
    ...Object.fromEntries(names.map((name) => [name, turned(row[name] ?? null)])),
    [PLACE]: place,
  }));
  return step({ input: seen }).map(({ [PLACE]: place, ...row }) => {
    const was = input[Number(place)] ?? {};
    return { ...row, ...Object.fromEntries(names.map((name) => [name, was[name] ?? null])) };
  });
}

/** Another value, by which rows come in the reverse order. */
function turned(value: Value): Value {
  if (typeof value === 'bigint') return -value;
  if (typeof value !== 'string') return value;
  return [...value]
    .map((letter) => String.fromCodePoint(0xffff - (letter.codePointAt(0) ?? 0)))
    .join('');
}
