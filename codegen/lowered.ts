import { printAggregate, printExpression } from '../algebra/expression-printer.ts';
import { columnsRead } from '../algebra/expressions.ts';
import { type Cases, fold } from '../algebra/fold.ts';
import type { Label } from '../algebra/labels.ts';
import type { Relation } from '../algebra/relation.ts';
import { findColumn, type Schema } from '../algebra/schema.ts';
import type { Frame } from '../algebra/verb.ts';

/** A column that is less private than what it was computed from. */
export interface Lowered {
  readonly column: string;
  readonly from: readonly string[];
  /** What computes it, for people. */
  readonly by: string;
  /** Labels of what it was computed from, before and not after. */
  readonly removed: readonly Label[];
}

/** Every place of a job at which a label was lowered, in the order of its steps. */
export function loweredColumns(
  rows: Relation,
  frames: ReadonlyMap<Relation, Frame>,
): readonly Lowered[] {
  const found = new Map<Relation, readonly Lowered[]>();
  fold(rows, casesOver(frames), found);
  return [...found.values()].flat();
}

function casesOver(frames: ReadonlyMap<Relation, Frame>): Cases<readonly Lowered[]> {
  const schemaOf = (relation: Relation): Schema => frames.get(relation)?.schema ?? [];
  const nothing = () => [];
  return {
    source: nothing,
    filter: nothing,
    join: nothing,
    dedupe: nothing,
    // A window's columns tell all that their operands tell.
    window: nothing,
    union: nothing,
    keepConsented: nothing,
    soleOwner: nothing,
    explode: nothing,
    expect: nothing,
    setOperation: nothing,
    unpivot: nothing,
    sql: nothing,
    declassify: (node) => {
      if (node.lowers.of === 'rows') return [];
      const { column } = node.lowers;
      const computed = { column, from: [column], by: `declassify, until ${node.permit.expires}` };
      return compare(computed, schemaOf(node.from.input), schemaOf(node));
    },
    project: (node) =>
      node.columns.flatMap(({ name, expression }) =>
        compare(
          { column: name, from: columnsRead(expression), by: printExpression(expression) },
          schemaOf(node.from.input),
          schemaOf(node),
        ),
      ),
    aggregate: (node) =>
      node.measures.flatMap(({ name, call }) => {
        const from = [...new Set(call.arguments.flatMap(columnsRead))].sort();
        const measure = { column: name, from, by: printAggregate(call) };
        return compare(measure, schemaOf(node.from.input), schemaOf(node));
      }),
  };
}

function compare(
  computed: Omit<Lowered, 'removed'>,
  input: Schema,
  output: Schema,
): readonly Lowered[] {
  const before = computed.from.flatMap((name) => findColumn(input, name)?.labels ?? []);
  const after = findColumn(output, computed.column)?.labels ?? [];
  const removed = [...new Set(before)].filter((label) => !after.includes(label)).sort();
  return removed.length === 0 ? [] : [{ ...computed, removed }];
}
