import type { AggregateCall, AggregateName, LiteralExpression } from '../../algebra/expressions.ts';
import type { Value } from '../../algebra/row.ts';
import type { TypeText } from '../verbs/given.ts';
import { literal, over } from '../verbs/nodes.ts';
import { isLiteral, operandNames } from './signature.ts';

/** An aggregate over operands of some types: what it makes of which groups of rows. */
export interface AggregateSignature {
  readonly name: AggregateName;
  readonly of: readonly (TypeText | LiteralExpression)[];
  /** The result's type and nullability: `long?`. */
  readonly gives?: string;
  /** Rows of a group, each the values of the operands that are no constants, and the result. */
  readonly groups?: readonly (readonly [rows: readonly (readonly Value[])[], result: Value])[];
  /** The code of what is wrong, instead. */
  readonly problem?: string;
}

/** Types of the operands that are no constants, by the columns that stand for them. */
export function columnsOf({ of }: AggregateSignature): Readonly<Record<string, TypeText>> {
  const variables = of.filter((one) => typeof one === 'string');
  return Object.fromEntries(variables.map((type, index) => [operandNames[index] ?? '', type]));
}

/** The aggregate over those columns. */
export function callOf({ name, of }: AggregateSignature): AggregateCall {
  const names = operandNames.values();
  return over(name, ...of.map((one) => (isLiteral(one) ? one : (names.next().value ?? ''))));
}

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const T = true;
const F = false;
const share = (value: number) => literal('double', value);
const of = (...values: readonly Value[]) => values.map((value) => [value]);

const numbers = of(1, 3, 4);
const none = of(null, null);

/** A statistic of doubles: of 1, 3 and 4; of one value; of equal ones; of none. */
function statistic(
  name: AggregateName,
  ...[three, one, equal]: readonly (number | null)[]
): readonly AggregateSignature[] {
  return [
    {
      name,
      of: ['double?'],
      gives: 'double?',
      groups: [
        [numbers, three ?? null],
        [of(null, ...[4, 3, null, 1]), three ?? null],
        [of(2), one ?? null],
        [of(2, 2), equal ?? null],
        [none, null],
        [of(1, nan), nan],
      ],
    },
    { name, of: ['int'], gives: 'double?', groups: [[numbers, three ?? null]] },
    {
      name,
      of: ['decimal(4,2)'],
      gives: 'double?',
      groups: [[of('1.00', '3.00', '4.00'), three ?? null]],
    },
    { name, of: ['string'], problem: 'schema/wrong-type' },
  ];
}

const pairs = [
  [1, 2],
  [3, 5],
  [null, 7],
  [8, null],
  [4, 1],
];

function paired(
  name: AggregateName,
  ...[three, one, constant]: readonly (number | null)[]
): readonly AggregateSignature[] {
  return [
    {
      name,
      of: ['double?', 'double?'],
      gives: 'double?',
      groups: [
        [pairs, three ?? null],
        [[[1, 2]], one ?? null],
        [
          [
            [1, 2],
            [1, 3],
            [5, null],
          ],
          constant ?? null,
        ],
        [[[null, 1]], null],
        [
          [
            [nan, 1],
            [1, 2],
          ],
          nan,
        ],
      ],
    },
    { name, of: ['double', 'string'], problem: 'schema/wrong-type' },
    { name, of: ['double'], problem: 'schema/wrong-type' },
  ];
}

