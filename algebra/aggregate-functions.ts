import { extreme, numbers, sorted, sum, sumType } from './aggregate-values.ts';
import type { AggregateName } from './expressions.ts';
import type { Operand, PySparkTerm } from './functions/definition.ts';
import {
  anyNumber,
  anyValue,
  constantWhere,
  ofKind,
  orderable,
  type Parameter,
  realNumber,
} from './functions/parameters.ts';
import { first, nested, second, sparkCall } from './functions/rules.ts';
import { keyText } from './group-rows.ts';
import type { Value } from './row.ts';
import { correlation, covariance, kurtosis, percentile, skewness, variance } from './statistics.ts';
import { type DataType, double, isOrderable, long } from './types.ts';

/** An aggregate function: what it takes, gives, and computes from the rows of a group. */
export interface AggregateDefinition {
  /** One sentence for the docs page. */
  readonly doc: string;
  readonly takes: readonly Parameter[];
  type(operands: readonly Operand[]): DataType;
  /** Whether it has a value of no rows too; all others are null then. */
  readonly ofNothing?: true;
  /** Positions of operands whose null leaves a row out; absent: all. */
  readonly skips?: readonly number[];
  /** How PySpark says it. */
  pyspark(operands: readonly Operand[]): PySparkTerm;
  /** The value of the rows that are left, each the values of all operands. */
  value(rows: readonly (readonly Value[])[], operands: readonly Operand[]): Value;
}

const exact: Parameter = {
  expected: 'a value that is exactly equal to others (no double)',
  fits: ({ type }) => isOrderable(type) && type.kind !== 'double',
};
const condition: Parameter = ofKind('a condition (boolean)', 'boolean');
const share: Parameter = constantWhere(
  'a constant from 0 to 1',
  (value) => typeof value === 'number' && value >= 0 && value <= 1,
);

/** Every aggregate function. What depends on the order of rows (first, last, approximate percentiles) is none. */
export const aggregateFunctions: { readonly [A in AggregateName]: AggregateDefinition } = {
  count: {
    doc: 'How many rows have a value; of nothing given, how many rows there are.',
    takes: [anyValue],
    type: () => long,
    ofNothing: true,
    pyspark: () => sparkCall('count', first),
    value: (rows) => BigInt(rows.length),
  },
  countDistinct: {
    doc: 'How many different values there are.',
    takes: [orderable],
    type: () => long,
    ofNothing: true,
    pyspark: () => sparkCall('count_distinct', first),
    value: (rows) => BigInt(new Set(rows.map(([value = null]) => keyText(value))).size),
  },
  countIf: {
    doc: 'How many rows fulfil a condition.',
    takes: [condition],
    type: () => long,
    ofNothing: true,
    pyspark: () => sparkCall('count_if', first),
    value: (rows) => BigInt(rows.filter(([value]) => value === true).length),
  },
  sum: {
    doc: 'The sum; null where it does not fit the type.',
    takes: [anyNumber],
    type: sumType,
    // A plain sum of whole numbers fails on overflow under ANSI and wraps without; of doubles neither happens.
    pyspark: ([input]) => sparkCall(input?.type.kind === 'double' ? 'sum' : 'try_sum', first),
    value: sum,
  },
  avg: {
    doc: 'The arithmetic mean, as a double.',
    takes: [anyNumber],
    type: () => double,
    pyspark: ([input]) => sparkCall('avg', asDouble(input)),
    value: (rows) => {
      const values = numbers(rows);
      return values.reduce((total, one) => total + one, 0) / values.length;
    },
  },
  min: {
    doc: 'The least value.',
    takes: [orderable],
    type: ([input]) => input?.type ?? long,
    pyspark: () => sparkCall('min', first),
    value: (rows, operands) => extreme(rows, operands, -1)?.[0] ?? null,
  },
  max: {
    doc: 'The greatest value.',
    takes: [orderable],
    type: ([input]) => input?.type ?? long,
    pyspark: () => sparkCall('max', first),
    value: (rows, operands) => extreme(rows, operands, 1)?.[0] ?? null,
  },
  minBy: by('min_by', 'least', -1),
  maxBy: by('max_by', 'greatest', 1),
  stddev: statistic(
    'stddev_samp',
    'The standard deviation of a sample, as a double; null of one value.',
    (values) => root(variance(values, 1)),
  ),
  stddevPop: statistic(
    'stddev_pop',
    'The standard deviation of all values there are, as a double.',
    (values) => root(variance(values, 0)),
  ),
  variance: statistic(
    'var_samp',
    'The variance of a sample, as a double; null of one value.',
    (values) => variance(values, 1),
  ),
  variancePop: statistic(
    'var_pop',
    'The variance of all values there are, as a double.',
    (values) => variance(values, 0),
  ),
  skewness: shape(
    'skewness',
    'The skewness, as a double; null where all values are equal.',
    skewness,
  ),
  kurtosis: shape(
    'kurtosis',
    'The excess kurtosis, as a double; null where all values are equal.',
    kurtosis,
  ),
  covariance: paired(
    'The covariance of a sample of pairs; null of one.',
    (pairs) => covariance(pairs, 1),
    {
      pyspark: () => sparkCall('covar_samp', first, second),
    },
  ),
  covariancePop: paired('The covariance of all pairs there are.', (pairs) => covariance(pairs, 0), {
    pyspark: () => sparkCall('covar_pop', first, second),
  }),
  corr: paired(
    "Pearson's correlation of pairs; null where all values of one side are equal.",
    correlation,
    {
      // Under ANSI, Spark's own `corr` fails where one side is constant.
      pyspark: ([one, other]) => {
        const left = other?.nullable ? onlyWith(first, second) : first;
        const right = one?.nullable ? onlyWith(second, first) : second;
        const spread = nested(
          { form: 'operator', symbol: '*' },
          sparkCall('stddev_pop', left),
          sparkCall('stddev_pop', right),
        );
        const both = nested({ form: 'operator', symbol: '&' }, vary(left), vary(right));
        const divided = sparkCall('try_divide', sparkCall('covar_pop', first, second), spread);
        return sparkCall('when', both, divided);
      },
    },
  ),
  median: statistic(
    'median',
    'The value in the middle, or halfway between the two there, as a double.',
    (values) => percentile(values, 0.5),
  ),
  percentile: {
    doc: 'The value below which a constant share (0 to 1) of all lies, as a straight line between the two next to it.',
    takes: [anyNumber, share],
    type: () => double,
    pyspark: ([input, part]) =>
      sparkCall('percentile', asDouble(input), { plain: Number(part?.constant) }),
    value: (rows) => percentile(numbers(rows), Number(rows[0]?.[1])),
  },
  every: {
    doc: 'Whether a condition holds in all rows where it is not null.',
    takes: [condition],
    type: () => ({ kind: 'boolean' }),
    pyspark: () => sparkCall('bool_and', first),
    value: (rows) => rows.every(([value]) => value === true),
  },
  some: {
    doc: 'Whether a condition holds in at least one row.',
    takes: [condition],
    type: () => ({ kind: 'boolean' }),
    pyspark: () => sparkCall('bool_or', first),
    value: (rows) => rows.some(([value]) => value === true),
  },
  collectSorted: {
    doc: 'All values as a list from the least to the greatest.',
    takes: [orderable],
    type: listOf,
    ofNothing: true,
    pyspark: () => sparkCall('sort_array', sparkCall('collect_list', first)),
    value: (rows, operands) => sorted(rows, operands),
  },
  collectDistinct: {
    doc: 'All different values as a list from the least to the greatest.',
    takes: [exact],
    type: listOf,
    ofNothing: true,
    pyspark: () => sparkCall('sort_array', sparkCall('collect_set', first)),
    value: (rows, operands) => {
      const seen = new Map(rows.map((row) => [keyText(row[0] ?? null), row] as const));
      return sorted([...seen.values()], operands);
    },
  },
};

