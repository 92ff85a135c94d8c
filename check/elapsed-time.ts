import { expressionFacts } from '../algebra/expression-facts.ts';
import { printExpression } from '../algebra/expression-printer.ts';
import { type CallExpression, type Expression, operands } from '../algebra/expressions.ts';
import { inputsOf } from '../algebra/fold.ts';
import { isOwned } from '../algebra/identity.ts';
import { type Library, type Table, tableId } from '../algebra/library.ts';
import type { Relation } from '../algebra/relation.ts';
import type { Schema } from '../algebra/schema.ts';
import type { Frame } from '../algebra/verb.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';
import { columnSources } from './column-sources.ts';
import { writersOf } from './graph.ts';

type Frames = ReadonlyMap<Relation, Frame>;

/**
 * The time between two events of one person tells no clock time, so `elapsedSince` takes the label off. That holds of two times
 * as they were recorded, in rows about one person each: the time since a computed instant (`time - time` is zero) or since an
 * instant that all people share is a clock time again. A time that is shown in bands has no spans besides: many of them would
 * tell where in its band each time lies.
 */
export function elapsedTimeProblems(library: Library, frames: Frames): readonly Diagnostic[] {
  const isRecorded = recordedTimes(library, frames);
  return [...frames].flatMap(([node, { schema }]) =>
    computedBy(node, schema, frames)
      .flatMap(elapsedCalls)
      .flatMap((call) => {
        const why = whyNot(call, node, frames, isRecorded);
        const parameters = { expression: printExpression(call), why: why ?? '' };
        const more = { span: call.span ?? node.span };
        return why === undefined ? [] : [diagnostic('privacy/elapsed-time', parameters, more)];
      }),
  );
}

function computedBy(node: Relation, schema: Schema, frames: Frames): readonly Expression[] {
  return schema.flatMap(({ name }) => columnSources(node, name, columnsIn(frames)).computes);
}

function elapsedCalls(expression: Expression): readonly CallExpression[] {
  const below = operands(expression).flatMap(elapsedCalls);
  const isCall = expression.kind === 'call' && expression.function === 'elapsedSince';
  return isCall ? [expression, ...below] : below;
}

/** Why a call's result may still be a clock time; undefined where it is none, or where the label stays anyway. */
function whyNot(
  call: CallExpression,
  node: Relation,
  frames: Frames,
  isRecorded: (relation: Relation, column: string) => boolean,
): string | undefined {
  const inputs = inputsOf(node).flatMap((input) => {
    const frame = frames.get(input);
    return frame ? [{ input, frame }] : [];
  });
  for (const { frame } of inputs) {
    const isLabelled = (one: Expression) =>
      expressionFacts(one, frame.schema, node.span).value.labels.includes('quasi-identifier');
    if (!call.arguments.every(isLabelled)) return undefined;
    if (!isOwned(frame.state) || frame.state.keys.length === 0)
      return 'these rows name no one subject each';
  }
  const computed = call.arguments.find(
    (one) => one.kind !== 'column' || !inputs.every(({ input }) => isRecorded(input, one.name)),
  );
  return computed && `${printExpression(computed)} is not a time as it was recorded`;
}

/** Whether a column holds times of a declared table, picked but never computed with. */
function recordedTimes(
  library: Library,
  frames: Frames,
): (relation: Relation, column: string) => boolean {
  const writers = writersOf(library);
  const tables = new Map(library.tables.map((table) => [tableId(table), table]));
  return (relation, column) => {
    const left = [{ relation, column }];
    for (let place = left.pop(); place; place = left.pop()) {
      const { from, picks } = columnSources(place.relation, place.column, columnsIn(frames));
      if (!picks) return false;
      left.push(...from);
      if (!('table' in place.relation)) continue;
      const writer = writers.get(place.relation.table);
      const table = tables.get(place.relation.table);
      if (writer) left.push({ relation: writer.rows, column: place.column });
      else if (!table || !isTime(table, place.column)) return false;
    }
    return true;
  };
}

function isTime(table: Table, column: string): boolean {
  const declared = table.columns.find((one) => one.name === column);
  const named = [
    table.eventTime,
    ...table.consents.flatMap((one) => [one.grantedAt, one.withdrawnAt, one.version]),
  ];
  if (declared?.band !== undefined) return false;
  return declared?.type.kind === 'timestamp' || named.includes(column);
}

function columnsIn(frames: Frames): (relation: Relation) => Schema {
  return (relation) => frames.get(relation)?.schema ?? [];
}
