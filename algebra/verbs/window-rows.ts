import { aggregateValue } from '../aggregates.ts';
import { evaluate } from '../evaluate.ts';
import type { Ordering } from '../expressions.ts';
import { compareRows, groupRows } from '../group-rows.ts';
import type { Row, Value } from '../row.ts';
import { findColumn, type Schema } from '../schema.ts';
import type { Execution } from '../verb.ts';
import { distanceUnits, wholeUnits } from '../window-distances.ts';
import { type Place, type Stretch, windowFunctions } from '../window-functions.ts';
import type { Window, WindowColumn, WindowFrame } from './window.ts';
import { frameOf, orderOfRows } from './window-order.ts';

/** Every row with its new columns, group by group, in the order of each group. */
export function windowRows(
  node: Window,
  input: readonly Row[],
  execution: Execution,
): readonly Row[] {
  const schema = execution.schema(node.from.input);
  const order = orderOfRows(node, schema);
  return groupRows(input, node.by).flatMap((rows) => {
    const sorted = rows.toSorted((a, b) => compareRows(a, b, order, schema));
    return new Group(node, sorted, schema, execution).rows();
  });
}

/** Where a row stands, whatever is asked of its frame. */
type Spot = Omit<Place, 'frame' | 'operandsAt'>;

/** The rows of one group in their order. */
class Group {
  readonly #node: Window;
  readonly #rows: readonly Row[];
  readonly #schema: Schema;
  readonly #execution: Execution;

  constructor(node: Window, rows: readonly Row[], schema: Schema, execution: Execution) {
    this.#node = node;
    this.#rows = rows;
    this.#schema = schema;
    this.#execution = execution;
  }

  rows(): readonly Row[] {
    const spots = this.#spots();
    const columns = this.#node.columns.map((column) => ({
      name: column.name,
      values: this.#values(column, spots),
    }));
    return this.#rows.map((row, position) => ({
      ...row,
      ...Object.fromEntries(columns.map(({ name, values }) => [name, values[position] ?? null])),
    }));
  }

  #values({ call }: WindowColumn, found: readonly Spot[]): readonly Value[] {
    const frame = frameOf(this.#node, call);
    const places = found.map((spot) => ({ ...spot, frame: this.#stretch(frame, spot) }));
    if (call.kind === 'aggregate') {
      return places.map(({ frame: { from, to } }) =>
        aggregateValue(call, this.#rows.slice(from, to + 1), this.#schema, this.#execution),
      );
    }
    const operands = this.#rows.map((row) =>
      call.arguments.map((one) => evaluate(one, row, this.#schema, this.#execution)),
    );
    const operandsAt = (position: number) => operands[position];
    return places.map((place) => windowFunctions[call.function].value({ ...place, operandsAt }));
  }

  #spots(): readonly Spot[] {
    const size = this.#rows.length;
    let placesBefore = -1;
    let equals: Stretch = { from: 0, to: -1 };
    return this.#rows.map((_, position) => {
      if (position > equals.to) {
        placesBefore += 1;
        equals = { from: position, to: this.#lastEqual(position) };
      }
      return { position, size, equals, placesBefore };
    });
  }

  #lastEqual(position: number): number {
    const { order } = this.#node;
    const row = this.#rows[position];
    const differs = (other: Row, index: number) =>
      index > position && row && compareRows(row, other, order, this.#schema) !== 0;
    const next = this.#rows.findIndex(differs);
    return next < 0 ? this.#rows.length - 1 : next - 1;
  }

  #stretch({ unit, from, to }: WindowFrame, { position, size, equals }: Spot): Stretch {
    const last = size - 1;
    if (unit === 'rows') {
      const start = from === null ? 0 : position + from;
      const end = to === null ? last : position + to;
      return { from: Math.max(start, 0), to: Math.max(Math.min(end, last), -1) };
    }
    const [order] = this.#node.order;
    const row = this.#rows[position] ?? {};
    const firstFrom = (distance: number) => {
      const compared = distantFrom(row, order, distance, this.#schema);
      const found = this.#rows.findIndex((other) => compared(other) >= 0);
      return found < 0 ? last + 1 : found;
    };
    const lastUpTo = (distance: number) => {
      const compared = distantFrom(row, order, distance, this.#schema);
      return this.#rows.findLastIndex((other) => compared(other) <= 0);
    };
    return {
      from: from === null ? 0 : from === 0 ? equals.from : firstFrom(from),
      to: to === null ? last : to === 0 ? equals.to : lastUpTo(to),
    };
  }
}

/** Compares rows with a place so far behind a row in the order: negative where they come before. What is far from null is null. */
function distantFrom(
  row: Row,
  order: Ordering | undefined,
  distance: number,
  schema: Schema,
): (other: Row) => number {
  const type = order && findColumn(schema, order.column)?.type;
  if (!type) throw new TypeError('a distance in rows without one order');
  const { column, direction, nulls } = order;
  const units = (value: Value) => (value === null ? null : wholeUnits(value, type));
  const sign = direction === 'asc' ? 1n : -1n;
  const own = units(row[column] ?? null);
  const bound = own === null ? null : own + sign * distanceUnits(distance, type);
  return (other) => {
    const found = units(other[column] ?? null);
    if (found === null || bound === null) {
      const nullFirst = nulls === 'first' ? -1 : 1;
      return (Number(found === null) - Number(bound === null)) * nullFirst;
    }
    return Number(sign) * (found < bound ? -1 : found > bound ? 1 : 0);
  };
}