/** The first operand, where Spark would compute with decimals as a double. */
function asDouble(input: Operand | undefined): PySparkTerm {
  const cast = { form: 'method', name: 'cast' } as const;
  return input?.type.kind === 'decimal' ? nested(cast, first, { plain: 'double' }) : first;
}

/** A value where another is not null. */
function onlyWith(value: PySparkTerm, other: PySparkTerm): PySparkTerm {
  return sparkCall('when', nested({ form: 'method', name: 'isNotNull' }, other), value);
}

function statistic(
  name: string,
  doc: string,
  compute: (values: readonly number[]) => number | null,
): AggregateDefinition {
  return {
    doc,
    takes: [anyNumber],
    type: () => double,
    pyspark: ([input]) => sparkCall(name, asDouble(input)),
    value: (rows) => compute(numbers(rows)),
  };
}

/** What only unlike values have. */
function shape(
  name: string,
  doc: string,
  compute: (values: readonly number[]) => number | null,
): AggregateDefinition {
  return {
    ...statistic(name, doc, compute),
    pyspark: ([input]) => sparkCall('when', vary(first), sparkCall(name, asDouble(input))),
  };
}

/** Of equal values that lie in several parts, Spark's variance is not always exactly zero. */
function vary(value: PySparkTerm): PySparkTerm {
  const [least, most] = [sparkCall('min', value), sparkCall('max', value)];
  return nested({ form: 'operator', symbol: '<' }, least, most);
}

function paired(
  doc: string,
  compute: (pairs: readonly (readonly [number, number])[]) => number | null,
  { pyspark }: Pick<AggregateDefinition, 'pyspark'>,
): AggregateDefinition {
  return {
    doc: `${doc} A pair with a null is left out.`,
    takes: [realNumber, realNumber],
    type: () => double,
    pyspark,
    value: (rows) =>
      compute(rows.map(([left = null, right = null]) => [Number(left), Number(right)] as const)),
  };
}

/** Ties are decided by the value itself, where null is the least, so that no order of rows matters. */
function by(name: string, words: string, sign: 1 | -1): AggregateDefinition {
  return {
    doc: `The first operand where the second is ${words}; of several such rows the one whose first operand is ${words}.`,
    takes: [orderable, orderable],
    type: ([value]) => value?.type ?? long,
    skips: [1],
    pyspark: () => sparkCall(name, first, onlyWith(sparkCall('struct', second, first), second)),
    value: (rows, operands) =>
      extreme(
        rows.map(([value = null, order = null]) => [order, value]),
        operands.toReversed(),
        sign,
      )?.[1] ?? null,
  };
}

function listOf([input]: readonly Operand[]): DataType {
  return { kind: 'array', element: input?.type ?? long, elementNullable: false };
}

function root(value: number | null): number | null {
  return value === null ? null : Math.sqrt(value);
}
