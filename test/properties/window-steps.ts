import fc from 'fast-check';
import type { AggregateCall, Expression, Ordering, WindowCall } from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Schema } from '../../algebra/schema.ts';
import { isOrderable } from '../../algebra/types.ts';
import type { WindowFrame } from '../../algebra/verbs/window.ts';
import { hasDistances } from '../../algebra/window-distances.ts';
import { across, asc, desc, literal, over, window } from '../verbs/nodes.ts';
import type { Draw } from './function-calls.ts';

/**
 * Columns told by windows of all kinds over the rows.
 * @param values draws operands: of any type, and whole numbers
 */
export function windowed(
  draw: Draw,
  input: Relation,
  schema: Schema,
  values: { any(): Expression; whole(): Expression },
): Relation {
  if (!schema.every(({ type }) => isOrderable(type))) return input;
  const names = schema.map(({ name }) => name);
  const [by, orders] = [subset(draw, names, 2), subset(draw, names, 2)];
  const order = orders.map((name): Ordering => {
    const nulls = draw(fc.constantFrom('first', 'last'));
    return draw(fc.boolean()) ? asc(name, nulls) : desc(name, nulls);
  });
  const frame = order.length > 0 && draw(fc.boolean()) ? framed(draw, schema, order) : undefined;
  const calls = Array.from({ length: draw(fc.integer({ min: 1, max: 3 })) }, () =>
    order.length > 0 && draw(fc.boolean()) ? placed(draw, values, frame) : aggregated(draw, values),
  );
  const columns = calls.map((call, index) => [`w${index}_${names.length}`, call] as const);
  return window(
    input,
    { by, order, ...(frame ? { frame } : {}) },
    Object.fromEntries(columns.filter(([name]) => !names.includes(name))),
  );
}

function subset(draw: Draw, names: readonly string[], maxLength: number): readonly string[] {
  return draw(fc.subarray([...names], { maxLength: Math.min(maxLength, names.length) }));
}

function framed(draw: Draw, schema: Schema, order: readonly Ordering[]): WindowFrame {
  const [first, ...more] = order;
  const type = schema.find(({ name }) => name === first?.column)?.type;
  const isFar = more.length === 0 && type !== undefined && hasDistances(type);
  const unit = draw(fc.constantFrom('rows', 'range'));
  const bounds = unit === 'rows' || isFar ? [null, -2, -1, 0, 1, 3, 1_000_000] : [null, 0];
  const [one, other] = [draw(fc.constantFrom(...bounds)), draw(fc.constantFrom(...bounds))];
  const turned = one !== null && other !== null && one > other;
  return { unit, from: turned ? other : one, to: turned ? one : other };
}

function placed(
  draw: Draw,
  { any }: { any(): Expression },
  frame: WindowFrame | undefined,
): WindowCall {
  const few = () => literal('int', draw(fc.integer({ min: 1, max: 4 })));
  const calls: readonly (() => WindowCall)[] = [
    ...(['rowNumber', 'rank', 'denseRank', 'percentRank', 'cumeDist'] as const).map(
      (name) => () => across(name),
    ),
    () => across('ntile', few()),
    () => across('lag', any(), few()),
    () => across('lead', any(), few()),
    ...(frame?.unit === 'range'
      ? []
      : (['firstValue', 'lastValue', 'firstKnown', 'lastKnown'] as const).map(
          (name) => () => across(name, any()),
        )),
  ];
  return draw(fc.constantFrom(...calls))();
}

/** Sums of doubles depend on the order of the rows, so only whole numbers are summed. */
function aggregated(
  draw: Draw,
  { any, whole }: { any(): Expression; whole(): Expression },
): AggregateCall {
  const calls: readonly (() => AggregateCall)[] = [
    () => over('count'),
    ...(['count', 'min', 'max', 'collectSorted'] as const).map((name) => () => over(name, any())),
    ...(['sum', 'avg', 'median', 'stddev'] as const).map((name) => () => over(name, whole())),
    () => over('maxBy', any(), whole()),
  ];
  return draw(fc.constantFrom(...calls))();
}
