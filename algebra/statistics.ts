import { double } from './types.ts';
import { compareValues } from './value-order.ts';

type Pair = readonly [number, number];

function mean(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0) / values.length;
}

/** Sum of the powers of the distances from the mean. */
function moment(values: readonly number[], power: number): number {
  const middle = mean(values);
  return values.reduce((total, one) => total + (one - middle) ** power, 0);
}

/** The mean square distance from the mean, divided by `missing` less than there are; null of no more than that. */
export function variance(values: readonly number[], missing: 0 | 1): number | null {
  return values.length > missing ? moment(values, 2) / (values.length - missing) : null;
}

/** Whether there are unlike values: of equal ones, what adding up leaves of their distances is not always exactly zero. */
function vary(values: readonly number[]): boolean {
  return values.some((one) => compareValues(one, values[0] ?? null, double) !== 0);
}

/** Null where all values are equal. */
export function skewness(values: readonly number[]): number | null {
  const squares = moment(values, 2);
  if (!vary(values) || squares === 0) return null;
  return (Math.sqrt(values.length) * moment(values, 3)) / Math.sqrt(squares ** 3);
}

/** Less 3, so that a normal distribution has 0; null where all values are equal. */
export function kurtosis(values: readonly number[]): number | null {
  const squares = moment(values, 2);
  if (!vary(values) || squares === 0) return null;
  return (values.length * moment(values, 4)) / squares ** 2 - 3;
}

/** The mean product of the distances of pairs from their means; null of no more pairs than are missing. */
export function covariance(pairs: readonly Pair[], missing: 0 | 1): number | null {
  if (pairs.length <= missing) return null;
  const left = mean(pairs.map(([one]) => one));
  const right = mean(pairs.map(([, one]) => one));
  const products = pairs.map(([x, y]) => (x - left) * (y - right));
  return products.reduce((total, one) => total + one, 0) / (pairs.length - missing);
}

/** Null where all values of a side are equal. */
export function correlation(pairs: readonly Pair[]): number | null {
  const [left, right] = [pairs.map(([one]) => one), pairs.map(([, one]) => one)];
  const spread = Math.sqrt((variance(left, 0) ?? 0) * (variance(right, 0) ?? 0));
  if (!vary(left) || !vary(right) || spread === 0) return null;
  return (covariance(pairs, 0) ?? 0) / spread;
}

/** The value at a share of the way from the least to the greatest; NaN is above all numbers. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => compareValues(left, right, double));
  const place = (values.length - 1) * share;
  const [lower, upper] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (lower === undefined || upper === undefined) return Number.NaN;
  if (lower === upper || Math.floor(place) === Math.ceil(place)) return lower;
  return (Math.ceil(place) - place) * lower + (place - Math.floor(place)) * upper;
}
