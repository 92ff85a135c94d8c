import type { WindowName } from './expressions.ts';
import type { Operand, PySparkTerm } from './functions/definition.ts';
import { anyValue, count, type Parameter } from './functions/parameters.ts';
import { first, sparkCall } from './functions/rules.ts';
import type { Value } from './row.ts';
import { type DataType, double, int, long } from './types.ts';

/** Where a row stands among the rows of its group, which are in their order; positions begin at 0. */
export interface Place {
  readonly position: number;
  /** How many rows the group has. */
  readonly size: number;
  /** The first and the last of the rows that are equal to it in the author's order. */
  readonly equals: Stretch;
  /** How many different places in the author's order come before. */
  readonly placesBefore: number;
  /** The rows of its frame. */
  readonly frame: Stretch;
  /** The operands' values in the row at a position; undefined where the group has none there. */
  operandsAt(position: number): readonly Value[] | undefined;
}

/** The rows from one position to another, both included; none where they are the other way round. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A function that only windows have: what it takes, gives, and computes for a row. */
export interface WindowDefinition {
  /** One sentence for the docs page. */
  readonly doc: string;
  readonly takes: readonly Parameter[];
  /** Whether all rows must have a place of their own, or the author's order says enough. */
  readonly goesBy: 'rows' | 'order';
  /** Whether it is of the rows of a frame. */
  readonly isFramed?: true;
  type(operands: readonly Operand[]): DataType;
  readonly nullable: boolean;
  /** How PySpark says it. */
  pyspark(operands: readonly Operand[]): PySparkTerm;
  value(place: Place): Value;
}

/** Spark's own bound of how many rows a group is cut into, or away a row is. */
const rows = count(1, 2_147_483_647);

/** Every function that only windows have. */
export const windowFunctions: { readonly [W in WindowName]: WindowDefinition } = {
  rowNumber: numbered(
    'The number of the row, from 1; rows that are equal in the order are numbered by their other columns.',
    'rows',
    'row_number',
    ({ position }) => position + 1,
  ),
  rank: numbered(
    'One more than there are rows before, so that equal rows have one rank and the next ranks are left out.',
    'order',
    'rank',
    ({ equals }) => equals.from + 1,
  ),
  denseRank: numbered(
    'One more than there are different places before, so that no rank is left out.',
    'order',
    'dense_rank',
    ({ placesBefore }) => placesBefore + 1,
  ),
  percentRank: {
    ...numbered(
      'The share of the other rows that come before, from 0 to 1, as a double; 0 of a single row.',
      'order',
      'percent_rank',
      ({ equals, size }) => (size === 1 ? 0 : equals.from / (size - 1)),
    ),
    type: () => double,
  },
  cumeDist: {
    ...numbered(
      'The share of all rows that come before or are equal, above 0 to 1, as a double.',
      'order',
      'cume_dist',
      ({ equals, size }) => (equals.to + 1) / size,
    ),
    type: () => double,
  },
  ntile: {
    doc: 'The number of the part that holds the row, from 1, where the rows are cut into so many parts; the first parts have one row more.',
    takes: [rows],
    goesBy: 'rows',
    type: () => int,
    nullable: false,
    pyspark: ([parts]) => sparkCall('ntile', { plain: Number(parts?.constant) }),
    value: partOf,
  },
  lag: neighbour('lag', 'The value so many rows before, null where there is no such row.', -1),
  lead: neighbour('lead', 'The value so many rows behind, null where there is no such row.', 1),
  firstValue: {
    ...framed('The value in the first row of the frame.', ['first']),
    value: ({ frame, operandsAt }) =>
      isNone(frame) ? null : (operandsAt(frame.from)?.[0] ?? null),
  },
  lastValue: {
    ...framed('The value in the last row of the frame.', ['last']),
    value: ({ frame, operandsAt }) => (isNone(frame) ? null : (operandsAt(frame.to)?.[0] ?? null)),
  },
  firstKnown: {
    ...framed('The first value in the frame that is not null.', ['first', true]),
    value: (place) => knownValues(place)[0] ?? null,
  },
  lastKnown: {
    ...framed('The last value in the frame that is not null: it fills gaps.', ['last', true]),
    value: (place) => knownValues(place).at(-1) ?? null,
  },
};

function numbered(
  doc: string,
  goesBy: WindowDefinition['goesBy'],
  name: string,
  value: (place: Place) => number,
): WindowDefinition {
  return {
    doc,
    takes: [],
    goesBy,
    type: () => int,
    nullable: false,
    pyspark: () => sparkCall(name),
    value,
  };
}

function neighbour(name: string, doc: string, sign: 1 | -1): WindowDefinition {
  return {
    doc,
    takes: [anyValue, rows],
    goesBy: 'rows',
    type: ([value]) => value?.type ?? long,
    nullable: true,
    pyspark: ([, away]) => sparkCall(name, first, { plain: Number(away?.constant) }),
    value({ position, operandsAt }) {
      const away = Number(operandsAt(position)?.[1]);
      return operandsAt(position + sign * away)?.[0] ?? null;
    },
  };
}

function framed(
  doc: string,
  [name, ...more]: readonly [string, ...true[]],
): Omit<WindowDefinition, 'value'> {
  return {
    doc,
    takes: [anyValue],
    goesBy: 'rows',
    isFramed: true,
    type: ([value]) => value?.type ?? long,
    nullable: true,
    pyspark: () => sparkCall(name, first, ...more.map((plain) => ({ plain }))),
  };
}

function isNone({ from, to }: Stretch): boolean {
  return from > to;
}

function knownValues({ frame, operandsAt }: Place): readonly Value[] {
  const length = Math.max(frame.to - frame.from + 1, 0);
  return Array.from({ length }, (_, index) => operandsAt(frame.from + index)?.[0] ?? null).filter(
    (value) => value !== null,
  );
}

/** Parts are as equal as can be; where rows are left over, the first parts have one more. */
function partOf({ position, size, operandsAt }: Place): number {
  const parts = Number(operandsAt(position)?.[0]);
  const [each, over] = [Math.floor(size / parts), size % parts];
  const inLonger = over * (each + 1);
  if (position < inLonger) return Math.floor(position / (each + 1)) + 1;
  return over + Math.floor((position - inLonger) / each) + 1;
}
