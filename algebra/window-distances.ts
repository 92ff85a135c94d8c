import { daysOf } from './calendar.ts';
import type { Value } from './row.ts';
import { type DataType, isIntegral } from './types.ts';

const microseconds = 1_000_000;

/** Up to here a fraction of a unit would still show in a number. */
const mostUnits = 1e12;

/** Whether rows can be so far from each other by a column of the type: whole numbers, days, or instants. */
export function hasDistances(type: DataType): boolean {
  return isIntegral(type) || type.kind === 'date' || type.kind === 'timestamp';
}

/** A value as a whole number: itself, days, or microseconds. */
export function wholeUnits(value: Value, type: DataType): bigint {
  return type.kind === 'date' ? BigInt(daysOf(String(value))) : BigInt(String(value));
}

/** A distance as an author says it, in the same units: of instants it is said in seconds, down to microseconds. */
export function distanceUnits(distance: number, type: DataType): bigint {
  if (type.kind !== 'timestamp') return BigInt(distance);
  return BigInt(Math.round(distance * microseconds));
}

/** Whether a distance is one that a column of the type can have, and that Python and Spark hold exactly. */
export function isDistance(distance: number, type: DataType): boolean {
  const units = type.kind === 'timestamp' ? distance * microseconds : distance;
  return Math.abs(units) <= mostUnits && Math.abs(units - Math.round(units)) < 1e-3;
}
