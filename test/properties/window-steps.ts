import fc from 'fast-check';
import type { AggregateCall, Expression, Ordering, WindowCall } from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Schema } from '../../algebra/schema.ts';
import { isOrderable } from '../../algebra/types.ts';
import type { WindowFrame } from '../../algebra/verbs/window.ts';
import { hasDistances } from '../../algebra/window-distances.ts';
import { across, asc, desc, literal, over, project, window } from '../verbs/nodes.ts';
import type { Draw } from './draw.ts';
import { small } from './measures.ts';

/** Random operands: of any type, and whole numbers. */
interface Operands {
  any(): Expression;
  whole(): Expression;
}

/**
 * Columns told by windows of all kinds over the rows, beside those that have an order.
 * @param operands draws what is told over such rows
 */
export function windowed(
  draw: Draw,
  input: Relation,
  schema: Schema,
  operands: (schema: Schema) => Operands,
): Relation {
  // What is ordered is so by all columns in the end, and lists have no order.
  const ordered = schema.filter(({ type }) => isOrderable(type));
  if (ordered.length === 0) return input;
  const names = ordered.map(({ name }) => name);
  const [by, orders] = [subset(draw, names, 2), subset(draw, names, 2)];
  const order = orders.map((name): Ordering => {
    const nulls = draw(fc.constantFrom('first', 'last'));
    return draw(fc.boolean()) ? asc(name, nulls) : desc(name, nulls);
  });
  const frame = order.length > 0 && draw(fc.boolean()) ? framed(draw, ordered, order) : undefined;
  const values = operands(ordered);
  const calls = Array.from({ length: draw(fc.integer({ min: 1, max: 3 })) }, () =>
    order.length > 0 && draw(fc.boolean()) ? placed(draw, values, frame) : aggregated(draw, values),
  );
  const columns = calls.map((call, index) => [`w${index}_${names.length}`, call] as const);
  return window(
    project(input, Object.fromEntries(names.map((name) => [name, name]))),
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

/** Placed by their order, of a frame that is no range of values. */
const inFrames = ['firstValue', 'lastValue', 'firstKnown', 'lastKnown'] as const;
const placing = ['rowNumber', 'rank', 'denseRank', 'percentRank', 'cumeDist'] as const;

function placed(
  draw: Draw,
  { any }: { any(): Expression },
  frame: WindowFrame | undefined,
): WindowCall {
  const few = () => literal('int', draw(fc.integer({ min: 1, max: 4 })));
  const ofRows = frame?.unit === 'range' ? [] : inFrames;
  const name = draw.rare([...placing, 'ntile', 'lag', 'lead', ...ofRows]);
  if (name === 'ntile') return across(name, few());
  if (name === 'lag' || name === 'lead') return across(name, any(), few());
  return placing.some((one) => one === name) ? across(name) : across(name, any());
}

/** Sums of doubles depend on the order of the rows, so only whole numbers are summed. */
function aggregated(draw: Draw, { any, whole }: Operands): AggregateCall {
  const ofAny = ['count', 'min', 'max', 'collectSorted'] as const;
  const ofWhole = ['sum', 'avg', 'median'] as const;
  if (draw(fc.integer({ min: 0, max: 9 })) === 0) return over('count');
  const name = draw.rare([...ofAny, ...ofWhole, 'stddev', 'maxBy']);
  if (name === 'stddev') return over(name, small(whole()));
  if (name === 'maxBy') return over(name, any(), whole());
  return over(name, ofWhole.some((one) => one === name) ? whole() : any());
}
