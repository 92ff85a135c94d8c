/** The greatest whole number not above a quotient. */
export function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by !== 0n && value < 0n !== by < 0n ? quotient - 1n : quotient;
}

/** The greatest multiple of a unit that is not above a value. */
export function floorTo(value: bigint, unit: bigint): bigint {
  return floorDivide(value, unit) * unit;
}