export const aggregateSignatures: readonly AggregateSignature[] = [
  {
    name: 'count',
    of: ['string?'],
    gives: 'long',
    groups: [
      [of('a', null, 'a'), 2n],
      [none, 0n],
    ],
  },
  {
    name: 'countDistinct',
    of: ['double?'],
    gives: 'long',
    groups: [
      [of(0, -0, nan, nan, null), 2n],
      [none, 0n],
    ],
  },
  {
    name: 'countIf',
    of: ['boolean?'],
    gives: 'long',
    groups: [
      [of(T, F, null, T), 2n],
      [none, 0n],
    ],
  },
  { name: 'countIf', of: ['int'], problem: 'schema/wrong-type' },
  {
    name: 'sum',
    of: ['long?'],
    gives: 'long?',
    groups: [
      [of(1n, null, 2n), 3n],
      [of(9223372036854775807n, 1n), null],
      [none, null],
    ],
  },
  {
    name: 'avg',
    of: ['int?'],
    gives: 'double?',
    groups: [
      [of(1, null, 2), 1.5],
      [none, null],
    ],
  },
  {
    name: 'min',
    of: ['string?'],
    gives: 'string?',
    groups: [
      [of('b', null, 'a'), 'a'],
      [none, null],
    ],
  },
  {
    name: 'max',
    of: ['double?'],
    gives: 'double?',
    groups: [
      [of(1, nan, infinity, null), nan],
      [none, null],
    ],
  },
  ...statistic('stddev', Math.sqrt(7 / 3), null, 0),
  ...statistic('stddevPop', Math.sqrt(14 / 9), 0, 0),
  ...statistic('variance', 7 / 3, null, 0),
  ...statistic('variancePop', 14 / 9, 0, 0),
  ...statistic('skewness', -0.381801774161, null, null),
  ...statistic('kurtosis', -1.5, null, null),
  ...(['skewness', 'kurtosis'] as const).map((name) => ({
    name,
    of: ['double'] as const,
    gives: 'double?',
    groups: [
      [of(0.1, 0.1, 0.1), null],
      [of(infinity, infinity), null],
      [of(nan, nan), null],
      [of(0, -0), null],
    ] as const,
  })),
  ...statistic('median', 3, 2, 2),
  {
    name: 'median',
    of: ['long'],
    gives: 'double?',
    groups: [[of(1n, 4n), 2.5]],
  },
  {
    name: 'percentile',
    of: ['double?', share(0.25)],
    gives: 'double?',
    groups: [
      [numbers, 2],
      [of(2, null), 2],
      [of(1, infinity), infinity],
      [of(nan, 1), nan],
      [none, null],
    ],
  },
  { name: 'percentile', of: ['int', share(0.9)], gives: 'double?', groups: [[of(1, 2, 4), 3.6]] },
  {
    name: 'percentile',
    of: ['double', literal('int', 1)],
    gives: 'double?',
    groups: [[of(1, infinity, 3), infinity]],
  },
  { name: 'percentile', of: ['double', share(1.5)], problem: 'schema/wrong-type' },
  { name: 'percentile', of: ['double', 'double'], problem: 'schema/wrong-type' },
  ...paired('covariance', -1 / 6, null, 0),
  ...paired('covariancePop', -1 / 9, 0, 0),
  ...paired('corr', -0.0524142418361, null, null),
  {
    name: 'corr',
    of: ['double', 'double'],
    gives: 'double?',
    groups: [
      [[1, 2, 3].map((one) => [0.1, one]), null],
      [[1, 2, 3].map((one) => [one, 0.1]), null],
    ],
  },
  {
    name: 'every',
    of: ['boolean?'],
    gives: 'boolean?',
    groups: [
      [of(T, null, T), T],
      [of(T, F), F],
      [none, null],
    ],
  },
  {
    name: 'some',
    of: ['boolean?'],
    gives: 'boolean?',
    groups: [
      [of(F, null, T), T],
      [of(F, F), F],
      [none, null],
    ],
  },
  {
    name: 'minBy',
    of: ['string?', 'long?'],
    gives: 'string?',
    groups: [
      [
        [
          ['x', 2n],
          ['b', 1n],
          ['a', 1n],
          ['y', null],
        ],
        'a',
      ],
      [
        [
          ['b', 1n],
          [null, 1n],
        ],
        null,
      ],
      [[['b', null]], null],
    ],
  },
  {
    name: 'maxBy',
    of: ['string?', 'double?'],
    gives: 'string?',
    groups: [
      [
        [
          ['x', 2],
          ['a', nan],
          ['b', nan],
          [null, nan],
          ['z', null],
        ],
        'b',
      ],
      [
        [
          [null, 1],
          ['a', 0],
        ],
        null,
      ],
    ],
  },
  { name: 'maxBy', of: ['string'], problem: 'schema/wrong-type' },
  {
    name: 'collectSorted',
    of: ['string?'],
    gives: 'array<string>',
    groups: [
      [of('b', '😀', null, '\uffee', 'a', 'b'), ['a', 'b', 'b', '\uffee', '😀']],
      [none, []],
    ],
  },
  {
    name: 'collectSorted',
    of: ['double'],
    gives: 'array<double>',
    groups: [[of(nan, 2.5, -infinity), [-infinity, 2.5, nan]]],
  },
  {
    name: 'collectDistinct',
    of: ['int?'],
    gives: 'array<int>',
    groups: [
      [of(2, 1, null, 2), [1, 2]],
      [none, []],
    ],
  },
  { name: 'collectDistinct', of: ['double'], problem: 'schema/wrong-type' },
];
