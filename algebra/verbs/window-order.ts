import type { Ordering } from '../expressions.ts';
import type { Schema } from '../schema.ts';
import { windowFunctions } from '../window-functions.ts';
import { totalOrder } from './dedupe.ts';
import type { Window, WindowColumn, WindowFrame } from './window.ts';

/** The rows that a column is of, where its function is of some. */
export function frameOf(node: Window, call: WindowColumn['call']): WindowFrame {
  if (node.frame) return node.frame;
  if (call.kind === 'window') return { unit: 'rows', from: null, to: 0 };
  if (node.order.length === 0) return { unit: 'rows', from: null, to: null };
  return { unit: 'range', from: null, to: 0 };
}

/** Whether a column needs a place for each row, for which the author's order may not be enough. */
export function goesByRows(node: Window, call: WindowColumn['call']): boolean {
  if (call.kind === 'window') return windowFunctions[call.function].goesBy === 'rows';
  return node.order.length > 0 && frameOf(node, call).unit === 'rows';
}

/** The columns that say which rows a column is of, and where they stand. */
export function decidingColumns(
  node: Window,
  call: WindowColumn['call'],
  input: Schema,
): readonly string[] {
  const order = orderFor(node, call, input);
  return [...new Set([...node.by, ...order.map(({ column }) => column)])];
}

/** The order that a column goes by. */
export function orderFor(
  node: Window,
  call: WindowColumn['call'],
  input: Schema,
): readonly Ordering[] {
  return goesByRows(node, call) ? totalOrder(node, input) : node.order;
}

/** The order in which rows are laid out: one in which each has its place, where a column needs that. */
export function orderOfRows(node: Window, input: Schema): readonly Ordering[] {
  const isTotal = node.columns.some(({ call }) => goesByRows(node, call));
  return isTotal ? totalOrder(node, input) : node.order;
}
