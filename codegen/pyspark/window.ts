import { operandOf } from '../../algebra/evaluate.ts';
import type { AggregateCall, Ordering } from '../../algebra/expressions.ts';
import { columnNames, findColumn, type Schema } from '../../algebra/schema.ts';
import { type DataType, double } from '../../algebra/types.ts';
import type { Window, WindowColumn, WindowFrame } from '../../algebra/verbs/window.ts';
import { frameOf, goesByRows, orderFor } from '../../algebra/verbs/window-order.ts';
import { distanceUnits } from '../../algebra/window-distances.ts';
import { windowFunctions } from '../../algebra/window-functions.ts';
import { attribute, dict, integer, method, text } from '../python/build.ts';
import type { PyExpression, PyName, PyStatement } from '../python/tree.ts';
import { emitAggregate } from './aggregates.ts';
import { column } from './columns.ts';
import type { Emitter } from './emitter.ts';
import { emitTerm, operandsOf } from './expressions.ts';
import { dropColumns, orderBy, over, partitionBy, withColumn } from './frames.ts';
import { withPseudonyms } from './pseudonyms.ts';
import type { Scope } from './scope.ts';
import { f, window as sparkWindow } from './symbols.ts';

/** `frame.withColumn("n", F.row_number().over(in_order))`, each window said in full: which rows, in which order, which of them. */
export const window: Emitter<Window> = {
  kind: 'window',
  result: ({ sugar }) => (sugar === 'sessionize' ? 'sessions' : 'windowed'),
  changesRows: false,
  emit(node, { input }, scope) {
    const values = node.columns.flatMap(({ call }) => call.arguments);
    const ready = withPseudonyms(input.frame, input.schema, values, scope);
    // As the relation has its columns; what passes is ordered by last, so that nothing is left to chance to see.
    const passing = ready.schema.filter(({ name }) => ready.passing.includes(name));
    const windows = new Windows(node, [...scope.schema(node.from.input), ...passing], scope);
    const entries = node.columns.map(({ name, call }) => {
      const rewritten = { ...call, arguments: call.arguments.map(ready.rewrite) };
      return { name, value: overEach(emitCall(rewritten, ready.schema), windows.of(call)) };
    });
    const [first, ...more] = entries;
    const all = entries.map(({ name, value }) => ({ key: text(name), value }));
    const frame =
      first && more.length === 0
        ? withColumn(ready.frame, first.name, first.value)
        : method(ready.frame, 'withColumns', [dict(all)]);
    return {
      before: windows.statements,
      value: dropColumns(frame, ready.passing),
      order: [...columnNames(input.schema), ...node.columns.map(({ name }) => name)],
    };
  },
};

/** The windows that the columns of a step are over, each once. */
class Windows {
  readonly statements: PyStatement[] = [];
  readonly #node: Window;
  readonly #schema: Schema;
  readonly #scope: Scope;
  readonly #known = new Map<string, PyName>();

  constructor(node: Window, schema: Schema, scope: Scope) {
    this.#node = node;
    this.#schema = schema;
    this.#scope = scope;
  }

  of(call: WindowColumn['call']): PyName {
    const isFramed = call.kind === 'aggregate' || windowFunctions[call.function].isFramed === true;
    const frame = isFramed ? frameOf(this.#node, call) : undefined;
    const byRows = goesByRows(this.#node, call);
    const key = JSON.stringify([byRows, frame ?? null]);
    const known = this.#known.get(key);
    if (known) return known;
    const variable = this.#scope.variable(frame ? 'frame' : byRows ? 'in_order' : 'by_rank');
    const value = windowOf(
      this.#node,
      orderFor(this.#node, call, this.#schema),
      frame,
      this.#schema,
    );
    this.statements.push({ kind: 'assign', target: variable.name, value });
    this.#known.set(key, variable);
    return variable;
  }
}

function windowOf(
  node: Window,
  order: readonly Ordering[],
  frame: WindowFrame | undefined,
  schema: Schema,
): PyExpression {
  const rows = partitionBy(node.by);
  if (!frame) return orderBy(rows, order);
  const [first] = order;
  const type = first && hasDistance(frame) ? findColumn(schema, first.column)?.type : undefined;
  const sorted =
    first && type ? method(rows, 'orderBy', [wholeOrdering(first, type)]) : orderBy(rows, order);
  const bound = (at: number | null, end: 'unboundedPreceding' | 'unboundedFollowing') => {
    if (at === null) return attribute(sparkWindow, end);
    if (at === 0) return attribute(sparkWindow, 'currentRow');
    return integer(type ? distanceUnits(at, type) : at);
  };
  return method(order.length === 0 ? rows : sorted, `${frame.unit}Between`, [
    bound(frame.from, 'unboundedPreceding'),
    bound(frame.to, 'unboundedFollowing'),
  ]);
}

function hasDistance({ unit, from, to }: WindowFrame): boolean {
  return unit === 'range' && [from, to].some((one) => one !== null && one !== 0);
}

/** Whole numbers, days, or microseconds: as decimals, so that adding a distance never overflows. */
function wholeOrdering({ column: name, direction, nulls }: Ordering, type: DataType): PyExpression {
  const units = { date: 'unix_date', timestamp: 'unix_micros' } as const;
  const known = type.kind === 'date' || type.kind === 'timestamp';
  const whole = known ? f(units[type.kind], column(name)) : column(name);
  return method(method(whole, 'cast', [text('decimal(20, 0)')]), `${direction}_nulls_${nulls}`);
}

function emitCall(call: WindowColumn['call'], schema: Schema): PyExpression {
  if (call.kind === 'aggregate') return emitAggregate(framedMedian(call), schema);
  const operands = call.arguments.map((argument) => operandOf(argument, schema));
  const term = windowFunctions[call.function].pyspark(operands);
  return emitTerm(term, operandsOf(call.arguments, schema));
}

/** Spark's `median` takes no window with an order; `percentile` does, and is the same. */
function framedMedian(call: AggregateCall): AggregateCall {
  if (call.function !== 'median') return call;
  const half = { kind: 'literal', type: double, value: 0.5 } as const;
  return { ...call, function: 'percentile', arguments: [...call.arguments, half] };
}

/** What aggregates are put together with, where one of Spark's is not enough. */
const wrappers: readonly string[] = ['sort_array', 'try_divide', 'when'];

/** `.over(window)` behind each aggregate of an expression. */
function overEach(value: PyExpression, rows: PyName): PyExpression {
  const inner = (one: PyExpression) => overEach(one, rows);
  if (value.kind === 'operation') return { ...value, operands: value.operands.map(inner) };
  const isWrapper =
    value.kind === 'call' &&
    value.callee.kind === 'attribute' &&
    wrappers.includes(value.callee.name);
  return isWrapper ? { ...value, arguments: value.arguments.map(inner) } : over(value, rows);
}
